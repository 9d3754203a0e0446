//! Classifies the changes of each catalog field. A field without a row here is a violation.

use super::policy::{Kind, Kind::*, Step};

/// How the values of a field are compared.
#[derive(Debug, Clone, Copy)]
pub enum How {
    /// Not compared: it may change in any version.
    Free,
    /// The key of the items of a list. Items with different keys are different items.
    Key,
    /// Compared by separate code, as versions and names of indicators are.
    Apart,
    /// An object, compared field by field.
    Object,
    /// A value. Another value is a change of this kind.
    Value(Kind),
    /// A value that may also be left out.
    Left {
        /// The change if another value comes.
        changed: Kind,
        /// The change if there is none any more.
        gone: Kind,
    },
    /// The smallest or largest value allowed.
    Limit {
        /// The change if the range becomes smaller.
        narrowed: Kind,
        /// The change if the range becomes larger.
        widened: Kind,
    },
    /// A list of words in any order.
    Words {
        /// The change if a word is removed.
        gone: Kind,
        /// The change if a word is added.
        new: Kind,
    },
    /// A list of objects.
    Items {
        /// The field that identifies an object.
        key: &'static str,
        /// The change if an object is removed.
        gone: Kind,
        /// The change if an object is added.
        new: Kind,
        /// The change if an object without a default is added; for many lists the same as `new`.
        bare: Kind,
        /// The change if the remaining objects have another order or are not at the front; `None`
        /// if this is allowed.
        moved: Option<Kind>,
    },
}

use How::{Apart, Free, Items, Key, Left, Limit, Object, Value, Words};

/// Every field of the document and of an indicator, by its path.
pub const FIELDS: &[(&str, How)] = &[
    ("contract_version", Apart),
    ("library_version", Apart),
    ("indicators", Apart),
    ("id", Apart),
    ("display_name", Free),
    ("category", Value(CategoryChanged)),
    ("description", Free),
    ("aliases", Apart),
    (
        "param_aliases",
        Items {
            key: "alias",
            gone: ParamAliasGone,
            new: ParamAliasAdded,
            bare: ParamAliasAdded,
            moved: None,
        },
    ),
    ("param_aliases.alias", Key),
    ("param_aliases.name", Value(ParamAliasMoved)),
    (
        "params",
        Items {
            key: "name",
            gone: ParamGone,
            new: ParamAdded,
            bare: RequiredParamAdded,
            moved: Some(ParamsMoved),
        },
    ),
    ("params.name", Key),
    ("params.kind", Value(ParamKindChanged)),
    ("params.default", Left { changed: DefaultChanged, gone: DefaultGone }),
    ("params.min", Limit { narrowed: MinRaised, widened: MinLowered }),
    ("params.max", Limit { narrowed: MaxLowered, widened: MaxRaised }),
    ("params.enum_values", Words { gone: EnumValueGone, new: EnumValueAdded }),
    ("params.description", Free),
    (
        "outputs",
        Items {
            key: "name",
            gone: OutputGone,
            new: OutputAdded,
            bare: OutputAdded,
            moved: Some(OutputsMoved),
        },
    ),
    ("outputs.name", Key),
    ("outputs.kind", Value(OutputKindChanged)),
    ("outputs.role", Value(OutputRoleChanged)),
    ("outputs.dtype", Value(DtypeChanged)),
    ("outputs.scale_group", Value(ScaleChanged)),
    ("outputs.bounds", Value(BoundsChanged)),
    ("outputs.levels", Free),
    ("outputs.sparse", Value(SparseChanged)),
    ("outputs.display_shift", Value(DisplayShiftChanged)),
    ("outputs.description", Free),
    ("semantics", Object),
    ("semantics.required_fields", Words { gone: RequiredInputGone, new: RequiredInputAdded }),
    (
        "semantics.input_slots",
        Items {
            key: "name",
            gone: InputGone,
            new: InputAdded,
            bare: InputAdded,
            moved: Some(InputsMoved),
        },
    ),
    ("semantics.input_slots.name", Key),
    ("semantics.input_slots.default", Value(InputDefaultChanged)),
    ("semantics.input_slots.kind", Value(InputKindChanged)),
    ("semantics.primary_input", Value(PrimaryInputChanged)),
    ("semantics.lookback_params", Words { gone: LookbackParamGone, new: LookbackParamAdded }),
    ("semantics.default_lookback", Value(DefaultLookbackChanged)),
    ("semantics.memory", Value(MemoryChanged)),
    ("semantics.lookahead", Value(LookaheadChanged)),
    ("semantics.lookahead_params", Words { gone: LookaheadParamGone, new: LookaheadParamAdded }),
    ("semantics.incremental", Value(IncrementalChanged)),
    ("semantics.complexity", Free),
    ("visual", Object),
    ("visual.pane", Free),
    ("visual.scale_group", Free),
    ("visual.plots", Free),
    ("visual.plots.output", Free),
    ("visual.plots.primitive", Free),
    ("visual.plots.style_slot", Free),
    ("visual.plots.pane", Free),
    ("visual.prices", Free),
    ("visual.prices.name", Free),
    ("visual.prices.price", Free),
    ("visual.prices.display_shift", Free),
    ("visual.prices.style_slot", Free),
    ("reference", Object),
    ("reference.library", Value(ReferenceChanged)),
    ("reference.function", Value(ReferenceChanged)),
    ("reference.params", Value(ReferenceChanged)),
    ("reference.outputs", Value(ReferenceChanged)),
    ("reference.source", Value(ReferenceChanged)),
    ("runtime_binding", Object),
    ("runtime_binding.module", Value(KernelChanged)),
    ("runtime_binding.kernel", Value(KernelChanged)),
];

/// How a field is compared; `None` if it has no row.
pub fn how(path: &str) -> Option<How> {
    FIELDS.iter().find(|(known, _)| *known == path).map(|(_, how)| *how)
}

impl How {
    /// The steps that changes of the field need, as the contract page writes them; `None` if the
    /// page has its own text for the field.
    pub fn mark(self) -> Option<String> {
        let name = |kind: Kind| kind.needs().name();
        let all = |cases: &[(&str, Step)]| match cases {
            [(_, first), rest @ ..] if rest.iter().all(|(_, step)| step == first) => {
                first.name().to_owned()
            }
            _ => {
                let said = cases.iter().map(|(case, step)| format!("{case}: {}", step.name()));
                said.collect::<Vec<_>>().join(", ")
            }
        };
        Some(match self {
            Free => "free".to_owned(),
            Key => "key".to_owned(),
            Value(kind) => name(kind).to_owned(),
            Left { changed, gone } => all(&[("changed", changed.needs()), ("gone", gone.needs())]),
            Limit { narrowed, widened } => {
                all(&[("narrower", narrowed.needs()), ("wider", widened.needs())])
            }
            Words { gone, new } => all(&[("gone", gone.needs()), ("new", new.needs())]),
            Items { gone, new, bare, moved, .. } => {
                let mut cases = vec![("gone", gone.needs()), ("new", new.needs())];
                if bare != new {
                    cases.push(("new without default", bare.needs()));
                }
                cases.extend(moved.map(|kind| ("moved", kind.needs())));
                all(&cases)
            }
            Apart | Object => return None,
        })
    }
}
