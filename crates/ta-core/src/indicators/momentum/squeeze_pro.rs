//! Bollinger Bands inside Keltner channels of three widths.

use ta_lib::abstract_api::FuncId;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "squeeze_pro",
        display_name: "Squeeze Pro",
        category: Category::Momentum,
        description: "Carter's squeeze in three degrees: the market coils while the Bollinger \
            Bands lie inside a Keltner channel (simple averages of the close and of the true \
            range), the more so the narrower the channel that still holds them. A squeeze ends \
            when the bands leave the wide channel on both sides; the sign of the momentum, an \
            averaged change of the close, then gives the direction. The three factors must fall \
            from wide to narrow.",
        aliases: &["sqzpro", "ttm_squeeze_pro"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: (
            histogram("squeeze", "primary", Scale::Price, "Averaged change of the close."),
            [
                event("wide", "event", "True while the bands are inside the wide channel."),
                event("normal", "event", "True while the bands are inside the normal channel."),
                event("narrow", "event", "True while the bands are inside the narrow channel."),
                event("off", "event", "True while the bands are outside the wide channel."),
                event(
                    "no",
                    "event",
                    "True while the bands are neither inside the wide channel nor \
                outside it on both sides.",
                ),
            ],
        ),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Makit0, Squeeze PRO (TradingView), after J. Carter, Mastering the Trade, ch. 11; \
            momentum as in pandas-ta: sma(close - close[12], 6)",
    }
    .indicator::<SqueezePro>()
}

#[derive(Clone, Parameters)]
struct SqueezePro {
    /// Bars of the Bollinger Bands.
    #[param(default = 20, min = 2)]
    bb_period: usize,
    /// Width of the Bollinger Bands, in deviations.
    #[param(default = 2.0, min = 0.0, max = 1e9)]
    nb_dev: f64,
    /// Bars of the Keltner channels.
    #[param(default = 20, min = 1)]
    kc_period: usize,
    /// Width of the wide channel, in mean true ranges.
    #[param(default = 2.0, min = 0.0, max = 1e9)]
    factor_wide: f64,
    /// Width of the normal channel, likewise.
    #[param(default = 1.5, min = 0.0, max = 1e9)]
    factor_normal: f64,
    /// Width of the narrow channel, likewise.
    #[param(default = 1.0, min = 0.0, max = 1e9)]
    factor_narrow: f64,
    /// Bars back to which the close is compared.
    #[param(default = 12, min = 1)]
    mom_period: usize,
    /// Bars of the simple average of the momentum.
    #[param(default = 6, min = 1)]
    smooth_period: usize,
}

impl Composed<3> for SqueezePro {
    type Out = (f64, [bool; 5]);

    fn lookback(&self) -> usize {
        let momentum = self.mom_period + self.smooth_period - 1;
        (self.bb_period - 1).max(self.kc_period).max(momentum)
    }

    fn accepts(&self) -> bool {
        self.factor_wide > self.factor_normal && self.factor_normal > self.factor_narrow
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let SqueezePro { bb_period, kc_period, .. } = *self;
        let (centre, deviation) = (ta.sma(&close, bb_period), ta.stddev(&close, bb_period));
        let middle = ta.sma(&close, kc_period);
        let range = ta.sma(ta.true_range([&high, &low, &close]), kc_period);
        let change = ta.function(FuncId::MOM, [self.mom_period], [&close]);
        let momentum = ta.sma(change, self.smooth_period);
        let lines = [&momentum, &centre, &deviation, &middle, &range];
        ta.rows(lines, |[momentum, centre, deviation, middle, range]| {
            let band = self.nb_dev * deviation;
            let (lower, upper) = (centre - band, centre + band);
            let factors = [self.factor_wide, self.factor_normal, self.factor_narrow];
            let edges = factors.map(|f| (middle - f * range, middle + f * range));
            let [wide, normal, narrow] = edges.map(|(low, high)| lower > low && upper < high);
            let off = lower < edges[0].0 && upper > edges[0].1;
            (momentum, [wide, normal, narrow, off, !wide && !off])
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{
        kernel::Computed,
        testing::{refuses, run},
    };

    #[test]
    fn a_constant_close_is_a_squeeze_and_the_widths_must_decrease() {
        // A constant close has no deviation. A jump of bars without ranges has a large deviation.
        let close = [10.0, 10.0, 10.0, 10.0, 30.0];
        let high = close.map(|c| c + 1.0);
        let low = close.map(|c| c - 1.0);
        let out = run(
            "squeeze_pro",
            json!({ "bb_period": 2, "kc_period": 2, "mom_period": 1, "smooth_period": 1 }),
            &[&high, &low, &close],
        );
        let inside = Computed::Bool(vec![None, None, Some(true), Some(true), Some(false)]);
        assert_eq!(out[3], inside, "true ranges 2 and 21, deviation 10");
        assert_eq!(out[0].as_f64().unwrap()[4], Some(20.0));

        assert!(refuses("squeeze_pro", json!({ "factor_wide": 1.5, "factor_normal": 1.5 })));
    }
}
