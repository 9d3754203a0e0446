//! Checks objects of options: unknown names and values of the wrong type.

use serde_json::{Map, Value};
use ta_core::{excerpt, Missing};

use crate::{
    said::{in_quotes, quoted, unknown_name, Said},
    words::number,
};

/// An option, and the values that it allows.
pub struct OptionType {
    /// Its name.
    pub name: &'static str,
    /// A phrase for error messages.
    pub what: &'static str,
    /// The test of a value.
    pub allows: fn(&Value) -> bool,
}

/// The key under which a host describes a value that JSON does not have.
const FOREIGN: &str = "\0shown";

/// The description of a value that the host could not write as JSON.
fn foreign(value: &Value) -> Option<&str> {
    value.as_object().filter(|map| map.len() == 1)?.get(FOREIGN)?.as_str()
}

/// The value as an object of options.
pub fn object(value: &Value) -> Option<&Map<String, Value>> {
    value.as_object().filter(|_| foreign(value).is_none())
}

/// A short description of a value.
pub fn describe(value: &Value) -> String {
    match value {
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => foreign(value).unwrap_or("an object").to_owned(),
        Value::String(text) => excerpt(text),
        Value::Number(value) => number(value.as_f64().unwrap_or(f64::NAN)),
        Value::Null | Value::Bool(_) => value.to_string(),
    }
}

/// A value for a message; as JSON if it is short.
pub fn shown(value: &Value) -> String {
    const SHORT: usize = 60;
    let is_nested = matches!(value, Value::Array(_) | Value::Object(_));
    let json = value.to_string();
    match is_nested && foreign(value).is_none() && json.encode_utf16().count() <= SHORT {
        true => json,
        false => describe(value),
    }
}

/// Checks an object of options. `place` begins the message, `object` is what it calls the object.
pub fn check_options<'a>(
    place: &str,
    given: &'a Value,
    object_name: &str,
    types: &[OptionType],
) -> Result<&'a Map<String, Value>, Said> {
    let Some(map) = object(given) else {
        let got = describe(given);
        return Err(format!("{place}: {object_name} must be an object, got {got}").into());
    };
    for (name, value) in map {
        let Some(known) = types.iter().find(|known| known.name == name) else {
            let names: Vec<&str> = types.iter().map(|known| known.name).collect();
            let wrong = format!("{place}: unknown option {}", excerpt(name));
            return Err(unknown_name(wrong, name, &names, Some("it takes")));
        };
        if !(known.allows)(value) {
            let what = if known.what == MISSING { missing_policies() } else { known.what.into() };
            let got = shown(value);
            return Err(format!("{place}: {name} must be {what}, got {got}").into());
        }
    }
    Ok(map)
}

/// Stands for the words of the missing policies in [`OptionType::what`].
pub const MISSING: &str = "\0missing";

fn missing_policies() -> String {
    let words = Missing::ALL.map(|(_, word)| word);
    let [first @ .., last] = &words;
    format!("{} or {}", in_quotes(first.iter().copied(), ", "), quoted(last))
}

pub fn is_missing(value: &Value) -> bool {
    value.as_str().is_some_and(|word| Missing::parse(word).is_ok())
}

pub fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}

pub fn is_names(value: &Value) -> bool {
    value.as_array().is_some_and(|all| all.iter().all(is_text))
}

pub fn is_columns(value: &Value) -> bool {
    is_text(value) || (is_names(value) && value.as_array().is_some_and(|all| !all.is_empty()))
}

pub fn anything(_: &Value) -> bool {
    true
}

/// Whether a value is an object whose values pass a test.
pub fn each(value: &Value, test: impl Fn(&Value) -> bool) -> bool {
    object(value).is_some_and(|map| map.values().all(test))
}
