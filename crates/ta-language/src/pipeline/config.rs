//! The keys of a configuration and the types of their values. The types themselves are in
//! `plugin/src/pipeline/config.ts`, from which the JSON Schema is made.

use serde_json::{Map, Value};

use super::options::{
    anything, check_options, describe, each, is_columns, is_missing, is_names, is_text, object,
    OptionType, MISSING,
};
use crate::said::Said;

const TEXT: &str = "a string that is not empty";
const EXPRESSIONS: &str = "an object of expressions by name";

fn is_inputs(value: &Value) -> bool {
    each(value, |value| is_text(value) || value.is_number())
}

fn is_value(value: &Value) -> bool {
    value.is_string() || value.is_boolean() || value.is_number()
}

fn is_params(value: &Value) -> bool {
    each(value, |value| match value {
        Value::Array(values) => !values.is_empty() && values.iter().all(is_value),
        value => is_value(value),
    })
}

const PIPELINE: [OptionType; 12] = [
    OptionType {
        name: "features",
        what: FEATURES,
        allows: |value| value.as_array().is_some_and(|all| !all.is_empty()),
    },
    OptionType {
        name: "labels",
        what: "a list with at least one label",
        allows: |value| value.as_array().is_some_and(|all| !all.is_empty()),
    },
    OptionType { name: "over", what: "a column or a list of columns", allows: is_columns },
    OptionType {
        name: "time",
        what: "a column, or false",
        allows: |value| *value == Value::Bool(false) || is_text(value),
    },
    OptionType {
        name: "timeFormat",
        what: "a pattern of strftime, such as \"%d/%m/%Y\"",
        allows: |value| value.as_str().is_some_and(|text| text.contains('%')),
    },
    OptionType { name: "inputs", what: EXPRESSIONS, allows: is_inputs },
    OptionType { name: "missing", what: MISSING, allows: is_missing },
    OptionType { name: "unnest", what: "true or false", allows: Value::is_boolean },
    OptionType {
        name: "keep",
        what: "\"all\", \"none\" or a list of columns",
        allows: |value| *value == "all" || *value == "none" || is_names(value),
    },
    OptionType { name: "allowLookahead", what: "a list of indicators", allows: is_names },
    OptionType { name: "writtenBy", what: "anything", allows: anything },
    OptionType { name: "$schema", what: TEXT, allows: is_text },
];

const FEATURES: &str = "a list with at least one feature";

const PARAMS: OptionType = OptionType {
    name: "params",
    what: "an object of values, or lists of values, by name",
    allows: is_params,
};

const EXPRESSION: [OptionType; 3] = [
    OptionType { name: "expr", what: TEXT, allows: is_text },
    PARAMS,
    OptionType { name: "as", what: TEXT, allows: is_text },
];

const INDICATOR: [OptionType; 6] = [
    OptionType { name: "id", what: TEXT, allows: is_text },
    PARAMS,
    OptionType { name: "inputs", what: EXPRESSIONS, allows: is_inputs },
    OptionType { name: "output", what: TEXT, allows: is_text },
    OptionType { name: "missing", what: MISSING, allows: is_missing },
    OptionType { name: "as", what: TEXT, allows: is_text },
];

/// A configuration whose keys and types of values are right.
pub struct Config(Map<String, Value>);

impl Config {
    /// Checks a configuration.
    pub fn new(given: &Value) -> Result<Self, Said> {
        let map = check_options("pipeline", given, "the configuration", &PIPELINE)?;
        if !map.contains_key("features") {
            return Err(format!("pipeline: features is missing: {FEATURES}").into());
        }
        let config = Self(map.clone());
        for (index, feature) in config.features().iter().enumerate() {
            check_feature(&format!("features[{index}]"), feature)?;
        }
        for (index, label) in config.labels().iter().enumerate() {
            check_feature(&format!("labels[{index}]"), label)?;
        }
        super::written::check_writer(map.get("writtenBy"))?;
        Ok(config)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// The features as they are written.
    pub fn features(&self) -> &[Value] {
        self.list("features")
    }

    /// The labels as they are written.
    pub fn labels(&self) -> &[Value] {
        self.list("labels")
    }

    fn list(&self, key: &str) -> &[Value] {
        self.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The columns of the groups.
    pub fn over(&self) -> Vec<&str> {
        match self.get("over") {
            Some(Value::String(column)) => vec![column],
            over => names(over),
        }
    }

    /// The column of times, if the configuration names it.
    pub fn time(&self) -> Option<&str> {
        self.get("time").and_then(Value::as_str)
    }

    /// The missing policy of calls without their own.
    pub fn missing(&self) -> Option<&str> {
        self.get("missing").and_then(Value::as_str)
    }

    /// Expressions by the words that stand for them.
    pub fn inputs(&self) -> Map<String, Value> {
        self.get("inputs").and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// The indicators that may look ahead.
    pub fn allowed(&self) -> Vec<&str> {
        names(self.get("allowLookahead"))
    }

    /// Whether every output is a column of its own.
    pub fn unnest(&self) -> bool {
        self.get("unnest") == Some(&Value::Bool(true))
    }
}

fn names(value: Option<&Value>) -> Vec<&str> {
    let all = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    all.iter().filter_map(Value::as_str).collect()
}

fn check_feature(place: &str, feature: &Value) -> Result<(), Said> {
    if feature.is_string() {
        return Ok(());
    }
    let Some(map) = object(feature) else {
        let got = describe(feature);
        return Err(format!("{place} must be a string or an object, got {got}").into());
    };
    let types: &[OptionType] = match (map.contains_key("id"), map.contains_key("expr")) {
        (true, false) => &INDICATOR,
        (false, true) => &EXPRESSION,
        (has_both, _) => {
            let has = if has_both { "both" } else { "neither" };
            return Err(format!("{place} must have either id or expr, it has {has}").into());
        }
    };
    check_options(place, feature, "options", types).map(|_| ())
}
