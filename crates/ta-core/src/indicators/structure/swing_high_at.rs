//! The price of a past swing, as it is known on each row.

use crate::{prelude::*, swings::Swings};

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    [
        Native {
            id: "swing_high_at",
            display_name: "Swing High Price",
            category: Category::Structure,
            description: "The high of the latest swing high (or, with `index`, of an earlier one) \
                that is confirmed on the row: its `right` following bars have been seen, so \
                nothing looks ahead. The line moves in steps, `right` bars after each swing, and \
                is read as the resistance that a trader knows of. It is null until as many \
                swings have occurred.",
            aliases: &[],
            inputs: [price("high")],
            outputs: line(
                "value",
                "primary",
                Scale::Price,
                "Price of the swing high, once confirmed.",
            )
            .sparse(),
            memory: Memory::Recursive,
            pane: Pane::Overlay,
            complexity: "O(n * (left + right))",
            source: "high[i] of the index-th last swing high i with i + right <= row",
        }
        .indicator::<SwingAt<true>>(),
        Native {
            id: "swing_low_at",
            display_name: "Swing Low Price",
            category: Category::Structure,
            description: "The low of the latest swing low (or, with `index`, of an earlier one) \
                that is confirmed on the row: its `right` following bars have been seen, so \
                nothing looks ahead. The line moves in steps, `right` bars after each swing, and \
                is read as the support that a trader knows of. It is null until as many swings \
                have occurred.",
            aliases: &[],
            inputs: [price("low")],
            outputs: line(
                "value",
                "primary",
                Scale::Price,
                "Price of the swing low, once confirmed.",
            )
            .sparse(),
            memory: Memory::Recursive,
            pane: Pane::Overlay,
            complexity: "O(n * (left + right))",
            source: "low[i] of the index-th last swing low i with i + right <= row",
        }
        .indicator::<SwingAt<false>>(),
    ]
}

#[derive(Clone, Parameters)]
struct SwingAt<const HIGH: bool> {
    /// Which swing, counted back: 1 is the latest, 2 the one before.
    #[param(default = 1, min = 1, max = 20)]
    index: usize,
    #[param(flatten)]
    swings: Swings,
}

#[derive(Clone, State)]
struct Seen {
    /// The last bars, among which a swing is found.
    bars: Window,
    /// The prices of the last swings; missing where there has been none.
    known: Window,
}

impl<const HIGH: bool> Recursive<1> for SwingAt<HIGH> {
    type Out = f64;
    type State = Seen;

    fn lookback(&self) -> usize {
        let swings = self.swings;
        swings.left + swings.right + (self.index - 1) * swings.spacing()
    }

    fn start(&self) -> Seen {
        Seen { bars: self.swings.window(), known: Window::missing(self.index) }
    }

    fn next(&self, seen: &mut Seen, [price]: [f64; 1]) -> f64 {
        seen.bars.push(price);
        if let Some(swing) = self.swings.confirmed(&seen.bars, HIGH) {
            seen.known.push(swing);
        }
        seen.known.back(self.index - 1).unwrap_or(f64::NAN)
    }

    fn batch(&self, [prices]: [&[f64]; 1], out: &mut [f64]) {
        let swings = self.swings;
        let mut known = Vec::new();
        for row in swings.left..prices.len() - swings.right {
            if swings.is_swing(prices, row, HIGH) {
                known.push(prices[row]);
            }
            let price = known.len().checked_sub(self.index).map_or(f64::NAN, |at| known[at]);
            out[row + swings.right] = price;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_swing_is_known_after_its_confirming_bars() {
        for (id, sign) in [("swing_high_at", 1.0), ("swing_low_at", -1.0)] {
            let prices = [1.0, 3.0, 2.0, 5.0, 4.0, 0.0].map(|v: f64| sign * v);
            let of = |index: usize| {
                reals(id, "value", json!({ "index": index, "left": 1, "right": 1 }), &[&prices])
            };
            let (first, second) = (Some(prices[1]), Some(prices[3]));
            assert_eq!(of(1), [None, None, first, first, second, second]);
            assert_eq!(of(2), [None, None, None, None, first, first]);
        }
    }
}
