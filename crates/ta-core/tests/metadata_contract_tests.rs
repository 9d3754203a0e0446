//! Tests that the catalog keeps the rules of `docs/indicator_metadata_contract.md`.

use std::{
    collections::{BTreeSet, HashSet},
    fs,
    path::PathBuf,
};

use serde_json::{json, Value};
use ta_core::{
    contract::{catalog_document, catalog_schema},
    governance::{changelog, values, violations, Release, Values},
    indicator_catalog, indicators,
    labels::KNOWN_AFTER,
    meta::{Category, DType, IndicatorMeta, ParamKind},
    refuse_lookahead, resolve, NameStyle, Params,
};

fn read(path: &str) -> String {
    let full = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&full).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn the_catalog_and_its_values_keep_the_rules_against_the_last_release() {
    let released: Value = serde_json::from_str(&read("golden/released_catalog.json")).unwrap();
    let released_values: Values =
        serde_json::from_str(&read("golden/released_values.json")).unwrap();
    // Changes of values would go unnoticed for an indicator without released values.
    let ids = released["indicators"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap());
    assert_eq!(ids.collect::<BTreeSet<_>>(), released_values.keys().map(String::as_str).collect());
    let current = serde_json::to_value(catalog_document()).unwrap();
    let current_values = values::of_all().unwrap();
    let found = violations(
        Release { catalog: &released, values: &released_values },
        Release { catalog: &current, values: &current_values },
        changelog::unreleased(&read("docs/CHANGELOG.md")),
    );
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn the_snapshot_is_the_catalog() {
    let snapshot: Value = serde_json::from_str(&read("golden/indicator_catalog_v2.json")).unwrap();
    assert_eq!(snapshot, serde_json::to_value(catalog_document()).unwrap());
}

#[test]
fn the_document_has_no_null() {
    fn nulls(value: &Value, path: &str) -> Vec<String> {
        match value {
            Value::Null => vec![path.to_owned()],
            Value::Array(items) => items.iter().flat_map(|i| nulls(i, path)).collect(),
            Value::Object(fields) => {
                fields.iter().flat_map(|(k, v)| nulls(v, &format!("{path}.{k}"))).collect()
            }
            _ => Vec::new(),
        }
    }
    let document = serde_json::to_value(catalog_document()).unwrap();
    assert_eq!(nulls(&document, ""), Vec::<String>::new());
}

#[test]
fn the_contract_page_explains_every_field_and_every_word() {
    /// The names of properties, and the words that a property can be.
    fn vocabulary(schema: &Value) -> Vec<String> {
        let own = match schema {
            Value::Object(fields) => {
                let properties = fields.get("properties").and_then(Value::as_object);
                let names = properties.into_iter().flat_map(|p| p.keys().cloned());
                let words = fields.get("const").and_then(Value::as_str).map(str::to_owned);
                let list = fields.get("enum").and_then(Value::as_array).into_iter().flatten();
                let listed = list.filter_map(|word| word.as_str().map(str::to_owned));
                names.chain(words).chain(listed).collect()
            }
            _ => Vec::new(),
        };
        let inner: Vec<&Value> = match schema {
            Value::Object(fields) => fields.values().collect(),
            Value::Array(items) => items.iter().collect(),
            _ => Vec::new(),
        };
        own.into_iter().chain(inner.into_iter().flat_map(vocabulary)).collect()
    }
    let page = read("docs/indicator_metadata_contract.md");
    let found = vocabulary(&catalog_schema());
    assert!(found.len() > 80, "{found:?}");
    let missing: HashSet<String> =
        found.into_iter().filter(|word| !page.contains(&format!("`{word}`"))).collect();
    assert_eq!(missing, HashSet::new());
}

fn each(check: impl Fn(&IndicatorMeta) -> bool) {
    let broken: Vec<&str> =
        indicator_catalog().iter().filter(|m| !check(m)).map(|m| m.id).collect();
    assert_eq!(broken, Vec::<&str>::new());
}

fn well_formed(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !name.ends_with('_')
        && !name.contains("__")
}

#[test]
fn names_are_well_formed_and_unique() {
    let names: Vec<&str> = indicator_catalog()
        .iter()
        .flat_map(|m| std::iter::once(&m.id).chain(m.aliases).copied())
        .collect();
    assert!(names.iter().all(|n| well_formed(n)));
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    each(|m| {
        let own: Vec<&str> = m.params.iter().map(|p| p.name).collect();
        // An alias may stand for several parameters, but not twice for one.
        let pairs: HashSet<_> = m.param_aliases.iter().map(|a| (a.alias, a.name)).collect();
        let aliases: HashSet<&str> = m.param_aliases.iter().map(|a| a.alias).collect();
        let outputs: Vec<&str> = m.outputs.iter().map(|o| o.name).collect();
        let all: Vec<&str> = own.iter().chain(&aliases).copied().collect();
        let unique = |list: &[&str]| list.iter().collect::<HashSet<_>>().len() == list.len();
        unique(&all)
            && pairs.len() == m.param_aliases.len()
            && unique(&outputs)
            && all.iter().chain(&outputs).all(|n| well_formed(n))
            && m.param_aliases.iter().all(|a| own.contains(&a.name))
    });
}

#[test]
fn every_entry_has_descriptions_and_a_source() {
    each(|m| {
        m.description.len() > 60
            && m.description.ends_with('.')
            && !m.display_name.is_empty()
            && !m.reference.source.is_empty()
            && m.params.iter().all(|p| p.description.ends_with('.'))
            && m.outputs.iter().all(|o| o.description.ends_with('.'))
    });
}

#[test]
fn ranges_include_their_defaults() {
    each(|m| {
        m.params.iter().all(|p| match p.kind {
            ParamKind::Int { default, min, max } => (min..=max).contains(&default),
            ParamKind::Float { default, min, max } => (min..=max).contains(&default),
            ParamKind::Enum { default, enum_values } => enum_values.contains(&default),
            ParamKind::Bool { .. } => true,
        })
    });
}

#[test]
fn the_default_column_of_a_single_series_is_the_close() {
    each(|m| match &m.semantics.input_slots[..] {
        [only] if only.name == "series" => only.default == Some("close"),
        slots => slots.iter().all(|s| s.default.is_none_or(|d| d == s.name || s.name == "series")),
    });
}

#[test]
fn inputs_and_plot_hints_fit_the_entry() {
    each(|m| {
        let slots: Vec<&str> = m.semantics.input_slots.iter().map(|s| s.name).collect();
        let plots: Vec<&str> = m.visual.plots.iter().map(|p| p.output).collect();
        let outputs: Vec<&str> = m.outputs.iter().map(|o| o.name).collect();
        slots.contains(&m.semantics.primary_input)
            && m.semantics.required_fields.iter().all(|f| slots.contains(f))
            && m.semantics.lookback_params.iter().all(|p| m.params.iter().any(|q| q.name == *p))
            && plots == outputs
    });
}

#[test]
fn no_indicator_looks_ahead_with_its_defaults() {
    each(|m| m.semantics.lookahead == 0);
}

#[test]
fn a_label_says_when_it_is_known_and_one_flag_puts_it_in_its_row() {
    let labels = indicators().iter().filter(|i| i.meta.category == Category::Label);
    let mut count = 0;
    for indicator in labels {
        let meta = &indicator.meta;
        let known = meta.outputs.last().unwrap();
        assert_eq!((known.name, known.dtype), (KNOWN_AFTER, DType::Int32), "{}", meta.id);
        let [flag] = meta.semantics.lookahead_params[..] else { panic!("{}", meta.id) };
        let param = meta.params.iter().find(|param| param.name == flag).unwrap();
        assert_eq!(param.kind, ParamKind::Bool { default: true }, "{}", meta.id);
        let (late, none) = indicator.edges(&Params::defaults(meta));
        let given = json!({ flag: false });
        let own = resolve(indicator, given.as_object().unwrap(), NameStyle::Snake).unwrap();
        let (early, ahead) = indicator.edges(&own);
        assert_eq!((none, late), (0, early + ahead), "{}", meta.id);
        count += 1;
    }
    assert!(count >= 3);
}

#[test]
fn calls_that_look_ahead_are_refused_and_their_parameters_are_declared() {
    for indicator in indicators() {
        let meta = &indicator.meta;
        let defaults = Params::defaults(meta);
        for param in &meta.params {
            // Only a flag or a name turns look-ahead on; a number sets its distance.
            let others: Vec<Value> = match param.kind {
                ParamKind::Bool { default } => vec![json!(!default)],
                ParamKind::Enum { enum_values, .. } => {
                    enum_values.iter().map(|v| json!(v)).collect()
                }
                ParamKind::Int { min, max, .. } => vec![json!(min), json!(max.min(300))],
                ParamKind::Float { min, max, .. } => vec![json!(min), json!(max)],
            };
            for value in others {
                let given = json!({ param.name: value });
                let given = given.as_object().unwrap();
                let Ok(params) = resolve(indicator, given, NameStyle::Snake) else { continue };
                let refused = refuse_lookahead(indicator, &params, NameStyle::Snake, "a word");
                let ahead = indicator.kernel().lookahead(&params) > 0;
                assert_eq!(refused.is_err(), ahead, "{} {given:?}", meta.id);
                let declared = meta.semantics.lookahead_params.contains(&param.name);
                assert!(declared || !ahead, "{} {given:?}", meta.id);
                if let Err(error) = refused {
                    let usual = &defaults.to_json(meta)[param.name];
                    let way_out = format!("else leave {} at {usual}", param.name);
                    assert!(error.to_string().ends_with(&way_out), "{error}");
                }
            }
        }
    }
    let ids = |m: &&IndicatorMeta| !m.semantics.lookahead_params.is_empty();
    assert!(indicator_catalog().iter().filter(ids).count() >= 4);
}
