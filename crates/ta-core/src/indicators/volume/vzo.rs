//! The share of the volume that traded on rises, less that on falls.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "vzo",
        display_name: "Volume Zone Oscillator",
        category: Category::Volume,
        description: "The exponential average of the volume, positive where the close rose and \
            negative where it fell, as a percentage of the exponential average of all volume. \
            Above 5 the volume is with the buyers, and beyond 40 and 60 (-40 and -60) the market \
            is seen as overbought (oversold). The volume of an unchanged close counts only in the \
            total, as in on balance volume; some programs count it as falling.",
        aliases: &["volume_zone_oscillator"],
        inputs: [price("close"), price("volume")],
        outputs: line("value", "primary", Scale::Ratio, "Net volume, from -100 to 100.")
            .with_levels(&[-60.0, -40.0, 0.0, 40.0, 60.0])
            .within(-100.0, 100.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Khalil and Steckler, In The Volume Zone, Stocks & Commodities, May 2011",
    }
    .indicator::<VolumeZone>()
}

#[derive(Clone, Parameters)]
struct VolumeZone {
    /// Bars of both exponential averages.
    #[param(default = 14, min = 1)]
    period: usize,
}

impl Composed<2> for VolumeZone {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [close, volume]: [B::Line; 2]) -> B::Rows {
        let direction = ta.windows(close, 2, |pair| match pair[1] - pair[0] {
            0.0 => 0.0,
            change => change.signum(),
        });
        let signed = ta.map([&direction, &volume], |[direction, volume]| direction * volume);
        let net = ta.ema(&signed, self.period);
        let total = ta.ema(ta.without_first(&volume, 1), self.period);
        ta.rows([&net, &total], |[net, total]| (100.0 * net / total).clamp(-100.0, 100.0))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn an_unchanged_close_counts_in_the_total_only() {
        let close = [1.0, 2.0, 2.0, 3.0, 1.0];
        let volume = [9.0, 10.0, 30.0, 20.0, 100.0];
        let out = reals("vzo", "value", json!({ "period": 2 }), &[&close, &volume]);
        assert_eq!(out[..3], [None, None, Some(25.0)]);
        let out = reals("vzo", "value", json!({ "period": 1 }), &[&close, &volume]);
        assert_eq!(out, [None, Some(100.0), Some(0.0), Some(100.0), Some(-100.0)]);
    }
}
