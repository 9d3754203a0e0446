//! The phase of a cycle as long as the window: its sine, and the sine an eighth of a cycle ahead.

use std::{
    f64::consts::{SQRT_2, TAU},
    sync::Arc,
};

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "msw",
        display_name: "MESA Sine Wave",
        category: Category::Cycle,
        description: "Ehlers' sine wave for a cycle of given length: one coefficient of the \
            Fourier transform of the window gives the phase, drawn as its sine and as the sine \
            45 degrees ahead. In a cycling market the two cross shortly before the turns; in a \
            trend the phase stands still and they run side by side. A window without that cycle, \
            such as a flat one, has no phase and no value. `ht_sine` measures the cycle itself.",
        aliases: &["mesa_sine_wave"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            line("sine", "primary", Scale::Ratio, "Sine of the phase.")
                .with_levels(&[0.0])
                .within(-1.0, 1.0),
            line("lead", "lead", Scale::Ratio, "Sine of the phase 45 degrees on.")
                .within(-1.0, 1.0),
        ],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source: "J. Ehlers, Rocket Science for Traders, 2001, ch. 9; Tulip Indicators, msw",
    }
    .indicator::<Msw>()
}

#[derive(Clone, Parameters)]
struct Msw {
    /// Bars of the cycle, and of the window.
    #[param(default = 5, min = 3)]
    period: usize,
}

/// One turn of the cycle: sine and cosine for each row of the window.
struct Waves(Vec<(f64, f64)>);

impl Waves {
    fn new(period: usize) -> Self {
        // The oldest value comes first; the newest has the angle zero.
        let angles = (0..period).rev().map(|ago| TAU * ago as f64 / period as f64);
        Self(angles.map(f64::sin_cos).collect())
    }

    /// Sine and lead of a window, oldest value first.
    fn of(&self, window: &[f64]) -> [f64; 2] {
        let (mut real, mut imaginary, mut size) = (0.0, 0.0, 0.0);
        for (value, (sin, cos)) in window.iter().zip(&self.0) {
            real += cos * value;
            imaginary += sin * value;
            size += value.abs();
        }
        let length = f64::hypot(real, imaginary);
        // A flat window has no cycle; rounding may leave a tiny coefficient.
        if length > 1e-13 * size {
            // The phase is a quarter of a cycle ahead of the coefficient's angle, so its sine is
            // the cosine of that angle.
            [real / length, (real - imaginary) / (length * SQRT_2)]
        } else {
            [f64::NAN; 2]
        }
    }
}

/// One turn of the cycle, and the last values.
#[derive(Clone, State)]
struct Turn {
    waves: Fixed<Arc<Waves>>,
    window: Window,
}

impl Recursive<1> for Msw {
    type Out = [f64; 2];
    type State = Turn;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn start(&self) -> Turn {
        Turn { waves: Fixed(Arc::new(Waves::new(self.period))), window: Window::new(self.period) }
    }

    fn next(&self, turn: &mut Turn, [value]: [f64; 1]) -> [f64; 2] {
        turn.window.push(value);
        turn.waves.0.of(turn.window.values())
    }

    fn batch(&self, [series]: [&[f64]; 1], [sine, lead]: [&mut [f64]; 2]) {
        let waves = Waves::new(self.period);
        for (window, row) in series.windows(self.period).zip(self.period - 1..) {
            [sine[row], lead[row]] = waves.of(window);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{FRAC_PI_4, TAU};

    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn a_sine_wave_gives_itself_and_the_lead_of_an_eighth() {
        let phase = |row: usize| TAU * row as f64 / 12.0;
        let series: Vec<f64> = (0..40).map(|row| 100.0 + 3.0 * phase(row).sin()).collect();
        let out = run("msw", json!({ "period": 12 }), &[&series]);
        for row in 11..40 {
            let (sine, lead) = (out[0].as_f64().unwrap()[row], out[1].as_f64().unwrap()[row]);
            assert!((sine.unwrap() - phase(row).sin()).abs() < 1e-9, "row {row}");
            assert!((lead.unwrap() - (phase(row) + FRAC_PI_4).sin()).abs() < 1e-9, "row {row}");
        }
        let flat = run("msw", json!({ "period": 12 }), &[&[100.1; 20]]);
        assert!(flat[0].as_f64().unwrap().iter().all(Option::is_none));
    }
}
