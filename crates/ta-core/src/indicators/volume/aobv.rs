//! On-balance volume with two of its averages.

use ta_lib::abstract_api::FuncId;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "aobv",
        display_name: "Archer On Balance Volume",
        category: Category::Volume,
        description: "On balance volume with a fast and a slow exponential average of it. The \
            volume flow is rising while the fast average is above the slow one, and their \
            crosses are its turns. As on balance volume starts at the first bar's volume, only \
            differences between the lines are read, never their level; the fast period must be \
            the shorter one.",
        aliases: &["archer_obv", "archer_on_balance_volume"],
        inputs: [price("close"), price("volume")],
        outputs: [
            line("obv", "primary", Scale::Volume, "On balance volume, the running total."),
            line("fast", "fast", Scale::Volume, "Fast average of on balance volume."),
            line("slow", "slow", Scale::Volume, "Slow average of on balance volume."),
        ],
        memory: Memory::Cumulative,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Kevin Johnson; pandas-ta, aobv: OBV, EMA(OBV, 4), EMA(OBV, 12)",
    }
    .indicator::<ArcherObv>()
}

#[derive(Clone, Parameters)]
struct ArcherObv {
    /// Bars of the fast exponential average.
    #[param(default = 4, min = 1, max = 99_999)]
    fast_period: usize,
    /// Bars of the slow exponential average.
    #[param(default = 12, min = 2)]
    slow_period: usize,
}

impl Composed<2> for ArcherObv {
    type Out = [f64; 3];

    fn lookback(&self) -> usize {
        self.slow_period - 1
    }

    fn accepts(&self) -> bool {
        self.fast_period < self.slow_period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [close, volume]: [B::Line; 2]) -> B::Rows {
        let total = ta.function(FuncId::OBV, [], [&close, &volume]);
        let (fast, slow) = (ta.ema(&total, self.fast_period), ta.ema(&total, self.slow_period));
        ta.rows([&total, &fast, &slow], |lines| lines)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn averages_follow_the_running_total() {
        let bars = [&[10.0, 11.0, 11.0, 9.0][..], &[100.0, 50.0, 30.0, 60.0]];
        let out = run("aobv", json!({ "fast_period": 1, "slow_period": 2 }), &bars);
        let obv = [None, Some(150.0), Some(150.0), Some(90.0)];
        assert_eq!(out[0].as_f64().unwrap(), obv);
        assert_eq!(out[1].as_f64().unwrap(), obv);
        // Seeded with (100 + 150) / 2, then two thirds of the way each bar.
        let slow = out[2].as_f64().unwrap();
        assert_eq!(slow[1], Some(125.0));
        assert!((slow[2].unwrap() - (125.0 + 50.0 / 3.0)).abs() < 1e-12);
    }
}
