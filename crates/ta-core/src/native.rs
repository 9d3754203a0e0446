//! What a file in `indicators/` says about its indicator; the rest of the catalog
//! entry follows from it.

use crate::{
    indicator::{Indicator, Kernel},
    meta::{
        Category, DType, IndicatorMeta, IndicatorOutputMeta, IndicatorParamMeta,
        IndicatorSemanticsMeta, IndicatorVisualMeta, InputSlot, Memory, OutputKind, Pane,
        ParamKind, Reference, RuntimeBinding, Scale,
    },
    params::Params,
};

/// The description of one native indicator. The first input is the primary one.
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
            param_aliases: Vec::new(),
            params: self.params,
            outputs: self.outputs,
            semantics: IndicatorSemanticsMeta {
                required_fields: self.inputs.iter().map(|s| s.name).collect(),
                optional_fields: Vec::new(),
                primary_input: self.inputs[0].name,
                input_slots: self.inputs,
                lookback_params: self.lookback_params.to_vec(),
                default_lookback: 0,
                warmup_policy: "null",
                memory: self.memory,
                lookahead: 0,
                complexity: self.complexity,
                incremental: false,
            },
            visual: IndicatorVisualMeta { pane: self.pane },
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
        Indicator::new(meta, kernel)
    }
}

/// An input with the column it defaults to.
pub const fn slot(name: &'static str, default: Option<&'static str>) -> InputSlot {
    InputSlot { name, default }
}

/// A parameter counting rows.
pub const fn int(
    name: &'static str,
    default: i64,
    min: i64,
    max: i64,
    description: &'static str,
) -> IndicatorParamMeta {
    let kind = ParamKind::Int { default, min, max };
    IndicatorParamMeta { name, kind, required: false, description }
}

/// A parameter that is on or off.
pub const fn flag(
    name: &'static str,
    default: bool,
    description: &'static str,
) -> IndicatorParamMeta {
    IndicatorParamMeta { name, kind: ParamKind::Bool { default }, required: false, description }
}

/// A Boolean output.
pub const fn event(
    name: &'static str,
    role: &'static str,
    description: &'static str,
) -> IndicatorOutputMeta {
    IndicatorOutputMeta {
        name,
        kind: OutputKind::Signal,
        role,
        dtype: DType::Boolean,
        scale_group: Scale::Ratio,
        bounds: None,
        display_shift: 0,
        description,
    }
}
