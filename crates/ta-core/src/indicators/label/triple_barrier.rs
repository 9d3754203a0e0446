//! Which of three barriers the price reaches first: one above, one below, or a time limit.

use crate::{
    labels::{known_after, Place},
    prelude::*,
};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "triple_barrier",
        display_name: "Triple Barrier",
        category: Category::Label,
        description: "Whether a purchase at the close of the labelled row first reaches a price \
            above (1), a price below (-1), or neither within `period` bars (0): a label for \
            training. The barriers are `upper` and `lower` times the mean true range of the last \
            `range_period` bars away from that close, and a multiple of 0 leaves a barrier out. A \
            bar that opens beyond a barrier ends the label at its open. Where the rest of one bar \
            reaches both, the lower one counts, because the order within a bar is not known. Where \
            the mean true range is 0, only a price beyond the close counts. The label stands `period` rows after the labelled row, where it is known at the latest. \
            With `delayed` false it stands in the labelled row itself: that looks ahead, the last \
            `period` rows are null, and the call has to ask for it with `allowLookahead: true`. In \
            the section `labels` of a pipeline it is always in the labelled row.",
        aliases: &["triple_barrier_label", "tbl"],
        inputs: [price("open"), price("high"), price("low"), price("close")],
        outputs: (
            signal("label", "primary", Scale::Ratio, "1 above, -1 below, 0 at the time limit.")
                .within(-1.0, 1.0),
            line(
                "change",
                "change",
                Scale::Ratio,
                "The return from the labelled close to the barrier, or to the open beyond it, or \
                 to the close at the time limit.",
            )
            .with_levels(&[0.0]),
            known_after(),
        ),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * (period + range_period))",
        source: "Lopez de Prado, Advances in Financial Machine Learning (2018), section 3.4",
    }
    .indicator::<TripleBarrier>()
}

#[derive(Clone, Parameters)]
struct TripleBarrier {
    /// Most bars until the label ends.
    #[param(default = 20, min = 1)]
    period: usize,
    /// Distance of the barrier above, in mean true ranges; 0 leaves it out.
    #[param(default = 2.0, min = 0.0, max = 1e6)]
    upper: f64,
    /// Distance of the barrier below, in mean true ranges; 0 leaves it out.
    #[param(default = 2.0, min = 0.0, max = 1e6)]
    lower: f64,
    /// Bars in the mean true range.
    #[param(default = 14, min = 1)]
    range_period: usize,
    #[param(flatten)]
    place: Place,
}

/// How a label ends.
struct End {
    label: i32,
    price: f64,
    after: usize,
}

impl TripleBarrier {
    /// The mean true range of the bars up to a row.
    fn range(&self, [_, high, low, close]: [&[f64]; 4], row: usize) -> f64 {
        let ranges = (row + 1 - self.range_period..=row).map(|row| {
            let before = close[row - 1];
            high[row].max(before) - low[row].min(before)
        });
        ranges.sum::<f64>() / self.range_period as f64
    }

    /// The end of the label of a row.
    fn end(&self, bars: [&[f64]; 4], row: usize) -> End {
        let [open, high, low, close] = bars;
        let range = self.range(bars, row);
        let above = if self.upper > 0.0 { close[row] + self.upper * range } else { f64::INFINITY };
        let below =
            if self.lower > 0.0 { close[row] - self.lower * range } else { f64::NEG_INFINITY };
        // Without a range both barriers are at the close, which is not a price that has moved.
        let falls = |price: f64| price < below || (price == below && range > 0.0);
        let rises = |price: f64| price > above || (price == above && range > 0.0);
        for after in 1..=self.period {
            let at = row + after;
            let (label, price) = if falls(open[at]) {
                (-1, open[at])
            } else if rises(open[at]) {
                (1, open[at])
            } else if falls(low[at]) {
                (-1, below)
            } else if rises(high[at]) {
                (1, above)
            } else {
                continue;
            };
            return End { label, price, after };
        }
        End { label: 0, price: close[row + self.period], after: self.period }
    }
}

impl Formula<4> for TripleBarrier {
    type Out = (i32, f64, i32);

    fn lookback(&self) -> usize {
        self.range_period + self.place.delay(self.period)
    }

    fn lookahead(&self) -> usize {
        self.place.ahead(self.period)
    }

    fn compute(
        &self,
        bars: [&[f64]; 4],
        (labels, changes, known): (&mut [i32], &mut [f64], &mut [i32]),
    ) {
        let delay = self.place.delay(self.period);
        for row in self.range_period..labels.len() - self.period {
            let End { label, price, after } = self.end(bars, row);
            labels[row + delay] = label;
            changes[row + delay] = price / bars[3][row] - 1.0;
            known[row + delay] = after as i32;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{reals, wholes};

    /// Bars around 100 with a range of 2, then the given bars: open, high, low, close.
    fn label(bars: &[[f64; 4]]) -> (i32, f64, i32) {
        let quiet = [100.0, 101.0, 99.0, 100.0];
        let all: Vec<[f64; 4]> = [quiet; 3].iter().chain(bars).copied().collect();
        let columns: [Vec<f64>; 4] =
            std::array::from_fn(|column| all.iter().map(|bar| bar[column]).collect());
        let inputs = columns.each_ref().map(Vec::as_slice);
        let given = json!({ "period": bars.len(), "range_period": 2, "delayed": false });
        let label = wholes("triple_barrier", "label", given.clone(), &inputs);
        let change = reals("triple_barrier", "change", given.clone(), &inputs);
        let known = wholes("triple_barrier", "known_after", given, &inputs);
        (label[2].unwrap(), change[2].unwrap(), known[2].unwrap())
    }

    const STILL: [f64; 4] = [100.0, 101.0, 99.0, 100.5];

    #[test]
    fn the_barrier_that_is_reached_first_is_the_label() {
        assert_eq!(label(&[STILL, [101.0, 105.0, 100.0, 103.0]]), (1, 104.0 / 100.0 - 1.0, 2));
        assert_eq!(label(&[[99.0, 99.0, 95.0, 98.0], STILL]), (-1, 96.0 / 100.0 - 1.0, 1));
        assert_eq!(label(&[STILL, STILL]), (0, 100.5 / 100.0 - 1.0, 2));
    }

    #[test]
    fn of_two_barriers_in_one_bar_the_lower_one_counts() {
        assert_eq!(label(&[[100.0, 110.0, 90.0, 109.0]]).0, -1);
    }

    #[test]
    fn an_open_beyond_a_barrier_is_the_first_price_of_the_bar() {
        assert_eq!(label(&[[106.0, 107.0, 90.0, 91.0]]), (1, 106.0 / 100.0 - 1.0, 1));
        assert_eq!(label(&[[94.0, 110.0, 93.0, 109.0]]), (-1, 94.0 / 100.0 - 1.0, 1));
    }

    #[test]
    fn without_a_range_only_a_move_is_a_label() {
        let bar = |high: f64, low: f64| [100.0, high, low, 100.0];
        let all = [bar(100.0, 100.0); 3].into_iter().chain([bar(100.0, 100.0), bar(101.0, 100.0)]);
        let all: Vec<[f64; 4]> = all.collect();
        let columns: [Vec<f64>; 4] =
            std::array::from_fn(|column| all.iter().map(|bar| bar[column]).collect());
        let inputs = columns.each_ref().map(Vec::as_slice);
        let given = json!({ "period": 2, "range_period": 1, "delayed": false });
        let labels = wholes("triple_barrier", "label", given, &inputs);
        assert_eq!(labels[1..3], [Some(0), Some(1)]);
    }

    #[test]
    fn a_multiple_of_zero_leaves_a_barrier_out() {
        let column = |of: fn(f64) -> f64| (0..6).map(|row| of(f64::from(row))).collect::<Vec<_>>();
        let close = column(|row| 100.0 - 10.0 * row);
        let inputs = [&close[..]; 4];
        let given = json!({ "period": 2, "range_period": 1, "lower": 0.0, "delayed": false });
        let labels = wholes("triple_barrier", "label", given, &inputs);
        assert_eq!(labels, [None, Some(0), Some(0), Some(0), None, None]);
    }
}
