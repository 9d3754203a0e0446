//! Radians as degrees.

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
        id: "todeg",
        display_name: "To Degrees",
        category: Category::Math,
        description: "Angle in degrees for each value taken as an angle in radians: times 180 and \
            divided by pi. Makes the output of `atan`, `asin` and `acos` readable; half a turn \
            is 180.",
        aliases: &["to_degrees", "degrees"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![line("value", "primary", Scale::Price, "Each value times 180 / pi.")],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "x * 180 / pi",
    }
    .indicator(ToDegrees)
}

struct ToDegrees;

impl Kernel for ToDegrees {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        for (value, &x) in out[0].f64().iter_mut().zip(inputs[0]) {
            *value = x * 180.0 / PI;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn half_a_turn_is_180() {
        let indicator = find_indicator("todeg").unwrap();
        let params = Params::defaults(&indicator.meta);
        let out = compute(
            indicator,
            &params,
            &[&[-std::f64::consts::PI, 0.0, std::f64::consts::FRAC_PI_2]],
        )
        .unwrap();
        assert_eq!(out[0], Computed::F64([-180.0, 0.0, 90.0].map(Some).to_vec()));
    }
}
