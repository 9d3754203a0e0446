//! Levels within the latest confirmed move between two swings.

use ta_saved::Saved;

use super::swing_points::Swings;
use crate::{formula::Columns, prelude::*};

/// The levels, each with the names and the meanings of its two lines.
const LEVELS: [(f64, [&str; 2], [&str; 2]); 5] = [
    (
        0.236,
        ["down_236", "up_236"],
        ["23.6 % of the last rise given back.", "23.6 % of the last fall recovered."],
    ),
    (
        0.382,
        ["down_382", "up_382"],
        ["38.2 % of the last rise given back.", "38.2 % of the last fall recovered."],
    ),
    (
        0.5,
        ["down_500", "up_500"],
        ["Half of the last rise given back.", "Half of the last fall recovered."],
    ),
    (
        0.618,
        ["down_618", "up_618"],
        ["61.8 % of the last rise given back.", "61.8 % of the last fall recovered."],
    ),
    (
        0.786,
        ["down_786", "up_786"],
        ["78.6 % of the last rise given back.", "78.6 % of the last fall recovered."],
    ),
];

/// The catalog entry.
pub fn define() -> Indicator {
    let anchors = [
        line("anchor_high", "upper", Scale::Price, "High end of the leg that ended last."),
        line("anchor_low", "lower", Scale::Price, "Low end of the leg that ended last."),
    ]
    .map(Output::sparse);
    let lines = |way: usize, role: &'static str| {
        LEVELS.map(|(_, names, words)| line(names[way], role, Scale::Price, words[way]).sparse())
    };
    Native {
        id: "fib_retracement",
        display_name: "Fibonacci Retracement",
        category: Category::Structure,
        description: "The usual retracement levels of the latest legs between confirmed swings, \
            so nothing looks ahead. Swings alternate: of several highs (lows) in a row the most \
            extreme counts, and a bar that is both ends one leg and starts the next. The `down` \
            levels lie below the top of the latest rising leg, the `up` levels above the bottom \
            of the latest falling one; the anchors belong to whichever ended last, and a level \
            is null until there is such a leg. Pairing without alternation, limits on a leg's \
            age or size and levels that thaw between swings, as laakhay has them, are not taken \
            over.",
        aliases: &["fibonacci_retracement"],
        inputs: [price("high"), price("low")],
        outputs: (anchors, lines(0, "down"), lines(1, "up")),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * (left + right))",
        source: "high - level * (high - low) and low + level * (high - low) of the last swing legs",
    }
    .indicator::<Batch<FibRetracement>>()
}

/// The choice of the legs whose levels are computed.
#[derive(Clone, Parameters)]
pub(super) struct Legs {
    #[param(flatten)]
    swings: Swings,
    /// Which leg of its direction, counted back: 1 is the latest.
    #[param(default = 1, min = 1, max = 10)]
    leg: usize,
}

/// A move from one swing to the next.
#[derive(Clone, Copy, Saved)]
pub(super) struct Leg {
    pub low: f64,
    pub high: f64,
    end: usize,
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
}

/// An indicator whose values follow from the latest rising leg and the latest falling leg.
pub(super) trait OfLegs: Parameters + Clone + Send + Sync + 'static {
    type Out: Columns;

    fn legs(&self) -> &Legs;

    fn values(&self, legs: [Option<Leg>; 2]) -> <Self::Out as Columns>::Row;
}

/// Its formula over whole columns.
#[derive(Clone, Parameters)]
pub(super) struct Batch<F: OfLegs> {
    #[param(flatten)]
    of: F,
}

#[derive(Clone, State)]
pub(super) struct Bars {
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
        self.of.legs().lookback()
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
pub(super) fn later([rising, falling]: [Option<Leg>; 2]) -> Option<Leg> {
    rising.into_iter().chain(falling).max_by_key(|leg| leg.end)
}

#[derive(Clone, Parameters)]
struct FibRetracement {
    #[param(flatten)]
    legs: Legs,
}

/// The lines of all levels in one direction.
type Lines = [f64; LEVELS.len()];

impl OfLegs for FibRetracement {
    type Out = ([f64; 2], Lines, Lines);

    fn legs(&self) -> &Legs {
        &self.legs
    }

    fn values(&self, legs: [Option<Leg>; 2]) -> ([f64; 2], Lines, Lines) {
        let [rising, falling] = legs;
        let anchors = later(legs).map_or([f64::NAN; 2], |leg| [leg.high, leg.low]);
        let down = LEVELS.map(|(level, ..)| rising.map_or(f64::NAN, |leg| leg.down(level)));
        let up = LEVELS.map(|(level, ..)| falling.map_or(f64::NAN, |leg| leg.up(level)));
        (anchors, down, up)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    fn column(high: &[f64], low: &[f64], output: &str) -> Vec<Option<f64>> {
        reals("fib_retracement", output, json!({ "left": 1, "right": 1 }), &[high, low])
    }

    #[test]
    fn only_a_higher_high_extends_a_rising_leg() {
        let high = [5.0, 4.0, 8.0, 7.0, 12.0, 7.0, 11.0, 7.0];
        let low = [4.0, 0.0, 6.0, 6.5, 6.8, 6.9, 7.0, 7.1];
        let half = |v: f64| Some(v / 2.0);
        let wanted = [None, None, None, half(8.0), half(8.0), half(12.0), half(12.0), half(12.0)];
        assert_eq!(column(&high, &low, "down_500"), wanted);
        assert_eq!(column(&high, &low, "up_500"), [None; 8], "there was no fall");
    }

    #[test]
    fn a_bar_with_both_swings_ends_a_leg_and_starts_the_next() {
        //          low        both            high
        let high = [5.0, 5.5, 6.0, 9.0, 6.0, 7.0, 5.5];
        let low = [4.0, 3.0, 3.5, 1.0, 3.5, 4.0, 4.2];
        let high_anchor = [None, None, None, None, Some(9.0), Some(9.0), Some(7.0)];
        assert_eq!(column(&high, &low, "anchor_high"), high_anchor);
        let low_anchor = [None, None, None, None, Some(3.0), Some(3.0), Some(1.0)];
        assert_eq!(column(&high, &low, "anchor_low"), low_anchor);
    }
}
