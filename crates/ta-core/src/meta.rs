//! The types of the catalog, which have all facts about an indicator.
//!
//! The TypeScript types and the documentation are generated from values of these types, and tests
//! loop over them.

use schemars::JsonSchema;
use serde::Serialize;

/// One indicator, as every binding sees it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IndicatorMeta {
    /// Canonical name, snake_case and unique, e.g. `linearreg_slope`.
    pub id: &'static str,
    /// Title for people, e.g. `Relative Strength Index`.
    pub display_name: &'static str,
    /// Its category.
    pub category: Category,
    /// One paragraph: what it measures and how its values are read.
    pub description: &'static str,
    /// Other names by which it is found, unique in the catalog.
    pub aliases: &'static [&'static str],
    /// Other names of its parameters, as `(alias, name)`. An alias that stands for several
    /// parameters, such as `std_dev` for both deviations of `bbands`, sets all of them.
    pub param_aliases: Vec<ParamAlias>,
    /// Parameters, in positional order.
    pub params: Vec<IndicatorParamMeta>,
    /// Outputs, in field order of the struct column.
    pub outputs: Vec<IndicatorOutputMeta>,
    /// Inputs, history and look-ahead.
    pub semantics: IndicatorSemanticsMeta,
    /// How a chart should place it.
    pub visual: IndicatorVisualMeta,
    /// What its values are checked against.
    pub reference: Reference,
    /// The function that computes it.
    pub runtime_binding: RuntimeBinding,
}

/// The category of an indicator.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    JsonSchema,
    serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Dominant cycle and phase studies.
    Cycle,
    /// Boolean conditions between series.
    Event,
    /// What later rows bring, as targets for training.
    Label,
    /// Arithmetic and rolling aggregates.
    Math,
    /// Rate of change and oscillators.
    Momentum,
    /// Lines drawn on the price scale.
    Overlap,
    /// Candlestick patterns.
    Pattern,
    /// One price from the prices of a bar.
    PriceTransform,
    /// Regression and distribution.
    Statistic,
    /// Swings, pivots and levels.
    Structure,
    /// Range-derived measures.
    Volatility,
    /// Studies that read the volume.
    Volume,
}

/// A second name of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ParamAlias {
    /// The name accepted.
    pub alias: &'static str,
    /// The parameter it stands for.
    pub name: &'static str,
}

/// A parameter's type, its default and the values that it allows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ParamKind {
    /// A whole number.
    Int {
        /// Value used when none is given.
        default: i64,
        /// Smallest value allowed.
        min: i64,
        /// Largest value allowed.
        max: i64,
    },
    /// A real number.
    Float {
        /// Value used when none is given.
        default: f64,
        /// Smallest value allowed.
        min: f64,
        /// Largest value allowed.
        max: f64,
    },
    /// One of a closed list of names.
    Enum {
        /// Value used when none is given.
        default: &'static str,
        /// The names allowed.
        enum_values: &'static [&'static str],
    },
    /// True or false.
    Bool {
        /// Value used when none is given.
        default: bool,
    },
}

/// One parameter.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IndicatorParamMeta {
    /// snake_case name, e.g. `fast_period`.
    pub name: &'static str,
    /// Type, default and range.
    #[serde(flatten)]
    pub kind: ParamKind,
    /// What it does, in one sentence.
    pub description: &'static str,
}

/// How a chart should draw an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutputKind {
    /// A connected line.
    Line,
    /// Bars around zero.
    Histogram,
    /// The upper, middle or lower edge of a band.
    Band,
    /// An event or a state of a bar: a flag or a direction.
    Signal,
    /// A candlestick pattern's strength and sign.
    Pattern,
}

/// The column type of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
pub enum DType {
    /// Real values.
    Float64,
    /// Whole values, such as pattern strengths and bar positions.
    Int32,
    /// Events.
    Boolean,
}

/// How the values of an output change when all prices or all volumes are multiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// In units of the price: doubles when prices double.
    Price,
    /// In squared units of the price, such as a variance.
    PriceSquared,
    /// Without a unit: unchanged when prices are multiplied.
    Ratio,
    /// In units of the volume.
    Volume,
    /// Price times volume, such as a money flow.
    PriceVolume,
    /// A bar number or a count of bars.
    Bars,
    /// None of these, such as a logarithm or a sine of the input.
    Other,
}

/// One output.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IndicatorOutputMeta {
    /// Field name, e.g. `upper`.
    pub name: &'static str,
    /// How a chart should draw it.
    pub kind: OutputKind,
    /// Its role among the outputs, e.g. `primary`, `signal`, `upper`.
    pub role: &'static str,
    /// Its column type.
    pub dtype: DType,
    /// How it changes when the inputs are multiplied, if real parameters, which may be prices, have
    /// their defaults and windows are longer than one bar, over which TA-Lib does not average.
    pub scale_group: Scale,
    /// The interval that contains all values, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<(f64, f64)>,
    /// Values at which a chart can draw reference lines, in ascending order: the usual thresholds
    /// of an oscillator, or its centre.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub levels: &'static [f64],
    /// True if rows after the warm-up may be null on complete data, because the event or the
    /// level that it describes has not occurred.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sparse: bool,
    /// How a chart joins its values.
    #[serde(skip)]
    pub joined: Joined,
    /// The number of bars by which a chart shifts it ahead (positive) or back (negative), with
    /// default parameters. The values themselves are never shifted.
    pub display_shift: i32,
    /// The meaning of the values.
    pub description: &'static str,
}

/// How a chart joins the values of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Joined {
    /// By a line.
    #[default]
    Straight,
    /// In steps: it keeps a value for several bars, then jumps.
    Steps,
    /// Not at all: each value is a dot, as of a stop that changes sides.
    Dots,
}

/// One input of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InputSlot {
    /// `series`, `other`, `periods`, `open`, `high`, `low`, `close` or `volume`.
    pub name: &'static str,
    /// The column that is read if none is given; absent if one must be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<&'static str>,
    /// The kind of its values.
    pub kind: SlotKind,
}

/// The kind of the values of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// Numbers to compute with.
    Number,
    /// Values that are only compared: a Boolean, whole-number, date or time column.
    Key,
}

/// How much of the past a value depends on. It determines what a missing row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Memory {
    /// Only the last `lookback + 1` rows.
    Window,
    /// All rows, with a weight that fades.
    Recursive,
    /// All rows, with full weight: a running total or a bar position.
    Cumulative,
}

/// Inputs, history and look-ahead of an indicator.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IndicatorSemanticsMeta {
    /// Names of the inputs that it needs.
    pub required_fields: Vec<&'static str>,
    /// All inputs in the order of the kernel, with their default columns.
    pub input_slots: Vec<InputSlot>,
    /// The input that the expression before `.ta` fills.
    pub primary_input: &'static str,
    /// Parameters that change the number of warm-up rows.
    pub lookback_params: Vec<&'static str>,
    /// Warm-up rows with default parameters.
    pub default_lookback: usize,
    /// How much of the past a value depends on.
    pub memory: Memory,
    /// Later rows that a value depends on, with default parameters.
    pub lookahead: usize,
    /// Parameters that can make it look ahead if they do not have their default. A call that looks
    /// ahead is refused unless the caller allows it.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub lookahead_params: Vec<&'static str>,
    /// Whether it goes bar by bar with the values of the whole series, with default parameters. It
    /// does not if it looks ahead.
    pub incremental: bool,
    /// Time needed for `n` rows and window `p`.
    pub complexity: &'static str,
}

/// Where a chart draws the indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pane {
    /// On the price chart.
    Overlay,
    /// On a chart of its own.
    Separate,
    /// On the volume chart.
    Volume,
}

/// How a chart should place the indicator.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IndicatorVisualMeta {
    /// The chart it belongs on.
    pub pane: Pane,
    /// The unit of its value axis: outputs of one scale group can share an axis.
    pub scale_group: Scale,
    /// One hint for each output, in their order.
    pub plots: Vec<PlotHint>,
    /// Prices that belong to the picture although they are no output.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub prices: &'static [PriceHint],
}

/// A price that a chart draws with the outputs, as a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PriceHint {
    /// What the line is called, e.g. `chikou_span`.
    pub name: &'static str,
    /// The price: `open`, `high`, `low` or `close`.
    pub price: &'static str,
    /// The number of bars by which a chart shifts it, as of an output.
    pub display_shift: i32,
    /// The style of the theme that it uses.
    pub style_slot: &'static str,
}

/// How a chart should draw one output.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct PlotHint {
    /// The output.
    pub output: &'static str,
    /// The shape that represents it.
    pub primitive: Primitive,
    /// The style of the theme that it uses.
    pub style_slot: &'static str,
    /// The pane of this output, if its scale does not fit the pane of the indicator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pane: Option<Pane>,
}

/// A shape on a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Primitive {
    /// A connected line.
    Line,
    /// Bars from zero.
    Histogram,
    /// An edge of a filled band.
    BandEdge,
    /// A line that moves in steps, for states, directions and levels.
    Step,
    /// A dot for each value.
    Dots,
    /// A mark on the bars where something happens.
    Marker,
}

impl IndicatorVisualMeta {
    /// Derives the hints from the outputs.
    pub fn of(pane: Pane, outputs: &[IndicatorOutputMeta]) -> Self {
        const LINES: [&str; 6] = ["line_1", "line_2", "line_3", "line_4", "line_5", "line_6"];
        let mut lines = LINES.iter().cycle();
        let plots = outputs.iter().map(|output| {
            let (primitive, style_slot) = match (output.kind, output.dtype) {
                (OutputKind::Line, _) => {
                    let primitive = match output.joined {
                        Joined::Straight => Primitive::Line,
                        Joined::Steps => Primitive::Step,
                        Joined::Dots => Primitive::Dots,
                    };
                    (primitive, *lines.next().unwrap_or(&"line_1"))
                }
                (OutputKind::Histogram, _) => (Primitive::Histogram, "histogram"),
                (OutputKind::Band, _) => (Primitive::BandEdge, "band"),
                (OutputKind::Pattern, _) | (_, DType::Boolean) => (Primitive::Marker, "marker"),
                (OutputKind::Signal, _) => (Primitive::Step, "state"),
            };
            // On one axis with prices, a direction, a count or a range would flatten the prices.
            let is_price = output.scale_group == Scale::Price && output.role != "range";
            let apart = pane == Pane::Overlay && primitive != Primitive::Marker && !is_price;
            let pane = apart.then_some(Pane::Separate);
            PlotHint { output: output.name, primitive, style_slot, pane }
        });
        Self { pane, scale_group: outputs[0].scale_group, plots: plots.collect(), prices: &[] }
    }
}

/// What the values of an indicator are checked against.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Reference {
    /// `ta-lib`, or `formula` for a kernel of our own.
    pub library: &'static str,
    /// The library's name of the function.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<&'static str>,
    /// The library's parameter names, in the order of `params`.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub params: Vec<&'static str>,
    /// The library's output names, in the order of `outputs`.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub outputs: Vec<&'static str>,
    /// A publication of the formula.
    pub source: &'static str,
}

/// The function that computes an indicator.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct RuntimeBinding {
    /// The library: `ta_lib` or `ta_core`.
    pub module: &'static str,
    /// The function in it.
    pub kernel: &'static str,
}
