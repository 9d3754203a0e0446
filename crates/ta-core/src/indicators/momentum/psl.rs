//! How many of the last bars rose.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, period, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "psl",
        display_name: "Psychological Line",
        category: Category::Momentum,
        description: "The percentage of the last bars that closed above the bar before; an \
            unchanged close does not count as a rise. It is a sentiment oscillator around 50: \
            above 75 the crowd is seen as too confident, below 25 as too fearful. It counts rises \
            and ignores their size.",
        aliases: &["psychological_line"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![period(12, 1, "Changes counted.")],
        outputs: vec![line("value", "primary", Scale::Ratio, "Share of rises, from 0 to 100.")
            .with_levels(&[25.0, 75.0])
            .within(0.0, 100.0)],
        lookback_params: &["period"],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "quantshare.com, Psychological Line: 100 * count(close > close[1], 12) / 12",
    }
    .indicator(Psl)
}

struct Psl;

impl Kernel for Psl {
    fn lookback(&self, params: &Params) -> usize {
        params.int(0)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let (series, period) = (inputs[0], params.int(0));
        let rises = |row: usize| series[row] > series[row - 1];
        let mut count = 0usize;
        for row in 1..series.len() {
            count += usize::from(rises(row));
            if row > period {
                count -= usize::from(rises(row - period));
            }
            out[0].f64()[row] = 100.0 * count as f64 / period as f64;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn an_unchanged_close_is_no_rise() {
        let indicator = find_indicator("psl").unwrap();
        let given = json!({ "period": 2 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let out = compute(indicator, &params, &[&[1.0, 2.0, 3.0, 3.0, 2.0, 5.0]]).unwrap();
        let expected = [None, None, Some(100.0), Some(50.0), Some(0.0), Some(50.0)];
        assert_eq!(out[0].as_f64().unwrap(), expected);
    }
}
