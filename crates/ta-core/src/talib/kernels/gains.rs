//! Gains and losses from row to row, for Wilder's averages.

use crate::lockstep::rows_to_forget;

/// Rows after which Wilder's average has forgotten its start. A new value has the weight `1 /
/// period`.
pub fn memory(period: usize) -> usize {
    rows_to_forget((period - 1) as f64 / period as f64)
}

/// The gain and the loss from one value to the next.
#[inline(always)]
pub fn gain_and_loss(before: f64, value: f64) -> [f64; 2] {
    let change = value - before;
    let gain = if change > 0.0 { change } else { 0.0 };
    [gain, gain - change]
}

/// The sums of the gains and of the losses of a series.
pub fn gains_and_losses(series: &[f64]) -> [f64; 2] {
    series
        .windows(2)
        .map(|pair| gain_and_loss(pair[0], pair[1]))
        .fold([0.0; 2], |sums, each| [sums[0] + each[0], sums[1] + each[1]])
}
