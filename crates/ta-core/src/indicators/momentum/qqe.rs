//! A smoothed RSI with trailing bands.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "qqe",
        display_name: "Quantitative Qualitative Estimation",
        category: Category::Momentum,
        description: "An exponentially smoothed RSI and a line that trails it as a stop trails a \
            price. The stop's distance is a multiple of the RSI's own mean step, averaged twice \
            over 2 * period - 1 bars; it only tightens until the RSI passes it, then it changes \
            sides. The RSI above the qqe line is read as an uptrend, below it as a downtrend, \
            and crossings of 50 as confirmation. The trend is up at the start.",
        aliases: &["quantitative_qualitative_estimation"],
        inputs: [slot("series", Some("close"))],
        outputs: (
            [
                line("qqe", "primary", Scale::Ratio, "The band on the side of the trend."),
                line("rsi_ma", "base", Scale::Ratio, "The smoothed RSI, from 0 to 100.")
                    .within(0.0, 100.0),
                band("long", "lower", Scale::Ratio, "The band that trails below while it holds."),
                band("short", "upper", Scale::Ratio, "The band that trails above while it holds."),
            ],
            signal("trend", "event", Scale::Ratio, "1 in an uptrend, -1 in a downtrend.")
                .within(-1.0, 1.0),
        ),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "R. Ignatov's QQE as published by Glaz, QQE MT4 (TradingView)",
    }
    .indicator::<Qqe>()
}

#[derive(Clone, Parameters)]
struct Qqe {
    /// Bars of the RSI.
    #[param(default = 14, min = 2, max = 50_000)]
    period: usize,
    /// Bars of the exponential average of the RSI.
    #[param(default = 5, min = 1)]
    smooth_period: usize,
    /// Mean steps between the smoothed RSI and its bands.
    #[param(default = 4.236, min = 0.0, max = 1e9)]
    factor: f64,
}

impl Composed<1> for Qqe {
    type Out = ([f64; 4], i32);

    fn lookback(&self) -> usize {
        let wilder = 2 * self.period - 1;
        self.period + self.smooth_period + 2 * (wilder - 1)
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let wilder = 2 * self.period - 1;
        let line = ta.ema(ta.rsi(&series, self.period), self.smooth_period);
        let before = ta.shift(&line, 1);
        let step = ta.map([&line, &before], |[now, before]| (now - before).abs());
        let width = ta.ema(ta.ema(step, wilder), wilder);
        ta.scan_rows(Bands::start, [&before, &line, &width], |bands, [before, now, width]| {
            // Without a width the bands are NaN, which changes nothing.
            bands.next(before, now, self.factor * width)
        })
    }
}

/// The bands below and above, on the last bar and on the one before it, and the trend.
#[derive(Clone, State)]
struct Bands {
    below: [f64; 2],
    above: [f64; 2],
    up: bool,
}

impl Bands {
    fn start() -> Self {
        Self { below: [f64::NAN; 2], above: [f64::NAN; 2], up: true }
    }

    /// The outputs of a bar, from the line before and now, and its distance from the bands.
    fn next(&mut self, before: f64, now: f64, distance: f64) -> ([f64; 4], i32) {
        let (below, above) = (self.below, self.above);
        let (mut lower, mut upper) = (now - distance, now + distance);
        if before > below[0] && now > below[0] {
            lower = lower.max(below[0]);
        }
        if before < above[0] && now < above[0] {
            upper = upper.min(above[0]);
        }
        if crosses(before, now, above) {
            self.up = true;
        } else if crosses(before, now, below) {
            self.up = false;
        }
        (self.below, self.above) = ([lower, below[0]], [upper, above[0]]);
        let (side, trend) = if self.up { (lower, 1) } else { (upper, -1) };
        ([side, now, lower, upper], trend)
    }
}

/// Whether the line crosses a band of the last two bars, in either direction.
fn crosses(before: f64, now: f64, band: [f64; 2]) -> bool {
    now > band[0] && before <= band[1] || now < band[0] && before >= band[1]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{kernel::Computed, testing::run};

    #[test]
    fn the_line_changes_sides_with_the_trend() {
        let series: Vec<f64> = (0..120).map(|i| (f64::from(i) / 9.0).sin()).collect();
        let out = run("qqe", json!({ "period": 3, "smooth_period": 2, "factor": 1.0 }), &[&series]);
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
