//! What a straight line leaves of a value.

use crate::{fit::Fit, prelude::*};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "residual",
        display_name: "Regression Residual",
        category: Category::Statistic,
        description: "The value less the end of the least-squares line through the last `period` \
            values, this one included: how far the series has left its own trend. `linearreg` is \
            that line, `stderr` the usual size of the residuals.",
        aliases: &["linearreg_residual", "resi"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "Value less the line.").with_levels(&[0.0]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "least squares; Resi of qlib's Alpha158",
    }
    .indicator::<Residual>()
}

#[derive(Clone, Parameters)]
struct Residual {
    /// Rows in the window.
    #[param(default = 14, min = 2)]
    period: usize,
}

impl Composed<1> for Residual {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let rest = ta.windows(series, self.period, |window| {
            Fit::of(window).distance(window, window.len() - 1)
        });
        ta.rows([&rest], |[rest]| rest)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_line_leaves_nothing_and_a_jump_half_of_it_at_its_end() {
        let out = reals("residual", "value", json!({ "period": 3 }), &[&[1.0, 2.0, 3.0, 10.0]]);
        assert_eq!(out[..2], [None, None]);
        assert!(out[2].unwrap().abs() < 1e-12);
        // The line through 2, 3 and 10 ends at 9.
        assert!((out[3].unwrap() - 1.0).abs() < 1e-12);
    }
}
