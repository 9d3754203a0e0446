//! Bars: as the caller gives them, and as the stream keeps them.

use ta_saved::{Damaged, Reader, Saved};

use crate::{cell::Cell, lanes::Lanes, Program, Tag};

/// A bar of the caller.
#[derive(Debug, Clone, Copy)]
pub struct Bar<'a> {
    /// One number for each field of the program.
    pub values: &'a [f64],
    /// What each of them is; numbers if there are fewer.
    pub tags: &'a [Tag],
    /// The texts, one for each field whose tag is [`Tag::Text`], in order.
    pub texts: &'a [String],
    /// Its time in milliseconds; NaN if it has none.
    pub time: f64,
}

impl<'a> Bar<'a> {
    /// A bar of numbers, without time.
    pub fn of(values: &'a [f64]) -> Self {
        Self { values, tags: &[], texts: &[], time: f64::NAN }
    }

    fn cell(&self, field: usize, lanes: &mut Lanes, program: &Program, text: &mut usize) -> Cell {
        let tag = self.tags.get(field).copied().unwrap_or(Tag::Number);
        match tag {
            Tag::Null => Cell::NULL,
            Tag::Text => {
                *text += 1;
                let text = self.texts.get(*text - 1);
                text.map_or(Cell::NULL, |text| lanes.text(program, text))
            }
            tag => Cell { tag, value: self.values.get(field).copied().unwrap_or(f64::NAN) },
        }
    }

    /// Writes the fields to a lane.
    pub(crate) fn fill(&self, lane: usize, lanes: &mut Lanes, program: &Program) {
        let mut text = 0;
        for field in 0..program.fields.len() {
            let cell = self.cell(field, lanes, program, &mut text);
            lanes.set(field, lane, cell);
        }
    }
}

/// Bars that a stream keeps, each in a place.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    fields: usize,
    values: Vec<f64>,
    tags: Vec<Tag>,
    times: Vec<f64>,
    texts: Vec<Vec<String>>,
}

impl Rows {
    /// No places, for bars of so many fields.
    pub fn new(fields: usize) -> Self {
        Self { fields, ..Self::default() }
    }

    /// Adds places.
    pub fn grow(&mut self, places: usize) {
        let count = self.times.len() + places;
        self.values.resize(count * self.fields, f64::NAN);
        self.tags.resize(count * self.fields, Tag::Null);
        self.times.resize(count, f64::NAN);
        self.texts.resize(count, Vec::new());
    }

    /// Keeps a bar.
    pub fn put(&mut self, place: usize, bar: Bar<'_>) {
        let range = place * self.fields..(place + 1) * self.fields;
        let tags = &mut self.tags[range.clone()];
        tags.fill(Tag::Number);
        let count = bar.tags.len().min(self.fields);
        tags[..count].copy_from_slice(&bar.tags[..count]);
        let values = &mut self.values[range];
        let count = bar.values.len().min(self.fields);
        values[..count].copy_from_slice(&bar.values[..count]);
        // What stands in the place of a text or of nothing is of no meaning.
        for (value, tag) in values.iter_mut().zip(tags) {
            if matches!(tag, Tag::Null | Tag::Text) {
                *value = f64::NAN;
            }
        }
        self.times[place] = bar.time;
        let texts = &mut self.texts[place];
        texts.truncate(bar.texts.len());
        for (index, text) in bar.texts.iter().enumerate() {
            match texts.get_mut(index) {
                Some(known) => known.clone_from(text),
                None => texts.push(text.clone()),
            }
        }
    }

    /// The bar in a place.
    pub fn bar(&self, place: usize) -> Bar<'_> {
        let range = place * self.fields..(place + 1) * self.fields;
        Bar {
            values: &self.values[range.clone()],
            tags: &self.tags[range],
            texts: &self.texts[place],
            time: self.times[place],
        }
    }

    /// Copies a bar from other rows.
    pub fn copy(&mut self, place: usize, other: &Self, from: usize) {
        self.put(place, other.bar(from));
    }

    /// Bytes of each place.
    pub fn bytes(&self) -> usize {
        self.fields * (size_of::<f64>() + size_of::<Tag>()) + size_of::<f64>()
    }

    /// Appends a bar.
    pub fn save(&self, place: usize, to: &mut Vec<u8>) {
        let bar = self.bar(place);
        bar.values.iter().for_each(|value| value.save(to));
        to.extend(bar.tags.iter().map(|&tag| tag as u8));
        bar.time.save(to);
        let texts: Vec<Vec<u8>> = bar.texts.iter().map(|text| text.clone().into_bytes()).collect();
        texts.len().save(to);
        for text in texts {
            text.len().save(to);
            to.extend(text);
        }
    }

    /// Reads a bar.
    pub fn load(&mut self, place: usize, from: &mut Reader<'_>) -> Result<(), Damaged> {
        let values: Vec<f64> =
            (0..self.fields).map(|_| f64::load(from)).collect::<Result<_, _>>()?;
        let tag = |from: &mut Reader<'_>| {
            let [byte] = from.bytes()?;
            Tag::of(byte).ok_or(Damaged::Wrong("kind of value"))
        };
        let tags: Vec<Tag> = (0..self.fields).map(|_| tag(from)).collect::<Result<_, _>>()?;
        let time = f64::load(from)?;
        let texts = (0..from.count(1)?).map(|_| text(from)).collect::<Result<Vec<_>, _>>()?;
        if texts.len() != tags.iter().filter(|&&tag| tag == Tag::Text).count() {
            return Err(Damaged::Wrong("number of texts"));
        }
        self.put(place, Bar { values: &values, tags: &tags, texts: &texts, time });
        Ok(())
    }
}

fn text(from: &mut Reader<'_>) -> Result<String, Damaged> {
    let count = from.count(1)?;
    let bytes = (0..count).map(|_| from.bytes::<1>().map(|[byte]| byte));
    let bytes: Vec<u8> = bytes.collect::<Result<_, _>>()?;
    String::from_utf8(bytes).map_err(|_| Damaged::Wrong("text"))
}
