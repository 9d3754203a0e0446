//! Writes expressions with all inputs and parameters, so that they depend on no defaults.

use serde_json::Value;
use ta_core::options::MISSING;

use crate::{
    form::Form,
    meaning::{Call, Meaning},
    print::print,
    syntax::{Argument, Literal, Node, Part, Span, UnaryOp},
    words::is_bare,
};

/// The text of an expression without defaults.
pub fn spell(meaning: &Meaning) -> String {
    print(&whole(meaning))
}

fn whole(meaning: &Meaning) -> Node {
    match meaning.plain() {
        // A bare word here could be read as an indicator.
        Meaning::Column { name, .. } => Part::Column(name.clone()).anywhere(),
        _ => inside(meaning),
    }
}

fn inside(meaning: &Meaning) -> Node {
    let part = match meaning.plain() {
        Meaning::Constant { value } => return literal(value),
        Meaning::Column { name, .. } if is_bare(name) => Part::Name(name.clone()),
        Meaning::Column { name, .. } | Meaning::Input { name, .. } => Part::Column(name.clone()),
        Meaning::Call(call) => {
            Part::Call { name: call.request.id.to_owned(), args: arguments(call) }
        }
        Meaning::Field { of, name } => Part::Field { of: Box::new(whole(of)), name: name.clone() },
        Meaning::Unary { op, of } => Part::Unary { op: *op, of: Box::new(inside(of)) },
        Meaning::Binary { op, left, right } => {
            Part::Binary { op: *op, left: Box::new(inside(left)), right: Box::new(inside(right)) }
        }
        Meaning::If { when, value, otherwise, .. } => form(Form::If, &[when, value, otherwise]),
        Meaning::Fill { of, with, .. } => form(Form::Fill, &[of, with]),
    };
    part.anywhere()
}

fn form(form: Form, parts: &[&Meaning]) -> Part {
    let value = |part: &&Meaning| Argument { name: None, value: inside(part), at: Span::default() };
    Part::Call { name: form.word().to_owned(), args: parts.iter().map(value).collect() }
}

fn arguments(call: &Call) -> Vec<Argument> {
    let inputs = call.request.inputs.iter().zip(&call.inputs);
    let params = call.request.params.iter();
    let missing = call.missing.as_ref().map(|word| text(word));
    inputs
        .map(|(name, input)| argument(name, inside(input)))
        .chain(params.map(|(name, value)| argument(name, json_value(value))))
        .chain(missing.map(|value| argument(MISSING, value)))
        .collect()
}

/// An argument with its name.
pub fn argument(name: &str, value: Node) -> Argument {
    Argument { name: Some(name.to_owned()), value, at: Span::default() }
}

/// The syntax tree of a value of JSON.
pub fn json_value(value: &Value) -> Node {
    match value {
        Value::Bool(flag) => literal(&Literal::Flag(*flag)),
        Value::Number(number) => literal(&Literal::Number(number.as_f64().unwrap_or_default())),
        Value::String(word) => text(word),
        // No parameter is of another type; the catalog then refuses the text.
        other => text(&other.to_string()),
    }
}

fn text(word: &str) -> Node {
    literal(&Literal::Text(word.to_owned()))
}

fn literal(value: &Literal) -> Node {
    if let Literal::Number(number) = value {
        // Also of a zero, which divides to another infinity.
        if number.is_sign_negative() {
            let of = Part::Literal(Literal::Number(-number)).anywhere();
            return Part::Unary { op: UnaryOp::Minus, of: Box::new(of) }.anywhere();
        }
    }
    Part::Literal(value.clone()).anywhere()
}
