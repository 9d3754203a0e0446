//! Three smoothed averages of the median price, which charts shift ahead.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "alligator",
        display_name: "Williams Alligator",
        category: Category::Overlap,
        description: "Bill Williams' three smoothed averages of the median price (high + low) / \
            2. Intertwined lines are a sleeping market; lines that part in the order lips, \
            teeth, jaw are a trend, upwards with the lips on top. Williams draws them 8, 5 and 3 \
            bars ahead; the values here stand on the bar they are computed on, and the catalog's \
            display shift says where to draw them.",
        aliases: &["williams_alligator"],
        inputs: [price("high"), price("low")],
        outputs: [
            line("jaw", "slow", Scale::Price, "Smoothed average over the jaw period.").drawn_at(8),
            line("teeth", "middle", Scale::Price, "Smoothed average over the teeth period.")
                .drawn_at(5),
            line("lips", "fast", Scale::Price, "Smoothed average over the lips period.")
                .drawn_at(3),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Bill Williams, New Trading Dimensions (1998): SMMA of the median price, 13, 8 \
            and 5 bars",
    }
    .indicator::<Alligator>()
}

/// The periods of the three lines.
#[derive(Clone, Parameters)]
pub struct Alligator {
    /// Bars of the jaw, the slowest line.
    #[param(default = 13, min = 1)]
    jaw_period: usize,
    /// Bars of the teeth.
    #[param(default = 8, min = 1)]
    teeth_period: usize,
    /// Bars of the lips, the fastest line.
    #[param(default = 5, min = 1)]
    lips_period: usize,
}

impl Alligator {
    /// The periods of jaw, teeth and lips.
    pub fn periods(&self) -> [usize; 3] {
        [self.jaw_period, self.teeth_period, self.lips_period]
    }
}

impl Composed<2> for Alligator {
    type Out = [f64; 3];

    fn lookback(&self) -> usize {
        self.periods().into_iter().fold(0, usize::max) - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low]: [B::Line; 2]) -> B::Rows {
        let median = ta.map([&high, &low], |[high, low]| (high + low) / 2.0);
        let periods = self.periods();
        ta.lines(|number| ta.rma(&median, periods[number]))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn faster_lines_are_higher_in_a_rise_and_values_are_not_shifted() {
        let low: Vec<f64> = (0..60).map(f64::from).collect();
        let high: Vec<f64> = low.iter().map(|l| l + 2.0).collect();
        let out = run("alligator", json!({}), &[&high, &low]);
        let [jaw, teeth, lips] = [0, 1, 2].map(|i| out[i].as_f64().unwrap().to_vec());
        // The jaw is seeded with the mean of the first 13 medians, 1 to 13.
        assert_eq!(jaw[11..13], [None, Some(7.0)]);
        assert!((12..60).all(|i| lips[i] > teeth[i] && teeth[i] > jaw[i]));
    }
}
