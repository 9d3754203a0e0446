//! Values of one row: numbers, conditions and texts, any of which may be null.

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Tag {
    /// Nothing.
    #[default]
    Null,
    /// A number, which may be NaN.
    Number,
    /// A condition: 0 or 1.
    Condition,
    /// A text: its place in the texts of the stream.
    Text,
    /// A whole number of 32 bits, as indicators give.
    Whole,
    /// A sum of conditions: a whole number of 32 bits without a sign.
    Count,
    /// A whole number of 64 bits, of both of these.
    Long,
}

impl Tag {
    /// The tag with this number, for what the fields of a bar hold.
    pub fn of(number: u8) -> Option<Self> {
        [Self::Null, Self::Number, Self::Condition, Self::Text].get(usize::from(number)).copied()
    }

    /// The tag of a result: a number is a number, whole or not.
    pub fn of_result(self) -> Self {
        match self {
            Self::Whole | Self::Count | Self::Long => Self::Number,
            tag => tag,
        }
    }
}

/// A value of one row.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cell {
    /// What it is.
    pub tag: Tag,
    /// The number, 0 or 1, or the place of the text; NaN for null.
    pub value: f64,
}

impl Cell {
    /// No value. Indicators treat it as missing because its number is not finite.
    pub const NULL: Self = Self { tag: Tag::Null, value: f64::NAN };

    /// A number.
    pub const fn number(value: f64) -> Self {
        Self { tag: Tag::Number, value }
    }

    /// A condition.
    pub fn condition(value: bool) -> Self {
        Self { tag: Tag::Condition, value: f64::from(u8::from(value)) }
    }

    /// The same value, unless it is null, with another tag.
    pub fn tagged(self, tag: Tag) -> Self {
        if self.is_null() {
            self
        } else {
            Self { tag, ..self }
        }
    }

    /// Whether it is null.
    pub fn is_null(self) -> bool {
        self.tag == Tag::Null
    }

    /// The condition; `None` if it is null.
    pub fn truth(self) -> Option<bool> {
        (!self.is_null()).then_some(self.value != 0.0)
    }
}
