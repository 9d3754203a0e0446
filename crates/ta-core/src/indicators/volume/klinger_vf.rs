//! Volume with the sign of the trend, scaled by the range of a bar relative to the ranges of its
//! trend.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "klinger_vf",
        display_name: "Klinger Volume Force",
        category: Category::Volume,
        description: "The raw volume force that the Klinger oscillator (kvo) smooths: volume, \
            signed by whether high + low + close rose or fell (a tie keeps the sign), times 100 \
            times |2 * range / (sum of ranges in this run) - 1|. A run lasts while the sign does \
            and opens with the range of the bar before it; where it has no range at all the \
            force is 0. Some libraries compute a force from the change of the typical price \
            instead, which this is not.",
        aliases: &["klinger_volume_force"],
        inputs: [price("high"), price("low"), price("close"), price("volume")],
        outputs: histogram("value", "primary", Scale::Volume, "Signed volume force of the bar."),
        memory: Memory::Recursive,
        pane: Pane::Volume,
        complexity: "O(n)",
        source: "Klinger, Identifying Trends With Volume Analysis, TASC 15:12 (1997): volume * |2 \
            * dm / cm - 1| * 100 * trend, as TA-Lib's KVO",
    }
    .indicator::<KlingerVf>()
}

#[derive(Clone, Parameters)]
struct KlingerVf;

#[derive(Clone, State)]
struct Run {
    /// The total and the range of the bar before.
    before: Option<(f64, f64)>,
    trend: f64,
    /// The sum of the ranges in this run.
    ranges: f64,
}

impl Recursive<4> for KlingerVf {
    type Out = f64;
    type State = Run;

    fn lookback(&self) -> usize {
        1
    }

    fn start(&self) -> Run {
        Run { before: None, trend: 1.0, ranges: 0.0 }
    }

    fn next(&self, run: &mut Run, [high, low, close, volume]: [f64; 4]) -> f64 {
        let (total, range) = (high + low + close, high - low);
        let (total_before, range_before) =
            run.before.replace((total, range)).unwrap_or((total, 0.0));
        let trend_before = run.trend;
        if total > total_before {
            run.trend = 1.0;
        } else if total < total_before {
            run.trend = -1.0;
        }
        if run.trend != trend_before {
            run.ranges = range_before;
        }
        run.ranges += range;
        let share = if run.ranges == 0.0 { 0.5 } else { range / run.ranges };
        volume * (2.0 * share - 1.0).abs() * 100.0 * run.trend
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use ta_lib::abstract_api::FuncId;

    use crate::{params::ParamValue::Int, talib::parts::call, testing::run};

    #[test]
    fn the_oscillator_is_the_difference_of_its_averages() {
        let wave = |a: usize, b: usize| -> Vec<f64> {
            (0..80).map(|i| ((i * a) % b) as f64 + (i % 3) as f64).collect()
        };
        let low = wave(17, 23);
        let high: Vec<f64> = low.iter().zip(wave(5, 7)).map(|(l, r)| l + r).collect();
        let (close, volume) = (&low, wave(31, 41));
        let inputs: [&[f64]; 4] = [&high, &low, close, &volume];
        let force = run("klinger_vf", json!({}), &inputs);
        let force: Vec<f64> = force[0].as_f64().unwrap()[1..].iter().map(|v| v.unwrap()).collect();
        let average = |period: f64| -> Vec<f64> {
            let k = 2.0 / (period + 1.0);
            let step = |mean: &mut f64, v: &f64| {
                *mean += k * (v - *mean);
                Some(*mean)
            };
            force.iter().scan(force[0], step).collect()
        };
        let kvo = call(FuncId::KVO, vec![Int(3), Int(10), Int(2)], &inputs).swap_remove(0);
        for (i, (fast, slow)) in average(3.0).iter().zip(average(10.0)).enumerate().skip(10) {
            assert!((kvo[i + 1] - (fast - slow)).abs() < 1e-9, "row {}", i + 1);
        }
    }
}
