//! Streams with what they share with JavaScript, found by their numbers.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use napi::{
    bindgen_prelude::{Float64Array, Uint8Array},
    Result,
};
use napi_derive::napi;
use ta_live::{Bar, Stream, Table, Tag};

use crate::{guard, reason};

thread_local! {
    /// The streams of this thread, by their numbers.
    static STREAMS: RefCell<Vec<Weak<RefCell<Host>>>> = const { RefCell::new(Vec::new()) };
}

/// The number by which functions find a stream.
pub fn number(host: &Rc<RefCell<Host>>) -> u32 {
    STREAMS.with_borrow_mut(|streams| {
        let free = streams.iter().position(|stream| stream.strong_count() == 0);
        let place = free.unwrap_or(streams.len());
        streams.resize(streams.len().max(place + 1), Weak::new());
        streams[place] = Rc::downgrade(host);
        place as u32
    })
}

/// A stream with what it shares with JavaScript.
pub struct Host {
    pub stream: Stream,
    /// A bar: one number for each field; after them one for each output.
    pub numbers: Float64Array,
    /// What each of them is; see [`Tag`].
    pub tags: Uint8Array,
    /// The texts of the bar, in the order of the fields.
    pub texts: Vec<String>,
    /// What each field of the bar is, where they are not all numbers.
    kinds: Vec<Tag>,
    /// The bars of the last call with many.
    pub table: Table,
}

impl Host {
    /// A stream and the arrays that it shares.
    pub fn new(stream: Stream, numbers: Float64Array, tags: Uint8Array) -> Self {
        let (texts, kinds, table) = (Vec::new(), Vec::new(), Table::default());
        Self { stream, numbers, tags, texts, kinds, table }
    }

    /// Passes the bar in the shared arrays to `take`, and writes the values of the first lane.
    pub fn with_bar(
        &mut self,
        time: f64,
        take: impl FnOnce(&mut Stream, Bar<'_>) -> std::result::Result<(), ta_live::LiveError>,
    ) -> Result<()> {
        let fields = self.stream.program().fields.len();
        self.kinds.clear();
        let tags = &self.tags[..fields];
        if tags.iter().any(|&tag| tag != Tag::Number as u8) {
            self.kinds.extend(tags.iter().map(|&tag| Tag::of(tag).unwrap_or_default()));
        }
        let (values, tags) = (&self.numbers[..fields], &self.kinds[..]);
        let bar = Bar { values, tags, texts: &self.texts, time };
        take(&mut self.stream, bar).map_err(reason)?;
        self.write(0);
        Ok(())
    }

    pub fn write(&mut self, lane: usize) {
        let fields = self.stream.program().fields.len();
        // SAFETY: `self` keeps both arrays, and only the thread that created them can use them.
        // Neither JavaScript nor another call runs on that thread until this call returns.
        let (numbers, tags) = unsafe { (self.numbers.as_mut(), self.tags.as_mut()) };
        self.stream.values(lane, |output, cell| {
            numbers[fields + output] = cell.value;
            tags[fields + output] = cell.tag as u8;
        });
    }
}

/// Takes the bar in a stream's shared arrays as the next one of a key (`how` is 0), as one that
/// closes now without entering the history (1), or in the place of the newest (2), and writes the
/// values to the shared arrays.
#[napi]
pub fn live_bar(stream: u32, series: u32, how: u32, time: f64) -> Result<()> {
    guard(|| {
        let host = STREAMS.with_borrow(|streams| streams.get(stream as usize)?.upgrade());
        let host = host.ok_or_else(|| reason("there is no such stream"))?;
        let mut host = host.borrow_mut();
        host.with_bar(time, |stream, bar| match how {
            0 => stream.update(series, bar),
            1 => stream.peek_many(&[series], |_| bar),
            _ => stream.replace(series, bar),
        })
    })
}
