//! Checks a caller's arguments against the catalog.

use serde_json::{Map, Value};

use crate::{
    error::TaError,
    indicator::Indicator,
    meta::{IndicatorMeta, IndicatorParamMeta, ParamKind},
    names::{camel, excerpt, hint, NameStyle},
    params::{ParamValue, Params},
};

/// Checks `given` against an indicator's parameters and adds defaults for parameters that are not
/// given.
///
/// Names may be canonical or aliases, in snake_case or camelCase.
///
/// # Errors
/// A name that is unknown or given twice, a value of the wrong type or out of range, or values that
/// are not allowed together. The message writes names in `style`.
pub fn resolve(
    indicator: &Indicator,
    given: &Map<String, Value>,
    style: NameStyle,
) -> Result<Params, TaError> {
    resolve_for(indicator, given, style, &[])
}

/// Does the same as [`resolve`] for a host that takes other options beside the parameters: the
/// message about an unknown name also suggests and lists the option names in `also`.
///
/// # Errors
/// As [`resolve`].
pub fn resolve_for(
    indicator: &Indicator,
    given: &Map<String, Value>,
    style: NameStyle,
    also: &[String],
) -> Result<Params, TaError> {
    let meta = &indicator.meta;
    let mut values: Vec<Option<ParamValue>> = vec![None; meta.params.len()];
    for (name, value) in given {
        let meant = positions(meta, name);
        if meant.is_empty() {
            return Err(unknown_param(meta, name, style, also));
        }
        for index in meant {
            let param = &meta.params[index];
            let checked = check(meta.id, param, value, style)?;
            if values[index].replace(checked).is_some() {
                return Err(TaError::DuplicateParam { id: meta.id, name: style.write(param.name) });
            }
        }
    }
    let params = Params::complete(meta, values);
    if !indicator.kernel().accepts(&params) {
        let list: Vec<String> = meta
            .params
            .iter()
            .zip(params.values())
            .map(|(p, v)| format!("{} {}", style.write(p.name), v.to_json()))
            .collect();
        return Err(TaError::BadCombination { id: meta.id, params: list.join(", ") });
    }
    Ok(params)
}

/// Refuses a call whose values depend on later rows. The message tells the user to write `allow` to
/// allow it.
///
/// # Errors
/// [`TaError::Lookahead`].
pub fn refuse_lookahead(
    indicator: &Indicator,
    params: &Params,
    style: NameStyle,
    allow: &str,
) -> Result<(), TaError> {
    let (meta, kernel) = (&indicator.meta, indicator.kernel());
    let rows = kernel.lookahead(params);
    if rows == 0 {
        return Ok(());
    }
    let defaults = Params::defaults(meta);
    let instead = meta.params.iter().enumerate().find_map(|(index, param)| {
        let usual = defaults.values()[index];
        let avoided = kernel.lookahead(&params.with(index, usual)) == 0;
        avoided.then(|| format!(", else leave {} at {}", style.write(param.name), usual.to_json()))
    });
    Err(TaError::Lookahead {
        id: meta.id,
        rows: if rows == 1 { "1 later row".to_owned() } else { format!("{rows} later rows") },
        allow: allow.to_owned(),
        instead: instead.unwrap_or_default(),
    })
}

/// The positions of the parameters that a name sets: one, or several for some aliases.
fn positions(meta: &IndicatorMeta, name: &str) -> Vec<usize> {
    let is = |candidate: &str| candidate == name || camel(candidate) == name;
    let stands_for = |param: &IndicatorParamMeta| {
        is(param.name) || meta.param_aliases.iter().any(|a| a.name == param.name && is(a.alias))
    };
    let params = meta.params.iter().enumerate();
    params.filter(|(_, param)| stands_for(param)).map(|(index, _)| index).collect()
}

fn unknown_param(meta: &IndicatorMeta, name: &str, style: NameStyle, also: &[String]) -> TaError {
    let own = meta.params.iter().map(|p| style.write(p.name));
    let names: Vec<String> = own.chain(also.iter().cloned()).collect();
    let allowed = if names.is_empty() { "no parameters".to_owned() } else { names.join(", ") };
    let hint = hint(name, names.iter().map(String::as_str));
    TaError::UnknownParam { id: meta.id, name: name.to_owned(), hint, allowed }
}

fn check(
    id: &'static str,
    param: &IndicatorParamMeta,
    value: &Value,
    style: NameStyle,
) -> Result<ParamValue, TaError> {
    let checked = match (&param.kind, value) {
        (ParamKind::Int { min, max, .. }, Value::Number(n)) => {
            whole(n).filter(|v| (*min..=*max).contains(v)).map(ParamValue::Int)
        }
        (ParamKind::Float { min, max, .. }, Value::Number(n)) => {
            n.as_f64().filter(|v| v.is_finite() && (*min..=*max).contains(v)).map(ParamValue::Float)
        }
        (ParamKind::Enum { enum_values, .. }, Value::String(s)) => {
            enum_values.iter().find(|v| v.eq_ignore_ascii_case(s)).map(|v| ParamValue::Enum(v))
        }
        (ParamKind::Bool { .. }, Value::Bool(b)) => Some(ParamValue::Bool(*b)),
        _ => None,
    };
    checked.ok_or_else(|| TaError::BadParam {
        id,
        name: style.write(param.name),
        allowed: allowed(&param.kind),
        given: value.as_str().map_or_else(|| value.to_string(), excerpt),
        hint: match (&param.kind, value) {
            (ParamKind::Enum { enum_values, .. }, Value::String(s)) => {
                hint(s, enum_values.iter().copied())
            }
            _ => String::new(),
        },
    })
}

/// A JSON number as a whole number, even if it is written as `14.0`.
fn whole(n: &serde_json::Number) -> Option<i64> {
    n.as_i64()
        .or_else(|| n.as_f64().filter(|v| v.fract() == 0.0 && v.abs() < 9e15).map(|v| v as i64))
}

fn allowed(kind: &ParamKind) -> String {
    match kind {
        ParamKind::Int { min, max, .. } => format!("a whole number from {min} to {max}"),
        ParamKind::Float { min, max, .. } => format!("a number from {min:?} to {max:?}"),
        ParamKind::Enum { enum_values, .. } => format!("one of {}", enum_values.join(", ")),
        ParamKind::Bool { .. } => "true or false".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{column_name, find_indicator};

    fn message(id: &str, given: Value, style: NameStyle) -> String {
        let indicator = find_indicator(id).unwrap();
        resolve(indicator, given.as_object().unwrap(), style).unwrap_err().to_string()
    }

    #[test]
    fn names_and_aliases_in_both_styles() {
        let macd = find_indicator("macd").unwrap();
        let given = json!({ "fastPeriod": 5.0, "slow_period": 20 });
        let params = resolve(macd, given.as_object().unwrap(), NameStyle::Camel).unwrap();
        assert_eq!(column_name(&macd.meta, &params), "macd_5_20_9");
        let rsi = find_indicator("rsi").unwrap();
        let params =
            resolve(rsi, json!({ "timeperiod": 9 }).as_object().unwrap(), NameStyle::Snake);
        assert_eq!(params.unwrap().values(), [ParamValue::Int(9)]);
    }

    #[test]
    fn an_alias_of_several_parameters_sets_all_of_them() {
        let bbands = find_indicator("bbands").unwrap();
        let given = json!({ "stdDev": 1.5 });
        let params = resolve(bbands, given.as_object().unwrap(), NameStyle::Camel).unwrap();
        assert_eq!(column_name(&bbands.meta, &params), "bbands_20_1.5_1.5");
        assert_eq!(
            message("bbands", json!({ "std_dev": 1.5, "nb_dev_dn": 2 }), NameStyle::Snake),
            "bbands: nb_dev_dn is given twice"
        );
    }

    #[test]
    fn the_error_about_look_ahead_names_the_parameter_that_avoids_it() {
        let refused = |id: &str, given: Value| {
            let indicator = find_indicator(id).unwrap();
            let params = resolve(indicator, given.as_object().unwrap(), NameStyle::Camel).unwrap();
            let allowed = "allowLookahead: true";
            refuse_lookahead(indicator, &params, NameStyle::Camel, allowed)
                .err()
                .map(|e| e.to_string())
        };
        assert_eq!(refused("swing_points", json!({ "right": 5 })), None);
        assert_eq!(
            refused("swing_points", json!({ "right": 5, "confirmed": false })).as_deref(),
            Some(
                "swing_points needs 5 later rows; if that is wanted, allow it with \
                 allowLookahead: true, else leave confirmed at true"
            )
        );
        assert_eq!(
            refused("ichimoku_cloud", json!({ "shiftChikou": true, "displacement": 1 })).as_deref(),
            Some(
                "ichimoku_cloud needs 1 later row; if that is wanted, allow it with \
                 allowLookahead: true, else leave shiftChikou at false"
            )
        );
    }

    #[test]
    fn the_column_name_has_all_numbers_and_the_names_that_are_not_the_default() {
        let bbands = find_indicator("bbands").unwrap();
        let name = |given: Value| {
            let params = resolve(bbands, given.as_object().unwrap(), NameStyle::Snake).unwrap();
            column_name(&bbands.meta, &params)
        };
        assert_eq!(name(json!({})), "bbands_20_2_2");
        assert_eq!(name(json!({ "nb_dev_up": 2.5, "ma_type": "EMA" })), "bbands_20_2.5_2_ema");
    }

    #[test]
    fn errors_say_what_is_wrong_and_what_is_allowed() {
        assert_eq!(
            message("rsi", json!({ "perid": 14 }), NameStyle::Camel),
            "rsi: unknown parameter \"perid\" (did you mean \"period\"?); it takes period"
        );
        assert_eq!(
            message("macd", json!({ "fastPeriod": 0 }), NameStyle::Camel),
            "macd: fastPeriod must be a whole number from 2 to 100000, got 0"
        );
        assert_eq!(
            message("rsi", json!({ "period": 14, "length": 3 }), NameStyle::Snake),
            "rsi: period is given twice"
        );
        assert!(message("ma", json!({ "ma_type": "emma" }), NameStyle::Snake)
            .ends_with("got \"emma\" (did you mean \"ema\" or \"dema\" or \"mama\"?)"));
        assert!(message("rsi", json!({ "period": 2.5 }), NameStyle::Snake).ends_with("got 2.5"));
        assert!(message("rsi", json!({ "period": null }), NameStyle::Snake).ends_with("got null"));
    }
}
