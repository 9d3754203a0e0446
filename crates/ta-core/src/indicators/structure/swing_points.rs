//! Local highs and lows: bars that are more extreme than their neighbours.

use crate::{prelude::*, swings::Swings};

/// The catalog entries.
pub fn define() -> [Indicator; 3] {
    [
        Native {
            id: "swing_points",
            display_name: "Swing Points",
            category: Category::Structure,
            description: "Marks the bars whose high is above, or whose low is below, that of all \
                their neighbours: `left` bars before and `right` bars after. The mark stands on \
                the bar that confirms the swing, `right` bars after it, which is when it is \
                known in live trading. With `confirmed` false it stands on the swing bar itself, \
                as one draws it afterwards: that looks ahead, the last `right` rows are null, \
                and the call has to ask for it with `allowLookahead: true`.",
            aliases: &["swing_points_raw"],
            inputs: [price("high"), price("low")],
            outputs: [
                event("swing_high", "upper", "True where a swing high is confirmed."),
                event("swing_low", "lower", "True where a swing low is confirmed."),
            ],
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n * (left + right))",
            source: "high[i] > high[j] (low[i] < low[j]) for all j in i-left..=i+right, j != i",
        }
        .indicator::<Marks>(),
        Native {
            id: "swing_highs",
            display_name: "Swing Highs",
            category: Category::Structure,
            description: "True where a high is confirmed that is above the highs of the `left` \
                bars before and the `right` bars after it: one half of swing_points, as a plain \
                column to filter by. The mark stands on the last of those bars, `right` bars \
                after the swing bar. With `confirmed` false it stands on the swing bar itself, \
                which looks ahead, and the call has to ask for that with `allowLookahead: true`. \
                `swing_high_at` gives the price of the swing as known on each row.",
            aliases: &[],
            inputs: [price("high")],
            outputs: event("value", "event", "True where a swing high is confirmed."),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n * (left + right))",
            source: "high[i] > high[j] for all j in i-left..=i+right, j != i",
        }
        .indicator::<OneMark<true>>(),
        Native {
            id: "swing_lows",
            display_name: "Swing Lows",
            category: Category::Structure,
            description: "True where a low is confirmed that is below the lows of the `left` bars \
                before and the `right` bars after it: one half of swing_points, as a plain \
                column to filter by. The mark stands on the last of those bars, `right` bars \
                after the swing bar. With `confirmed` false it stands on the swing bar itself, \
                which looks ahead, and the call has to ask for that with `allowLookahead: true`. \
                `swing_low_at` gives the price of the swing as known on each row.",
            aliases: &[],
            inputs: [price("low")],
            outputs: event("value", "event", "True where a swing low is confirmed."),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n * (left + right))",
            source: "low[i] < low[j] for all j in i-left..=i+right, j != i",
        }
        .indicator::<OneMark<false>>(),
    ]
}

/// Marks on swings.
#[derive(Parameters)]
struct Marks {
    #[param(flatten)]
    swings: Swings,
    /// Whether the mark stands on the bar that confirms the swing instead of on the swing bar.
    #[param(default = true)]
    confirmed: bool,
}

impl Marks {
    /// Sets a flag for each swing, on the swing bar or on the bar that confirms it.
    fn mark(&self, values: &[f64], high: bool, flags: &mut [bool]) {
        let swings = self.swings;
        let delay = if self.confirmed { swings.right } else { 0 };
        for row in swings.left..values.len() - swings.right {
            flags[row + delay] = swings.is_swing(values, row, high);
        }
    }
}

impl Formula<2> for Marks {
    type Out = [bool; 2];

    fn lookback(&self) -> usize {
        self.swings.left + if self.confirmed { self.swings.right } else { 0 }
    }

    fn lookahead(&self) -> usize {
        if self.confirmed {
            0
        } else {
            self.swings.right
        }
    }

    fn compute(&self, [high, low]: [&[f64]; 2], [highs, lows]: [&mut [bool]; 2]) {
        self.mark(high, true, highs);
        self.mark(low, false, lows);
    }
}

/// The marks of one side.
#[derive(Parameters)]
struct OneMark<const HIGH: bool> {
    #[param(flatten)]
    marks: Marks,
}

impl<const HIGH: bool> Formula<1> for OneMark<HIGH> {
    type Out = bool;

    fn lookback(&self) -> usize {
        self.marks.lookback()
    }

    fn lookahead(&self) -> usize {
        self.marks.lookahead()
    }

    fn compute(&self, [values]: [&[f64]; 1], flags: &mut [bool]) {
        self.marks.mark(values, HIGH, flags);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{json, Value};

    use crate::{kernel::Computed, testing::run};

    fn swings(high: &[f64], params: Value) -> Vec<Computed> {
        let low: Vec<f64> = high.iter().map(|h| -h).collect();
        run("swing_points", params, &[high, &low])
    }

    #[test]
    fn bars_at_the_ends_are_no_swings_and_a_parameter_decides_about_ties() {
        let high = [1.0, 2.0, 5.0, 5.0, 1.0, 3.0, 2.0];
        let strict = [None, Some(false), Some(false), Some(false), Some(false), Some(true), None];
        let out = swings(&high, json!({ "left": 1, "right": 1, "confirmed": false }));
        assert_eq!(out[0], Computed::Bool(strict.to_vec()));
        assert_eq!(out[1], out[0], "lows mirror highs");
        let loose = [None, Some(false), Some(true), Some(true), Some(false), Some(true), None];
        let out = swings(
            &high,
            json!({ "left": 1, "right": 1, "allow_equal_extremes": true, "confirmed": false }),
        );
        assert_eq!(out[0], Computed::Bool(loose.to_vec()));
    }

    #[test]
    fn confirmed_marks_are_on_the_confirming_bar_up_to_the_last_row() {
        let high = [1.0, 4.0, 3.0, 2.0, 5.0, 1.0, 0.0];
        let late = [None, None, None, Some(true), Some(false), Some(false), Some(true)];
        let out = swings(&high, json!({ "left": 1, "right": 2 }));
        assert_eq!(out[0], Computed::Bool(late.to_vec()));
    }

    #[test]
    fn swing_highs_and_swing_lows_are_the_two_outputs_of_swing_points() {
        let high: Vec<f64> = (0..40).map(|i| f64::from(i * 7 % 13)).collect();
        let low: Vec<f64> = (0..40).map(|i| f64::from(i * 5 % 11) - 20.0).collect();
        let both = run("swing_points", json!({}), &[&high, &low]);
        assert_eq!(run("swing_highs", json!({}), &[&high])[0], both[0]);
        assert_eq!(run("swing_lows", json!({}), &[&low])[0], both[1]);
        assert_ne!(both[0], both[1]);
    }
}
