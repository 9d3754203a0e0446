//! Many bars, as hosts have them: columns.

use crate::{rows::Bar, LiveError, Program, Tag};

/// A field of many bars.
pub struct FieldColumn<'a> {
    /// One number for each bar; NaN is no value if there are no `nulls`. Ignored if there are texts.
    pub numbers: &'a [f64],
    /// What the numbers are.
    pub tag: Tag,
    /// For each bar something else than 0 where there is no value.
    pub nulls: Option<&'a [u8]>,
    /// One text for each bar, or no value.
    pub texts: Option<&'a [Option<String>]>,
}

impl FieldColumn<'_> {
    fn has_rows(&self, rows: usize) -> bool {
        let values = self.texts.map_or(self.numbers.len(), <[_]>::len);
        values == rows && self.nulls.is_none_or(|nulls| nulls.len() == rows)
    }
}

/// Many bars as rows. It keeps its memory for the next ones.
#[derive(Debug, Default)]
pub struct Table {
    width: usize,
    values: Vec<f64>,
    tags: Vec<Tag>,
    texts: Vec<Vec<String>>,
}

impl Table {
    /// Takes the bars of some columns, one for each field of the program.
    ///
    /// # Errors
    /// There is another number of columns, or of values in one.
    pub fn fill(
        &mut self,
        program: &Program,
        rows: usize,
        fields: &[FieldColumn<'_>],
    ) -> Result<(), LiveError> {
        self.width = program.fields.len();
        if fields.len() != self.width || !fields.iter().all(|field| field.has_rows(rows)) {
            return Err(LiveError::Columns { fields: self.width, bars: rows });
        }
        self.values.clear();
        self.values.resize(rows * self.width, f64::NAN);
        self.tags.clear();
        self.tags.resize(rows * self.width, Tag::Null);
        self.texts.clear();
        if fields.iter().any(|field| field.texts.is_some()) {
            self.texts.resize(rows, Vec::new());
        }
        for (place, field) in fields.iter().enumerate() {
            match (field.texts, field.nulls) {
                (Some(texts), _) => self.set_texts(place, texts),
                (None, Some(nulls)) => self.set(place, field, |row, _| nulls[row] == 0),
                (None, None) => self.set(place, field, |_, value| !value.is_nan()),
            }
        }
        Ok(())
    }

    /// Sets the numbers of a field in the rows that have one.
    fn set(&mut self, place: usize, field: &FieldColumn<'_>, has: impl Fn(usize, f64) -> bool) {
        let values = self.values.iter_mut().zip(&mut self.tags).skip(place).step_by(self.width);
        for (row, ((value, tag), &number)) in values.zip(field.numbers).enumerate() {
            if has(row, number) {
                (*value, *tag) = (number, field.tag);
            }
        }
    }

    fn set_texts(&mut self, place: usize, texts: &[Option<String>]) {
        let tags = self.tags.iter_mut().skip(place).step_by(self.width);
        for ((tag, known), text) in tags.zip(&mut self.texts).zip(texts) {
            if let Some(text) = text {
                known.push(text.clone());
                *tag = Tag::Text;
            }
        }
    }

    /// A bar, with its time in milliseconds; NaN if it has none.
    pub fn bar(&self, row: usize, time: f64) -> Bar<'_> {
        let places = row * self.width..(row + 1) * self.width;
        Bar {
            values: &self.values[places.clone()],
            tags: &self.tags[places],
            texts: self.texts.get(row).map_or(&[], Vec::as_slice),
            time,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(numbers: &[f64]) -> FieldColumn<'_> {
        FieldColumn { numbers, tag: Tag::Number, nulls: None, texts: None }
    }

    #[test]
    fn columns_become_bars_and_others_are_refused() {
        let program = r#"{ "fields": ["a", "b", "c"], "nodes": [], "features": [] }"#;
        let program = Program::parse(program).unwrap();
        let texts = [Some("x".to_owned()), None];
        let texts = FieldColumn { numbers: &[], tag: Tag::Text, nulls: None, texts: Some(&texts) };
        let flags = FieldColumn {
            numbers: &[f64::NAN, 1.0],
            tag: Tag::Condition,
            nulls: Some(&[0, 1]),
            texts: None,
        };
        let mut table = Table::default();
        table.fill(&program, 2, &[numbers(&[1.0, f64::NAN]), texts, flags]).unwrap();
        let first = table.bar(0, 5.0);
        assert_eq!((first.values[0], first.time), (1.0, 5.0));
        assert_eq!(first.tags, [Tag::Number, Tag::Text, Tag::Condition]);
        assert_eq!(first.texts, ["x"]);
        assert_eq!(table.bar(1, f64::NAN).tags, [Tag::Null; 3]);
        assert_eq!(table.bar(1, f64::NAN).texts, [""; 0]);

        let columns = || [numbers(&[1.0]), numbers(&[1.0]), numbers(&[1.0, 2.0])];
        let refused = LiveError::Columns { fields: 3, bars: 1 };
        assert_eq!(table.fill(&program, 1, &columns()), Err(refused));
        assert!(table.fill(&program, 1, &columns()[..2]).is_err());
    }
}
