//! Legs: moves from one confirmed swing to the next, which is of the other kind.

use ta_saved::Saved;

use crate::{
    formula::{Columns, Parameters},
    live::{Recursive, State, Window},
    swings::Swings,
};

/// The choice of the legs whose levels are computed.
#[derive(Clone, Parameters)]
pub struct Legs {
    #[param(flatten)]
    swings: Swings,
    /// Which leg of its direction, counted back: 1 is the latest.
    #[param(default = 1, min = 1, max = 10)]
    leg: usize,
}

/// A move from one swing to the next.
#[derive(Clone, Copy, Saved)]
pub struct Leg {
    pub low: f64,
    pub high: f64,
    /// The row of its end.
    pub end: usize,
}

impl Leg {
    /// The price after a share of a rise has been given back.
    pub fn down(self, level: f64) -> f64 {
        self.high - level * (self.high - self.low)
    }

    /// The price after a share of a fall has been recovered.
    pub fn up(self, level: f64) -> f64 {
        self.low + level * (self.high - self.low)
    }
}

#[derive(Clone, Copy, Saved)]
struct Swing {
    row: usize,
    price: f64,
    is_high: bool,
}

/// The latest swings, and the latest legs between them.
#[derive(Clone, State)]
struct Track {
    before: Option<Swing>,
    last: Option<Swing>,
    /// Whether a leg ends at `last`.
    ends: bool,
    /// A place for each leg that is kept, oldest first. They are there from the start, because a leg
    /// may be found after any number of rows.
    falling: Vec<Option<Leg>>,
    rising: Vec<Option<Leg>>,
}

impl Track {
    /// Before the first swing; keeps so many legs of each direction.
    fn new(keep: usize) -> Self {
        let (falling, rising) = (vec![None; keep], vec![None; keep]);
        Self { before: None, last: None, ends: false, falling, rising }
    }

    /// The legs that rise, or those that fall.
    fn legs(&mut self, rising: bool) -> &mut [Option<Leg>] {
        if rising {
            &mut self.rising
        } else {
            &mut self.falling
        }
    }

    /// Adds a swing.
    fn add(&mut self, swing: Swing) {
        match self.last {
            Some(last) if last.is_high == swing.is_high => {
                let further = if swing.is_high {
                    swing.price >= last.price
                } else {
                    swing.price <= last.price
                };
                if !further {
                    return;
                }
                // The leg that ended here now ends at the new swing.
                if self.ends {
                    forget_newest(self.legs(swing.is_high));
                }
            }
            last => self.before = last,
        }
        self.last = Some(swing);
        self.ends = false;
        let Some(start) = self.before else { return };
        let (low, high) =
            if swing.is_high { (start.price, swing.price) } else { (swing.price, start.price) };
        // There is no leg within a bar, because the order of its high and low is unknown. After a
        // gap a swing low may be higher than the swing high; these are no leg either.
        if start.row < swing.row && low < high {
            keep(self.legs(swing.is_high), Leg { low, high, end: swing.row });
            self.ends = true;
        }
    }

    /// Takes the prices of the swing high and of the swing low on a row, if it has them.
    fn follow(&mut self, row: usize, top: Option<f64>, bottom: Option<f64>) {
        let top = top.map(|price| Swing { row, price, is_high: true });
        let bottom = bottom.map(|price| Swing { row, price, is_high: false });
        match (top, bottom) {
            (Some(top), Some(bottom)) => {
                if let Some(last) = self.last {
                    let ends = if last.is_high { [bottom, top] } else { [top, bottom] };
                    ends.into_iter().for_each(|swing| self.add(swing));
                }
            }
            (Some(swing), None) | (None, Some(swing)) => self.add(swing),
            (None, None) => {}
        }
    }

    /// The rising and the falling leg that are known.
    fn known(&self) -> [Option<Leg>; 2] {
        [&self.rising, &self.falling].map(|legs| legs.first().copied().flatten())
    }
}

/// Adds a leg in the place of the oldest.
fn keep(legs: &mut [Option<Leg>], leg: Leg) {
    // A damaged state may have no place.
    if let Some(oldest) = legs.first_mut() {
        *oldest = Some(leg);
        legs.rotate_left(1);
    }
}

fn forget_newest(legs: &mut [Option<Leg>]) {
    if let Some(newest) = legs.last_mut() {
        *newest = None;
        legs.rotate_right(1);
    }
}

impl Legs {
    /// The number of rows before the first row that can have a leg.
    pub fn lookback(&self) -> usize {
        let swings = self.swings;
        swings.left + swings.right + 1 + (self.leg - 1) * swings.spacing()
    }

    /// The fewest rows between two swings of one kind that have one of the other between them.
    pub fn spacing(&self) -> usize {
        self.swings.spacing().max(2)
    }
}

/// An indicator whose values follow from the latest rising leg and the latest falling leg.
pub trait OfLegs: Parameters + Clone + Send + Sync + 'static {
    type Out: Columns;

    fn legs(&self) -> &Legs;

    /// The number of rows before the first row that can have a value.
    fn lookback(&self) -> usize {
        self.legs().lookback()
    }

    fn values(&self, legs: [Option<Leg>; 2]) -> <Self::Out as Columns>::Row;
}

/// Its formula over whole columns.
#[derive(Clone, Parameters)]
pub struct Batch<F: OfLegs> {
    #[param(flatten)]
    of: F,
}

#[derive(Clone, State)]
pub struct Bars {
    /// The last bars, among which a swing is found.
    highs: Window,
    lows: Window,
    /// The number of the next row.
    row: usize,
    track: Track,
}

impl<F: OfLegs> Recursive<2> for Batch<F> {
    type Out = F::Out;
    type State = Bars;

    fn lookback(&self) -> usize {
        self.of.lookback()
    }

    fn start(&self) -> Bars {
        let legs = self.of.legs();
        let window = legs.swings.window();
        Bars { highs: window.clone(), lows: window, row: 0, track: Track::new(legs.leg) }
    }

    fn next(&self, bars: &mut Bars, [high, low]: [f64; 2]) -> <F::Out as Columns>::Row {
        let legs = self.of.legs();
        bars.highs.push(high);
        bars.lows.push(low);
        let top = legs.swings.confirmed(&bars.highs, true);
        let bottom = legs.swings.confirmed(&bars.lows, false);
        bars.track.follow(bars.row, top, bottom);
        // A damaged state may have any number of rows.
        bars.row = bars.row.wrapping_add(1);
        self.of.values(bars.track.known())
    }

    fn batch(&self, [high, low]: [&[f64]; 2], mut out: <F::Out as Columns>::Slices<'_>) {
        let legs = self.of.legs();
        let mut track = Track::new(legs.leg);
        let mut known = [None; 2];
        let Swings { left, right, .. } = legs.swings;
        for row in left..high.len() - right {
            let top = legs.swings.is_swing(high, row, true);
            let bottom = legs.swings.is_swing(low, row, false);
            if top || bottom {
                let (top, bottom) = (top.then_some(high[row]), bottom.then_some(low[row]));
                track.follow(row, top, bottom);
                known = track.known();
            }
            F::Out::set(&mut out, row + right, self.of.values(known));
        }
    }
}

/// The leg that ended last.
pub fn later([rising, falling]: [Option<Leg>; 2]) -> Option<Leg> {
    rising.into_iter().chain(falling).max_by_key(|leg| leg.end)
}
