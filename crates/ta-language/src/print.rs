//! Prints the canonical text of an expression: uniform spaces, no unnecessary parentheses.

use crate::{
    said::quoted,
    syntax::{Argument, BinaryOp, Feature, Literal, Node, Part, UnaryOp},
    words::{is_bare, number},
};

/// The strength of operators, as in the grammar.
fn level(op: BinaryOp) -> u8 {
    match op {
        BinaryOp::Or => 1,
        BinaryOp::And => 2,
        BinaryOp::Plus | BinaryOp::Minus => 5,
        BinaryOp::Times | BinaryOp::Over | BinaryOp::Modulo => 6,
        BinaryOp::Power => 8,
        _ => COMPARISON,
    }
}

const NOT: u8 = 3;
const COMPARISON: u8 = 4;
const MINUS: u8 = 7;
const POSTFIX: u8 = 9;

fn level_of(node: &Node) -> u8 {
    match &node.part {
        Part::Binary { op, .. } => level(*op),
        Part::Unary { op: UnaryOp::Not, .. } => NOT,
        Part::Unary { op: UnaryOp::Minus, .. } => MINUS,
        _ => POSTFIX,
    }
}

/// The least strength that the left and the right operand need without parentheses.
fn operands(op: BinaryOp) -> (u8, u8) {
    match level(op) {
        8 => (POSTFIX, MINUS),
        // Comparisons do not chain; the others group from the left.
        COMPARISON => (COMPARISON + 1, COMPARISON + 1),
        level => (level, level + 1),
    }
}

/// Prints a part of an expression.
pub fn print(node: &Node) -> String {
    match &node.part {
        Part::Literal(Literal::Number(value)) => number(*value),
        Part::Literal(Literal::Flag(value)) => value.to_string(),
        Part::Literal(Literal::Text(value)) => quoted(value),
        Part::Name(name) => name.clone(),
        Part::Column(name) => column(name),
        Part::Call { name, args } => {
            let args: Vec<String> = args.iter().map(argument).collect();
            format!("{name}({})", args.join(", "))
        }
        Part::Field { of, name } => format!("{}.{}", within(of, POSTFIX), label(name)),
        Part::Unary { op: UnaryOp::Not, of } => format!("not {}", within(of, NOT)),
        Part::Unary { op: UnaryOp::Minus, of } => format!("-{}", within(of, MINUS)),
        Part::Binary { op, left, right } => {
            let (least_left, least_right) = operands(*op);
            format!("{} {} {}", within(left, least_left), op.text(), within(right, least_right))
        }
    }
}

fn argument(Argument { name, value, .. }: &Argument) -> String {
    match name {
        None => print(value),
        Some(name) => format!("{name}={}", print(value)),
    }
}

fn within(node: &Node, least: u8) -> String {
    match level_of(node) < least {
        true => format!("({})", print(node)),
        false => print(node),
    }
}

/// Prints an expression with its name.
pub fn print_feature(feature: &Feature) -> String {
    match &feature.name {
        None => print(&feature.expr),
        Some(name) => format!("{} as {}", print(&feature.expr), label(name)),
    }
}

/// A column in quotes, so that its name cannot mean anything else.
pub fn column(name: &str) -> String {
    in_backticks(name).unwrap_or_else(|| format!("col({})", quoted(name)))
}

fn label(name: &str) -> String {
    match is_bare(name) {
        true => name.to_owned(),
        false => in_backticks(name).unwrap_or_else(|| quoted(name)),
    }
}

/// A name in backticks, unless it has control characters or is empty.
fn in_backticks(name: &str) -> Option<String> {
    let fits = !name.is_empty() && !name.contains(char::is_control);
    fits.then(|| format!("`{}`", name.replace('`', "``")))
}
