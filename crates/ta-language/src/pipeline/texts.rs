//! Turns features of any form into texts of the expression language. Lists of parameter values make
//! one text for each combination. An expression has its parameters in braces.

use serde_json::{Map, Value};
use ta_core::{excerpt, find_indicator, options::MISSING};

use crate::{
    parse::parse,
    print::print,
    said::Said,
    spell::{argument, json_value},
    syntax::{Argument, Node, Part},
    words::{is_bare, number},
};

/// An expression, and its name if the feature has one.
pub struct FeatureText {
    pub text: String,
    pub name: Option<String>,
}

/// Most columns from one feature.
const MOST: usize = 10_000;

/// The texts of a feature that was checked.
pub fn texts_of(feature: &Value) -> Result<Vec<FeatureText>, Said> {
    let Some(map) = feature.as_object() else {
        let text = feature.as_str().unwrap_or_default().to_owned();
        return Ok(vec![FeatureText { text, name: None }]);
    };
    let text = |key: &str| map.get(key).and_then(Value::as_str);
    let params = map.get("params").and_then(Value::as_object);
    if let Some(expr) = text("expr") {
        let Some(params) = params else {
            let name = text("as").map(str::to_owned);
            return Ok(vec![FeatureText { text: expr.to_owned(), name }]);
        };
        check_read(expr, params)?;
    }
    let combinations = combinations(params)?;
    let of = |params: Map<String, Value>| {
        let written = match text("expr") {
            Some(expr) => filled_in("expr", expr, &params)?,
            None => text_of(map, &params)?,
        };
        let name = text("as").map(|name| filled_in("as", name, &params)).transpose()?;
        Ok(FeatureText { text: written, name })
    };
    combinations.into_iter().map(of).collect()
}

/// The values of a parameter that has one or a list.
fn values_of(given: &Value) -> &[Value] {
    given.as_array().map_or(std::slice::from_ref(given), Vec::as_slice)
}

/// Every combination of the values, the last parameter changing fastest.
fn combinations(params: Option<&Map<String, Value>>) -> Result<Vec<Map<String, Value>>, Said> {
    let mut made = vec![Map::new()];
    for (name, given) in params.into_iter().flatten() {
        let values = values_of(given);
        if made.len() * values.len() > MOST {
            return Err(format!("params has more than {MOST} combinations").into());
        }
        let with = |chosen: &Map<String, Value>, value: &Value| {
            let mut chosen = chosen.clone();
            chosen.insert(name.clone(), value.clone());
            chosen
        };
        made = made
            .iter()
            .flat_map(|chosen| values.iter().map(move |value| with(chosen, value)))
            .collect();
    }
    Ok(made)
}

/// Refuses a parameter that an expression does not have in braces, and a value that is more than a
/// value or a name, because the expression could then mean something else than it shows.
fn check_read(expr: &str, params: &Map<String, Value>) -> Result<(), Said> {
    for (name, given) in params {
        if !expr.contains(&format!("{{{name}}}")) {
            let name = excerpt(name);
            return Err(format!("params has {name}, but expr does not have it in braces").into());
        }
        if let Some(wrong) =
            values_of(given).iter().filter_map(Value::as_str).find(|word| !is_bare(word))
        {
            let wrong = excerpt(wrong);
            return Err(format!("params: {name} must be a value or a name, got {wrong}").into());
        }
    }
    Ok(())
}

/// Replaces `{period}` in a text by the value of that parameter. `key` is that of the text.
fn filled_in(key: &str, text: &str, params: &Map<String, Value>) -> Result<String, Said> {
    let mut made = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, after) = rest.split_at(start);
        made.push_str(before);
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = after[1..].find(|c| !is_word(c)).map_or(after.len(), |end| end + 1);
        let param = &after[1..end];
        if param.is_empty() || !after[end..].starts_with('}') {
            made.push('{');
            rest = &after[1..];
            continue;
        }
        match params.get(param) {
            Some(Value::String(word)) => made.push_str(word),
            Some(Value::Number(value)) => {
                made.push_str(&number(value.as_f64().unwrap_or_default()));
            }
            Some(value) => made.push_str(&value.to_string()),
            None => {
                return Err(format!("{key} has {{{param}}}, but params has no {param}").into());
            }
        }
        rest = &after[end + 1..];
    }
    made.push_str(rest);
    Ok(made)
}

/// The text of the call that an object describes.
fn text_of(feature: &Map<String, Value>, params: &Map<String, Value>) -> Result<String, Said> {
    let mut args = Vec::new();
    for (name, value) in feature.get("inputs").and_then(Value::as_object).into_iter().flatten() {
        args.push(checked(name, input(name, value)?)?);
    }
    for (name, value) in params {
        args.push(checked(name, json_value(value))?);
    }
    if let Some(missing) = feature.get("missing") {
        args.push(argument(MISSING, json_value(missing)));
    }
    let id = feature.get("id").and_then(Value::as_str).unwrap_or_default();
    let name = find_indicator(id)?.meta.id.to_owned();
    let call = Part::Call { name, args }.anywhere();
    Ok(print(&match feature.get("output").and_then(Value::as_str) {
        None => call,
        Some(output) => Part::Field { of: Box::new(call), name: output.to_owned() }.anywhere(),
    }))
}

fn checked(name: &str, value: Node) -> Result<Argument, Said> {
    match is_bare(name) {
        true => Ok(argument(name, value)),
        false => Err(format!("{} is no name of a parameter or an input", excerpt(name)).into()),
    }
}

fn input(name: &str, value: &Value) -> Result<Node, Said> {
    let Some(text) = value.as_str() else { return Ok(json_value(value)) };
    let feature = parse(text)?;
    match feature.name {
        None => Ok(feature.expr),
        Some(_) => Err(format!("inputs.{name} takes no \"as\", got {}", excerpt(text)).into()),
    }
}
