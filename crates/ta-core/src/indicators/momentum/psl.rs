//! The share of the last bars that rose.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "psl",
        display_name: "Psychological Line",
        category: Category::Momentum,
        description: "The percentage of the last bars that closed above the bar before; an \
            unchanged close does not count as a rise. It is a sentiment oscillator around 50: \
            above 75 the crowd is seen as too confident, below 25 as too fearful. It counts \
            rises and ignores their size.",
        aliases: &["psychological_line"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Share of rises, from 0 to 100.")
            .with_levels(&[25.0, 75.0])
            .within(0.0, 100.0),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "quantshare.com, Psychological Line: 100 * count(close > close[1], 12) / 12",
    }
    .indicator::<Psl>()
}

#[derive(Parameters)]
struct Psl {
    /// Changes counted.
    #[param(default = 12, min = 1)]
    period: usize,
}

impl Formula<1> for Psl {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        let period = self.period;
        let rises = |row: usize| series[row] > series[row - 1];
        let mut count = 0usize;
        for (row, value) in out.iter_mut().enumerate().skip(1) {
            count += usize::from(rises(row));
            if row > period {
                count -= usize::from(rises(row - period));
            }
            *value = 100.0 * count as f64 / period as f64;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn an_unchanged_close_is_not_a_rise() {
        let out = reals("psl", "value", json!({ "period": 2 }), &[&[1.0, 2.0, 3.0, 3.0, 2.0, 5.0]]);
        let expected = [None, None, Some(100.0), Some(50.0), Some(0.0), Some(50.0)];
        assert_eq!(out, expected);
    }
}
