//! Bars from ticks.

use napi::{
    bindgen_prelude::{Buffer, Float64Array, Float64ArraySlice, Uint32ArraySlice},
    Result,
};
use napi_derive::napi;
use serde::Deserialize;
use ta_bars::{Bar, Closes, Label, Length, Refused, Rule, StartBy, Tick, Windows, Zone};

use crate::{guard, reason};

/// The numbers of a tick: its time, open, high, low, close and volume. A time is two numbers,
/// milliseconds since 1970 and nanoseconds after them.
const TICK: usize = 7;
/// The numbers of a bar: the same, and the number of its ticks.
const BAR: usize = 8;
/// The array that is shared with JavaScript: a tick, the forming bar, a closed bar.
const SCRATCH: usize = TICK + 2 * BAR;

const MILLISECOND: i64 = 1_000_000;

/// When a bar closes, and which time it has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    every: Option<String>,
    ticks: Option<u64>,
    volume: Option<f64>,
    offset: Option<String>,
    closed: Option<String>,
    start_by: Option<String>,
    label: Option<String>,
    fill: bool,
}

/// The forming bars of all keys. JavaScript knows the keys, this object their numbers.
#[napi]
pub struct Bars {
    bars: ta_bars::Bars,
    scratch: Float64Array,
}

#[napi]
impl Bars {
    /// `settings` is JSON. `zone` has pairs of a time and the offset from UTC that holds from it on,
    /// in seconds; without it, times have no zone. JavaScript and this object share `scratch`.
    #[napi(constructor)]
    pub fn new(
        settings: String,
        zone: Option<Float64ArraySlice<'_>>,
        scratch: Float64Array,
    ) -> Result<Self> {
        guard(|| {
            let settings: Settings = serde_json::from_str(&settings).map_err(reason)?;
            if scratch.len() != SCRATCH {
                return Err(reason(format!("the scratch array must have {SCRATCH} numbers")));
            }
            let zone = zone.as_deref().map_or_else(|| Some(Zone::utc()), zone_of);
            let zone = zone.ok_or_else(|| reason("the zone's offsets are not in order"))?;
            let label = match settings.label.as_deref() {
                Some("right") => Label::Right,
                Some("datapoint") => Label::Datapoint,
                _ => Label::Left,
            };
            let fill = settings.fill;
            let bars = ta_bars::Bars::new(rule(&settings, zone)?, label, fill);
            Ok(Self { bars, scratch })
        })
    }

    /// Adds a key and returns its number.
    #[napi]
    pub fn add(&mut self) -> u32 {
        self.bars.add() as u32
    }

    /// Forgets all ticks of a key.
    #[napi]
    pub fn reset(&mut self, key: u32) {
        self.bars.reset(key as usize);
    }

    /// Takes the tick in the scratch array, and writes the forming bar after it, as
    /// [`Bars::forming`] does, and the first closed bar after that. Returns how many bars have
    /// closed, or -1 if the tick is late and has changed nothing.
    #[napi]
    pub fn update(&mut self, key: u32) -> Result<i32> {
        guard(|| {
            // SAFETY: `self` keeps the array, and only the thread that created it can use it.
            // Neither JavaScript nor another call can run on that thread until this call returns,
            // so no other reference to the memory is in use.
            let scratch = unsafe { self.scratch.as_mut() };
            let (tick, rest) = scratch.split_at_mut(TICK);
            let (forming, closed) = rest.split_at_mut(BAR);
            self.bars.clear_closed();
            match self.bars.update(key as usize, &tick_of(tick)) {
                Ok(()) => {}
                Err(Refused::Late) => return Ok(-1),
                Err(refused) => return Err(reason(refused)),
            }
            write_forming(self.bars.forming(key as usize), forming);
            if let Some(first) = self.bars.closed().first() {
                write(&first.bar, closed);
            }
            Ok(self.bars.closed().len() as i32)
        })
    }

    /// Takes many ticks, each with the number of its key. Late ones are left out or refused: then
    /// the first of them is returned as -1 minus its index, and nothing has changed. Else returns
    /// how many were late.
    #[napi]
    pub fn update_many(
        &mut self,
        keys: Uint32ArraySlice<'_>,
        ticks: Float64ArraySlice<'_>,
        drop_late: bool,
    ) -> Result<f64> {
        guard(|| {
            self.bars.clear_closed();
            if ticks.len() != keys.len() * TICK {
                return Err(reason("every tick needs a key"));
            }
            let ticks = ticks.chunks_exact(TICK).map(tick_of);
            let keys = keys.iter().map(|&key| key as usize);
            match self.bars.update_many(keys.zip(ticks), drop_late) {
                Ok(late) => Ok(late as f64),
                Err((at, Refused::Late)) => Ok(-1.0 - at as f64),
                Err((at, refused)) => Err(reason(format!("tick {at}: {refused}"))),
            }
        })
    }

    /// Says that all ticks before a time have come, and closes the bars that have ended by then.
    #[napi]
    pub fn close(&mut self, milliseconds: f64, nanoseconds: f64) -> Result<()> {
        guard(|| {
            self.bars.clear_closed();
            self.bars.close(time(milliseconds, nanoseconds)).map_err(reason)
        })
    }

    /// Closes all forming bars.
    #[napi]
    pub fn flush(&mut self) {
        self.bars.clear_closed();
        self.bars.flush();
    }

    /// Writes the forming bar of a key to its place in the scratch array: zero ticks, if there is
    /// none.
    #[napi]
    pub fn forming(&mut self, key: u32) {
        let forming = self.bars.forming(key as usize);
        // SAFETY: as in `update`.
        write_forming(forming, &mut unsafe { self.scratch.as_mut() }[TICK..TICK + BAR]);
    }

    /// The bars that the last call has closed, each after the number of its key.
    #[napi]
    pub fn take_closed(&mut self) -> Float64Array {
        let closed = self.bars.take_closed();
        let mut numbers = vec![0.0; closed.len() * (1 + BAR)];
        for (closed, numbers) in closed.iter().zip(numbers.chunks_exact_mut(1 + BAR)) {
            numbers[0] = closed.key as f64;
            write(&closed.bar, &mut numbers[1..]);
        }
        Float64Array::new(numbers)
    }

    /// The state of some keys as bytes, with a text. Bars that restore it have these keys with the
    /// numbers from 0 on.
    #[napi]
    pub fn snapshot(&self, header: String, keys: Vec<u32>) -> Buffer {
        self.bars.snapshot(&header, keys.into_iter().map(|key| key as usize)).into()
    }

    /// The text in a snapshot. Throws one sentence if the bytes are none.
    #[napi]
    pub fn header(bytes: &[u8]) -> Result<String> {
        guard(|| ta_bars::header(bytes).map(str::to_owned).map_err(reason))
    }

    /// Replaces the state by that of a snapshot of bars with the same settings and so many
    /// keys.
    #[napi]
    pub fn restore(&mut self, bytes: &[u8], keys: u32) -> Result<()> {
        guard(|| self.bars.restore(bytes, keys as usize).map_err(reason))
    }
}

fn rule(settings: &Settings, zone: Zone) -> Result<Rule> {
    let Some(every) = &settings.every else {
        return match (settings.ticks, settings.volume) {
            (Some(ticks), _) => Ok(Rule::Ticks(ticks)),
            (None, Some(volume)) => Ok(Rule::Volume(volume)),
            (None, None) => Err(reason("the settings do not say when a bar closes")),
        };
    };
    let length = |name: &str, text: &str| {
        Length::parse(text)
            .ok_or_else(|| reason(format!("{name} must be at most fifty years, got \"{text}\"")))
    };
    let offset = settings.offset.as_deref().map(|text| length("offset", text)).transpose()?;
    let closes = match settings.closed.as_deref() {
        Some("right") => Closes::Right,
        _ => Closes::Left,
    };
    let start_by = match settings.start_by.as_deref() {
        Some("datapoint") => StartBy::Datapoint,
        Some("monday") => StartBy::Monday,
        _ => StartBy::Window,
    };
    Windows::new(length("every", every)?, offset.unwrap_or_default(), closes, start_by, zone)
        .map(Rule::Time)
        .ok_or_else(|| reason(format!("every must be a length of one kind, got \"{every}\"")))
}

fn zone_of(numbers: &[f64]) -> Option<Zone> {
    let pairs: Vec<_> = numbers.chunks_exact(2).map(|c| (c[0] as i64, c[1] as i64)).collect();
    Zone::new(&pairs)
}

fn time(milliseconds: f64, nanoseconds: f64) -> i64 {
    (milliseconds as i64).saturating_mul(MILLISECOND).saturating_add(nanoseconds as i64)
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
