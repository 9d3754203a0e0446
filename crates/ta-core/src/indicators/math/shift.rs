//! An earlier value of the same series.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "shift",
        display_name: "Shift",
        category: Category::Math,
        description: "The value of `period` rows before. Puts an earlier value beside the current \
            one, to compare or to combine them. Only backwards: a shift that brings later values \
            forward would look into the future. Rows that are missing are not counted, unlike \
            with the shift of polars.",
        aliases: &["lag"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "The value of `period` rows before."),
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "a[i-period]",
    }
    .indicator::<Shift>()
}

#[derive(Parameters)]
struct Shift {
    /// Rows between the row and the one whose value it gets.
    #[param(default = 1, min = 1)]
    period: usize,
}

impl Formula<1> for Shift {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        let period = self.period;
        out[period..].copy_from_slice(&series[..series.len() - period]);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_first_rows_have_no_earlier_value() {
        let out = reals("shift", "value", json!({ "period": 2 }), &[&[1.0, 2.0, 3.0, 4.0]]);
        assert_eq!(out, [None, None, Some(1.0), Some(2.0)]);
    }
}
