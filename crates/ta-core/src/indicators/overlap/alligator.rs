//! Three smoothed averages of the median price, drawn ahead.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{int, line, price, Native},
    params::Params,
    talib::parts::{map, rma},
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "alligator",
        display_name: "Williams Alligator",
        category: Category::Overlap,
        description: "Bill Williams' three smoothed averages of the median price \
            (high + low) / 2. Intertwined lines are a sleeping market; lines that part in the \
            order lips, teeth, jaw are a trend, upwards with the lips on top. Williams draws them \
            8, 5 and 3 bars ahead; the values here stand on the bar they are computed on, and the \
            catalog's display shift says where to draw them.",
        aliases: &["williams_alligator"],
        inputs: vec![price("high"), price("low")],
        params: vec![
            int("jaw_period", 13, 1, 100_000, "Bars of the jaw, the slowest line."),
            int("teeth_period", 8, 1, 100_000, "Bars of the teeth."),
            int("lips_period", 5, 1, 100_000, "Bars of the lips, the fastest line."),
        ],
        outputs: vec![
            line("jaw", "slow", Scale::Price, "Smoothed average over the jaw period.").drawn_at(8),
            line("teeth", "middle", Scale::Price, "Smoothed average over the teeth period.")
                .drawn_at(5),
            line("lips", "fast", Scale::Price, "Smoothed average over the lips period.")
                .drawn_at(3),
        ],
        lookback_params: &["jaw_period", "teeth_period", "lips_period"],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Bill Williams, New Trading Dimensions (1998): SMMA of the median price, 13, 8 \
            and 5 bars",
    }
    .indicator(Alligator)
}

struct Alligator;

fn periods(params: &Params) -> [usize; 3] {
    [0, 1, 2].map(|index| params.int(index))
}

impl Kernel for Alligator {
    fn lookback(&self, params: &Params) -> usize {
        periods(params).into_iter().fold(0, usize::max) - 1
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let median = map([inputs[0], inputs[1]], |[high, low]| (high + low) / 2.0);
        for (out, period) in out.iter_mut().zip(periods(params)) {
            out.f64().copy_from_slice(&rma(&median, period));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, find_indicator, Params};

    #[test]
    fn a_rising_market_opens_the_mouth_upwards_and_is_not_shifted() {
        let indicator = find_indicator("alligator").unwrap();
        let low: Vec<f64> = (0..60).map(f64::from).collect();
        let high: Vec<f64> = low.iter().map(|l| l + 2.0).collect();
        let params = Params::defaults(&indicator.meta);
        let out = compute(indicator, &params, &[&high, &low]).unwrap();
        let [jaw, teeth, lips] = [0, 1, 2].map(|i| out[i].as_f64().unwrap().to_vec());
        // The jaw is seeded with the mean of the first 13 medians, 1 to 13.
        assert_eq!(jaw[11..13], [None, Some(7.0)]);
        assert!((12..60).all(|i| lips[i] > teeth[i] && teeth[i] > jaw[i]));
    }
}
