//! An average of the typical price with bands of one average true range.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "aberration",
        display_name: "Aberration",
        category: Category::Volatility,
        description: "A short simple average of the typical price (high + low + close) / 3 with \
            bands one average true range above and below: Keltner channels in another dress, \
            under the name that pandas-ta gave them. Prices beyond a band are unusually far from \
            their average. It is not Keith Fitschen's trading system of the same name, which \
            uses Bollinger bands.",
        aliases: &["aber"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: [
            band("upper", "upper", Scale::Price, "Middle plus the average true range."),
            band("middle", "middle", Scale::Price, "Simple average of the typical price."),
            band("lower", "lower", Scale::Price, "Middle minus the average true range."),
            line("atr", "range", Scale::Price, "Average true range, the width of each band."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "pandas-ta, aberration: SMA((h + l + c) / 3, 5) plus and minus ATR(15)",
    }
    .indicator::<Aberration>()
}

#[derive(Clone, Parameters)]
struct Aberration {
    /// Bars in the average of the typical price.
    #[param(default = 5, min = 1)]
    period: usize,
    /// Bars of Wilder's average of the true range.
    #[param(default = 15, min = 1)]
    atr_period: usize,
}

impl Composed<3> for Aberration {
    type Out = [f64; 4];

    fn lookback(&self) -> usize {
        (self.period - 1).max(self.atr_period)
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let bar = [&high, &low, &close];
        let middle =
            ta.sma(ta.map(bar, |[high, low, close]| (high + low + close) / 3.0), self.period);
        let width = ta.atr(bar, self.atr_period);
        ta.rows([&middle, &width], |[middle, width]| {
            [middle + width, middle, middle - width, width]
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn the_bands_are_one_range_away_from_the_mean_typical_price() {
        let inputs = [&[12.0, 15.0][..], &[6.0, 9.0], &[9.0, 12.0]];
        let out = run("aberration", json!({ "period": 2, "atr_period": 1 }), &inputs);
        let last: Vec<_> = out.iter().map(|o| o.as_f64().unwrap()[1].unwrap()).collect();
        assert_eq!(last, [16.5, 10.5, 4.5, 6.0]);
    }
}
