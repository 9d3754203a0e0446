//! A series within two limits.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "clip",
        display_name: "Clip",
        category: Category::Math,
        description: "The series with values below `low` raised to it and values above `high` \
            lowered to it: features for a model without their outliers.",
        aliases: &["clamp", "winsorize"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Other, "The value within the limits."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "min(max(x, low), high); numpy.clip",
    }
    .indicator::<Clip>()
}

#[derive(Parameters)]
struct Clip {
    /// Least value.
    #[param(default = -1.0, min = -1e300, max = 1e300)]
    low: f64,
    /// Greatest value.
    #[param(default = 1.0, min = -1e300, max = 1e300)]
    high: f64,
}

impl Formula<1> for Clip {
    type Out = f64;

    fn lookback(&self) -> usize {
        0
    }

    fn accepts(&self) -> bool {
        self.low <= self.high
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        for (value, x) in out.iter_mut().zip(series) {
            *value = x.clamp(self.low, self.high);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn values_beyond_a_limit_become_it() {
        let out = reals("clip", "value", json!({ "low": 0, "high": 2 }), &[&[-5.0, 1.5, 7.0]]);
        assert_eq!(out, [Some(0.0), Some(1.5), Some(2.0)]);
    }
}
