//! The RSI of changes over several bars.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "rmi",
        display_name: "Relative Momentum Index",
        category: Category::Momentum,
        description:
            "Roger Altman's RSI of momentum: Wilder's average of the rises over `momentum` \
            bars as a percentage of those rises and falls. With a momentum of 1 it is the RSI. It \
            stays longer beyond its levels in a trend: above 70 overbought, below 30 oversold. \
            Sierra Chart takes simple averages. Null where nothing has moved.",
        aliases: &["relative_momentum_index"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Share of the rises, from 0 to 100.")
            .with_levels(&[30.0, 70.0])
            .within(0.0, 100.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "R. Altman, Relative Momentum Index: Modifying RSI, Stocks & Commodities 11:2 \
            (1993)",
    }
    .indicator::<Rmi>()
}

#[derive(Clone, Parameters)]
struct Rmi {
    /// Bars of Wilder's averages of rises and falls.
    #[param(default = 20, min = 1)]
    period: usize,
    /// Bars over which a change is taken.
    #[param(default = 5, min = 1)]
    momentum: usize,
}

impl Composed<1> for Rmi {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.momentum + self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let past = ta.shift(&series, self.momentum);
        let mean = |sign: f64| {
            // Not `max`, which would take the missing first changes as 0.
            let positive = ta.map([&series, &past], |[now, then]| {
                let change = sign * (now - then);
                if change < 0.0 {
                    0.0
                } else {
                    change
                }
            });
            ta.rma(positive, self.period)
        };
        let (rises, falls) = (mean(1.0), mean(-1.0));
        ta.rows([&rises, &falls], |[rises, falls]| 100.0 * (rises / (rises + falls)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_changes_are_those_over_the_momentum() {
        let params = json!({ "period": 2, "momentum": 2 });
        let out = reals("rmi", "value", params, &[&[1.0, 5.0, 4.0, 4.0]]);
        // Changes over two bars: 3, then -1.
        assert_eq!(out, [None, None, None, Some(75.0)]);
    }
}
