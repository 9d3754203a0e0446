//! The types of fields, found from how the program uses them.

use std::cmp::max;

use ta_core::meta::{DType, SlotKind};

use crate::{
    program::{Call, FieldKind},
    written::{Node, Values},
    LiveError,
};

/// The type of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// Anything: a field that no operator reads.
    Any,
    /// A field of which only changes matter.
    Key,
    /// A real number.
    Number,
    /// A whole number.
    Whole,
    /// A condition.
    Condition,
    /// A text.
    Text,
}

impl Type {
    /// The type of an output.
    pub fn of(dtype: DType) -> Self {
        match dtype {
            DType::Float64 => Self::Number,
            DType::Int32 => Self::Whole,
            DType::Boolean => Self::Condition,
        }
    }

    /// A word for messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Any => "any value",
            Self::Key => "a key",
            Self::Number | Self::Whole => "a number",
            Self::Condition => "a condition",
            Self::Text => "a text",
        }
    }

    fn is_known(self) -> bool {
        self > Self::Key
    }
}

/// The types of the fields and of all nodes.
pub struct Types {
    pub fields: Vec<Type>,
    pub nodes: Vec<Type>,
}

impl Types {
    /// Finds the types. Fields of two comparisons may depend on each other, so this repeats until
    /// nothing changes.
    ///
    /// # Errors
    /// A field is used as two types.
    pub fn of(
        fields: &[String],
        nodes: &[Node],
        calls: &[Option<Call>],
    ) -> Result<Self, LiveError> {
        let mut types =
            Self { fields: vec![Type::Any; fields.len()], nodes: vec![Type::Any; nodes.len()] };
        loop {
            let before = types.fields.clone();
            for (index, node) in nodes.iter().enumerate() {
                types.demand(fields, nodes, node, calls[index].as_ref())?;
                types.nodes[index] = types.of_node(index, node, calls);
            }
            if before == types.fields {
                return Ok(types);
            }
        }
    }

    /// Records what a node needs of the fields that it uses.
    fn demand(
        &mut self,
        fields: &[String],
        nodes: &[Node],
        node: &Node,
        call: Option<&Call>,
    ) -> Result<(), LiveError> {
        let mut wanted: Vec<(usize, Type)> = Vec::new();
        match node {
            Node::Call { inputs, .. } => {
                let slots = call.map_or(&[][..], |c| &c.indicator.meta.semantics.input_slots);
                wanted.extend(inputs.iter().zip(slots).map(|(&input, slot)| match slot.kind {
                    SlotKind::Number => (input, Type::Number),
                    SlotKind::Key => (input, Type::Key),
                }));
            }
            Node::Not { of } => wanted.push((*of, Type::Condition)),
            Node::Negated { of } => wanted.push((*of, Type::Number)),
            Node::Binary { op, left, right } if op.is_arithmetic() => {
                wanted.extend([(*left, Type::Number), (*right, Type::Number)]);
            }
            Node::Binary { op, left, right } if op.is_logic() => {
                wanted.extend([(*left, Type::Condition), (*right, Type::Condition)]);
            }
            Node::Binary { left, right, .. } => {
                for (one, other) in [(*left, *right), (*right, *left)] {
                    let known = self.nodes[other];
                    if known.is_known() {
                        wanted.push((one, if known == Type::Whole { Type::Number } else { known }));
                    }
                }
            }
            Node::If { when, value, otherwise, values } => {
                let values = Type::from(*values);
                wanted.extend([(*when, Type::Condition), (*value, values), (*otherwise, values)]);
            }
            Node::Fill { of, with, values } => {
                let values = Type::from(*values);
                wanted.extend([(*of, values), (*with, values)]);
            }
            Node::Constant { .. } | Node::Field { .. } | Node::Output { .. } => {}
        }
        for (node, wanted) in wanted {
            let Node::Field { field } = nodes[node] else { continue };
            let known = self.fields[field];
            // Conditions count as 0 and 1 where numbers are needed.
            let clash = known.is_known()
                && wanted.is_known()
                && (known == Type::Text) != (wanted == Type::Text);
            if clash {
                return Err(LiveError::Types {
                    field: fields[field].clone(),
                    first: known.word(),
                    second: wanted.word(),
                });
            }
            self.fields[field] = max(known, wanted);
            self.nodes[node] = self.fields[field];
        }
        Ok(())
    }

    fn of_node(&self, index: usize, node: &Node, calls: &[Option<Call>]) -> Type {
        let outputs =
            |node: usize| calls[node].as_ref().map_or(&[][..], |c| &c.indicator.meta.outputs);
        match node {
            Node::Constant { value } if value.is_string() => Type::Text,
            Node::Constant { value } if value.is_boolean() => Type::Condition,
            Node::Constant { .. } | Node::Negated { .. } => Type::Number,
            Node::Field { field } => self.fields[*field],
            Node::Call { .. } => match outputs(index) {
                [output] => Type::of(output.dtype),
                _ => Type::Any,
            },
            Node::Output { of, name } => {
                let found = outputs(*of).iter().find(|output| output.name == name);
                found.map_or(Type::Any, |output| Type::of(output.dtype))
            }
            Node::Not { .. } => Type::Condition,
            Node::Binary { op, left, right } if op.is_arithmetic() => {
                use crate::operator::Operator::{Power, Quotient};
                let whole = [left, right].iter().all(|side| self.nodes[**side] == Type::Whole);
                if whole && !matches!(op, Quotient | Power) {
                    Type::Whole
                } else {
                    Type::Number
                }
            }
            Node::Binary { .. } => Type::Condition,
            Node::If { values, .. } | Node::Fill { values, .. } => Type::from(*values),
        }
    }
}

impl From<Values> for Type {
    fn from(values: Values) -> Self {
        match values {
            Values::Number => Self::Number,
            Values::Condition => Self::Condition,
        }
    }
}

impl From<Type> for FieldKind {
    fn from(known: Type) -> Self {
        match known {
            Type::Any => Self::Any,
            Type::Key => Self::Key,
            Type::Number | Type::Whole => Self::Number,
            Type::Condition => Self::Condition,
            Type::Text => Self::Text,
        }
    }
}
