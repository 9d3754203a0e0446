//! The description that a native indicator has in its file. This module makes the catalog entry
//! from the description and the formula.

use std::marker::PhantomData;

use crate::{
    formula::{Cell, Columns, Formula, Typed},
    indicator::Indicator,
    kernel::Kernel,
    meta::{
        Category, IndicatorMeta, IndicatorOutputMeta, IndicatorParamMeta, IndicatorSemanticsMeta,
        IndicatorVisualMeta, InputSlot, Joined, Memory, OutputKind, Pane, ParamAlias, ParamKind,
        Reference, RuntimeBinding, Scale, SlotKind,
    },
    params::{ParamValue, Params},
};

/// The description of one native indicator: `N` inputs, and outputs `O`.
pub struct Native<const N: usize, O> {
    pub id: &'static str,
    pub display_name: &'static str,
    pub category: Category,
    pub description: &'static str,
    pub aliases: &'static [&'static str],
    pub inputs: [InputSlot; N],
    /// An [`Output`], or an array or a tuple of them.
    pub outputs: O,
    pub memory: Memory,
    pub pane: Pane,
    /// Time needed for `n` rows.
    pub complexity: &'static str,
    /// The publication of the formula.
    pub source: &'static str,
}

impl<const N: usize, O: Outputs> Native<N, O> {
    /// The indicator with its formula and the complete catalog entry.
    pub fn indicator<F: Formula<N, Out = O::Types>>(self) -> Indicator {
        let mut params = Vec::new();
        F::describe(&mut params);
        let (kernel, defaults) = (Typed::<F, N>::new(), Params::of_defaults(&params));
        let (inputs, mut outputs) = (self.inputs.to_vec(), Vec::new());
        self.outputs.add_to(&mut outputs);
        let meta = IndicatorMeta {
            id: self.id,
            display_name: self.display_name,
            category: self.category,
            description: self.description,
            aliases: self.aliases,
            param_aliases: param_aliases(&params, &[]),
            semantics: IndicatorSemanticsMeta {
                required_fields: inputs.iter().map(|s| s.name).collect(),
                primary_input: primary_input(&inputs),
                input_slots: inputs,
                lookback_params: moving(&params, &kernel, &defaults, &|p| kernel.lookback(p)),
                default_lookback: kernel.lookback(&defaults),
                memory: self.memory,
                lookahead: kernel.lookahead(&defaults),
                lookahead_params: turning_on(&params, &kernel, &defaults),
                incremental: kernel.lookahead(&defaults) == 0,
                complexity: self.complexity,
            },
            params,
            visual: IndicatorVisualMeta::of(self.pane, &outputs),
            outputs,
            reference: Reference {
                library: "formula",
                function: None,
                params: Vec::new(),
                outputs: Vec::new(),
                source: self.source,
            },
            runtime_binding: RuntimeBinding { module: "ta_core", kernel: self.id },
        };
        Indicator::new(meta, kernel)
    }
}

/// Names that other libraries give to parameters.
const PARAM_ALIASES: &[(&str, &[&str])] = &[
    ("period", &["length", "window", "lookback", "timeperiod", "periods"]),
    ("fast_period", &["fast", "fast_length"]),
    ("slow_period", &["slow", "slow_length"]),
    ("signal_period", &["signal", "signal_length"]),
    ("ma_type", &["mamode"]),
];

/// The input that the expression before `.ta` fills: `series`, otherwise `close`, otherwise the
/// first.
pub fn primary_input(slots: &[InputSlot]) -> &'static str {
    let named = |name: &str| slots.iter().find(|s| s.name == name);
    named("series").or(named("close")).unwrap_or(&slots[0]).name
}

/// The aliases of parameters. `spellings` has another library's names of them, in the same order,
/// or is empty.
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

/// The parameters that change `edge`, which is the lookback or the look-ahead. To find them, this
/// tries other values of each parameter, both with defaults for all others and with one other
/// changed.
pub fn moving(
    params: &[IndicatorParamMeta],
    kernel: &dyn Kernel,
    defaults: &Params,
    edge: &dyn Fn(&Params) -> usize,
) -> Vec<&'static str> {
    let moves = |index: usize, from: &Params| {
        let before = edge(from);
        changes(params, kernel, from, index).iter().any(|params| edge(params) != before)
    };
    let found = |&index: &usize| {
        let others = (0..params.len()).filter(|&other| other != index);
        let mut from = others.flat_map(|other| changes(params, kernel, defaults, other));
        moves(index, defaults) || from.any(|from| moves(index, &from))
    };
    (0..params.len()).filter(found).map(|index| params[index].name).collect()
}

/// The parameters that make an indicator look ahead when only they differ from their default.
fn turning_on(
    params: &[IndicatorParamMeta],
    kernel: &dyn Kernel,
    defaults: &Params,
) -> Vec<&'static str> {
    let ahead = |&index: &usize| {
        changes(params, kernel, defaults, index).iter().any(|params| kernel.lookahead(params) > 0)
    };
    (0..params.len()).filter(ahead).map(|index| params[index].name).collect()
}

/// Copies of `from` with other values of one parameter, without those that the kernel refuses.
fn changes(
    params: &[IndicatorParamMeta],
    kernel: &dyn Kernel,
    from: &Params,
    index: usize,
) -> Vec<Params> {
    let values = probes(&params[index].kind);
    let changed = values.into_iter().map(|value| from.with(index, value));
    changed.filter(|params| kernel.accepts(params)).collect()
}

/// The values of a parameter that [`changes`] tries.
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

/// An input whose values are only compared, such as a session, a day or a flag.
pub const fn key(name: &'static str) -> InputSlot {
    InputSlot { name, default: None, kind: SlotKind::Key }
}

/// The description of an output column of type `T`.
#[derive(Debug, Clone)]
pub struct Output<T> {
    meta: IndicatorOutputMeta,
    values: PhantomData<fn() -> T>,
}

/// The descriptions of all outputs, with their types.
pub trait Outputs {
    /// The types of the columns.
    type Types: Columns;

    /// Adds the descriptions to the list.
    fn add_to(self, list: &mut Vec<IndicatorOutputMeta>);
}

impl<T: Cell> Outputs for Output<T> {
    type Types = T;

    fn add_to(self, list: &mut Vec<IndicatorOutputMeta>) {
        list.push(self.meta);
    }
}

impl<T: Cell, const K: usize> Outputs for [Output<T>; K] {
    type Types = [T; K];

    fn add_to(self, list: &mut Vec<IndicatorOutputMeta>) {
        self.into_iter().for_each(|output| output.add_to(list));
    }
}

macro_rules! tuple {
    ($($part:ident),*) => {
        impl<$($part: Outputs),*> Outputs for ($($part,)*) {
            type Types = ($($part::Types,)*);

            #[allow(non_snake_case)]
            fn add_to(self, list: &mut Vec<IndicatorOutputMeta>) {
                let ($($part,)*) = self;
                $($part.add_to(list);)*
            }
        }
    };
}
tuple!(A, B);
tuple!(A, B, C);
tuple!(A, B, C, D);

const fn output<T: Cell>(
    name: &'static str,
    kind: OutputKind,
    role: &'static str,
    scale_group: Scale,
    description: &'static str,
) -> Output<T> {
    let meta = IndicatorOutputMeta {
        name,
        kind,
        role,
        dtype: T::DTYPE,
        scale_group,
        bounds: None,
        levels: &[],
        sparse: false,
        joined: Joined::Straight,
        display_shift: 0,
        description,
    };
    Output { meta, values: PhantomData }
}

/// A real output drawn as a line.
pub const fn line(
    name: &'static str,
    role: &'static str,
    scale: Scale,
    description: &'static str,
) -> Output<f64> {
    output(name, OutputKind::Line, role, scale, description)
}

/// A real output drawn as the edge of a band.
pub const fn band(
    name: &'static str,
    role: &'static str,
    scale: Scale,
    description: &'static str,
) -> Output<f64> {
    output(name, OutputKind::Band, role, scale, description)
}

/// A real output drawn as bars around zero.
pub const fn histogram(
    name: &'static str,
    role: &'static str,
    scale: Scale,
    description: &'static str,
) -> Output<f64> {
    output(name, OutputKind::Histogram, role, scale, description)
}

/// A whole-number output: a direction, a count, a state.
pub const fn signal(
    name: &'static str,
    role: &'static str,
    scale: Scale,
    description: &'static str,
) -> Output<i32> {
    output(name, OutputKind::Signal, role, scale, description)
}

/// A Boolean output.
pub const fn event(
    name: &'static str,
    role: &'static str,
    description: &'static str,
) -> Output<bool> {
    output(name, OutputKind::Signal, role, Scale::Ratio, description)
}

impl<T> Output<T> {
    /// The same output with the interval of its values.
    pub const fn within(mut self, low: f64, high: f64) -> Self {
        self.meta.bounds = Some((low, high));
        self
    }

    /// The same output with reference lines.
    pub const fn with_levels(mut self, levels: &'static [f64]) -> Self {
        self.meta.levels = levels;
        self
    }

    /// The same output, marked as possibly null after the warm-up on complete data.
    pub const fn sparse(mut self) -> Self {
        self.meta.sparse = true;
        self
    }

    /// The same output as a level: null until there is one, then the same for several bars.
    pub const fn level(mut self) -> Self {
        self.meta.joined = Joined::Steps;
        self.sparse()
    }

    /// The same output as dots, for a stop that changes sides.
    pub const fn dots(mut self) -> Self {
        self.meta.joined = Joined::Dots;
        self
    }

    /// The same output, drawn some bars ahead (positive) or behind.
    pub const fn drawn_at(mut self, shift: i32) -> Self {
        self.meta.display_shift = shift;
        self
    }
}
