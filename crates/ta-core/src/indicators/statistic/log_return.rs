//! The logarithm of growth.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, period, slot, Native},
    params::Params,
};

const PERIOD: usize = 0;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "log_return",
        display_name: "Log Return",
        category: Category::Statistic,
        description: "Natural logarithm of the ratio between the value and that of `period` rows \
            before. Log returns of successive spans add up to that of the whole, and a rise and \
            the fall that undoes it are equal in size. Null where the ratio is not positive, as \
            with a value of 0.",
        aliases: &["log_returns"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![period(1, 1, "Rows between the two values.")],
        outputs: vec![line(
            "value",
            "primary",
            Scale::Ratio,
            "Logarithm of the ratio to the value of `period` rows before.",
        )
        .with_levels(&[0.0])],
        lookback_params: &["period"],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "ln(a[i] / a[i-period])",
    }
    .indicator(LogReturn)
}

struct LogReturn;

impl Kernel for LogReturn {
    fn lookback(&self, params: &Params) -> usize {
        params.int(PERIOD)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let (series, period) = (inputs[0], params.int(PERIOD));
        let change = out[0].f64();
        for i in period..series.len() {
            change[i] = (series[i] / series[i - period]).ln();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, engine::Computed, find_indicator, resolve};

    #[test]
    fn growth_from_nothing_is_no_number() {
        let indicator = find_indicator("log_return").unwrap();
        let params = json!({ "period": 2 });
        let params = resolve(indicator, params.as_object().unwrap(), Default::default()).unwrap();
        let out = compute(indicator, &params, &[&[2.0, 0.0, 8.0, 1.0]]).unwrap();
        assert_eq!(out[0], Computed::F64(vec![None, None, Some(4f64.ln()), None]));
    }
}
