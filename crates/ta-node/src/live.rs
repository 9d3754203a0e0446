//! Streams of features for JavaScript.
//!
//! A call of a method of a class costs ten times a call of a function, so the calls for one bar are
//! functions that name a stream by its number. JavaScript writes a bar into arrays that both sides
//! share, and reads the values from them.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
    sync::Arc,
};

use napi::{
    bindgen_prelude::{Buffer, Float64Array, Float64ArraySlice, Uint32Array, Uint8Array},
    Result,
};
use napi_derive::napi;
use ta_live::{Bar, Cell, Header, Program, Stream, Tag};

use crate::{guard, reason, to_json};

thread_local! {
    /// The streams of this thread, by their numbers.
    static STREAMS: RefCell<Vec<Weak<RefCell<Host>>>> = const { RefCell::new(Vec::new()) };
}

/// A stream with what it shares with JavaScript.
struct Host {
    stream: Stream,
    /// A bar: one number for each field; after them one for each output.
    numbers: Float64Array,
    /// What each of them is; see [`Tag`].
    tags: Uint8Array,
    /// The texts of the bar, in the order of the fields.
    texts: Vec<String>,
    bar: Buffers,
}

/// Bars as rows.
#[derive(Default)]
struct Buffers {
    values: Vec<f64>,
    tags: Vec<Tag>,
    texts: Vec<Vec<String>>,
}

/// A field of many bars.
#[napi(object, object_to_js = false)]
pub struct FieldColumn<'env> {
    /// One number for each bar; NaN is no value if there are no `nulls`. Empty for texts.
    pub numbers: Float64ArraySlice<'env>,
    /// What the values are; see [`Tag`].
    pub tag: u8,
    /// 1 where there is no value.
    pub nulls: Option<Uint8Array>,
    /// One text for each bar.
    pub texts: Option<Vec<Option<String>>>,
}

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
        let bar = Buffers::default();
        let host = Rc::new(RefCell::new(Host { stream, numbers, tags, texts: Vec::new(), bar }));
        let number = STREAMS.with_borrow_mut(|streams| {
            let free = streams.iter().position(|stream| stream.strong_count() == 0);
            let place = free.unwrap_or(streams.len());
            streams.resize(streams.len().max(place + 1), Weak::new());
            streams[place] = Rc::downgrade(&host);
            place as u32
        });
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
        fields: Vec<FieldColumn<'_>>,
        times: Option<Float64ArraySlice<'_>>,
    ) -> Result<Uint32Array> {
        guard(|| {
            let Host { stream, bar, .. } = &mut *self.host.borrow_mut();
            bar.fill(stream.program(), series.len(), &fields)?;
            let width = fields.len();
            stream.warm(&series, |row| bar.row(row, width, time(&times, row))).map_err(reason)?;
            Ok(stream.lanes().collect::<Vec<_>>().into())
        })
    }

    /// Computes the values of the newest bars of keys, which [`Live::lane`] reads.
    #[napi]
    pub fn current(&self, series: Uint32Array) -> Result<()> {
        guard(|| self.host.borrow_mut().stream.current(&series).map_err(reason))
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
        fields: Vec<FieldColumn<'_>>,
        times: Option<Float64ArraySlice<'_>>,
        peek: bool,
        mut outputs: Vec<Float64ArraySlice<'_>>,
    ) -> Result<()> {
        guard(|| {
            let Host { stream, bar, .. } = &mut *self.host.borrow_mut();
            bar.fill(stream.program(), series.len(), &fields)?;
            let width = fields.len();
            let row = |row| bar.row(row, width, time(&times, row));
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

fn time(times: &Option<Float64ArraySlice<'_>>, row: usize) -> f64 {
    times.as_ref().and_then(|times| times.get(row)).copied().unwrap_or(f64::NAN)
}

impl Host {
    /// Passes the bar in the shared arrays to `take`, and writes the values of the first lane.
    fn with_bar(
        &mut self,
        time: f64,
        take: impl FnOnce(&mut Stream, Bar<'_>) -> std::result::Result<(), ta_live::LiveError>,
    ) -> Result<()> {
        let fields = self.stream.program().fields.len();
        self.bar.tags.clear();
        self.bar
            .tags
            .extend(self.tags[..fields].iter().map(|&tag| Tag::of(tag).unwrap_or_default()));
        let values = &self.numbers[..fields];
        let bar = Bar { values, tags: &self.bar.tags, texts: &self.texts, time };
        take(&mut self.stream, bar).map_err(reason)?;
        self.write(0);
        Ok(())
    }

    fn write(&mut self, lane: usize) {
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

impl Buffers {
    /// Turns columns into rows.
    fn fill(&mut self, program: &Program, rows: usize, fields: &[FieldColumn<'_>]) -> Result<()> {
        let width = program.fields.len();
        let wrong = |field: &FieldColumn<'_>| {
            let texts = field.texts.as_ref().map_or(rows, Vec::len);
            let nulls = field.nulls.as_ref().map_or(rows, |nulls| nulls.len());
            let numbers = if field.texts.is_some() { rows } else { field.numbers.len() };
            texts != rows || nulls != rows || numbers != rows
        };
        if fields.len() != width || fields.iter().any(wrong) {
            return Err(reason("each field needs one value for each bar"));
        }
        self.values.clear();
        self.values.resize(rows * width, f64::NAN);
        self.tags.clear();
        self.tags.resize(rows * width, Tag::Null);
        self.texts.clear();
        if fields.iter().any(|field| field.texts.is_some()) {
            self.texts.resize(rows, Vec::new());
        }
        for (place, field) in fields.iter().enumerate() {
            let tag = Tag::of(field.tag).unwrap_or_default();
            for row in 0..rows {
                let at = row * width + place;
                if let Some(texts) = &field.texts {
                    if let Some(text) = &texts[row] {
                        self.texts[row].push(text.clone());
                        self.tags[at] = Tag::Text;
                    }
                    continue;
                }
                let value = field.numbers[row];
                let is_null = match &field.nulls {
                    Some(nulls) => nulls[row] != 0,
                    None => value.is_nan(),
                };
                if !is_null {
                    (self.values[at], self.tags[at]) = (value, tag);
                }
            }
        }
        Ok(())
    }

    fn row(&self, row: usize, width: usize, time: f64) -> Bar<'_> {
        Bar {
            values: &self.values[row * width..(row + 1) * width],
            tags: &self.tags[row * width..(row + 1) * width],
            texts: self.texts.get(row).map_or(&[], Vec::as_slice),
            time,
        }
    }
}
