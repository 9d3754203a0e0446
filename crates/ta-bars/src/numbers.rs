//! Ticks and bars as numbers in arrays, for hosts that share an array with this library.

use crate::{Bar, Bars, Refused, Tick, Zone};

/// The numbers of a tick: its time, open, high, low, close and volume. A time is two numbers,
/// milliseconds since 1970 and nanoseconds after them.
const TICK: usize = 7;
/// The numbers of a bar: the same, and the number of its ticks.
const BAR: usize = 8;
/// The numbers of a shared array: a tick, the forming bar, a closed bar.
pub const SCRATCH: usize = TICK + 2 * BAR;

const MILLISECOND: i64 = 1_000_000;

/// A zone from pairs of a time and the offset from UTC that holds from it on, in seconds; nothing
/// if they are not in order.
pub fn zone(numbers: &[f64]) -> Option<Zone> {
    let pairs: Vec<_> = numbers.chunks_exact(2).map(|c| (c[0] as i64, c[1] as i64)).collect();
    Zone::new(&pairs)
}

/// A time from its two numbers.
pub fn time(milliseconds: f64, nanoseconds: f64) -> i64 {
    (milliseconds as i64).saturating_mul(MILLISECOND).saturating_add(nanoseconds as i64)
}

impl Bars {
    /// Takes the tick at the start of `scratch`, which has [`SCRATCH`] numbers, and writes the
    /// forming bar after it and the first closed bar after that. Returns how many bars have closed,
    /// or -1 if the tick is late and has changed nothing.
    ///
    /// # Errors
    /// [`Refused`], but for late ticks. The tick then has changed nothing.
    pub fn update_numbers(&mut self, key: usize, scratch: &mut [f64]) -> Result<i32, Refused> {
        let (tick, rest) = scratch.split_at_mut(TICK);
        let (forming, closed) = rest.split_at_mut(BAR);
        self.clear_closed();
        match self.update(key, &tick_of(tick)) {
            Err(Refused::Late) => return Ok(-1),
            taken => taken?,
        }
        write_forming(self.forming(key), forming);
        if let Some(first) = self.closed().first() {
            write(&first.bar, closed);
        }
        Ok(self.closed().len() as i32)
    }

    /// Takes many ticks, each with the number of its key. Late ones are left out or refused: then
    /// the first of them is returned as -1 minus its index, and nothing has changed. Else returns
    /// how many were late.
    ///
    /// # Errors
    /// One sentence: which tick is refused, and why. Nothing has changed then.
    pub fn update_many_numbers(
        &mut self,
        keys: &[u32],
        ticks: &[f64],
        drop_late: bool,
    ) -> Result<f64, String> {
        self.clear_closed();
        if ticks.len() != keys.len() * TICK {
            return Err("every tick needs a key".to_owned());
        }
        let ticks = ticks.chunks_exact(TICK).map(tick_of);
        let keys = keys.iter().map(|&key| key as usize);
        match self.update_many(keys.zip(ticks), drop_late) {
            Ok(late) => Ok(late as f64),
            Err((at, Refused::Late)) => Ok(-1.0 - at as f64),
            Err((at, refused)) => Err(format!("tick {at}: {refused}")),
        }
    }

    /// Writes the forming bar of a key to its place in `scratch`: zero ticks, if there is none.
    pub fn write_forming(&self, key: usize, scratch: &mut [f64]) {
        write_forming(self.forming(key), &mut scratch[TICK..TICK + BAR]);
    }

    /// The bars that the last call has closed, each after the number of its key.
    pub fn take_closed_numbers(&mut self) -> Vec<f64> {
        let closed = self.take_closed();
        let mut numbers = vec![0.0; closed.len() * (1 + BAR)];
        for (closed, numbers) in closed.iter().zip(numbers.chunks_exact_mut(1 + BAR)) {
            numbers[0] = closed.key as f64;
            write(&closed.bar, &mut numbers[1..]);
        }
        numbers
    }
}

fn tick_of(numbers: &[f64]) -> Tick {
    Tick {
        time: time(numbers[0], numbers[1]),
        open: numbers[2],
        high: numbers[3],
        low: numbers[4],
        close: numbers[5],
        volume: numbers[6],
    }
}

fn write_forming(bar: Option<Bar>, to: &mut [f64]) {
    match bar {
        Some(bar) => write(&bar, to),
        None => to.fill(0.0),
    }
}

fn write(bar: &Bar, to: &mut [f64]) {
    let (ms, ns) = (bar.time.div_euclid(MILLISECOND), bar.time.rem_euclid(MILLISECOND));
    let prices = [bar.open, bar.high, bar.low, bar.close, bar.volume];
    to[..2].copy_from_slice(&[ms as f64, ns as f64]);
    to[2..7].copy_from_slice(&prices);
    to[7] = bar.ticks as f64;
}
