//! What a file in `indicators/` says about its indicator; the rest of the catalog
//! entry follows from it.

use crate::{
    indicator::{Indicator, Kernel},
    meta::{
        Category, DType, IndicatorMeta, IndicatorOutputMeta, IndicatorParamMeta,
        IndicatorSemanticsMeta, IndicatorVisualMeta, InputSlot, Memory, OutputKind, Pane,
        ParamAlias, ParamKind, Reference, RuntimeBinding, Scale, SlotKind,
    },
    params::{ParamValue, Params},
};

/// The description of one native indicator.
pub struct Native {
    pub id: &'static str,
    pub display_name: &'static str,
    pub category: Category,
    pub description: &'static str,
    pub aliases: &'static [&'static str],
    pub inputs: Vec<InputSlot>,
    pub params: Vec<IndicatorParamMeta>,
    pub outputs: Vec<IndicatorOutputMeta>,
    /// Parameters that change the number of warm-up rows.
    pub lookback_params: &'static [&'static str],
    pub memory: Memory,
    pub pane: Pane,
    /// Time needed for `n` rows.
    pub complexity: &'static str,
    /// Where the formula is written down.
    pub source: &'static str,
}

impl Native {
    /// Completes the entry and joins it to its kernel.
    pub fn indicator(self, kernel: impl Kernel + 'static) -> Indicator {
        let mut meta = IndicatorMeta {
            id: self.id,
            display_name: self.display_name,
            category: self.category,
            description: self.description,
            aliases: self.aliases,
            param_aliases: param_aliases(&self.params, &[]),
            params: self.params,
            semantics: IndicatorSemanticsMeta {
                required_fields: self.inputs.iter().map(|s| s.name).collect(),
                primary_input: primary_input(&self.inputs),
                input_slots: self.inputs,
                lookback_params: self.lookback_params.to_vec(),
                default_lookback: 0,
                memory: self.memory,
                lookahead: 0,
                lookahead_params: Vec::new(),
                complexity: self.complexity,
            },
            visual: IndicatorVisualMeta::of(self.pane, &self.outputs),
            outputs: self.outputs,
            reference: Reference {
                library: "formula",
                function: None,
                params: Vec::new(),
                outputs: Vec::new(),
                source: self.source,
            },
            runtime_binding: RuntimeBinding { module: "ta_core", kernel: self.id },
        };
        let defaults = Params::defaults(&meta);
        meta.semantics.default_lookback = kernel.lookback(&defaults);
        meta.semantics.lookahead = kernel.lookahead(&defaults);
        meta.semantics.lookahead_params =
            moving(&meta, &kernel, &defaults, |params| kernel.lookahead(params));
        Indicator::new(meta, kernel)
    }
}

/// Spellings of parameter names that other libraries use.
const PARAM_ALIASES: &[(&str, &[&str])] = &[
    ("period", &["length", "window", "lookback", "timeperiod", "periods"]),
    ("fast_period", &["fast", "fast_length"]),
    ("slow_period", &["slow", "slow_length"]),
    ("signal_period", &["signal", "signal_length"]),
    ("ma_type", &["mamode"]),
];

/// The input that the expression before `.ta` fills: the series, else the close, else
/// the first.
pub fn primary_input(slots: &[InputSlot]) -> &'static str {
    let named = |name: &str| slots.iter().find(|s| s.name == name);
    named("series").or(named("close")).unwrap_or(&slots[0]).name
}

/// The other names of some parameters.
///
/// `spellings` are a library's own names for them, in the same order, where it has any.
pub fn param_aliases(params: &[IndicatorParamMeta], spellings: &[&'static str]) -> Vec<ParamAlias> {
    let mut aliases: Vec<ParamAlias> = Vec::new();
    for (index, param) in params.iter().enumerate() {
        let common = PARAM_ALIASES.iter().find(|(name, _)| *name == param.name);
        let common = common.map_or(&[][..], |(_, list)| list);
        for &alias in spellings.get(index).into_iter().chain(common) {
            let taken = params.iter().any(|p| p.name == alias);
            if !taken && aliases.iter().all(|a| a.alias != alias) {
                aliases.push(ParamAlias { alias, name: param.name });
            }
        }
    }
    aliases
}

/// The parameters that move `edge` away from what it is with defaults, found by trying.
pub fn moving(
    meta: &IndicatorMeta,
    kernel: &dyn Kernel,
    defaults: &Params,
    edge: impl Fn(&Params) -> usize,
) -> Vec<&'static str> {
    let base = edge(defaults);
    let moves = |index: usize, kind: &ParamKind| {
        probes(kind)
            .into_iter()
            .map(|value| defaults.with(index, value))
            .any(|params| kernel.accepts(&params) && edge(&params) != base)
    };
    let params = meta.params.iter().enumerate();
    params.filter(|(index, p)| moves(*index, &p.kind)).map(|(_, p)| p.name).collect()
}

fn probes(kind: &ParamKind) -> Vec<ParamValue> {
    match *kind {
        ParamKind::Int { default, min, max } => {
            let values = [min, default + 1, default + 100, max.min(2000)];
            values.into_iter().filter(|v| (min..=max).contains(v)).map(ParamValue::Int).collect()
        }
        ParamKind::Float { default, min, max } => {
            [min, default * 2.0, max].into_iter().map(ParamValue::Float).collect()
        }
        ParamKind::Enum { enum_values, .. } => {
            enum_values.iter().map(|v| ParamValue::Enum(v)).collect()
        }
        ParamKind::Bool { default } => vec![ParamValue::Bool(!default)],
    }
}

/// A numeric input with the column it defaults to.
pub const fn slot(name: &'static str, default: Option<&'static str>) -> InputSlot {
    InputSlot { name, default, kind: SlotKind::Number }
}

/// A price or volume input, by its usual name.
pub const fn price(name: &'static str) -> InputSlot {
    slot(name, Some(name))
}

/// An input whose values only tell rows apart: sessions, days, flags.
pub const fn key(name: &'static str) -> InputSlot {
    InputSlot { name, default: None, kind: SlotKind::Key }
}

const fn param(
    name: &'static str,
    kind: ParamKind,
    description: &'static str,
) -> IndicatorParamMeta {
    IndicatorParamMeta { name, kind, description }
}

/// A parameter counting rows.
pub const fn int(
    name: &'static str,
    default: i64,
    min: i64,
    max: i64,
    description: &'static str,
) -> IndicatorParamMeta {
    param(name, ParamKind::Int { default, min, max }, description)
}

/// The usual window parameter, `period`.
pub const fn period(default: i64, min: i64, description: &'static str) -> IndicatorParamMeta {
    int("period", default, min, 100_000, description)
}

/// A real parameter.
pub const fn float(
    name: &'static str,
    default: f64,
    min: f64,
    max: f64,
    description: &'static str,
) -> IndicatorParamMeta {
    param(name, ParamKind::Float { default, min, max }, description)
}

/// A parameter that is one of a list of names.
pub const fn choice(
    name: &'static str,
    default: &'static str,
    enum_values: &'static [&'static str],
    description: &'static str,
) -> IndicatorParamMeta {
    param(name, ParamKind::Enum { default, enum_values }, description)
}

/// A parameter that is on or off.
pub const fn flag(
    name: &'static str,
    default: bool,
    description: &'static str,
) -> IndicatorParamMeta {
    param(name, ParamKind::Bool { default }, description)
}

const fn output(
    name: &'static str,
    (kind, dtype): (OutputKind, DType),
    role: &'static str,
    scale_group: Scale,
    description: &'static str,
) -> IndicatorOutputMeta {
    IndicatorOutputMeta {
        name,
        kind,
        role,
        dtype,
        scale_group,
        bounds: None,
        levels: &[],
        sparse: false,
        display_shift: 0,
        description,
    }
}

/// A real output drawn as a line.
pub const fn line(
    name: &'static str,
    role: &'static str,
    scale: Scale,
    description: &'static str,
) -> IndicatorOutputMeta {
    output(name, (OutputKind::Line, DType::Float64), role, scale, description)
}

/// A real output drawn as the edge of a band.
pub const fn band(
    name: &'static str,
    role: &'static str,
    scale: Scale,
    description: &'static str,
) -> IndicatorOutputMeta {
    output(name, (OutputKind::Band, DType::Float64), role, scale, description)
}

/// A real output drawn as bars around zero.
pub const fn histogram(
    name: &'static str,
    role: &'static str,
    scale: Scale,
    description: &'static str,
) -> IndicatorOutputMeta {
    output(name, (OutputKind::Histogram, DType::Float64), role, scale, description)
}

/// A whole-number output: a direction, a count, a state.
pub const fn signal(
    name: &'static str,
    role: &'static str,
    scale: Scale,
    description: &'static str,
) -> IndicatorOutputMeta {
    output(name, (OutputKind::Signal, DType::Int32), role, scale, description)
}

/// A Boolean output.
pub const fn event(
    name: &'static str,
    role: &'static str,
    description: &'static str,
) -> IndicatorOutputMeta {
    output(name, (OutputKind::Signal, DType::Boolean), role, Scale::Ratio, description)
}

impl IndicatorOutputMeta {
    /// The same output with an interval that it cannot leave.
    pub const fn within(mut self, low: f64, high: f64) -> Self {
        self.bounds = Some((low, high));
        self
    }

    /// The same output, with reference lines at some values.
    pub const fn with_levels(mut self, levels: &'static [f64]) -> Self {
        self.levels = levels;
        self
    }

    /// The same output, without a value until, or unless, there is something to speak of.
    pub const fn sparse(mut self) -> Self {
        self.sparse = true;
        self
    }

    /// The same output, drawn some bars ahead (positive) or behind.
    pub const fn drawn_at(mut self, shift: i32) -> Self {
        self.display_shift = shift;
        self
    }
}
