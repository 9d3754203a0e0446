//! Commodity channel index: distance of the typical price from its mean, in mean
//! deviations.
//!
//! TA-Lib keeps the window in a circular buffer and sums it slot by slot, one row after
//! the other, so that every addition waits for the one before. Here up to eight rows are
//! summed side by side, each in the order of the same slots: the values are TA-Lib's to
//! the last bit.

use crate::{indicator::Out, params::Params};

pub fn compute(params: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
    let (period, out) = (params.int(0), out[0].f64());
    match period {
        ..4 => rows::<2>(inputs, period, out),
        4..8 => rows::<4>(inputs, period, out),
        _ => rows::<8>(inputs, period, out),
    }
    Ok(())
}

/// Goes through the rows in blocks of one period: in row `slot` of a block, the buffer
/// holds the block up to that slot, and the block before from there on.
fn rows<const LANES: usize>(inputs: &[&[f64]], period: usize, out: &mut [f64]) {
    let rows = inputs[0].len();
    let [mut before, mut block] = [(); 2].map(|()| vec![0.0; period]);
    for start in (0..rows).step_by(period) {
        std::mem::swap(&mut before, &mut block);
        let bars = inputs[0][start..].iter().zip(&inputs[1][start..]).zip(&inputs[2][start..]);
        for (price, ((high, low), close)) in block.iter_mut().zip(bars) {
            *price = (high + low + close) / 3.0;
        }
        let first = if start == 0 { period - 1 } else { 0 };
        let last = period.min(rows - start);
        for slot in (first..last).step_by(LANES) {
            let from = slot.min(period - LANES);
            let values = side_by_side::<LANES>(&before, &block, from);
            let values = &values[slot - from..LANES.min(last - from)];
            out[start + slot + 1 - period..][..values.len()].copy_from_slice(values);
        }
    }
}

/// The values of the rows in the slots from `from` on.
fn side_by_side<const LANES: usize>(before: &[f64], block: &[f64], from: usize) -> [f64; LANES] {
    let period = block.len() as f64;
    let last: [f64; LANES] = std::array::from_fn(|lane| block[from + lane]);
    let mut mean: [f64; LANES] = sum(before, block, from, |_, price| price);
    mean.iter_mut().for_each(|mean| *mean /= period);
    let deviation: [f64; LANES] =
        sum(before, block, from, |lane, price| (price - mean[lane]).abs());
    std::array::from_fn(|lane| {
        let level = mean[lane].abs();
        let distance = last[lane] - mean[lane];
        let deviation = deviation[lane] / period;
        let unit = 0.015 * deviation;
        let value = distance / unit;
        let flat = (distance.abs() <= 1e-14 * level) | (deviation <= 1e-14 * level);
        if flat | (unit == 0.0) {
            0.0
        } else {
            value
        }
    })
}

/// What the prices in all slots add up to, slot after slot.
fn sum<const LANES: usize>(
    before: &[f64],
    block: &[f64],
    from: usize,
    term: impl Fn(usize, f64) -> f64,
) -> [f64; LANES] {
    let mut sums = [0.0; LANES];
    for &price in &block[..from] {
        (0..LANES).for_each(|lane| sums[lane] += term(lane, price));
    }
    for slot in 0..LANES {
        let [old, new] = [before[from + slot], block[from + slot]];
        (0..LANES).for_each(|lane| sums[lane] += term(lane, if slot > lane { old } else { new }));
    }
    for &price in &before[from + LANES..] {
        (0..LANES).for_each(|lane| sums[lane] += term(lane, price));
    }
    sums
}
