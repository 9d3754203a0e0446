//! Profiles: how much happened at which price, in bins of equal height.

use crate::{formula::Parameters, live::State};

/// The most bins of a profile.
pub const MOST: usize = 200;

/// Amounts closer to each other than this share of the total are equal: rounding decides between
/// them.
const EQUAL: f64 = 1e-9;

/// The bins, and the share of the value area.
#[derive(Clone, Copy, Parameters)]
pub struct Profile {
    /// Bins of equal height between the lowest and the highest price.
    #[param(default = 24, min = 1, max = MOST as i64)]
    bins: usize,
    /// Percent of the total in the value area.
    #[param(default = 70.0, min = 0.0, max = 100.0)]
    value_area: f64,
}

/// A bar: its prices, and what it adds to the profile.
#[derive(Clone, Copy)]
pub struct Bar {
    pub low: f64,
    pub high: f64,
    pub adds: Adds,
}

/// What a bar adds.
#[derive(Clone, Copy)]
pub enum Adds {
    /// A volume, spread evenly over its range.
    Volume(f64),
    /// One for each bin that it touches.
    Time,
}

/// The amounts of all bins between two prices.
#[derive(Clone, State)]
pub struct Amounts {
    low: f64,
    high: f64,
    bins: [f64; MOST],
}

impl Amounts {
    /// Nothing between two prices.
    pub fn between(low: f64, high: f64) -> Self {
        Self { low, high, bins: [0.0; MOST] }
    }
}

impl Profile {
    /// Adds a bar whose prices lie between those of the profile.
    pub fn add(&self, to: &mut Amounts, bar: Bar) {
        // The place of a price in units of bins, and its bin. A price between two bins belongs to
        // the upper one.
        let place = |price: f64| (price - to.low) / (to.high - to.low) * self.bins as f64;
        let bin = |place: f64| (place as usize).min(self.bins - 1);
        let (from, till) = (place(bar.low), place(bar.high));
        let touched = bin(from)..=bin(till);
        match bar.adds {
            Adds::Time => touched.for_each(|bin| to.bins[bin] += 1.0),
            Adds::Volume(volume) if till > from => touched.for_each(|bin| {
                let inside = till.min(bin as f64 + 1.0) - from.max(bin as f64);
                to.bins[bin] += volume * inside / (till - from);
            }),
            Adds::Volume(volume) => to.bins[bin(from)] += volume,
        }
    }

    /// The point of control and the high and the low end of the value area; NaN if the profile is
    /// empty.
    pub fn values(&self, amounts: &Amounts) -> [f64; 3] {
        let bins = &amounts.bins[..self.bins];
        let total: f64 = bins.iter().sum();
        if !(total > 0.0 && total.is_finite()) {
            return [f64::NAN; 3];
        }
        let equal = EQUAL * total;
        let most = bins.iter().copied().fold(0.0, f64::max);
        // Of equal bins the one nearest to the middle, then the lower one.
        let from_middle = |bin: &usize| (2 * bin).abs_diff(self.bins - 1);
        let largest = (0..self.bins).filter(|bin| bins[*bin] >= most - equal);
        let poc = largest.min_by_key(from_middle).unwrap_or(0);
        let (mut first, mut end, mut inside) = (poc, poc + 1, bins[poc]);
        while inside < self.value_area / 100.0 * total - equal && end - first < self.bins {
            let above = end..(end + 2).min(self.bins);
            let below = first.saturating_sub(2)..first;
            let [up, down] = [&above, &below].map(|pair| bins[pair.clone()].iter().sum::<f64>());
            if below.is_empty() || !above.is_empty() && up >= down - equal {
                (inside, end) = (inside + up, above.end);
            } else {
                (inside, first) = (inside + down, below.start);
            }
        }
        let height = (amounts.high - amounts.low) / self.bins as f64;
        [poc as f64 + 0.5, end as f64, first as f64].map(|place| amounts.low + height * place)
    }
}

/// The profile of the session so far.
#[derive(Clone, State)]
pub struct Session {
    /// The key of the session, NaN before the first row.
    key: f64,
    /// Low, high and volume of its bars, to be added again when its range grows.
    bars: Vec<[f64; 3]>,
    amounts: Amounts,
}

impl Session {
    /// Before the first session.
    pub fn none() -> Self {
        let amounts = Amounts::between(f64::INFINITY, f64::NEG_INFINITY);
        Self { key: f64::NAN, bars: Vec::new(), amounts }
    }

    /// Takes a bar and gives the values of [`Profile::values`].
    pub fn next(&mut self, profile: &Profile, key: f64, bar: Bar) -> [f64; 3] {
        if key != self.key {
            self.key = key;
            self.bars.clear();
            self.amounts = Amounts::between(f64::INFINITY, f64::NEG_INFINITY);
        }
        let volume = match bar.adds {
            Adds::Volume(volume) => volume,
            Adds::Time => 1.0,
        };
        self.bars.push([bar.low, bar.high, volume]);
        let (low, high) = (self.amounts.low.min(bar.low), self.amounts.high.max(bar.high));
        if (low, high) == (self.amounts.low, self.amounts.high) {
            profile.add(&mut self.amounts, bar);
        } else {
            self.amounts = Amounts::between(low, high);
            for &[low, high, volume] in &self.bars {
                let adds = match bar.adds {
                    Adds::Volume(_) => Adds::Volume(volume),
                    Adds::Time => Adds::Time,
                };
                profile.add(&mut self.amounts, Bar { low, high, adds });
            }
        }
        profile.values(&self.amounts)
    }
}
