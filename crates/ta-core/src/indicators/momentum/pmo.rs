//! The rate of change, smoothed twice.

use ta_lib::abstract_api::FuncId;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "pmo",
        display_name: "Price Momentum Oscillator",
        category: Category::Momentum,
        description: "Carl Swenlin's DecisionPoint oscillator: the rate of change of one bar, ten \
            times the percentage, smoothed twice by averages that give a new value the weight 2 / \
            period. Above 0 the series rises; crossings of the signal line, an exponential \
            average, are read as turns. Unlike MACD it is in percent and can be compared between \
            symbols. Both smoothings begin with a simple mean.",
        aliases: &["price_momentum_oscillator", "decisionpoint_pmo"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            line("pmo", "primary", Scale::Ratio, "The oscillator, in tenths of a percent.")
                .with_levels(&[0.0]),
            line("signal", "signal", Scale::Ratio, "Exponential average of the oscillator."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "StockCharts ChartSchool, DecisionPoint Price Momentum Oscillator (35, 20, 10)",
    }
    .indicator::<Pmo>()
}

#[derive(Clone, Parameters)]
struct Pmo {
    /// Bars of the first smoothing.
    #[param(default = 35, min = 2)]
    period: usize,
    /// Bars of the second smoothing.
    #[param(default = 20, min = 2)]
    smooth_period: usize,
    /// Bars of the exponential average that is the signal.
    #[param(default = 10, min = 1)]
    signal_period: usize,
}

/// A smoothing in progress.
#[derive(Clone, Default, State)]
struct Smoothed {
    /// The values of the first mean that have been seen, and their sum.
    seen: usize,
    sum: f64,
    average: f64,
}

impl Smoothed {
    /// The average after a value: the mean of the first `period`, then a part 2 / period of each.
    fn next(&mut self, value: f64, period: usize) -> f64 {
        if self.seen >= period {
            self.average += 2.0 / period as f64 * (value - self.average);
            return self.average;
        }
        if self.seen == 0 && value.is_nan() {
            return value;
        }
        self.seen += 1;
        self.sum += value;
        if self.seen < period {
            return f64::NAN;
        }
        self.average = self.sum / period as f64;
        self.average
    }
}

impl Composed<1> for Pmo {
    type Out = [f64; 2];

    fn lookback(&self) -> usize {
        self.period + self.smooth_period - 1 + self.signal_period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let smooth = |line: B::Line, period: usize| {
            ta.scan(Smoothed::default, [&line], |state, [value]| state.next(value, period))
        };
        let change = ta.function(FuncId::ROC, [1], [&series]);
        let tenfold = ta.map([&smooth(change, self.period)], |[percent]| 10.0 * percent);
        let oscillator = smooth(tenfold, self.smooth_period);
        let signal = ta.ema(&oscillator, self.signal_period);
        ta.rows([&oscillator, &signal], |lines| lines)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn a_steady_rise_of_one_percent_is_ten() {
        let series: Vec<f64> = (0..80).map(|row| 100.0 * 1.01f64.powi(row)).collect();
        let out = run("pmo", json!({}), &[&series]);
        for output in &out {
            let values = output.as_f64().unwrap();
            assert!(values[..63].iter().all(Option::is_none));
            assert!(values[63..].iter().all(|v| (v.unwrap() - 10.0).abs() < 1e-9));
        }
    }
}
