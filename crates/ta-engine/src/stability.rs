//! Stable history: the rows after which a value no longer depends on where its series began.
//!
//! For a window this is the lookback. A recursion depends on all rows, with a weight that fades.
//! For an exponential average the parameters determine how fast it fades; for an adaptive average
//! the data do, too. So the stable history is measured, in the same way for all kernels: this
//! module computes a synthetic series from its first row and from several later rows, and counts
//! the rows until the values agree.

use std::{
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use ta_core::{
    meta::{InputSlot, Memory, SlotKind},
    random::Rng,
    Indicator, Missing, Params,
};

use crate::Direct;

/// The difference allowed after [`stable_after`] rows between series with different first rows. It
/// is relative to the value or to the mean size of the output, whichever is larger.
pub const STABLE_TOLERANCE: f64 = 1e-9;

/// The difference allowed while measuring. In outputs such as phases, rounding alone makes smaller
/// differences.
const MEASURED_TOLERANCE: f64 = 1e-10;

/// The number of later first rows that are tried.
const STARTS: usize = 24;

/// The rows of the longest series that is tried.
const MAX_ROWS: usize = 1 << 21;

/// The rows of history after which a value no longer depends on where its series began: a series
/// and the same series without its first rows agree to within [`STABLE_TOLERANCE`] in every row
/// that has this many rows before it in both.
///
/// For an indicator whose memory is its window, this is the lookback; only the rounding of running
/// sums differs. `None` means that a value needs all rows: running totals, values that start again
/// with a key such as a session, and memories longer than some 700,000 rows.
///
/// ```
/// use ta_core::{find_indicator, Params};
/// use ta_engine::stable_after;
///
/// let after = |id| {
///     let indicator = find_indicator(id).unwrap();
///     stable_after(indicator, &Params::defaults(&indicator.meta))
/// };
/// assert_eq!(after("sma"), Some(find_indicator("sma").unwrap().meta.semantics.default_lookback));
/// assert!(after("ema") > Some(300));
/// assert_eq!(after("obv"), None);
/// ```
pub fn stable_after(indicator: &'static Indicator, params: &Params) -> Option<usize> {
    let semantics = &indicator.meta.semantics;
    let lookback = indicator.kernel().lookback(params);
    match semantics.memory {
        Memory::Window => return Some(lookback),
        Memory::Cumulative => return None,
        Memory::Recursive => {}
    }
    if semantics.input_slots.iter().any(|slot| slot.kind == SlotKind::Key) {
        return None;
    }
    let mut rows = lookback.checked_mul(16)?.max(1 << 13).checked_next_power_of_two()?;
    while rows <= MAX_ROWS {
        match measure(indicator, params, rows) {
            Measured::Rows(needed) => return Some(with_margin(needed, lookback)),
            Measured::TooShort => rows *= 4,
            Measured::Refused => return None,
        }
    }
    None
}

/// Adds half of the rows after the warm-up, because other series may need more rows than this one.
fn with_margin(needed: usize, lookback: usize) -> usize {
    let fading = needed.saturating_sub(lookback);
    lookback + fading + fading / 2
}

enum Measured {
    /// The rows after which the values agree.
    Rows(usize),
    /// The series is too short: values still differ near its end.
    TooShort,
    /// The indicator refuses the synthetic series.
    Refused,
}

fn measure(indicator: &'static Indicator, params: &Params, rows: usize) -> Measured {
    let bars = Bars::of(rows);
    let compute = |from: usize| {
        let slots = indicator.meta.semantics.input_slots.iter();
        let inputs: Vec<&[f64]> = slots.map(|slot| &bars.column(slot)[from..rows]).collect();
        let mut outs = vec![vec![0.0; rows - from]; indicator.meta.outputs.len()];
        let mut slices: Vec<&mut [f64]> = outs.iter_mut().map(|out| &mut out[..]).collect();
        let call = Direct::new(indicator, params.clone(), Missing::Skip);
        call.run(&inputs, &mut slices).is_ok().then_some(outs)
    };
    let Some(whole) = compute(0) else { return Measured::Refused };
    let ahead = indicator.kernel().lookahead(params);
    let mut needed = 0;
    for from in starts(rows) {
        let Some(late) = compute(from) else { return Measured::Refused };
        for (whole, late) in whole.iter().zip(&late) {
            let end = rows - from - ahead.min(rows - from);
            let last = last_difference(&whole[from..][..end], &late[..end]);
            needed = needed.max(last.map_or(0, |row| row + 1));
        }
        if from + needed > rows - rows / 8 {
            return Measured::TooShort;
        }
    }
    Measured::Rows(needed)
}

/// The first rows to try: in the first half of the series, at irregular distances.
fn starts(rows: usize) -> impl Iterator<Item = usize> {
    let span: Range<usize> = rows / 16..rows / 2;
    (0..STARTS).map(move |step| span.start + step * (span.len() / STARTS) + step % 7)
}

/// The last row in which two outputs differ.
fn last_difference(whole: &[f64], late: &[f64]) -> Option<usize> {
    let finite = whole.iter().filter(|value| value.is_finite());
    let (sum, count) = finite.fold((0.0, 0.0), |(sum, count), v| (sum + v.abs(), count + 1.0));
    let size = sum / f64::max(count, 1.0);
    let agree = |a: f64, b: f64| {
        (a.is_nan() && b.is_nan()) || (a - b).abs() <= MEASURED_TOLERANCE * f64::max(b.abs(), size)
    };
    late.iter().zip(whole).rposition(|(a, b)| !agree(*a, *b))
}

/// Synthetic bars with trends, quiet and volatile stretches.
struct Bars {
    open: Vec<f64>,
    high: Vec<f64>,
    low: Vec<f64>,
    close: Vec<f64>,
    volume: Vec<f64>,
    other: Vec<f64>,
}

impl Bars {
    /// At least `rows` bars of a series that is always the same; the longest is cached.
    fn of(rows: usize) -> Arc<Self> {
        static KEPT: Mutex<Option<Arc<Bars>>> = Mutex::new(None);
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some(bars) if bars.close.len() >= rows => bars.clone(),
            _ => kept.insert(Arc::new(Self::make(rows))).clone(),
        }
    }

    fn make(rows: usize) -> Self {
        let mut rng = Rng::new(0x5EED);
        let mut draw = || rng.between(-1.0, 1.0);
        let column = || Vec::with_capacity(rows);
        let (mut open, mut high, mut low) = (column(), column(), column());
        let (mut close, mut volume, mut other) = (column(), column(), column());
        let (mut price, mut second, mut drift, mut volatility) = (100.0f64, 80.0f64, 0.0, 1.0);
        for row in 0..rows {
            if row % 61 == 0 {
                drift = draw() * 0.004;
                volatility = 0.2 + (draw() + 1.0) * 0.6;
            }
            // Pulls the price back to 100, so that the mean size of an output is representative.
            let pull = (100.0 / price).ln() * 0.01;
            let begin = price * (1.0 + draw() * 0.004 * volatility);
            price = begin * (1.0 + drift + pull + draw() * 0.02 * volatility);
            second *= 1.0 + (80.0 / second).ln() * 0.01 + draw() * 0.02;
            open.push(begin);
            close.push(price);
            high.push(begin.max(price) * (1.0 + (draw() + 1.0) * 0.005 * volatility));
            low.push(begin.min(price) * (1.0 - (draw() + 1.0) * 0.005 * volatility));
            volume.push((1e5 * (1.2 + draw()) * volatility).round());
            other.push(second);
        }
        Self { open, high, low, close, volume, other }
    }

    fn column(&self, slot: &InputSlot) -> &[f64] {
        match slot.name {
            "open" => &self.open,
            "high" => &self.high,
            "low" => &self.low,
            "volume" => &self.volume,
            "other" => &self.other,
            _ => &self.close,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use ta_core::{find_indicator, indicators, resolve};

    fn ema(period: usize) -> Option<usize> {
        let ema = find_indicator("ema").unwrap();
        let given = json!({ "period": period });
        let params = resolve(ema, given.as_object().unwrap(), Default::default()).unwrap();
        stable_after(ema, &params)
    }

    #[test]
    fn the_stable_history_of_an_average_follows_from_its_weights() {
        for period in [2, 5, 20, 200, 2_000] {
            let needed = ema(period).unwrap() as f64;
            let fades = (1.0 - 2.0 / (period as f64 + 1.0)).ln();
            // Averages with different first rows differ by at most the range of the prices at
            // first.
            let (least, most) = (1e-10f64.ln() / fades, 1e-16f64.ln() / fades);
            let rows = least..=most + period as f64 + 2.0;
            assert!(rows.contains(&needed), "period {period}: {needed} of {rows:?}");
        }
        assert_eq!(ema(100_000), None);
    }

    #[test]
    fn the_stable_history_of_every_indicator_fits_its_memory() {
        let mut unknown = Vec::new();
        for indicator in indicators() {
            let params = Params::defaults(&indicator.meta);
            let needed = stable_after(indicator, &params);
            let semantics = &indicator.meta.semantics;
            match semantics.memory {
                Memory::Window => assert_eq!(needed, Some(semantics.default_lookback)),
                Memory::Cumulative => assert_eq!(needed, None),
                Memory::Recursive => match needed {
                    Some(rows) => assert!(rows >= semantics.default_lookback),
                    None => unknown.push(indicator.meta.id),
                },
            }
        }
        println!("recursive indicators that need all rows: {unknown:?}");
        assert!(unknown.len() < 20, "{unknown:?}");
    }
}
