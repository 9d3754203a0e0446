//! Bars from ticks.

use napi::{
    bindgen_prelude::{Buffer, Float64Array, Float64ArraySlice, Uint32ArraySlice},
    Result,
};
use napi_derive::napi;
use ta_bars::{
    numbers::{time, zone, SCRATCH},
    Settings, Zone,
};

use crate::{guard, reason};

/// The forming bars of all keys. JavaScript knows the keys, this object their numbers. Ticks and
/// bars are numbers in arrays; see [`ta_bars::numbers`].
#[napi]
pub struct Bars {
    bars: ta_bars::Bars,
    scratch: Float64Array,
}

#[napi]
impl Bars {
    /// `settings` is JSON (see [`Settings`]). `offsets` are those of the time zone; without them,
    /// times have no zone. JavaScript and this object share `scratch`.
    #[napi(constructor)]
    pub fn new(
        settings: String,
        offsets: Option<Float64ArraySlice<'_>>,
        scratch: Float64Array,
    ) -> Result<Self> {
        guard(|| {
            let settings: Settings = serde_json::from_str(&settings).map_err(reason)?;
            if scratch.len() != SCRATCH {
                return Err(reason(format!("the scratch array must have {SCRATCH} numbers")));
            }
            let zone = offsets.as_deref().map_or_else(|| Some(Zone::utc()), zone);
            let zone = zone.ok_or_else(|| reason("the zone's offsets are not in order"))?;
            Ok(Self { bars: settings.bars(zone).map_err(reason)?, scratch })
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

    /// Takes the tick in the scratch array; see [`ta_bars::Bars::update_numbers`].
    #[napi]
    pub fn update(&mut self, key: u32) -> Result<i32> {
        guard(|| {
            // SAFETY: `self` keeps the array, and only the thread that created it can use it.
            // Neither JavaScript nor another call can run on that thread until this call returns,
            // so no other reference to the memory is in use.
            let scratch = unsafe { self.scratch.as_mut() };
            self.bars.update_numbers(key as usize, scratch).map_err(reason)
        })
    }

    /// Takes many ticks; see [`ta_bars::Bars::update_many_numbers`].
    #[napi]
    pub fn update_many(
        &mut self,
        keys: Uint32ArraySlice<'_>,
        ticks: Float64ArraySlice<'_>,
        drop_late: bool,
    ) -> Result<f64> {
        guard(|| self.bars.update_many_numbers(&keys, &ticks, drop_late).map_err(reason))
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

    /// Writes the forming bar of a key to its place in the scratch array.
    #[napi]
    pub fn forming(&mut self, key: u32) {
        // SAFETY: as in `update`.
        self.bars.write_forming(key as usize, unsafe { self.scratch.as_mut() });
    }

    /// The bars that the last call has closed, each after the number of its key.
    #[napi]
    pub fn take_closed(&mut self) -> Float64Array {
        Float64Array::new(self.bars.take_closed_numbers())
    }

    /// The state of some keys as bytes, with a text. Bars that restore it have these keys with the
    /// numbers from 0 on.
    #[napi]
    pub fn snapshot(&self, header: String, keys: Vec<u32>) -> Buffer {
        self.bars.snapshot(&header, keys.into_iter().map(|key| key as usize)).into()
    }

    /// The text in a snapshot. Throws one sentence if the bytes are not a snapshot.
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
