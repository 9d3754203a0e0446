//! The step that each kind of change needs before it may be released.

use serde::Serialize;

/// The step that a change needs. Each step includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A line in the changelog: descriptions differ, but calls do not.
    Line,
    /// A minor version: a call that was refused before is possible.
    Minor,
    /// A major version: the same call gives other values, other rows with values, or an error.
    Major,
    /// A new contract version: code that was generated from the catalog no longer fits.
    Contract,
    /// No step: the change is not allowed.
    Never,
}

impl Step {
    /// Its name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Contract => "contract",
            Self::Never => "never",
        }
    }
}

/// Defines the kinds of changes, one in a row: the step that it needs, a word that its changelog
/// line must have beside the names of the indicator and its part, and a sentence that describes it.
macro_rules! policy {
    ($($kind:ident: $needs:ident, $word:literal, $says:literal;)*) => {
        /// A way in which a catalog differs from the released one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = $says] $kind,)*
        }

        impl Kind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The step that it needs.
            pub fn needs(self) -> Step {
                match self { $(Self::$kind => Step::$needs,)* }
            }

            /// A word that its changelog line must have; empty if the names are enough.
            pub fn word(self) -> &'static str {
                match self { $(Self::$kind => $word,)* }
            }

            /// The sentence that describes it, with `{item}`, `{was}` and `{is}` to be filled in.
            pub(super) fn says(self) -> &'static str {
                match self { $(Self::$kind => $says,)* }
            }
        }
    };
}

policy! {
    LibraryVersionBack: Never, "", "the library version goes from {was} to {is}";
    ContractVersionBack: Never, "", "the contract version goes from {was} to {is}";
    ContractVersionRaised: Major, "contract", "the contract version goes from {was} to {is}";
    FieldGone: Contract, "", "the field {item} is gone";
    FieldUnclassified: Never, "", "the field {item} has no row in governance/fields.rs";

    IndicatorGone: Never, "", "is gone, and no alias leads from it";
    IndicatorRenamed: Major, "{is}", "is an alias of {is} now";
    IndicatorAdded: Minor, "", "is new";
    AliasGone: Never, "", "the alias {item} leads nowhere";
    AliasMoved: Major, "{is}", "the alias {item} leads to {is} now";
    AliasAdded: Minor, "", "the alias {item} is new";
    CategoryChanged: Line, "category", "the category changes from {was} to {is}";

    ParamAliasGone: Major, "", "the parameter alias {item} is gone";
    ParamAliasMoved: Major, "{is}", "the parameter alias {item} stands for {is} instead of {was}";
    ParamAliasAdded: Minor, "", "the parameter alias {item} is new";
    ParamGone: Contract, "", "the parameter {item} is gone";
    ParamAdded: Minor, "", "the parameter {item} is new";
    RequiredParamAdded: Contract, "", "the parameter {item} is new and has no default";
    ParamsMoved: Contract, "parameters", "parameters change places from ({was}) to ({is})";
    ParamKindChanged: Contract, "kind", "the kind of {item} changes from {was} to {is}";
    DefaultChanged: Major, "default", "the default of {item} changes from {was} to {is}";
    DefaultGone: Contract, "default", "{item} has no default any more, it was {was}";
    MinRaised: Major, "min", "the smallest {item} allowed rises from {was} to {is}";
    MinLowered: Minor, "min", "the smallest {item} allowed falls from {was} to {is}";
    MaxLowered: Major, "max", "the largest {item} allowed falls from {was} to {is}";
    MaxRaised: Minor, "max", "the largest {item} allowed rises from {was} to {is}";
    EnumValueGone: Major, "{was}", "{item} cannot be {was} any more";
    EnumValueAdded: Minor, "{is}", "{item} can be {is}";

    OutputGone: Contract, "", "the output {item} is gone";
    OutputAdded: Contract, "", "the output {item} is new";
    OutputsMoved: Contract, "outputs", "outputs change places from ({was}) to ({is})";
    DtypeChanged: Contract, "dtype", "the dtype of {item} changes from {was} to {is}";
    OutputKindChanged: Line, "kind", "the kind of {item} changes from {was} to {is}";
    OutputRoleChanged: Line, "role", "the role of {item} changes from {was} to {is}";
    ScaleChanged: Line, "scale", "the scale of {item} changes from {was} to {is}";
    BoundsChanged: Line, "bounds", "the bounds of {item} change from {was} to {is}";
    SparseChanged: Line, "sparse", "whether {item} is sparse changes from {was} to {is}";
    DisplayShiftChanged: Line, "shift", "the shift of {item} changes from {was} to {is}";

    RequiredInputGone: Minor, "", "the input {item} need not be there any more";
    RequiredInputAdded: Major, "", "the input {item} is required now";
    InputGone: Major, "", "the input {item} is gone";
    InputAdded: Major, "", "the input {item} is new";
    InputsMoved: Major, "inputs", "inputs change places from ({was}) to ({is})";
    InputDefaultChanged: Major, "column", "the column that {item} defaults to changes from {was} to {is}";
    InputKindChanged: Major, "kind", "the kind of {item} changes from {was} to {is}";
    PrimaryInputChanged: Major, "primary", "the primary input changes from {was} to {is}";
    LookbackParamGone: Major, "lookback", "{item} does not change the lookback any more";
    LookbackParamAdded: Major, "lookback", "{item} changes the lookback now";
    DefaultLookbackChanged: Major, "lookback", "the default lookback changes from {was} to {is}";
    MemoryChanged: Major, "memory", "the memory changes from {was} to {is}";
    LookaheadChanged: Major, "lookahead", "the lookahead changes from {was} to {is}";
    LookaheadParamGone: Minor, "lookahead", "{item} does not make it look ahead any more";
    LookaheadParamAdded: Major, "lookahead", "{item} makes it look ahead now";
    IncrementalChanged: Major, "incremental", "whether it is incremental changes from {was} to {is}";

    ReferenceChanged: Line, "reference", "the reference changes from {was} to {is}";
    KernelChanged: Line, "kernel", "the kernel changes from {was} to {is}";
    ValuesChanged: Major, "values", "the values with default parameters change from {was} to {is}";
}
