//! A smoothed RSI with bands that trail it like stops.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{band, float, int, line, signal, slot, Native},
    params::Params,
    talib::parts::{ema, rsi},
};

const PERIOD: usize = 0;
const SMOOTH_PERIOD: usize = 1;
const FACTOR: usize = 2;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "qqe",
        display_name: "Quantitative Qualitative Estimation",
        category: Category::Momentum,
        description: "An exponentially smoothed RSI and a line that trails it as a stop trails a \
            price. The stop's distance is a multiple of the RSI's own mean step, averaged twice \
            over 2 * period - 1 bars; it only tightens until the RSI passes it, then it changes \
            sides. The RSI above the qqe line is read as an uptrend, below it as a downtrend, and \
            crossings of 50 as confirmation. The trend is up at the start.",
        aliases: &["quantitative_qualitative_estimation"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![
            int("period", 14, 2, 50_000, "Bars of the RSI."),
            int("smooth_period", 5, 1, 100_000, "Bars of the exponential average of the RSI."),
            float("factor", 4.236, 0.0, 1e9, "Mean steps between the smoothed RSI and its bands."),
        ],
        outputs: vec![
            line("qqe", "primary", Scale::Ratio, "The band on the side of the trend."),
            line("rsi_ma", "base", Scale::Ratio, "The smoothed RSI, from 0 to 100.")
                .within(0.0, 100.0),
            band("long", "lower", Scale::Ratio, "The band that trails below while it holds."),
            band("short", "upper", Scale::Ratio, "The band that trails above while it holds."),
            signal("trend", "event", Scale::Ratio, "1 in an uptrend, -1 in a downtrend.")
                .within(-1.0, 1.0),
        ],
        lookback_params: &["period", "smooth_period"],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "R. Ignatov's QQE as published by Glaz, QQE MT4 (TradingView)",
    }
    .indicator(Qqe)
}

struct Qqe;

impl Kernel for Qqe {
    fn lookback(&self, params: &Params) -> usize {
        let wilder = 2 * params.int(PERIOD) - 1;
        params.int(PERIOD) + params.int(SMOOTH_PERIOD) + 2 * (wilder - 1)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let period = params.int(PERIOD);
        let line = ema(&rsi(inputs[0], period), params.int(SMOOTH_PERIOD));
        let mut step = vec![f64::NAN; line.len()];
        for row in 1..line.len() {
            step[row] = (line[row] - line[row - 1]).abs();
        }
        let width = ema(&ema(&step, 2 * period - 1), 2 * period - 1);

        // The bands of the last bar and of the one before.
        let (mut long, mut short) = ([f64::NAN; 2], [f64::NAN; 2]);
        let mut up = true;
        for row in self.lookback(params)..line.len() {
            let (now, before) = (line[row], line[row - 1]);
            let distance = params.float(FACTOR) * width[row];
            let (mut lower, mut upper) = (now - distance, now + distance);
            if before > long[0] && now > long[0] {
                lower = lower.max(long[0]);
            }
            if before < short[0] && now < short[0] {
                upper = upper.min(short[0]);
            }
            if crosses(before, now, short) {
                up = true;
            } else if crosses(before, now, long) {
                up = false;
            }
            (long, short) = ([lower, long[0]], [upper, short[0]]);
            out[0].f64()[row] = if up { lower } else { upper };
            out[1].f64()[row] = now;
            out[2].f64()[row] = lower;
            out[3].f64()[row] = upper;
            out[4].i32()[row] = if up { 1 } else { -1 };
        }
        Ok(())
    }
}

/// Whether the line passes a band, in either direction, as the band stood a bar earlier.
fn crosses(before: f64, now: f64, band: [f64; 2]) -> bool {
    now > band[0] && before <= band[1] || now < band[0] && before >= band[1]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, engine::Computed, find_indicator, resolve};

    #[test]
    fn the_line_changes_sides_with_the_trend() {
        let indicator = find_indicator("qqe").unwrap();
        let given = json!({ "period": 3, "smooth_period": 2, "factor": 1.0 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let series: Vec<f64> = (0..120).map(|i| (f64::from(i) / 9.0).sin()).collect();
        let out = compute(indicator, &params, &[&series]).unwrap();
        let Computed::I32(trend) = &out[4] else { panic!("trend is whole") };
        let column = |i: usize| out[i].as_f64().unwrap();
        for row in 13..120 {
            let side = if trend[row] == Some(1) { column(2) } else { column(3) };
            assert_eq!(column(0)[row], side[row]);
        }
        let turns = trend[13..].windows(2).filter(|w| w[0] != w[1]).count();
        assert!((3..=6).contains(&turns), "{turns} turns in two waves");
    }
}
