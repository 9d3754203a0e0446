//! The trend that begins in a row, over the number of rows in which it is clearest.

use crate::{
    fit::Fit,
    labels::{known_after, Place},
    prelude::*,
};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "trend_scanning",
        display_name: "Trend Scanning",
        category: Category::Label,
        description: "The direction of the trend that begins in the labelled row: a label for \
            training. A least-squares line is put through the next `min_period` to `max_period` \
            values, the labelled one included, and the line whose slope has the largest t-value, \
            above or below 0, counts; of equal ones the shorter. The label is the sign of the \
            slope, and the t-value can weight it. Which line counts is known only after the \
            longest, however short it is. The label stands `max_period - 1` rows after the \
            labelled row, where it is known. With `delayed` false it stands in the labelled row \
            itself: that looks ahead, the last `max_period - 1` rows are null, and the call has to \
            ask for it with `allowLookahead: true`. In the section `labels` of a pipeline it is \
            always in the labelled row.",
        aliases: &["trend_scanning_label"],
        inputs: [slot("series", Some("close"))],
        outputs: (
            signal(
                "label",
                "primary",
                Scale::Ratio,
                "1 if the line rises, -1 if it falls, else 0.",
            )
            .within(-1.0, 1.0),
            line(
                "t_value",
                "strength",
                Scale::Ratio,
                "The t-value of the slope; null where the values are exactly on a line.",
            )
            .with_levels(&[0.0])
            .sparse(),
            signal("length", "duration", Scale::Bars, "Values under the line."),
            known_after(),
        ),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * max_period^2)",
        source: "Lopez de Prado, Machine Learning for Asset Managers (2020), section 5.4",
    }
    .indicator::<TrendScanning>()
}

#[derive(Clone, Parameters)]
struct TrendScanning {
    /// Fewest values under a line.
    #[param(default = 5, min = 3, max = 500)]
    min_period: usize,
    /// Most values under a line, not fewer than `min_period`.
    #[param(default = 20, min = 3, max = 500)]
    max_period: usize,
    #[param(flatten)]
    place: Place,
}

impl TrendScanning {
    /// The later rows that the longest line needs.
    const fn later(&self) -> usize {
        self.max_period - 1
    }

    /// The t-value of the clearest line from the first value on, and its number of values.
    fn clearest(&self, values: &[f64]) -> (f64, usize) {
        let mut best = (0.0_f64, self.min_period);
        for period in self.min_period..=self.max_period {
            let t_value = t_value(&values[..period]);
            if t_value.abs() > best.0.abs() {
                best = (t_value, period);
            }
        }
        best
    }
}

/// The slope of the line through values over its standard error; 0 if they are all the same.
fn t_value(values: &[f64]) -> f64 {
    let line = Fit::of(values);
    if line.slope == 0.0 {
        return 0.0;
    }
    let count = values.len() as f64;
    let squared_places = count * (count * count - 1.0) / 12.0;
    let variance = line.squares(values) / (count - 2.0);
    line.slope / (variance / squared_places).sqrt()
}

impl Formula<1> for TrendScanning {
    type Out = (i32, f64, i32, i32);

    fn lookback(&self) -> usize {
        self.place.delay(self.later())
    }

    fn lookahead(&self) -> usize {
        self.place.ahead(self.later())
    }

    fn accepts(&self) -> bool {
        self.min_period <= self.max_period
    }

    fn compute(
        &self,
        [series]: [&[f64]; 1],
        (labels, t_values, lengths, known): (&mut [i32], &mut [f64], &mut [i32], &mut [i32]),
    ) {
        let delay = self.place.delay(self.later());
        for start in 0..series.len() - self.later() {
            let (t_value, period) = self.clearest(&series[start..]);
            labels[start + delay] = i32::from(t_value > 0.0) - i32::from(t_value < 0.0);
            t_values[start + delay] = t_value;
            lengths[start + delay] = period as i32;
            known[start + delay] = self.later() as i32;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{reals, refuses, wholes};

    #[test]
    fn the_line_ends_where_the_trend_does() {
        // Rises, with a little noise, for five rows and falls back.
        let series = [1.0, 2.1, 2.9, 4.1, 5.0, 3.0, 1.0, 0.0];
        let given = json!({ "min_period": 3, "max_period": 6, "delayed": false });
        let of = |output: &str| wholes("trend_scanning", output, given.clone(), &[&series]);
        assert_eq!(of("label")[0], Some(1));
        assert_eq!(of("length")[0], Some(5));
        // A longer line might have been clearer.
        assert_eq!(of("known_after")[0], Some(5));
        assert_eq!(of("label")[3..], [None; 5]);
    }

    #[test]
    fn the_t_value_is_that_of_a_regression() {
        // The line through 0, 3, 3 has the slope 1.5 and leaves 1.5 squared; its error is the root
        // of 1.5 / 1 / 2.
        let given = json!({ "min_period": 3, "max_period": 3 });
        let out = reals("trend_scanning", "t_value", given, &[&[0.0, 3.0, 3.0]]);
        assert!((out[2].unwrap() - 1.5 / 0.75_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn equal_values_have_no_trend_and_the_longest_line_is_not_shorter_than_the_shortest() {
        let given = json!({ "min_period": 3, "max_period": 4 });
        assert_eq!(wholes("trend_scanning", "label", given, &[&[7.0; 4]])[3], Some(0));
        assert!(refuses("trend_scanning", json!({ "min_period": 5, "max_period": 4 })));
    }
}
