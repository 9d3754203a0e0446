//! Makes catalog metadata from TA-Lib's registry and our overlay.

use ta_lib::abstract_api::{FuncFlags, Group, InputType, OptInputType, OutputType};

use super::{
    overlay::{joined, levels, of_ours, prices, spellings, Overlay, NOT_ON_PRICES},
    TaLib,
};
use crate::{
    kernel::Kernel,
    meta::{
        Category, DType, IndicatorMeta, IndicatorOutputMeta, IndicatorParamMeta,
        IndicatorSemanticsMeta, IndicatorVisualMeta, InputSlot, Pane, ParamAlias, ParamKind,
        Reference, RuntimeBinding,
    },
    native::{moving, param_aliases, price, primary_input, slot},
    params::Params,
};

/// Moving-average types with TA-Lib's codes. `DEFAULT` (11) is left out, because it stands for
/// another type and parameters have their own defaults.
const MA_TYPES: &[(i32, &str)] = &[
    (0, "sma"),
    (1, "ema"),
    (2, "wma"),
    (3, "dema"),
    (4, "tema"),
    (5, "trima"),
    (6, "kama"),
    (7, "mama"),
    (8, "t3"),
    (9, "hma"),
    (10, "disabled"),
    (12, "zlema"),
    (13, "rma"),
    (14, "vidya"),
    (15, "alma"),
];

static MA_NAMES: [&str; MA_TYPES.len()] = {
    let mut names = [""; MA_TYPES.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = MA_TYPES[i].1;
        i += 1;
    }
    names
};

/// The flags of open, high, low, close and volume in a price input, in that order.
pub const PRICE_BITS: [u32; 5] = [1, 2, 4, 8, 16];
const PRICE_NAMES: [&str; 5] = ["open", "high", "low", "close", "volume"];

/// Functions whose time grows with the window, measured with windows of 10 and 1000 rows.
const WINDOW_COST: &[&str] = &[
    "ALMA",
    "AVGDEV",
    "CCI",
    "CHOP",
    "CHOPTR",
    "CRSI",
    "FRACTAL",
    "IMI",
    "MEDIAN",
    "PERCENTILE",
    "PERCENTRANK",
    "VHF",
];

/// TA-Lib's code of a moving-average type.
pub fn ma_code(name: &str) -> Option<i32> {
    MA_TYPES.iter().find(|(_, n)| *n == name).map(|(code, _)| *code)
}

/// The catalog entry of one function.
pub fn meta(overlay: &Overlay, kernel: &TaLib) -> IndicatorMeta {
    let info = kernel.info;
    let params = params(overlay, kernel);
    let defaults = Params::of_defaults(&params);
    let outputs = outputs(overlay, kernel, &defaults);
    let mut meta = IndicatorMeta {
        id: overlay.id,
        display_name: overlay.display_name,
        category: category(info.group),
        description: overlay.description,
        aliases: overlay.aliases,
        param_aliases: aliases_of_params(overlay, &params, kernel),
        params,
        visual: IndicatorVisualMeta {
            prices: prices(info.name),
            ..IndicatorVisualMeta::of(pane(kernel), &outputs)
        },
        outputs,
        semantics: semantics(overlay, kernel),
        reference: Reference {
            library: "ta-lib",
            function: Some(info.name),
            params: info.opt_inputs.iter().map(|p| p.param_name).collect(),
            outputs: info.outputs.iter().map(|o| o.param_name).collect(),
            source: "TA-Lib, https://ta-lib.org/functions/",
        },
        runtime_binding: RuntimeBinding { module: "ta_lib", kernel: info.name },
    };
    meta.semantics.default_lookback = kernel.lookback(&defaults);
    meta.semantics.lookback_params =
        moving(&meta.params, kernel, &defaults, &|params| kernel.lookback(params));
    meta
}

fn category(group: Group) -> Category {
    match group {
        Group::CycleIndicators => Category::Cycle,
        Group::MathOperators | Group::MathTransform => Category::Math,
        Group::MomentumIndicators => Category::Momentum,
        Group::OverlapStudies => Category::Overlap,
        Group::PatternRecognition => Category::Pattern,
        Group::PriceTransform => Category::PriceTransform,
        Group::StatisticFunctions => Category::Statistic,
        Group::VolatilityIndicators => Category::Volatility,
        Group::VolumeIndicators => Category::Volume,
        other => panic!("TA-Lib has a new group, {}", other.as_str()),
    }
}

fn pane(kernel: &TaLib) -> Pane {
    if kernel.has(FuncFlags::VOLUME) {
        Pane::Volume
    } else if NOT_ON_PRICES.contains(&kernel.info.name) {
        Pane::Separate
    } else if kernel.has(FuncFlags::OVERLAP) || kernel.has(FuncFlags::CANDLESTICK) {
        Pane::Overlay
    } else {
        Pane::Separate
    }
}

fn params(overlay: &Overlay, kernel: &TaLib) -> Vec<IndicatorParamMeta> {
    assert_eq!(overlay.params.len(), kernel.info.opt_inputs.len(), "{}", overlay.function);
    let pairs = overlay.params.iter().zip(kernel.info.opt_inputs);
    let theirs = pairs.map(|(&(name, description), opt)| IndicatorParamMeta {
        name,
        kind: param_kind(opt.kind),
        description,
    });
    theirs.chain(of_ours(overlay.function)).collect()
}

fn param_kind(kind: OptInputType) -> ParamKind {
    match kind {
        OptInputType::IntegerRange { min, max, default, .. } => {
            ParamKind::Int { default: default.into(), min: min.into(), max: max.into() }
        }
        OptInputType::RealRange { min, max, default, .. } => ParamKind::Float { default, min, max },
        // A test checks that all lists in the registry are lists of moving-average types.
        OptInputType::IntegerList { default, .. } => {
            let name = MA_TYPES.iter().find(|(code, _)| i64::from(*code) == default);
            let default = name.expect("default is a moving-average type").1;
            ParamKind::Enum { default, enum_values: &MA_NAMES }
        }
        OptInputType::RealList { .. } => panic!("TA-Lib has a list of real values now"),
    }
}

/// Aliases of parameters: TA-Lib's names as its Python wrapper writes them, and those of other
/// libraries.
fn aliases_of_params(
    overlay: &Overlay,
    params: &[IndicatorParamMeta],
    kernel: &TaLib,
) -> Vec<ParamAlias> {
    let names = kernel.info.opt_inputs.iter().map(|opt| opt.param_name);
    let spelled = names.map(|name| name.trim_start_matches("optIn").to_lowercase());
    // The catalog keeps only names that are not ours, and keeps them as long as the process lives.
    let theirs: Vec<&'static str> = spelled
        .map(|name| match params.iter().find(|param| param.name == name) {
            Some(param) => param.name,
            None => name.leak(),
        })
        .collect();
    let mut aliases = param_aliases(params, &theirs);
    aliases.extend(spellings(overlay.function).map(|(alias, name)| ParamAlias { alias, name }));
    aliases
}

fn outputs(overlay: &Overlay, kernel: &TaLib, defaults: &Params) -> Vec<IndicatorOutputMeta> {
    assert_eq!(overlay.outputs.len(), kernel.info.outputs.len(), "{}", overlay.function);
    let pairs = overlay.outputs.iter().zip(kernel.info.outputs).enumerate();
    pairs
        .map(|(index, (ours, theirs))| IndicatorOutputMeta {
            name: ours.name,
            kind: ours.kind,
            role: ours.role,
            dtype: match theirs.kind {
                OutputType::Real => DType::Float64,
                OutputType::Integer => DType::Int32,
            },
            scale_group: ours.scale,
            bounds: ours.bounds,
            levels: levels(overlay.function, ours.name),
            sparse: false,
            joined: joined(overlay.function),
            display_shift: kernel.display_shift(defaults, index),
            description: ours.description,
        })
        .collect()
}

fn semantics(overlay: &Overlay, kernel: &TaLib) -> IndicatorSemanticsMeta {
    let input_slots = input_slots(kernel);
    IndicatorSemanticsMeta {
        required_fields: input_slots.iter().map(|s| s.name).collect(),
        primary_input: primary_input(&input_slots),
        input_slots,
        lookback_params: Vec::new(),
        default_lookback: 0,
        memory: overlay.memory,
        lookahead: 0,
        lookahead_params: Vec::new(),
        incremental: true,
        complexity: if WINDOW_COST.contains(&overlay.function) { "O(n * period)" } else { "O(n)" },
    }
}

pub fn input_slots(kernel: &TaLib) -> Vec<InputSlot> {
    let mut slots: Vec<InputSlot> = Vec::new();
    for input in kernel.info.inputs {
        match (input.kind, input.param_name) {
            (InputType::Price, _) => {
                for (bit, name) in PRICE_BITS.into_iter().zip(PRICE_NAMES) {
                    if input.flags.bits() & bit != 0 {
                        slots.push(price(name));
                    }
                }
            }
            (_, "inReal") => slots.push(slot("series", Some("close"))),
            // With two series, no default is obvious for either.
            (_, "inReal0") => slots.push(slot("series", None)),
            (_, "inReal1") => slots.push(slot("other", None)),
            (_, "inPeriods") => slots.push(slot("periods", None)),
            (_, other) => panic!("{} has an input {other}", kernel.info.name),
        }
    }
    slots
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use ta_lib::{
        abstract_api::{OptInputType, FUNCS},
        MAType,
    };

    use super::MA_TYPES;
    use crate::talib::overlay;

    #[test]
    fn every_function_of_the_crate_has_an_overlay() {
        let ours: HashSet<_> = overlay::all().map(|o| o.function).collect();
        let theirs: HashSet<_> = FUNCS.iter().map(|f| f.name).collect();
        assert_eq!(ours, theirs);
        assert_eq!(overlay::all().count(), FUNCS.len(), "a function is described twice");
    }

    #[test]
    fn all_lists_are_the_list_of_moving_average_types() {
        for opt in FUNCS.iter().flat_map(|f| f.opt_inputs) {
            let OptInputType::IntegerList { values, .. } = opt.kind else { continue };
            assert!(opt.param_name.ends_with("MAType"), "{}", opt.param_name);
            let theirs: Vec<(i32, String)> = values
                .iter()
                .filter(|(code, _)| *code != MAType::DEFAULT as i64)
                .map(|(code, name)| (*code as i32, name.to_lowercase()))
                .collect();
            let ours: Vec<(i32, String)> =
                MA_TYPES.iter().map(|(code, name)| (*code, (*name).to_owned())).collect();
            assert_eq!(ours, theirs);
        }
    }
}
