//! Finds the indicators that take much longer over series that stand still.
//!
//! A recursion over rows that add nothing decays towards zero, until its numbers are below the
//! normal range of a float. Many processors compute with such numbers in microcode.
//!
//! ```sh
//! cargo run --release -p ta-engine --example flat_times
//! cargo run --release -p ta-engine --example flat_times -- rsi adx
//! ```
//!
//! For each indicator it measures a random walk and, interleaved with it, the same walk in the shapes
//! below. It prints medians in nanoseconds a row, on one thread, and for each shape the ratio to the
//! walk; the largest ratio first. The last column is a sum over the bits of all values, by which two
//! versions can be compared.

use std::time::Instant;

use ta_core::{
    find_indicator, indicators, meta::DType, random::Rng, threads::Serial, Indicator, Out, Params,
};

/// Open, high, low, close, volume.
type Bars = [Vec<f64>; 5];

/// A shape changes the moves of the walk.
struct Shape {
    name: &'static str,
    /// How a bar of this number moves.
    moves: fn(usize) -> Moves,
}

#[derive(Clone, Copy)]
enum Moves {
    /// As in the walk.
    Freely,
    /// Not at all, without volume.
    Not,
    /// As in the walk, without volume.
    WithoutVolume,
    /// Up in each bar.
    Up,
    /// Prices and volume are zero.
    ToZero,
}

/// Of a hundred thousand bars, eighty thousand stand still: long enough for a period of a hundred.
const STRETCH: usize = 100_000;

fn stretch(row: usize, moves: Moves) -> Moves {
    if row % STRETCH < STRETCH / 5 {
        Moves::Freely
    } else {
        moves
    }
}

const SHAPES: [Shape; 6] = [
    Shape { name: "walk", moves: |_| Moves::Freely },
    Shape { name: "flat", moves: |row| stretch(row, Moves::Not) },
    Shape { name: "no volume", moves: |row| stretch(row, Moves::WithoutVolume) },
    Shape { name: "one way", moves: |row| stretch(row, Moves::Up) },
    Shape { name: "zero", moves: |row| stretch(row, Moves::ToZero) },
    Shape { name: "after move", moves: |row| if row < 2_000 { Moves::Freely } else { Moves::Not } },
];

fn bars(rows: usize, shape: &Shape) -> Bars {
    let mut rng = Rng::new(7);
    let mut columns = [(); 5].map(|()| Vec::with_capacity(rows));
    let mut price = 100.0f64;
    for row in 0..rows {
        let moves = (shape.moves)(row);
        let [step, above, below, volume] = [(); 4].map(|()| rng.unit());
        let open = price;
        price = match moves {
            Moves::Not => price,
            Moves::Up => price + 1e-3 * step,
            _ => (price + (step - 0.5) * 2.0).max(1.0),
        };
        let range = if matches!(moves, Moves::Not) { 0.0 } else { 1.0 };
        let (high, low) = match moves {
            // The lows rise as well, so that no bar goes down.
            Moves::Up => (price, open),
            _ => (open.max(price) + range * above, open.min(price) - range * below),
        };
        let volume = match moves {
            Moves::Freely | Moves::Up => (volume * 1e5).round(),
            Moves::Not | Moves::WithoutVolume | Moves::ToZero => 0.0,
        };
        let bar = match moves {
            Moves::ToZero => [0.0; 5],
            _ => [open, high, low, price, volume],
        };
        columns.iter_mut().zip(bar).for_each(|(column, value)| column.push(value));
    }
    columns
}

/// The outputs of an indicator.
struct Outputs {
    real: Vec<Vec<f64>>,
    whole: Vec<Vec<i32>>,
    events: Vec<Vec<bool>>,
}

impl Outputs {
    fn new(count: usize, rows: usize) -> Self {
        let (real, whole, events) = (vec![0.0; rows], vec![0; rows], vec![false; rows]);
        Self { real: vec![real; count], whole: vec![whole; count], events: vec![events; count] }
    }

    /// A number made of the bits of all values.
    fn sum(&self) -> u64 {
        let real = self.real.iter().flatten().map(|value| value.to_bits());
        let whole = self.whole.iter().flatten().map(|value| *value as u64);
        let events = self.events.iter().flatten().map(|value| u64::from(*value));
        real.chain(whole).chain(events).fold(0u64, |sum, bits| {
            (sum ^ bits).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
        })
    }
}

/// Nanoseconds a row.
fn time(indicator: &Indicator, params: &Params, bars: &Bars, outputs: &mut Outputs) -> f64 {
    let names = ["open", "high", "low", "close", "volume"];
    let slots = indicator.meta.semantics.input_slots.iter();
    let inputs: Vec<&[f64]> =
        slots.map(|s| &*bars[names.iter().position(|n| *n == s.name).unwrap_or(3)]).collect();
    let columns = outputs.real.iter_mut().zip(&mut outputs.whole).zip(&mut outputs.events);
    let mut out: Vec<Out<'_>> = columns
        .zip(&indicator.meta.outputs)
        .map(|(((real, whole), events), output)| match output.dtype {
            DType::Int32 => Out::I32(whole),
            DType::Boolean => Out::Bool(events),
            DType::Float64 => Out::F64(real),
        })
        .collect();
    let start = Instant::now();
    indicator.kernel().compute(params, &inputs, &mut out, &Serial).expect("values");
    start.elapsed().as_secs_f64() * 1e9 / bars[0].len() as f64
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).map_or(default, |text| text.parse().expect("a whole number"))
}

fn main() {
    let (rows, runs) = (number("ROWS", 1_000_000), number("RUNS", 3));
    let series: Vec<Bars> = SHAPES.iter().map(|shape| bars(rows, shape)).collect();
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let chosen: Vec<&Indicator> = match &asked[..] {
        [] => indicators().iter().collect(),
        ids => ids.iter().map(|id| find_indicator(id).expect("an indicator")).collect(),
    };
    let mut lines: Vec<(f64, String)> = Vec::new();
    for indicator in chosen {
        let params = Params::defaults(&indicator.meta);
        let mut times = vec![Vec::new(); SHAPES.len()];
        let mut sums = vec![0; SHAPES.len()];
        let mut outputs = Outputs::new(indicator.meta.outputs.len(), rows);
        for _ in 0..runs {
            for (number, bars) in series.iter().enumerate() {
                times[number].push(time(indicator, &params, bars, &mut outputs));
                sums[number] = outputs.sum();
            }
        }
        let sum = sums.iter().fold(0u64, |all, sum| all.rotate_left(1) ^ sum);
        let medians: Vec<f64> = times.into_iter().map(middle).collect();
        let ratios: Vec<f64> = medians[1..].iter().map(|time| time / medians[0]).collect();
        let largest = ratios.iter().copied().fold(0.0, f64::max);
        let shown: String = ratios.iter().map(|ratio| format!("{ratio:12.2}")).collect();
        lines.push((
            largest,
            format!("{:24}{:10.2}{shown}  {sum:016x}", indicator.meta.id, medians[0]),
        ));
    }
    lines.sort_by(|a, b| b.0.total_cmp(&a.0));
    let names: String = SHAPES[1..].iter().map(|shape| format!("{:>12}", shape.name)).collect();
    println!("{:24}{:>10}{names}", "", "ns a row");
    lines.iter().for_each(|(_, line)| println!("{line}"));
}
