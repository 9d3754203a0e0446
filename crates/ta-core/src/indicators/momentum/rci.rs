//! How well the order of the values is the order of time.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "rci",
        display_name: "Rank Correlation Index",
        category: Category::Momentum,
        description: "Spearman's rank correlation of the last values with their order in time, in \
            percent, a common oscillator in Japan: 100 where each value is higher than the one \
            before, -100 where each is lower. Above 80 it is read as overbought, below -80 as \
            oversold. Equal values share the mean of their ranks, and the correlation is that of \
            the ranks; scripts that use the sum of squared differences deviate where there are \
            ties. Null where all values are equal.",
        aliases: &["rank_correlation_index", "spearman_rank_correlation"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Rank correlation, from -100 to 100.")
            .with_levels(&[-80.0, 0.0, 80.0])
            .within(-100.0, 100.0),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p^2)",
        source: "TradingView, Rank Correlation Index; Spearman 1904: the correlation of ranks",
    }
    .indicator::<Rci>()
}

#[derive(Clone, Parameters)]
struct Rci {
    /// Values in the window.
    #[param(default = 9, min = 2, max = 1000)]
    period: usize,
}

/// Twice the distance of a value's rank from the middle rank: the values below it less those above.
fn rank(window: &[f64], value: f64) -> f64 {
    window.iter().map(|other| f64::from(i8::from(*other < value) - i8::from(*other > value))).sum()
}

/// The correlation of ranks and rows. All terms are whole numbers.
fn correlation(window: &[f64]) -> f64 {
    let last = window.len() as f64 - 1.0;
    let (mut both, mut ranks, mut rows) = (0.0, 0.0, 0.0);
    for (row, value) in window.iter().enumerate() {
        let (rank, place) = (rank(window, *value), 2.0 * row as f64 - last);
        both += rank * place;
        ranks += rank * rank;
        rows += place * place;
    }
    // `max` and `min` would make 0 / 0 a number.
    100.0 * (both / (ranks * rows).sqrt()).clamp(-1.0, 1.0)
}

impl Composed<1> for Rci {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        ta.rows([&ta.windows(series, self.period, correlation)], |[value]| value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn only_the_order_counts_and_ties_share_a_rank() {
        let series = [1.0, 9.0, 10.0, 10.0, 10.0, 2.0];
        let out = reals("rci", "value", json!({ "period": 3 }), &[&series]);
        let tied = 100.0 * 3f64.sqrt() / 2.0;
        let wanted = [100.0, tied, f64::NAN, -tied];
        for (value, wanted) in out[2..].iter().zip(wanted) {
            assert!(value.is_none() && wanted.is_nan() || (value.unwrap() - wanted).abs() < 1e-12);
        }
    }
}
