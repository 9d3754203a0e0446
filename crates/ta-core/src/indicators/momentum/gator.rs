//! The distances between the lines of the alligator, where charts draw them.

use crate::{indicators::overlap::alligator::Alligator, prelude::*};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "gator",
        display_name: "Gator Oscillator",
        category: Category::Momentum,
        description: "How far Bill Williams' alligator opens its mouth: above 0 the distance \
            between jaw and teeth, below 0 that between teeth and lips. Both bars growing is a \
            trend, both shrinking its end, near 0 the alligator sleeps. The lines are taken as \
            charts draw them, shifted 8, 5 and 3 bars ahead, so a value on a bar is made of \
            averages that ended as many bars before.",
        aliases: &["gator_oscillator", "williams_gator"],
        inputs: [price("high"), price("low")],
        outputs: [
            histogram("upper", "upper", Scale::Price, "Distance between jaw and teeth."),
            histogram("lower", "lower", Scale::Price, "Distance between teeth and lips, negative."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Bill Williams, New Trading Dimensions (1998); MetaTrader 5, Gator Oscillator",
    }
    .indicator::<Gator>()
}

#[derive(Clone, Parameters)]
struct Gator {
    #[param(flatten)]
    alligator: Alligator,
    /// Bars by which the jaw is shifted ahead.
    #[param(default = 8, min = 0)]
    jaw_shift: usize,
    /// Bars by which the teeth are shifted ahead.
    #[param(default = 5, min = 0)]
    teeth_shift: usize,
    /// Bars by which the lips are shifted ahead.
    #[param(default = 3, min = 0)]
    lips_shift: usize,
}

impl Gator {
    /// The period and the shift of jaw, teeth and lips.
    fn lines(&self) -> [(usize, usize); 3] {
        let shifts = [self.jaw_shift, self.teeth_shift, self.lips_shift];
        std::array::from_fn(|line| (self.alligator.periods()[line], shifts[line]))
    }
}

impl Composed<2> for Gator {
    type Out = [f64; 2];

    fn lookback(&self) -> usize {
        self.lines().map(|(period, shift)| period - 1 + shift).into_iter().fold(0, usize::max)
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low]: [B::Line; 2]) -> B::Rows {
        let median = ta.map([&high, &low], |[high, low]| (high + low) / 2.0);
        let [jaw, teeth, lips] =
            self.lines().map(|(period, shift)| ta.shift(ta.rma(&median, period), shift));
        ta.rows([&jaw, &teeth, &lips], |[jaw, teeth, lips]| {
            [(jaw - teeth).abs(), -(teeth - lips).abs()]
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn the_lines_are_those_of_earlier_bars() {
        let series: Vec<f64> = (0..8).map(f64::from).collect();
        let params = json!({
            "jaw_period": 1, "teeth_period": 1, "lips_period": 1,
            "jaw_shift": 3, "teeth_shift": 1, "lips_shift": 0,
        });
        let out = run("gator", params, &[&series, &series]);
        assert_eq!(out[0].as_f64().unwrap()[2..5], [None, Some(2.0), Some(2.0)]);
        assert_eq!(out[1].as_f64().unwrap()[2..5], [None, Some(-1.0), Some(-1.0)]);
    }
}
