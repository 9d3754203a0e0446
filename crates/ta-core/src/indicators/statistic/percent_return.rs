//! Growth as a fraction.

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
        id: "percent_return",
        display_name: "Percent Return",
        category: Category::Statistic,
        description: "Change against the value of `period` rows before as a fraction of it: 0.05 \
            is a rise of five percent, in spite of the name, which is that of pandas-ta. Null \
            where the earlier value is 0, where `rocp` gives 0; otherwise the two agree.",
        aliases: &["pct_return", "pct_change"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![period(1, 1, "Rows between the two values.")],
        outputs: vec![line(
            "value",
            "primary",
            Scale::Ratio,
            "Change over `period` rows, as a fraction of the earlier value.",
        )
        .with_levels(&[0.0])],
        lookback_params: &["period"],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "a[i] / a[i-period] - 1",
    }
    .indicator(PercentReturn)
}

struct PercentReturn;

impl Kernel for PercentReturn {
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
            change[i] = series[i] / series[i - period] - 1.0;
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
        let indicator = find_indicator("percent_return").unwrap();
        let params = json!({ "period": 2 });
        let params = resolve(indicator, params.as_object().unwrap(), Default::default()).unwrap();
        let out = compute(indicator, &params, &[&[2.0, 0.0, 8.0, 1.0]]).unwrap();
        assert_eq!(out[0], Computed::F64(vec![None, None, Some(3.0), None]));
    }
}
