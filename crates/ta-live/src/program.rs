//! Programs: checked, typed and in an order in which they can run.

use serde::Serialize;
use ta_core::{
    live::Bank,
    meta::{DType, Memory},
    Indicator, Missing, Params,
};

use crate::{
    arithmetic::result, builder::build, cell::Cell, infer::Type, operator::Operator, LiveError, Tag,
};

/// What a field of a bar may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// A number; a condition counts as 0 or 1.
    Number,
    /// A condition.
    Condition,
    /// A text.
    Text,
    /// A value of which only changes matter, as a number.
    Key,
    /// A number, a condition or a text.
    Any,
}

/// A field of a bar.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it may hold.
    pub kind: FieldKind,
}

/// The type of a column of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum ValueType {
    /// Real numbers.
    Float64,
    /// Whole numbers.
    Int32,
    /// Conditions.
    Boolean,
    /// Texts.
    String,
    /// What the bars have: the feature is a field that nothing else reads.
    Any,
}

impl From<Type> for ValueType {
    fn from(known: Type) -> Self {
        match known {
            Type::Any | Type::Key => Self::Any,
            Type::Number => Self::Float64,
            Type::Whole => Self::Int32,
            Type::Condition => Self::Boolean,
            Type::Text => Self::String,
        }
    }
}

/// A column of the results.
#[derive(Debug, Clone, Serialize)]
pub struct Output {
    /// The name of the indicator's output; `None` if the feature is this one column.
    pub name: Option<&'static str>,
    /// The type of the values.
    pub dtype: ValueType,
}

/// A named result.
#[derive(Debug, Clone, Serialize)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// Its columns: several if it is an indicator with several outputs.
    pub outputs: Vec<Output>,
}

/// An indicator of a program.
#[derive(Clone)]
pub struct Call {
    pub(crate) indicator: &'static Indicator,
    pub(crate) params: Params,
    pub(crate) missing: Missing,
}

impl Call {
    /// The states of its keys.
    pub(crate) fn bank(&self) -> Result<Box<dyn Bank>, LiveError> {
        self.indicator.bank(&self.params).ok_or(LiveError::Lookahead(self.indicator.meta.id))
    }

    /// Why it refuses a row.
    pub(crate) fn refused(&self, reason: String) -> Box<LiveError> {
        Box::new(LiveError::Refused { id: self.id(), reason })
    }

    pub(crate) fn id(&self) -> &'static str {
        self.indicator.meta.id
    }

    /// What the values of its outputs are.
    pub(crate) fn tags(&self) -> impl Iterator<Item = Tag> {
        self.indicator.meta.outputs.iter().map(|output| match output.dtype {
            DType::Boolean => Tag::Condition,
            DType::Int32 => Tag::Whole,
            DType::Float64 => Tag::Number,
        })
    }

    pub(crate) fn memory(&self) -> Memory {
        self.indicator.meta.semantics.memory
    }
}

/// Where an operand comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source {
    /// A column of the lanes.
    Column(usize),
    /// The same value in every row.
    Constant(Cell),
}

/// An operation over columns.
#[derive(Debug, Clone)]
pub(crate) enum Work {
    /// The next indicator, with the columns of its inputs.
    Call(Vec<usize>),
    /// The opposite of a condition.
    Not(Source),
    /// An operator.
    Binary { op: Operator, left: Source, right: Source },
    /// One of two values, which have this tag unless they are null.
    If { when: Source, value: Source, otherwise: Source, tag: Tag },
    /// A value, or another one if it is null.
    Fill { of: Source, with: Source, tag: Tag },
}

impl Work {
    /// What it reads; an indicator's inputs are columns.
    fn operands(&self) -> [Option<Source>; 3] {
        match *self {
            Self::Call(_) => [None; 3],
            Self::Not(of) => [Some(of), None, None],
            Self::Binary { left, right, .. } => [Some(left), Some(right), None],
            Self::If { when, value, otherwise, .. } => [Some(when), Some(value), Some(otherwise)],
            Self::Fill { of, with, .. } => [Some(of), Some(with), None],
        }
    }
}

/// An operation and the columns that it fills.
#[derive(Debug, Clone)]
pub(crate) struct Op {
    pub work: Work,
    /// Its first column.
    pub out: usize,
    /// The number of its columns.
    pub width: usize,
    /// Whether an indicator reads its values, perhaps through operators, so that they are needed of
    /// rows of the past too.
    pub feeds: bool,
}

/// Marks the operations whose values an indicator reads.
pub(crate) fn mark_feeding(levels: &mut [Vec<Op>], width: usize) {
    let mut read = vec![false; width];
    for op in levels.iter_mut().rev().flatten() {
        op.feeds = read[op.out..op.out + op.width].contains(&true);
        if let Work::Call(inputs) = &op.work {
            inputs.iter().for_each(|&column| read[column] = true);
        }
        for source in op.work.operands().into_iter().flatten() {
            if let (true, Source::Column(column)) = (op.feeds, source) {
                read[column] = true;
            }
        }
    }
}

/// What the features of a pipeline mean.
pub struct Program {
    /// The fields of a bar.
    pub fields: Vec<Field>,
    /// The features.
    pub features: Vec<Feature>,
    /// The texts of constants.
    pub(crate) texts: Vec<String>,
    pub(crate) calls: Vec<Call>,
    /// Operations in the order in which they run, those that need no results of each other together.
    pub(crate) levels: Vec<Vec<Op>>,
    /// The number of columns: those of the fields, of `constants`, and of the operations.
    pub(crate) width: usize,
    /// Where the values of the results are, for all features.
    pub(crate) results: Vec<Source>,
    /// Constant inputs of indicators.
    pub(crate) constants: Vec<Cell>,
    /// Whether a bar can be refused after its fields were checked.
    pub(crate) may_refuse: bool,
}

impl Program {
    /// Reads and checks a program.
    ///
    /// # Errors
    /// The text is no program, or something in it cannot be computed bar by bar.
    pub fn parse(json: &str) -> Result<Self, LiveError> {
        let written = serde_json::from_str(json);
        build(&written.map_err(|e| LiveError::Program(e.to_string()))?)
    }

    /// Refuses a bar with conditions where an operator takes none: polars refuses such a column.
    pub(crate) fn check_conditions(&self, tags: &[Tag]) -> Result<(), LiveError> {
        if tags.contains(&Tag::Condition) {
            self.column_tags(tags).map(drop)
        } else {
            Ok(())
        }
    }

    /// What the values of all results are, if those of the fields are these; null where a null may
    /// have any type. A sum of conditions is a whole number, which the types of the features do not
    /// say.
    pub(crate) fn result_tags(&self, fields: &[Tag]) -> Result<Vec<Tag>, LiveError> {
        let known = self.column_tags(fields)?;
        let tag = |source: &Source| match source {
            Source::Column(column) => known[*column],
            Source::Constant(cell) => cell.tag,
        };
        Ok(self.results.iter().map(tag).collect())
    }

    /// What the values of all columns are.
    fn column_tags(&self, fields: &[Tag]) -> Result<Vec<Tag>, LiveError> {
        let mut known = fields[..self.fields.len().min(fields.len())].to_vec();
        known.resize(self.width, Tag::Null);
        let mut calls = self.calls.iter();
        for op in self.levels.iter().flatten() {
            let tag = match &op.work {
                Work::Call(_) => {
                    let made = calls.next().into_iter().flat_map(Call::tags);
                    known[op.out..].iter_mut().zip(made).for_each(|(place, tag)| *place = tag);
                    continue;
                }
                Work::Binary { op, left, right } if op.is_arithmetic() => {
                    let [left, right] = [left, right].map(|source| match source {
                        Source::Column(column) => known[*column],
                        Source::Constant(cell) => cell.tag,
                    });
                    // What is null may have any type.
                    let is_null = left == Tag::Null || right == Tag::Null;
                    let found = if is_null { Some(Tag::Null) } else { result(*op, left, right) };
                    found.ok_or(LiveError::Conditions(op.word()))?
                }
                Work::Not(_) | Work::Binary { .. } => Tag::Condition,
                Work::If { tag, .. } | Work::Fill { tag, .. } => *tag,
            };
            known[op.out] = tag;
        }
        Ok(known)
    }

    /// All columns of the results, in order.
    pub fn outputs(&self) -> impl Iterator<Item = &Output> {
        self.features.iter().flat_map(|feature| &feature.outputs)
    }
}
