//! A series through the stages of a Laguerre filter.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "laguerre",
        display_name: "Laguerre Filter",
        category: Category::Overlap,
        description: "Ehlers' filter with a warped time axis: a weighted mean of four stages, \
            each later and smoother than the one before. It is as smooth as a long moving average \
            with the memory of four numbers, because slow movements are delayed more than fast \
            ones. Ehlers reads the median price. It starts on the first value. `lrsi` is an RSI \
            over the same stages.",
        aliases: &["laguerre_filter", "ehlers_laguerre_filter"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "The smoothed series."),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Ehlers, Time Warp - Without Space Travel (2002)",
    }
    .indicator::<Laguerre>()
}

#[derive(Clone, Parameters)]
struct Laguerre {
    /// Damping: the nearer to 1, the smoother.
    #[param(default = 0.8, min = 0.0, max = 0.99)]
    gamma: f64,
}

impl Recursive<1> for Laguerre {
    type Out = f64;
    /// The stages.
    type State = Option<[f64; 4]>;

    fn lookback(&self) -> usize {
        0
    }

    fn start(&self) -> Self::State {
        None
    }

    fn next(&self, stages: &mut Self::State, [value]: [f64; 1]) -> f64 {
        let gamma = self.gamma;
        let [a, b, c, d] = stages.unwrap_or([value; 4]);
        let first = (1.0 - gamma) * value + gamma * a;
        let second = a - gamma * first + gamma * b;
        let third = b - gamma * second + gamma * c;
        let fourth = c - gamma * third + gamma * d;
        *stages = Some([first, second, third, fourth]);
        (first + 2.0 * second + 2.0 * third + fourth) / 6.0
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn without_damping_it_is_a_mean_of_four_bars() {
        let out =
            reals("laguerre", "value", json!({ "gamma": 0 }), &[&[1.0, 1.0, 1.0, 1.0, 7.0, 1.0]]);
        assert_eq!(out, [1.0, 1.0, 1.0, 1.0, 2.0, 3.0].map(Some));
    }
}
