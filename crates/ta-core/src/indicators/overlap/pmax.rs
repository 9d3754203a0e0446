//! Stops that trail a moving average and change sides when the average passes them.

use ta_saved::Saved;

use crate::prelude::*;

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    [
        Native {
            id: "pmax",
            display_name: "Profit Maximizer",
            category: Category::Overlap,
            description: "KivancOzbilgic's trailing stop of a moving average: it stays a multiple \
                of the average true range away from an exponential average of the median price, \
                below it in an uptrend and above it in a downtrend, and never moves towards the \
                other side. The average crossing the line is the signal, where SuperTrend takes \
                the close. The first bar is taken as an uptrend.",
            aliases: &["profit_maximizer"],
            inputs: [price("high"), price("low"), price("close")],
            outputs: (
                [
                    line("value", "primary", Scale::Price, "The stop of the side in force."),
                    line("average", "base", Scale::Price, "Average of the median price."),
                ],
                signal("trend", "direction", Scale::Ratio, "1 in an uptrend, -1 in a downtrend.")
                    .within(-1.0, 1.0),
            ),
            memory: Memory::Recursive,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "K. Ozbilgic, Profit Maximizer PMax (TradingView): EMA(hl2, 10), 3 * ATR(10)",
        }
        .indicator::<Pmax>(),
        Native {
            id: "ott",
            display_name: "Optimized Trend Tracker",
            category: Category::Overlap,
            description: "Anil Ozeksi's trailing stop of a variable moving average: a percentage \
                away from Chande's average, whose speed follows the size of his momentum \
                oscillator, and never moving towards the other side; the line then stands half \
                of the percentage nearer. The average crossing the line is the signal. \
                TradingView's script compares with the line of two bars before. The average \
                begins with the first value that has an oscillator; the script begins with 0.",
            aliases: &["optimized_trend_tracker"],
            inputs: [slot("series", Some("close"))],
            outputs: (
                [
                    line("value", "primary", Scale::Price, "The line of the side in force."),
                    line("average", "base", Scale::Price, "The variable average."),
                ],
                signal("trend", "direction", Scale::Ratio, "1 in an uptrend, -1 in a downtrend.")
                    .within(-1.0, 1.0),
            ),
            memory: Memory::Recursive,
            pane: Pane::Overlay,
            complexity: "O(n * cmo_period)",
            source: "A. Ozeksi, Optimized Trend Tracker OTT, as by K. Ozbilgic (TradingView)",
        }
        .indicator::<Ott>(),
    ]
}

/// The stops below and above an average, and the side in force.
#[derive(Clone, Copy, Saved)]
struct Stops {
    long: f64,
    short: f64,
    up: bool,
}

impl Stops {
    /// The stops after a value of the average.
    fn next(last: Option<Self>, average: f64, distance: f64) -> Self {
        let (mut long, mut short, mut up) = (average - distance, average + distance, true);
        if let Some(last) = last {
            up = if last.up { average >= last.long } else { average > last.short };
            if average > last.long {
                long = long.max(last.long);
            }
            if average < last.short {
                short = short.min(last.short);
            }
        }
        Self { long, short, up }
    }

    /// The stop of the side in force.
    fn stop(self) -> f64 {
        if self.up {
            self.long
        } else {
            self.short
        }
    }

    fn trend(self) -> i32 {
        if self.up {
            1
        } else {
            -1
        }
    }
}

/// Takes an average and its distance from the stops, and gives the stops; none without them.
fn follow(last: &mut Option<Stops>, average: f64, distance: f64) -> Option<Stops> {
    if distance.is_nan() || average.is_nan() {
        return None;
    }
    *last = Some(Stops::next(*last, average, distance));
    *last
}

#[derive(Clone, Parameters)]
struct Pmax {
    /// Bars of the exponential average of the median price.
    #[param(default = 10, min = 1)]
    period: usize,
    /// Bars of Wilder's average of the true range.
    #[param(default = 10, min = 1)]
    atr_period: usize,
    /// Average true ranges between the average and the stop.
    #[param(default = 3.0, min = 0.0, max = 1e9)]
    multiplier: f64,
}

impl Composed<3> for Pmax {
    type Out = ([f64; 2], i32);

    fn lookback(&self) -> usize {
        (self.period - 1).max(self.atr_period)
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let median = ta.map([&high, &low], |[high, low]| (high + low) / 2.0);
        let average = ta.ema(median, self.period);
        let range = ta.atr([&high, &low, &close], self.atr_period);
        ta.scan_rows(
            || None::<Stops>,
            [&average, &range],
            |last, [average, range]| match follow(last, average, self.multiplier * range) {
                Some(stops) => ([stops.stop(), average], stops.trend()),
                None => ([f64::NAN; 2], 0),
            },
        )
    }
}

#[derive(Clone, Parameters)]
struct Ott {
    /// Bars of the variable average.
    #[param(default = 2, min = 1)]
    period: usize,
    /// Distance of the stop from the average, in percent of it.
    #[param(default = 1.4, min = 0.0, max = 100.0)]
    percent: f64,
    /// Changes of the momentum oscillator that sets the speed.
    #[param(default = 9, min = 1)]
    cmo_period: usize,
}

impl Composed<1> for Ott {
    type Out = ([f64; 2], i32);

    fn lookback(&self) -> usize {
        self.cmo_period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let change = ta.windows(series.clone(), 2, |pair| pair[1] - pair[0]);
        let momentum = ta.windows(change, self.cmo_period, |changes| {
            let total: f64 = changes.iter().map(|change| change.abs()).sum();
            if total == 0.0 {
                0.0
            } else {
                changes.iter().sum::<f64>().abs() / total
            }
        });
        let speed = 2.0 / (self.period as f64 + 1.0);
        let average = ta.scan(
            || None,
            [&series, &momentum],
            |last, [value, momentum]| {
                if momentum.is_nan() {
                    return f64::NAN;
                }
                let before = last.unwrap_or(value);
                *last.insert(before + speed * momentum * (value - before))
            },
        );
        let start = || None::<Stops>;
        ta.scan_rows(start, [&average], |last, [average]| {
            let Some(stops) = follow(last, average, average * self.percent / 100.0) else {
                return ([f64::NAN; 2], 0);
            };
            let stop = stops.stop();
            let half = if average > stop { self.percent } else { -self.percent } / 200.0;
            ([stop * (1.0 + half), average], stops.trend())
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{reals, wholes};

    #[test]
    fn the_stop_waits_for_the_average_to_pass_it() {
        let close = [10.0, 10.0, 12.0, 11.0, 5.0, 4.0];
        let (high, low) = (close.map(|c| c + 0.5), close.map(|c| c - 0.5));
        let inputs: [&[f64]; 3] = [&high, &low, &close];
        let params = json!({ "period": 1, "atr_period": 1, "multiplier": 1 });
        let stop = reals("pmax", "value", params.clone(), &inputs);
        // True ranges from row 1 on: 1, 2.5, 1.5, 6.5, 1.5.
        let expected = [None, Some(9.0), Some(9.5), Some(9.5), Some(11.5), Some(5.5)];
        assert_eq!(stop, expected);
        let trend = wholes("pmax", "trend", params, &inputs);
        assert_eq!(trend[3..], [Some(1), Some(-1), Some(-1)]);
    }

    #[test]
    fn a_steady_rise_makes_the_average_fast_and_the_line_half_as_far() {
        let series = [100.0, 110.0, 120.0];
        let params = json!({ "period": 1, "percent": 10, "cmo_period": 1 });
        let line = reals("ott", "value", params.clone(), &[&series]);
        let near = |row: usize, wanted: f64| (line[row].unwrap() - wanted).abs() < 1e-12;
        assert!(line[0].is_none() && near(1, 99.0 * 1.05) && near(2, 108.0 * 1.05));
        assert_eq!(reals("ott", "average", params, &[&series])[2], Some(120.0));
    }
}
