//! Sentences about catalog entries that the TypeScript comments and the documentation share.

use ta_core::meta::{IndicatorMeta, IndicatorParamMeta, Memory, ParamKind};

/// Writes `fast_period` as `fastPeriod`.
pub fn camel(snake: &str) -> String {
    ta_core::NameStyle::Camel.write(snake)
}

/// Writes `linearreg_slope` as `LinearregSlope`.
pub fn pascal(snake: &str) -> String {
    let camel = camel(snake);
    camel[..1].to_uppercase() + &camel[1..]
}

/// The values that a parameter takes.
pub fn domain(param: &IndicatorParamMeta) -> String {
    match param.kind {
        ParamKind::Int { min, max, .. } => format!("whole number from {min} to {max}"),
        ParamKind::Float { min, max, .. } => format!("number from {} to {}", real(min), real(max)),
        ParamKind::Enum { enum_values, .. } => format!("one of {}", enum_values.join(", ")),
        ParamKind::Bool { .. } => "true or false".to_owned(),
    }
}

/// A parameter's default.
pub fn default(param: &IndicatorParamMeta) -> String {
    match param.kind {
        ParamKind::Int { default, .. } => default.to_string(),
        ParamKind::Float { default, .. } => real(default),
        ParamKind::Enum { default, .. } => format!("\"{default}\""),
        ParamKind::Bool { default } => default.to_string(),
    }
}

fn real(value: f64) -> String {
    if value.abs() >= 1e15 {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

/// The inputs that must be given, because they have no default column.
pub fn required_inputs(meta: &IndicatorMeta) -> Vec<&'static str> {
    let slots = meta.semantics.input_slots.iter();
    slots.filter(|s| s.default.is_none()).map(|s| s.name).collect()
}

/// The sentence about rows that are null on complete data.
pub fn nulls(meta: &IndicatorMeta) -> String {
    let mut text = match meta.semantics.default_lookback {
        0 if meta.outputs.iter().all(|output| output.sparse) => {
            "No row is a warm-up row".to_owned()
        }
        0 => "Every row has a value".to_owned(),
        1 => "The first row is null with default parameters".to_owned(),
        n => format!("The first {n} rows are null with default parameters"),
    };
    if meta.semantics.lookahead > 0 {
        text += &format!(", and so are the last {}", meta.semantics.lookahead);
    }
    if meta.outputs.iter().all(|output| output.sparse) {
        text += ". Later rows are null until the indicator has a first result";
    } else if meta.outputs.iter().any(|output| output.sparse) {
        text += ". Some fields are null on later rows, until they have a first result";
    }
    text + "."
}

/// The sentences about rows that are null, on complete data and with missing inputs.
pub fn all_nulls(meta: &IndicatorMeta) -> String {
    let missing = match meta.semantics.memory {
        Memory::Window => "it does not enter any window",
        Memory::Recursive => "it does not enter the recursion",
        Memory::Cumulative => "it does not enter the total",
    };
    format!(
        "{} A row with a null, NaN or infinite input is null and skipped: {missing}. A result \
         that is not a finite number is null.",
        nulls(meta)
    )
}

/// An example of a call with default parameters.
pub fn example(meta: &IndicatorMeta) -> String {
    let mut args: Vec<String> = Vec::new();
    let primary = meta.semantics.primary_input;
    let on_column = primary == "series";
    for input in required_inputs(meta) {
        if on_column && input == primary {
            continue;
        }
        let argument = match input {
            "periods" => "20",
            // The keys come from the dates of the example's data.
            "session" => "pl.col(\"date\").str.slice(5, 2).cast(pl.Int32)",
            "anchor" => "pl.col(\"date\").eq(pl.lit(\"2001-09-17\"))",
            _ => "\"open\"",
        };
        args.push(argument.into());
    }
    args.extend(meta.params.iter().take(3).map(default));
    let subject = match on_column {
        false => "ta",
        true if has_value_on_prices(meta) => "pl.col(\"close\").ta",
        // Prices are outside of the domain of functions such as an inverse cosine; returns are in
        // it.
        true => "pl.col(\"close\").pctChange().ta",
    };
    format!("{subject}.{}({})", meta.id, args.join(", "))
}

/// False for functions of one row whose domain does not contain prices, such as an inverse cosine.
fn has_value_on_prices(meta: &IndicatorMeta) -> bool {
    let Ok(indicator) = ta_core::find_indicator(meta.id) else { return true };
    let semantics = &meta.semantics;
    if semantics.default_lookback + semantics.lookahead > 0 {
        return true;
    }
    let price: &[f64] = &[100.0];
    let inputs = vec![price; semantics.input_slots.len()];
    let computed = ta_engine::compute(indicator, &ta_core::Params::defaults(meta), &inputs);
    computed
        .map_or(true, |outputs| outputs.iter().any(|o| o.as_f64().is_none_or(|v| v[0].is_some())))
}
