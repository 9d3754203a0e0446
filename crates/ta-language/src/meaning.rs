//! Bound expressions: their names are looked up in the catalog.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use serde::{Serialize, Serializer};
use ta_core::{find_indicator_meta, meta::DType, IndicatorMeta};
use ta_engine::Request;

use crate::syntax::{BinaryOp, Literal, UnaryOp};

/// The kind of an expression's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Numbers.
    Number,
    /// True, false or null.
    Condition,
    /// Texts.
    Text,
    /// That of a column, whose type depends on the frame.
    Any,
}

impl Kind {
    /// The kind with its article.
    pub fn text(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Condition => "a condition",
            Self::Text => "a text",
            Self::Any => "anything",
        }
    }
}

/// A call of an indicator with checked parameters.
#[derive(Serialize)]
pub struct Call {
    /// The request, without inputs.
    #[serde(rename = "checked")]
    pub request: Request,
    /// What rows with a missing input do, if the text or the configuration says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// In the order of the indicator's input slots.
    pub inputs: Vec<Meaning>,
}

impl Call {
    /// The catalog's entry.
    pub fn meta(&self) -> &'static IndicatorMeta {
        find_indicator_meta(self.request.id).expect("requests are of indicators in the catalog")
    }
}

/// A bound expression. As JSON it is what hosts compute.
#[derive(Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Meaning {
    /// A constant.
    Constant {
        /// Its value.
        #[serde(serialize_with = "write_literal")]
        value: Literal,
    },
    /// A column of the frame.
    Column {
        /// Its name.
        name: String,
        /// Whether the text does not name the column: an input reads it by default.
        #[serde(skip_serializing_if = "is_false")]
        usual: bool,
    },
    /// A call of an indicator.
    Call(#[serde(serialize_with = "write_shared")] Arc<Call>),
    /// One output of an indicator, or a field of a struct column.
    Field {
        /// The call or the column.
        #[serde(serialize_with = "write_shared")]
        of: Arc<Meaning>,
        /// The output or the field.
        name: String,
    },
    /// An operator and its operand.
    Unary {
        /// The operator.
        #[serde(serialize_with = "write_unary")]
        op: UnaryOp,
        /// The operand.
        #[serde(serialize_with = "write_shared")]
        of: Arc<Meaning>,
    },
    /// An operator between its operands.
    Binary {
        /// The operator.
        #[serde(serialize_with = "write_binary")]
        op: BinaryOp,
        /// The left operand.
        #[serde(serialize_with = "write_shared")]
        left: Arc<Meaning>,
        /// The right operand.
        #[serde(serialize_with = "write_shared")]
        right: Arc<Meaning>,
    },
    /// One of two expressions, row by row.
    If {
        /// The condition; where it is null, so is the value.
        #[serde(serialize_with = "write_shared")]
        when: Arc<Meaning>,
        /// The value where the condition is true.
        #[serde(serialize_with = "write_shared")]
        value: Arc<Meaning>,
        /// The value where it is false.
        #[serde(serialize_with = "write_shared")]
        otherwise: Arc<Meaning>,
        /// What both values are: numbers or conditions, or anything until the use of the choice
        /// settles it.
        values: Kind,
    },
    /// An expression, and another one in the rows where it is null.
    Fill {
        /// The expression.
        #[serde(serialize_with = "write_shared")]
        of: Arc<Meaning>,
        /// What stands in for nulls.
        #[serde(serialize_with = "write_shared")]
        with: Arc<Meaning>,
        /// What both are, in the same words.
        values: Kind,
    },
    /// A bare word that stands for another expression. JSON has the name only, so that an
    /// expression that is read often is written once.
    Input {
        /// The word.
        name: String,
        /// What it stands for.
        #[serde(skip)]
        of: Arc<Meaning>,
    },
}

fn write_shared<T: Serialize, S: Serializer>(value: &Arc<T>, to: S) -> Result<S::Ok, S::Error> {
    value.as_ref().serialize(to)
}

fn write_literal<S: Serializer>(value: &Literal, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Literal::Number(value) => to.serialize_f64(*value),
        Literal::Text(value) => to.serialize_str(value),
        Literal::Flag(value) => to.serialize_bool(*value),
    }
}

fn write_unary<S: Serializer>(op: &UnaryOp, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(op.text())
}

fn write_binary<S: Serializer>(op: &BinaryOp, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(op.text())
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Meaning {
    /// The expression itself, if this is a word that stands for one.
    pub fn plain(&self) -> &Self {
        match self {
            Self::Input { of, .. } => of.plain(),
            _ => self,
        }
    }

    /// The call, if this is one.
    pub fn call(&self) -> Option<&Call> {
        match self.plain() {
            Self::Call(call) => Some(call),
            _ => None,
        }
    }

    /// The call, if this is one with several outputs.
    pub fn several_outputs(&self) -> Option<&Call> {
        self.call().filter(|call| call.request.outputs.len() > 1)
    }

    /// The kind of the values.
    pub fn kind(&self) -> Kind {
        let of_output = |dtype: Option<DType>| match dtype {
            Some(DType::Boolean) => Kind::Condition,
            _ => Kind::Number,
        };
        match self.plain() {
            Self::Constant { value: Literal::Number(_) } => Kind::Number,
            Self::Constant { value: Literal::Text(_) } => Kind::Text,
            Self::Constant { value: Literal::Flag(_) } => Kind::Condition,
            Self::Column { .. } | Self::Input { .. } => Kind::Any,
            Self::Call(call) => of_output(call.request.outputs.first().map(|o| o.dtype)),
            Self::Field { of, name } => of.call().map_or(Kind::Any, |call| {
                of_output(call.request.outputs.iter().find(|o| o.name == name).map(|o| o.dtype))
            }),
            Self::Unary { op: UnaryOp::Not, .. } => Kind::Condition,
            Self::Unary { op: UnaryOp::Minus, .. } => Kind::Number,
            Self::Binary { op, .. } if op.is_arithmetic() => Kind::Number,
            Self::Binary { .. } => Kind::Condition,
            Self::If { values, .. } | Self::Fill { values, .. } => *values,
        }
    }

    /// The direct parts.
    pub fn parts(&self) -> Vec<&Self> {
        match self.plain() {
            Self::Constant { .. } | Self::Column { .. } | Self::Input { .. } => Vec::new(),
            Self::Call(call) => call.inputs.iter().collect(),
            Self::Field { of, .. } | Self::Unary { of, .. } => vec![of],
            Self::Binary { left, right, .. } => vec![left, right],
            Self::If { when, value, otherwise, .. } => vec![when, value, otherwise],
            Self::Fill { of, with, .. } => vec![of, with],
        }
    }

    /// The expression as a use needs it: a choice between columns, whose types depend on the frame,
    /// is one between numbers or between conditions.
    #[must_use]
    pub fn settled(self, wanted: Kind) -> Self {
        let inner = |part: Arc<Self>| Arc::new(Self::clone(&part).settled(wanted));
        match self {
            Self::If { when, value, otherwise, values: Kind::Any } => {
                Self::If { when, value: inner(value), otherwise: inner(otherwise), values: wanted }
            }
            Self::Fill { of, with, values: Kind::Any } => {
                Self::Fill { of: inner(of), with: inner(with), values: wanted }
            }
            other => other,
        }
    }

    /// Whether it is the same in every row.
    pub fn is_constant(&self) -> bool {
        match self.plain() {
            Self::Constant { .. } => true,
            Self::Column { .. } | Self::Call(_) | Self::Input { .. } => false,
            _ => self.parts().into_iter().all(Self::is_constant),
        }
    }

    /// The number of parts, with inputs written out. `known` keeps the sizes of inputs.
    pub fn size(&self, known: &mut HashMap<String, usize>) -> usize {
        if let Self::Input { name, of } = self {
            if let Some(size) = known.get(name) {
                return *size;
            }
            let size = of.size(known);
            known.insert(name.clone(), size);
            return size;
        }
        // Hosts write the condition of a choice twice.
        let again = match self {
            Self::If { when, .. } => when.size(known),
            _ => 0,
        };
        self.parts().into_iter().fold(1 + again, |sum, part| sum.saturating_add(part.size(known)))
    }

    /// Visits this expression and all its parts, parts first.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        for part in self.parts() {
            part.visit(see);
        }
        see(self.plain());
    }

    /// All calls, inputs first.
    pub fn calls(&self) -> Vec<&Call> {
        let mut found = Vec::new();
        self.visit(&mut |part| found.extend(part.call()));
        found
    }

    /// The columns that the expression reads, in the order of the text, each once.
    pub fn columns(&self) -> Vec<(&str, bool)> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        self.visit(&mut |part| {
            if let Self::Column { name, usual } = part {
                if seen.insert((name.as_str(), *usual)) {
                    found.push((name.as_str(), *usual));
                }
            }
        });
        found
    }
}
