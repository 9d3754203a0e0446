//! Degrees as radians.

use std::f64::consts::PI;

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "torad",
        display_name: "To Radians",
        category: Category::Math,
        description:
            "Angle in radians for each value taken as an angle in degrees: divided by 180 \
            and times pi. What `sin`, `cos` and `tan` need for an angle given in degrees; 180 is \
            half a turn, pi.",
        aliases: &["to_radians", "radians"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![line("value", "primary", Scale::Price, "Each value times pi / 180.")],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "x * pi / 180",
    }
    .indicator(ToRadians)
}

struct ToRadians;

impl Kernel for ToRadians {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        for (value, &x) in out[0].f64().iter_mut().zip(inputs[0]) {
            *value = x * PI / 180.0;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn degrees_180_are_half_a_turn() {
        let indicator = find_indicator("torad").unwrap();
        let params = Params::defaults(&indicator.meta);
        let out = compute(indicator, &params, &[&[-180.0, 0.0, 90.0]]).unwrap();
        assert_eq!(
            out[0],
            Computed::F64(
                [-std::f64::consts::PI, 0.0, std::f64::consts::FRAC_PI_2].map(Some).to_vec()
            )
        );
    }
}
