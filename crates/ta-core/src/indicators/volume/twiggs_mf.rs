//! Chaikin's money flow over true ranges, with Wilder's average.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "twiggs_mf",
        display_name: "Twiggs Money Flow",
        category: Category::Volume,
        description: "Volume weighted by where the close lies in the true range of its bar (1 at \
            the top, -1 at the bottom), averaged by Wilder's method and divided by the average \
            volume. It is Chaikin money flow (`cmf`) with two repairs: the true range counts \
            gaps, and a large volume fades instead of dropping out of a window. Above 0 is read \
            as accumulation, below 0 as distribution. A bar without a true range counts as \
            neutral, and there is no value before anything has traded.",
        aliases: &["twiggs_money_flow"],
        inputs: [price("high"), price("low"), price("close"), price("volume")],
        outputs: line("value", "primary", Scale::Ratio, "Money flow, from -1 to 1.")
            .with_levels(&[0.0])
            .within(-1.0, 1.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Colin Twiggs, Twiggs Money Flow, incrediblecharts.com",
    }
    .indicator::<Twiggs>()
}

#[derive(Clone, Parameters)]
struct Twiggs {
    /// Bars of Wilder's averages.
    #[param(default = 21, min = 1)]
    period: usize,
}

impl Composed<4> for Twiggs {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<Self::Out>>(
        &self,
        ta: &B,
        [high, low, close, volume]: [B::Line; 4],
    ) -> B::Rows {
        let before = ta.shift(&close, 1);
        let bars = [&high, &low, &close, &before, &volume];
        let flow = ta.map(bars, |[high, low, close, before, volume]| {
            let (top, bottom) = (high.max(before), low.min(before));
            if top == bottom {
                0.0
            } else {
                volume * ((close - bottom) - (top - close)) / (top - bottom)
            }
        });
        let net = ta.rma(ta.without_first(flow, 1), self.period);
        let total = ta.rma(ta.without_first(&volume, 1), self.period);
        ta.rows([&net, &total], |[net, total]| (net / total).clamp(-1.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_gap_belongs_to_the_range() {
        // The second bar closes at its low, which is the top of the gap's lower three quarters.
        let inputs: [&[f64]; 4] =
            [&[10.0, 14.0, 14.0], &[10.0, 13.0, 13.0], &[10.0, 13.0, 13.0], &[5.0, 8.0, 0.0]];
        let out = reals("twiggs_mf", "value", json!({ "period": 1 }), &inputs);
        assert_eq!(out, [None, Some(0.5), None]);
    }
}
