//! Average price of a session, weighted by volume, with its spread.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, IndicatorOutputMeta, IndicatorParamMeta, Memory, Pane, Scale},
    native::{band, float, key, line, price, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "session_vwap",
        display_name: "Session VWAP",
        category: Category::Volume,
        description: "Average of the typical prices (high + low + close) / 3 since the session began, \
            each weighted by its volume, with bands at a multiple of the volume-weighted (population) \
            standard deviation. A row whose `session` differs from the row before starts anew. Price \
            above the line is read as buyers paying more than the session's average; the bands mark \
            how far prices usually stray from it. Null until something has traded in the session.",
        aliases: &["vwap_session"],
        inputs: vec![price("high"), price("low"), price("close"), price("volume"), key("session")],
        params: params(),
        outputs: outputs(),
        lookback_params: &[],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "sum(v * p) / sum(v) and sqrt(sum(v * (p - vwap)^2) / sum(v)) since the session began",
    }
    .indicator(SessionVwap)
}

/// The parameters of an average with bands.
pub(super) fn params() -> Vec<IndicatorParamMeta> {
    vec![float("multiplier", 1.0, 0.0, 1e9, "Standard deviations between average and bands.")]
}

/// The average and its bands.
pub(super) fn outputs() -> Vec<IndicatorOutputMeta> {
    vec![
        line("vwap", "primary", Scale::Price, "Volume-weighted average price so far."),
        band("upper", "upper", Scale::Price, "Average plus multiplier standard deviations."),
        band("lower", "lower", Scale::Price, "Average less multiplier standard deviations."),
    ]
}

/// Mean and squared deviations of weighted prices, updated as West (1979) does: nothing is
/// lost when prices differ by little.
#[derive(Default)]
pub(super) struct Traded {
    volume: f64,
    mean: f64,
    squares: f64,
}

impl Traded {
    pub fn add(&mut self, price: f64, volume: f64) {
        if volume == 0.0 {
            return;
        }
        self.volume += volume;
        let off = price - self.mean;
        self.mean += off * (volume / self.volume);
        self.squares += volume * off * (price - self.mean);
    }

    /// Writes the average and its bands, none when nothing has traded.
    pub fn write(&self, multiplier: f64, out: &mut [Out<'_>], row: usize) {
        let mean = if self.volume == 0.0 { f64::NAN } else { self.mean };
        let reach = multiplier * (self.squares / self.volume).sqrt();
        out[0].f64()[row] = mean;
        out[1].f64()[row] = mean + reach;
        out[2].f64()[row] = mean - reach;
    }
}

struct SessionVwap;

impl Kernel for SessionVwap {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let &[high, low, close, volume, key] = inputs else {
            return Err("needs five inputs".into());
        };
        let mut traded = Traded::default();
        for row in 0..high.len() {
            if row > 0 && key[row] != key[row - 1] {
                traded = Traded::default();
            }
            traded.add((high[row] + low[row] + close[row]) / 3.0, volume[row]);
            traded.write(params.float(0), out, row);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, find_indicator, Params};

    #[test]
    fn a_session_starts_anew_and_knows_nothing_before_its_first_trade() {
        let indicator = find_indicator("session_vwap").unwrap();
        let price = [10.0, 14.0, 0.1, 0.1, 7.0];
        let volume = [3.0, 1.0, 0.7, 5.3, 0.0];
        let session = [1.0, 1.0, 2.0, 2.0, 1.0];
        let inputs: [&[f64]; 5] = [&price, &price, &price, &volume, &session];
        let out = compute(indicator, &Params::defaults(&indicator.meta), &inputs).unwrap();
        let [vwap, upper, lower] = [0, 1, 2].map(|i| out[i].as_f64().unwrap());
        // The deviations of the first session are 1, thrice, and 3: a variance of 12 / 4.
        assert_eq!(vwap[..2], [Some(10.0), Some(11.0)]);
        assert_eq!(upper[..2], [Some(10.0), Some(11.0 + 3f64.sqrt())]);
        assert_eq!(lower[1], Some(11.0 - 3f64.sqrt()));
        assert_eq!((upper[3], vwap[3]), (lower[3], upper[3]), "one price has no spread");
        assert_eq!((vwap[4], upper[4], lower[4]), (None, None, None));
    }
}
