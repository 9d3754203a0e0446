//! Streams of features for JavaScript.
//!
//! A call of a method of a class costs ten times a call of a function, so the calls for one bar are
//! functions that name a stream by its number. JavaScript writes a bar into arrays that both sides
//! share, and reads the values from them.

mod columns;
mod host;

pub use host::live_bar;

use std::{cell::RefCell, rc::Rc, sync::Arc};

use napi::{
    bindgen_prelude::{Buffer, Float64Array, Float64ArraySlice, Uint32Array, Uint8Array},
    Result,
};
use napi_derive::napi;
use ta_live::{Cell, Header, Program, Stream, Tag};

use self::{
    columns::{slices, time, LiveColumn},
    host::Host,
};
use crate::{guard, reason, to_json};

/// The fields and the features of a program, as JSON.
#[napi]
pub fn live_program(program: String) -> Result<String> {
    guard(|| {
        let program = Program::parse(&program).map_err(reason)?;
        to_json(&serde_json::json!({ "fields": program.fields, "features": program.features }))
    })
}

/// The header of a snapshot, as JSON.
#[napi]
pub fn live_header(bytes: Uint8Array) -> Result<String> {
    guard(|| to_json(&Header::read(&bytes).map_err(reason)?))
}

/// A stream of features.
#[napi]
pub struct Live {
    host: Rc<RefCell<Host>>,
    number: u32,
}

#[napi]
impl Live {
    /// A stream of a program, or the one that a snapshot of it holds. `numbers` and `tags` are
    /// shared with JavaScript: they have a place for each field, then one for each output.
    #[napi(constructor)]
    pub fn new(
        program: String,
        amend: u32,
        numbers: Float64Array,
        tags: Uint8Array,
        snapshot: Option<Uint8Array>,
    ) -> Result<Self> {
        guard(|| {
            let program = Arc::new(Program::parse(&program).map_err(reason)?);
            let stream = match snapshot {
                Some(bytes) => Stream::restore(program, &bytes),
                None => Stream::new(program, amend as usize),
            };
            Self::of(stream.map_err(reason)?, numbers, tags)
        })
    }

    fn of(stream: Stream, numbers: Float64Array, tags: Uint8Array) -> Result<Self> {
        // Before a stream uses the pool for the first time, which then keeps its size.
        ta_engine::set_up();
        let places = stream.program().fields.len() + stream.program().outputs().count();
        if numbers.len() < places || tags.len() < places {
            return Err(reason(format!("the shared arrays need {places} places")));
        }
        let host = Rc::new(RefCell::new(Host::new(stream, numbers, tags)));
        let number = host::number(&host);
        Ok(Self { host, number })
    }

    /// An independent copy, with shared arrays of its own.
    #[napi]
    pub fn fork(&self, numbers: Float64Array, tags: Uint8Array) -> Result<Self> {
        guard(|| Self::of(self.host.borrow().stream.fork(), numbers, tags))
    }

    /// Its number, for the functions.
    #[napi(getter)]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Adds a key, as JavaScript writes it, and returns its number.
    #[napi]
    pub fn add(&self, key: String) -> u32 {
        self.host.borrow_mut().stream.add(key)
    }

    /// Forgets a key.
    #[napi]
    pub fn drop_key(&self, series: u32) {
        self.host.borrow_mut().stream.drop(series);
    }

    /// The keys with their numbers, as JSON.
    #[napi]
    pub fn keys(&self) -> Result<String> {
        to_json(&self.host.borrow().stream.keys().collect::<Vec<_>>())
    }

    /// The times of a key's bars that can be replaced, the oldest first.
    #[napi]
    pub fn times(&self, series: u32) -> Vec<f64> {
        self.host.borrow().stream.times(series)
    }

    /// The time of the bar of a key before those that can be replaced; NaN if there is none.
    #[napi]
    pub fn before(&self, series: u32) -> f64 {
        self.host.borrow().stream.before(series)
    }

    /// The number of bars of a key.
    #[napi]
    pub fn bars(&self, series: u32) -> f64 {
        self.host.borrow().stream.bars(series) as f64
    }

    /// The number of keys, of bars and of bytes.
    #[napi]
    pub fn info(&self) -> Vec<f64> {
        let info = self.host.borrow().stream.info();
        vec![info.keys as f64, info.bars as f64, info.bytes as f64]
    }

    /// The snapshot.
    #[napi]
    pub fn save(&self, config: String) -> Result<Buffer> {
        guard(|| Ok(self.host.borrow().stream.save(config).into()))
    }

    /// Sets the texts of the bar that the next call takes, in the order of the fields.
    #[napi]
    pub fn set_texts(&self, texts: Vec<String>) {
        self.host.borrow_mut().texts = texts;
    }

    /// The text that a number of the outputs stands for.
    #[napi]
    pub fn text(&self, number: f64) -> String {
        let cell = Cell { tag: Tag::Text, value: number };
        self.host.borrow().stream.text(cell).to_owned()
    }

    /// Replaces a bar of a key that is so many bars before the newest, by the bar in the shared
    /// arrays.
    #[napi]
    pub fn amend(&self, series: u32, back: u32, time: f64) -> Result<()> {
        guard(|| {
            let mut host = self.host.borrow_mut();
            host.with_bar(time, |stream, bar| stream.amend(series, back as usize, bar))
        })
    }

    /// Takes many bars in order. Returns the keys that have got one; their values are in the lanes
    /// that [`Live::lane`] reads.
    #[napi]
    pub fn warm(
        &self,
        series: Uint32Array,
        fields: Vec<LiveColumn<'_>>,
        times: Option<Float64ArraySlice<'_>>,
    ) -> Result<Uint32Array> {
        guard(|| {
            let Host { stream, table, .. } = &mut *self.host.borrow_mut();
            table.fill(stream.program(), series.len(), &slices(&fields)).map_err(reason)?;
            stream.warm(&series, |row| table.bar(row, time(&times, row))).map_err(reason)?;
            Ok(stream.lanes().collect::<Vec<_>>().into())
        })
    }

    /// Computes the values of the newest bars of keys, which [`Live::lane`] reads.
    #[napi]
    pub fn current(&self, series: Uint32Array) -> Result<()> {
        guard(|| self.host.borrow_mut().stream.current(&series).map_err(reason))
    }

    /// What the values of each output are at the newest bars; see [`Tag`].
    #[napi]
    pub fn tags(&self) -> Result<Uint8Array> {
        let tags = self.host.borrow().stream.tags().map_err(reason)?;
        Ok(tags.into_iter().map(|tag| tag as u8).collect::<Vec<u8>>().into())
    }

    /// Writes the values of a lane to the shared arrays.
    #[napi]
    pub fn lane(&self, lane: u32) -> Result<()> {
        guard(|| {
            self.host.borrow_mut().write(lane as usize);
            Ok(())
        })
    }

    /// Takes the next bar of many keys, or only computes its values if `peek` is set. `outputs` has
    /// an array for each output, with NaN for no value and 0 or 1 for conditions.
    #[napi]
    pub fn update_many(
        &self,
        series: Uint32Array,
        fields: Vec<LiveColumn<'_>>,
        times: Option<Float64ArraySlice<'_>>,
        peek: bool,
        mut outputs: Vec<Float64ArraySlice<'_>>,
    ) -> Result<()> {
        guard(|| {
            let Host { stream, table, .. } = &mut *self.host.borrow_mut();
            table.fill(stream.program(), series.len(), &slices(&fields)).map_err(reason)?;
            let row = |row| table.bar(row, time(&times, row));
            if peek {
                stream.peek_many(&series, row).map_err(reason)?;
            } else {
                stream.update_many(&series, row).map_err(reason)?;
            }
            for (output, array) in outputs.iter_mut().enumerate() {
                // SAFETY: the array is an argument of the call, so JavaScript keeps it until the
                // call returns and does not run before that; `plugin/src/live` passes no array
                // twice, and the call reads no other array any more.
                let array = unsafe { array.as_mut() };
                stream.column(output, array);
            }
            Ok(())
        })
    }
}
