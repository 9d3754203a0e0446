//! Programs as hosts write them, in JSON.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{operator::Operator, Tag};

/// A program.
#[derive(Deserialize)]
pub struct Written {
    /// The names of the fields of a bar.
    pub fields: Vec<String>,
    /// The nodes, each after those that it uses.
    pub nodes: Vec<Node>,
    /// The features.
    pub features: Vec<Feature>,
}

/// A named node.
#[derive(Deserialize)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// The number of the node.
    pub node: usize,
}

/// A part of an expression. Numbers are those of earlier nodes.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Node {
    /// A constant.
    Constant {
        /// A number, a condition or a text.
        value: Value,
    },
    /// A field of the bar.
    Field {
        /// Its number.
        field: usize,
    },
    /// An indicator.
    Call {
        /// Its id.
        id: String,
        /// Its parameters.
        params: Map<String, Value>,
        /// Its missing policy.
        missing: Option<String>,
        /// Its inputs.
        inputs: Vec<usize>,
    },
    /// One output of an indicator.
    Output {
        /// The node of the indicator.
        of: usize,
        /// The name of the output.
        name: String,
    },
    /// The opposite of a condition.
    Not {
        /// The condition.
        of: usize,
    },
    /// The negative of a number.
    Negated {
        /// The number.
        of: usize,
    },
    /// An operator between two nodes.
    Binary {
        /// The operator.
        op: Operator,
        /// The node on the left.
        left: usize,
        /// The node on the right.
        right: usize,
    },
    /// One of two nodes, row by row; null where the condition is.
    If {
        /// The condition.
        when: usize,
        /// The node where it is true.
        value: usize,
        /// The node where it is false.
        otherwise: usize,
        /// What both are.
        values: Values,
    },
    /// A node, and another one where it is null.
    Fill {
        /// The node.
        of: usize,
        /// The other one.
        with: usize,
        /// What both are.
        values: Values,
    },
}

/// What the two values of a choice are.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Values {
    /// Numbers; a condition counts as 0 or 1.
    Number,
    /// Conditions.
    Condition,
}

impl Values {
    /// What such a value is in a cell.
    pub(crate) fn tag(self) -> Tag {
        match self {
            Self::Number => Tag::Number,
            Self::Condition => Tag::Condition,
        }
    }
}
