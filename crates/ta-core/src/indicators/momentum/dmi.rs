//! Direction and strength of a trend: ADX with its two directional lines.

use ta_lib::abstract_api::FuncId;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "dmi",
        display_name: "Directional Movement System",
        category: Category::Momentum,
        description: "Wilder's ADX together with +DI and -DI: the greater of the two indicators \
            names the direction of the market, ADX how strongly it trends, whichever way. The \
            values are those of adx, plus_di and minus_di. As in every struct all fields begin \
            on one row, the first of ADX, 2 * period - 1 bars in; plus_di and minus_di on their \
            own begin period - 1 bars earlier.",
        aliases: &["directional_movement_system"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: [
            line("adx", "primary", Scale::Ratio, "Trend strength, from 0 (none) to 100.")
                .within(0.0, 100.0)
                .with_levels(&[25.0]),
            line("plus_di", "plus", Scale::Ratio, "Upward share of the true range, in percent.")
                .within(0.0, 100.0),
            line(
                "minus_di",
                "minus",
                Scale::Ratio,
                "Downward share of the true range, in percent.",
            )
            .within(0.0, 100.0),
        ],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Wilder, New Concepts in Technical Trading Systems (1978), as TA-Lib's ADX, \
            PLUS_DI, MINUS_DI",
    }
    .indicator::<Dmi>()
}

#[derive(Clone, Parameters)]
struct Dmi {
    /// Bars of the Wilder smoothing of movement, range and DX.
    #[param(default = 14, min = 2)]
    period: usize,
}

impl Composed<3> for Dmi {
    type Out = [f64; 3];

    fn lookback(&self) -> usize {
        2 * self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let functions = [FuncId::ADX, FuncId::PLUS_DI, FuncId::MINUS_DI];
        ta.lines(|number| ta.function(functions[number], [self.period], [&high, &low, &close]))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn a_straight_rise_has_one_direction_and_the_largest_strength() {
        let high: Vec<f64> = (0..40).map(f64::from).collect();
        let low: Vec<f64> = high.iter().map(|h| h - 1.0).collect();
        let out = run("dmi", json!({}), &[&high, &low, &low]);
        let last: Vec<_> = out.iter().map(|o| o.as_f64().unwrap()[39].unwrap()).collect();
        // Each bar moves up by 1 and has a true range of 2 (from the close before, its low).
        assert_eq!(last, [100.0, 50.0, 0.0]);
    }
}
