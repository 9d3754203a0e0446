//! Local highs and lows: bars that stand out among their neighbours.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, IndicatorParamMeta, Memory, Pane},
    native::{event, flag, int, price, Native},
    params::Params,
};

const CONFIRMED: usize = 3;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "swing_points",
        display_name: "Swing Points",
        category: Category::Structure,
        description:
            "Marks the bars whose high is above, or whose low is below, that of all their \
            neighbours: `left` bars before and `right` bars after. The mark stands on the bar that \
            settles the swing, `right` bars after it, which is when a live setting knows of it. \
            With `confirmed` false it stands on the swing bar itself, as one draws it afterwards: \
            that looks ahead, the last `right` rows are null, and the call has to ask for it with \
            `allowLookahead: true`.",
        aliases: &["swing_points_raw"],
        inputs: vec![price("high"), price("low")],
        params: Swings::params_and_confirmed(),
        outputs: vec![
            event("swing_high", "upper", "True where a high that stands out is settled."),
            event("swing_low", "lower", "True where a low that stands out is settled."),
        ],
        lookback_params: &["left", "right", "confirmed"],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * (left + right))",
        source: "high[i] > high[j] (low[i] < low[j]) for all j in i-left..=i+right, j != i",
    }
    .indicator(SwingPoints)
}

/// What makes a swing: its neighbours, and whether they may be as extreme.
#[derive(Clone, Copy)]
pub(super) struct Swings {
    pub left: usize,
    pub right: usize,
    pub allow_equal: bool,
}

impl Swings {
    /// Their parameters.
    pub fn params() -> [IndicatorParamMeta; 3] {
        [
            int("left", 2, 1, 100_000, "Bars before the swing bar that it must stand out from."),
            int("right", 2, 1, 100_000, "Bars after the swing bar that it must stand out from."),
            flag("allow_equal_extremes", false, "Whether a neighbour may be as high or as low."),
        ]
    }

    /// Their parameters, and where the mark is put.
    pub fn params_and_confirmed() -> Vec<IndicatorParamMeta> {
        let confirmed = flag(
            "confirmed",
            true,
            "Whether the mark stands on the bar that settles the swing instead of on the swing bar.",
        );
        Self::params().into_iter().chain([confirmed]).collect()
    }

    /// Reads [`Swings::params`], the first of which is at `index`.
    pub fn of(params: &Params, index: usize) -> Self {
        Self {
            left: params.int(index),
            right: params.int(index + 1),
            allow_equal: params.flag(index + 2),
        }
    }

    /// The least number of bars from one swing to the next of the same kind.
    pub fn spacing(self) -> usize {
        if self.allow_equal {
            1
        } else {
            self.left.min(self.right) + 1
        }
    }

    /// Whether a bar with `left` bars before and `right` bars after it is a swing high.
    pub fn is_high(self, high: &[f64], row: usize) -> bool {
        self.stands_out(high, row, |a, b| a > b || self.allow_equal && a == b)
    }

    /// Whether such a bar is a swing low.
    pub fn is_low(self, low: &[f64], row: usize) -> bool {
        self.stands_out(low, row, |a, b| a < b || self.allow_equal && a == b)
    }

    /// Nearest neighbours come first, because that is where most rows lose.
    fn stands_out(self, values: &[f64], i: usize, beats: impl Fn(f64, f64) -> bool) -> bool {
        let beaten = |j: usize| beats(values[i], values[j]);
        (i + 1..=i + self.right).all(beaten) && (i - self.left..i).rev().all(beaten)
    }
}

/// Rows before the first mark: [`Swings::params_and_confirmed`] come first.
pub(super) fn lookback(params: &Params) -> usize {
    let swings = Swings::of(params, 0);
    swings.left + if params.flag(CONFIRMED) { swings.right } else { 0 }
}

/// Rows that a mark looks ahead.
pub(super) fn lookahead(params: &Params) -> usize {
    if params.flag(CONFIRMED) {
        0
    } else {
        Swings::of(params, 0).right
    }
}

/// Sets the flags, each on its swing bar or where it is confirmed.
pub(super) fn mark(
    params: &Params,
    values: &[f64],
    is_swing: impl Fn(Swings, &[f64], usize) -> bool,
    flags: &mut [bool],
) {
    let swings = Swings::of(params, 0);
    let delay = swings.right - lookahead(params);
    for row in swings.left..values.len() - swings.right {
        flags[row + delay] = is_swing(swings, values, row);
    }
}

struct SwingPoints;

impl Kernel for SwingPoints {
    fn lookback(&self, params: &Params) -> usize {
        lookback(params)
    }

    fn lookahead(&self, params: &Params) -> usize {
        lookahead(params)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        mark(params, inputs[0], Swings::is_high, out[0].bool());
        mark(params, inputs[1], Swings::is_low, out[1].bool());
        Ok(())
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
    fn confirmed_marks_come_later_and_know_the_last_bar() {
        let high = [1.0, 4.0, 3.0, 2.0, 5.0, 1.0, 0.0];
        let late = [None, None, None, Some(true), Some(false), Some(false), Some(true)];
        let out = swings(&high, json!({ "left": 1, "right": 2 }));
        assert_eq!(out[0], Computed::Bool(late.to_vec()));
    }
}
