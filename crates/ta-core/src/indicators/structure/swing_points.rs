//! Local highs and lows: bars that stand out among their neighbours.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane},
    native::{event, flag, int, price, Native},
    params::Params,
};

const LEFT: usize = 0;
const RIGHT: usize = 1;
const ALLOW_EQUAL: usize = 2;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "swing_points",
        display_name: "Swing Points",
        category: Category::Structure,
        description: "Marks the bars whose high is above, or whose low is below, that of all their \
            neighbours: `left` bars before and `right` bars after. The mark stands on the swing bar \
            itself and needs the `right` bars after it, so it looks ahead: in a live setting it is \
            known only that many bars later, and the last `right` rows are null.",
        aliases: &["swing_points_raw"],
        inputs: vec![price("high"), price("low")],
        params: vec![
            int("left", 2, 1, 100_000, "Bars before the swing bar that it must stand out from."),
            int("right", 2, 1, 100_000, "Bars after the swing bar that it must stand out from."),
            flag("allow_equal_extremes", false, "Whether a neighbour may be as high or as low."),
        ],
        outputs: vec![
            event("swing_high", "upper", "True on a bar whose high stands out upwards."),
            event("swing_low", "lower", "True on a bar whose low stands out downwards."),
        ],
        lookback_params: &["left"],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * (left + right))",
        source: "high[i] > high[j] (low[i] < low[j]) for all j in i-left..=i+right, j != i",
    }
    .indicator(SwingPoints)
}

struct SwingPoints;

impl Kernel for SwingPoints {
    fn lookback(&self, params: &Params) -> usize {
        params.int(LEFT)
    }

    fn lookahead(&self, params: &Params) -> usize {
        params.int(RIGHT)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let (left, right, equal) = (params.int(LEFT), params.int(RIGHT), params.flag(ALLOW_EQUAL));
        mark(inputs[0], left, right, |a, b| a > b || equal && a == b, out[0].bool());
        mark(inputs[1], left, right, |a, b| a < b || equal && a == b, out[1].bool());
        Ok(())
    }
}

/// Sets the flag of each row that beats its neighbours. Nearest neighbours come first,
/// because that is where most rows lose.
fn mark(
    values: &[f64],
    left: usize,
    right: usize,
    beats: impl Fn(f64, f64) -> bool,
    flags: &mut [bool],
) {
    for i in left..values.len() - right {
        let beaten = |j: &usize| beats(values[i], values[*j]);
        flags[i] =
            (i + 1..=i + right).all(|j| beaten(&j)) && (i - left..i).rev().all(|j| beaten(&j));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, engine::Computed, find_indicator, resolve};

    fn swings(high: &[f64], given: serde_json::Value) -> Vec<Computed> {
        let indicator = find_indicator("swing_points").unwrap();
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let low: Vec<f64> = high.iter().map(|h| -h).collect();
        compute(indicator, &params, &[high, &low]).unwrap()
    }

    #[test]
    fn the_edges_are_unknown_and_ties_are_a_choice() {
        let high = [1.0, 2.0, 5.0, 5.0, 1.0, 3.0, 2.0];
        let strict = [None, Some(false), Some(false), Some(false), Some(false), Some(true), None];
        let out = swings(&high, json!({ "left": 1, "right": 1 }));
        assert_eq!(out[0], Computed::Bool(strict.to_vec()));
        assert_eq!(out[1], out[0], "lows mirror highs");
        let loose = [None, Some(false), Some(true), Some(true), Some(false), Some(true), None];
        let out = swings(&high, json!({ "left": 1, "right": 1, "allow_equal_extremes": true }));
        assert_eq!(out[0], Computed::Bool(loose.to_vec()));
    }
}
