//! Checked parameter values for kernels.

use serde_json::{Map, Value};

use crate::meta::{IndicatorMeta, IndicatorParamMeta, ParamKind};

/// One checked value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ParamValue {
    /// A whole number.
    Int(i64),
    /// A real number.
    Float(f64),
    /// One of the parameter's `enum_values`.
    Enum(&'static str),
    /// True or false.
    Bool(bool),
}

impl ParamValue {
    /// The value as JSON; a whole number stays one.
    pub fn to_json(self) -> Value {
        match self {
            Self::Int(v) => v.into(),
            Self::Float(v) => v.into(),
            Self::Enum(v) => v.into(),
            Self::Bool(v) => v.into(),
        }
    }
}

/// Checked values of all parameters of one indicator, in the catalog's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Params(Vec<ParamValue>);

impl Params {
    /// The defaults of an indicator.
    pub fn defaults(meta: &IndicatorMeta) -> Self {
        Self::of_defaults(&meta.params)
    }

    /// The defaults of a list of parameters.
    pub(crate) fn of_defaults(params: &[IndicatorParamMeta]) -> Self {
        Self(params.iter().map(|p| default_value(&p.kind)).collect())
    }

    /// Checked values in the catalog's order; `None` stands for the default.
    pub(crate) fn complete(meta: &IndicatorMeta, values: Vec<Option<ParamValue>>) -> Self {
        let filled = meta.params.iter().zip(values);
        Self(filled.map(|(p, value)| value.unwrap_or_else(|| default_value(&p.kind))).collect())
    }

    /// All values, in the catalog's order.
    pub fn values(&self) -> &[ParamValue] {
        &self.0
    }

    /// Values that are not checked, for a kernel that calls another kernel with values that it
    /// allows.
    pub(crate) fn trusted(values: Vec<ParamValue>) -> Self {
        Self(values)
    }

    /// A copy with one value changed. The value is not checked.
    pub(crate) fn with(&self, index: usize, value: ParamValue) -> Self {
        let mut values = self.0.clone();
        values[index] = value;
        Self(values)
    }

    /// The values as a JSON object, by the catalog's names.
    pub fn to_json(&self, meta: &IndicatorMeta) -> Map<String, Value> {
        meta.params.iter().zip(&self.0).map(|(p, v)| (p.name.to_owned(), v.to_json())).collect()
    }
}

fn default_value(kind: &ParamKind) -> ParamValue {
    match *kind {
        ParamKind::Int { default, .. } => ParamValue::Int(default),
        ParamKind::Float { default, .. } => ParamValue::Float(default),
        ParamKind::Enum { default, .. } => ParamValue::Enum(default),
        ParamKind::Bool { default } => ParamValue::Bool(default),
    }
}

/// The default name of the output column: the id, all numbers, and names and flags that are not the
/// default. Examples: `rsi_14`, `macd_12_26_9`, `bbands_20_2_2_ema`.
pub fn column_name(meta: &IndicatorMeta, params: &Params) -> String {
    let mut name = meta.id.to_owned();
    for (param, value) in meta.params.iter().zip(params.values()) {
        let part = match value {
            ParamValue::Int(v) => v.to_string(),
            ParamValue::Float(v) => v.to_string(),
            other if *other == default_value(&param.kind) => continue,
            ParamValue::Enum(v) => (*v).to_owned(),
            ParamValue::Bool(v) => format!("{}_{v}", param.name),
        };
        name.push('_');
        name.push_str(&part);
    }
    name
}
