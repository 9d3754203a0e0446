//! The phase of one cycle in the window, as a sine and its lead.

use std::f64::consts::{SQRT_2, TAU};

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, period, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "msw",
        display_name: "MESA Sine Wave",
        category: Category::Cycle,
        description: "Ehlers' sine wave for a cycle of given length: one coefficient of the \
            Fourier transform of the window gives the phase, drawn as its sine and as the sine 45 \
            degrees ahead. In a cycling market the two cross shortly before the turns; in a trend \
            the phase stands still and they run side by side. A window without that cycle, such \
            as a flat one, has no phase and no value. `ht_sine` measures the cycle itself.",
        aliases: &["mesa_sine_wave"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![period(5, 3, "Bars of the cycle, and of the window.")],
        outputs: vec![
            line("sine", "primary", Scale::Ratio, "Sine of the phase.")
                .with_levels(&[0.0])
                .within(-1.0, 1.0),
            line("lead", "lead", Scale::Ratio, "Sine of the phase 45 degrees on.")
                .within(-1.0, 1.0),
        ],
        lookback_params: &["period"],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source: "J. Ehlers, Rocket Science for Traders, 2001, ch. 9; Tulip Indicators, msw",
    }
    .indicator(Msw)
}

struct Msw;

impl Kernel for Msw {
    fn lookback(&self, params: &Params) -> usize {
        params.int(0) - 1
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let (series, period) = (inputs[0], params.int(0));
        // Oldest first; the newest value has angle zero.
        let waves: Vec<(f64, f64)> =
            (0..period).rev().map(|ago| (TAU * ago as f64 / period as f64).sin_cos()).collect();
        for (window, row) in series.windows(period).zip(period - 1..) {
            let (mut real, mut imaginary, mut size) = (0.0, 0.0, 0.0);
            for (value, (sin, cos)) in window.iter().zip(&waves) {
                real += cos * value;
                imaginary += sin * value;
                size += value.abs();
            }
            let length = f64::hypot(real, imaginary);
            // What rounding leaves of a flat window is no cycle.
            let known = length > 1e-13 * size;
            // The phase is that of the coefficient plus a quarter: its sine is their cosine.
            out[0].f64()[row] = if known { real / length } else { f64::NAN };
            out[1].f64()[row] =
                if known { (real - imaginary) / (length * SQRT_2) } else { f64::NAN };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{FRAC_PI_4, TAU};

    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn a_pure_cycle_is_itself_and_leads_by_an_eighth() {
        let indicator = find_indicator("msw").unwrap();
        let given = json!({ "period": 12 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let phase = |row: usize| TAU * row as f64 / 12.0;
        let series: Vec<f64> = (0..40).map(|row| 100.0 + 3.0 * phase(row).sin()).collect();
        let out = compute(indicator, &params, &[&series]).unwrap();
        for row in 11..40 {
            let (sine, lead) = (out[0].as_f64().unwrap()[row], out[1].as_f64().unwrap()[row]);
            assert!((sine.unwrap() - phase(row).sin()).abs() < 1e-9, "row {row}");
            assert!((lead.unwrap() - (phase(row) + FRAC_PI_4).sin()).abs() < 1e-9, "row {row}");
        }
        let flat = compute(indicator, &params, &[&[100.1; 20]]).unwrap();
        assert!(flat[0].as_f64().unwrap().iter().all(Option::is_none));
    }
}
