//! How far a series is below its peak.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "drawdown",
        display_name: "Drawdown",
        category: Category::Statistic,
        description: "Fall of the series from the highest value it has had so far: as an amount, \
            as a fraction of that peak, and as the logarithm of the ratio between the two. 0 at \
            every new peak and positive below it; its maximum is the worst loss that a holder \
            could have had. Fraction and logarithm are null while the peak is not positive.",
        aliases: &["dd"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![
            line("dd", "primary", Scale::Price, "Amount below the highest value so far."),
            line(
                "dd_pct",
                "percent",
                Scale::Ratio,
                "The same as a fraction of the peak, 0.2 for 20 percent.",
            ),
            line("dd_log", "log", Scale::Ratio, "Natural logarithm of the peak over the value."),
        ],
        lookback_params: &[],
        memory: Memory::Cumulative,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "peak = max(a[0..=i]): peak - a[i], 1 - a[i] / peak, ln(peak / a[i])",
    }
    .indicator(Drawdown)
}

struct Drawdown;

impl Kernel for Drawdown {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let &[series] = inputs else { return Err("needs one input".into()) };
        let [amount, fraction, logarithm] = out else { return Err("needs three outputs".into()) };
        let mut peak = f64::NEG_INFINITY;
        for (i, &x) in series.iter().enumerate() {
            peak = peak.max(x);
            let positive = if peak > 0.0 { peak } else { f64::NAN };
            amount.f64()[i] = peak - x;
            fraction.f64()[i] = 1.0 - x / positive;
            logarithm.f64()[i] = (positive / x).ln();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn the_peak_is_never_forgotten() {
        let indicator = find_indicator("drawdown").unwrap();
        let params = Params::defaults(&indicator.meta);
        let out = compute(indicator, &params, &[&[-1.0, 8.0, 6.0, 8.0, 2.0, 0.0]]).unwrap();
        let amount = [0.0, 0.0, 2.0, 0.0, 6.0, 8.0].map(Some);
        let fraction = [None, Some(0.0), Some(0.25), Some(0.0), Some(0.75), Some(1.0)];
        assert_eq!(out[0], Computed::F64(amount.to_vec()));
        assert_eq!(out[1], Computed::F64(fraction.to_vec()));
        let logarithm = out[2].as_f64().unwrap();
        assert_eq!(logarithm[4], Some(4f64.ln()));
        assert_eq!(logarithm[5], None, "nothing left");
    }
}
