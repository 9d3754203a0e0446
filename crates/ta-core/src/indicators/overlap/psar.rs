//! Wilder's stop and reverse, with a column for the direction and a parameter for the first
//! acceleration.

use ta_saved::Saved;

use crate::prelude::*;

/// The largest real number that TA-Lib accepts.
const LARGEST: f64 = 3e37;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "psar",
        display_name: "Parabolic SAR with Direction",
        category: Category::Overlap,
        description: "Welles Wilder's stop-and-reverse level together with the side it is on: 1 \
            while the position is long and the stop below the bars, -1 while it is short and the \
            stop above. The acceleration factor begins at `af_start` with each new position and \
            grows by `af_increment` at each new extreme up to `af_max`. With start and increment \
            alike the stop is that of `sar` to the last bit; on the bar of a reversal it is \
            already that of the new position. The first direction comes from the first two bars.",
        aliases: &["sar_direction"],
        inputs: [price("high"), price("low")],
        outputs: (
            line("sar", "primary", Scale::Price, "Stop-and-reverse level for the bar.").dots(),
            signal("direction", "direction", Scale::Ratio, "1 while long, -1 while short.")
                .within(-1.0, 1.0),
        ),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Wilder, New Concepts in Technical Trading Systems (1978), begun as TA-Lib's SAR",
    }
    .indicator::<Psar>()
}

#[derive(Parameters)]
struct Psar {
    /// Acceleration factor of a new position.
    #[param(default = 0.02, min = 0.0, max = LARGEST)]
    af_start: f64,
    /// What each new extreme adds to it.
    #[param(default = 0.02, min = 0.0, max = LARGEST)]
    af_increment: f64,
    /// Largest acceleration factor.
    #[param(default = 0.2, min = 0.0, max = LARGEST)]
    af_max: f64,
}

impl Psar {
    fn pace(&self) -> Pace {
        let max = self.af_max;
        let [start, increment] = [self.af_start, self.af_increment].map(|factor| factor.min(max));
        Pace { start, increment, max }
    }
}

impl Formula<2> for Psar {
    type Out = (f64, i32);

    fn lookback(&self) -> usize {
        1
    }

    fn compute(&self, bars: [&[f64]; 2], (sar, direction): (&mut [f64], &mut [i32])) {
        self.pace().run(bars, sar, direction);
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(by_row(self.pace(), params))
    }
}

/// The acceleration factors, with `start` and `increment` at most `max`.
#[derive(Clone, Copy)]
struct Pace {
    start: f64,
    increment: f64,
    max: f64,
}

impl Pace {
    /// Fills all rows but the first.
    fn run(&self, bars: [&[f64]; 2], sar: &mut [f64], direction: &mut [i32]) {
        #[cfg(target_arch = "x86_64")]
        return ta_lib_dispatch::dispatch_fma!(self, fused, plain, (bars, sar, direction));
        #[cfg(not(target_arch = "x86_64"))]
        self.plain(bars, sar, direction)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "fma")]
    fn fused(&self, bars: [&[f64]; 2], sar: &mut [f64], direction: &mut [i32]) {
        self.plain(bars, sar, direction)
    }

    #[inline(always)]
    fn plain(&self, [high, low]: [&[f64]; 2], sar: &mut [f64], direction: &mut [i32]) {
        let bar = |row: usize| (high[row], low[row]);
        let mut position = self.open([bar(0), bar(1)]);
        for row in 1..sar.len() {
            // The bar before the first stop does not limit it, so row 1 takes its own range twice.
            let ranges = [bar(usize::max(row - 1, 1)), bar(row)];
            (sar[row], direction[row]) = self.pass(&mut position, ranges);
        }
    }

    /// The position after the first bar, whose direction the second one gives.
    #[inline(always)]
    fn open(&self, [first, second]: [(f64, f64); 2]) -> Position {
        let (up, down) = (second.0 - first.0, first.1 - second.1);
        let side = if down > 0.0 && down > up { Side::Short } else { Side::Long };
        let (extreme, stop) = (side.far(second.0, second.1), side.near(first.0, first.1));
        Position { side, extreme, stop, factor: self.start }
    }

    /// Takes the last bar of two, and gives its stop and direction.
    #[inline(always)]
    fn pass(&self, position: &mut Position, ranges: [(f64, f64); 2]) -> (f64, i32) {
        let Position { side, extreme, stop, factor } = position;
        let (high, low) = ranges[1];
        if !side.is_before(*stop, side.near(high, low)) {
            *side = side.other();
            *stop = side.kept_out(*extreme, ranges);
            (*extreme, *factor) = (side.far(high, low), self.start);
        }
        let values = (*stop, *side as i32);
        let far = side.far(high, low);
        if side.is_before(*extreme, far) {
            *extreme = far;
            *factor = f64::min(*factor + self.increment, self.max);
        }
        *stop = side.kept_out(factor.mul_add(*extreme - *stop, *stop), ranges);
        values
    }
}

/// A position with the farthest price since it began, and the stop for the next bar.
#[derive(Clone, Copy, Saved)]
struct Position {
    side: Side,
    extreme: f64,
    stop: f64,
    factor: f64,
}

/// The last bar, and the position from the second bar on.
#[derive(Clone, Default, State)]
struct Past {
    bar: Option<(f64, f64)>,
    position: Option<Position>,
}

impl Recursive<2> for Pace {
    type Out = (f64, i32);
    type State = Past;

    fn lookback(&self) -> usize {
        1
    }

    fn start(&self) -> Past {
        Past::default()
    }

    fn next(&self, past: &mut Past, [high, low]: [f64; 2]) -> (f64, i32) {
        let bar = (high, low);
        let Some(last) = past.bar.replace(bar) else { return (f64::NAN, 0) };
        // As in the batch, the first bar does not limit the first stop.
        let opened = || (self.open([last, bar]), bar);
        let (mut position, before) = past.position.map_or_else(opened, |open| (open, last));
        let values = self.pass(&mut position, [before, bar]);
        past.position = Some(position);
        values
    }
}

#[derive(Clone, Copy, Saved)]
enum Side {
    Long = 1,
    Short = -1,
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Long => Self::Short,
            Self::Short => Self::Long,
        }
    }

    /// Whether a price that moves in favour of the position passes `level` before `other`.
    fn is_before(self, level: f64, other: f64) -> bool {
        match self {
            Self::Long => level < other,
            Self::Short => level > other,
        }
    }

    /// The end of a bar that is nearer to the stop.
    fn near(self, high: f64, low: f64) -> f64 {
        match self {
            Self::Long => low,
            Self::Short => high,
        }
    }

    /// The end of a bar that is farther from the stop.
    fn far(self, high: f64, low: f64) -> f64 {
        self.other().near(high, low)
    }

    /// The stop, moved out of the ranges of the bars.
    fn kept_out(self, stop: f64, bars: [(f64, f64); 2]) -> f64 {
        let ends = bars.map(|(high, low)| self.near(high, low));
        ends.into_iter().fold(stop, |stop, end| if self.is_before(end, stop) { end } else { stop })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{random::Rng, testing::run, Computed};

    /// A random walk that starts at a level. Prices may be below zero.
    fn bars(level: f64) -> [Vec<f64>; 2] {
        let mut rng = Rng::new(1);
        let mut price = level;
        let rows = (0..3000).map(|_| {
            price += rng.between(-0.5, 0.5);
            (price + rng.unit(), price - rng.unit())
        });
        let (high, low): (Vec<f64>, Vec<f64>) = rows.unzip();
        [high, low]
    }

    #[test]
    fn the_stops_are_those_of_ta_lib() {
        for (acceleration, maximum) in [(0.02, 0.2), (0.1, 0.5), (0.3, 0.05), (0.0, 1.0)] {
            for level in [200.0, 0.0] {
                let [high, low] = bars(level);
                let given = json!({
                    "af_start": acceleration, "af_increment": acceleration, "af_max": maximum,
                });
                let theirs = json!({ "acceleration": acceleration, "maximum": maximum });
                assert_eq!(
                    run("psar", given, &[&high, &low])[0],
                    run("sar", theirs, &[&high, &low])[0],
                    "{acceleration} {maximum} {level}"
                );
            }
        }
    }

    #[test]
    fn with_another_start_the_stops_are_those_of_the_extended_sar() {
        let [high, low] = bars(500.0);
        let ours = run("psar", json!({ "af_start": 0.01, "af_increment": 0.03 }), &[&high, &low]);
        let theirs = json!({
            "acceleration_init_long": 0.01, "acceleration_init_short": 0.01,
            "acceleration_long": 0.03, "acceleration_short": 0.03,
        });
        let theirs = run("sarext", theirs, &[&high, &low]);
        let (Computed::F64(stop), Computed::I32(side)) = (&ours[0], &ours[1]) else {
            panic!("{ours:?}")
        };
        let signed = stop.iter().zip(side).map(|(stop, side)| Some((*stop)? * f64::from((*side)?)));
        assert_eq!(theirs[0], Computed::F64(signed.collect()));
    }
}
