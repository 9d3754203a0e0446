//! Tests of the governance rules. A mutant breaks each rule.

use std::{collections::BTreeSet, fs, path::PathBuf};

use serde_json::{json, Value};
use ta_core::{
    contract::catalog_document,
    find_indicator_meta,
    governance::{
        changelog,
        values::{self, summed, OutputValues},
        violations, Kind, Release, Step, Values, Violation,
    },
    meta::Category,
};

/// One way to break a rule: a change of the catalog or of the values.
struct Mutant {
    kind: Kind,
    change: fn(&mut Value, &mut Values),
}

/// A catalog of the indicators that mutants change. Together they have every field.
const IDS: [&str; 7] = ["bbands", "ma", "beta", "crossup", "ichimoku_cloud", "rsi", "pivots"];

fn document() -> Value {
    let mut document = serde_json::to_value(catalog_document()).unwrap();
    let all = document["indicators"].as_array_mut().unwrap();
    all.retain(|indicator| IDS.iter().any(|id| indicator["id"] == *id));
    assert_eq!(all.len(), IDS.len());
    document
}

fn some_values() -> Values {
    let series: Vec<Option<f64>> =
        (0..40).map(|i| (i > 3).then_some(f64::from(i).sqrt())).collect();
    Values::from([("bbands".to_owned(), vec![summed("upper", &series)])])
}

fn of<'a>(document: &'a mut Value, id: &str) -> &'a mut Value {
    let all = document["indicators"].as_array_mut().unwrap();
    all.iter_mut().find(|indicator| indicator["id"] == id).unwrap()
}

fn items<'a>(document: &'a mut Value, id: &str, list: &str) -> &'a mut Vec<Value> {
    of(document, id).pointer_mut(list).unwrap().as_array_mut().unwrap()
}

fn without(document: &mut Value, field: &str) {
    for indicator in document["indicators"].as_array_mut().unwrap() {
        indicator.as_object_mut().unwrap().remove(field);
    }
}

/// A mutant that gives a field of an indicator another value.
macro_rules! set {
    ($kind:ident, $id:literal, $path:literal, $value:expr) => {
        Mutant {
            kind: Kind::$kind,
            change: |catalog, _| {
                let field = of(catalog, $id).pointer_mut($path).expect($path);
                let value = json!($value);
                assert_ne!(*field, value, "changes nothing");
                *field = value;
            },
        }
    };
}

/// A mutant that changes a list of an indicator.
macro_rules! list {
    ($kind:ident, $id:literal, $path:literal, $change:expr) => {
        Mutant {
            kind: Kind::$kind,
            change: |catalog, _| {
                let change: fn(&mut Vec<Value>) = $change;
                change(items(catalog, $id, $path));
            },
        }
    };
}

fn mutants() -> Vec<Mutant> {
    let bare = |kind, change: fn(&mut Value, &mut Values)| Mutant { kind, change };
    vec![
        bare(Kind::LibraryVersionBack, |d, _| d["library_version"] = json!("0.0.9")),
        bare(Kind::ContractVersionBack, |d, _| d["contract_version"] = json!(0)),
        bare(Kind::ContractVersionRaised, |d, _| d["contract_version"] = json!(3)),
        bare(Kind::FieldGone, |d, _| without(d, "display_name")),
        bare(Kind::FieldUnclassified, |d, _| of(d, "ma")["licence"] = json!("MIT")),
        bare(Kind::IndicatorGone, |d, _| drop(d["indicators"].as_array_mut().unwrap().remove(0))),
        bare(Kind::IndicatorRenamed, |d, _| {
            items(d, "bbands", "/aliases").push(json!("bbands"));
            of(d, "bbands")["id"] = json!("bollinger");
        }),
        bare(Kind::IndicatorAdded, |d, _| {
            let mut new = of(d, "ma").clone();
            (new["id"], new["aliases"]) = (json!("brand_new"), json!([]));
            d["indicators"].as_array_mut().unwrap().push(new);
        }),
        list!(AliasGone, "bbands", "/aliases", |l| drop(l.remove(0))),
        bare(Kind::AliasMoved, |d, _| {
            let alias = items(d, "bbands", "/aliases").remove(0);
            items(d, "ma", "/aliases").push(alias);
        }),
        list!(AliasAdded, "bbands", "/aliases", |l| l.push(json!("brand_new"))),
        set!(CategoryChanged, "bbands", "/category", "volatility"),
        list!(ParamAliasGone, "bbands", "/param_aliases", |l| drop(l.remove(0))),
        set!(ParamAliasMoved, "bbands", "/param_aliases/0/name", "ma_type"),
        list!(ParamAliasAdded, "bbands", "/param_aliases", |l| l
            .push(json!({ "alias": "brand_new", "name": "period" }))),
        list!(ParamGone, "bbands", "/params", |l| drop(l.pop())),
        list!(ParamAdded, "bbands", "/params", |l| l
            .push(json!({ "name": "brand_new", "kind": "bool", "default": false }))),
        list!(RequiredParamAdded, "bbands", "/params", |l| l
            .push(json!({ "name": "brand_new", "kind": "bool" }))),
        list!(ParamsMoved, "bbands", "/params", |l| l.reverse()),
        set!(ParamKindChanged, "bbands", "/params/0/kind", "float"),
        set!(DefaultChanged, "bbands", "/params/0/default", 21),
        bare(Kind::DefaultGone, |d, _| {
            let param = items(d, "bbands", "/params")[0].as_object_mut().unwrap();
            param.remove("default").unwrap();
        }),
        set!(MinRaised, "bbands", "/params/0/min", 10),
        set!(MinLowered, "bbands", "/params/0/min", 1),
        set!(MaxLowered, "bbands", "/params/0/max", 1000),
        set!(MaxRaised, "bbands", "/params/0/max", 1_000_000_000),
        list!(EnumValueGone, "ma", "/params/1/enum_values", |l| drop(l.pop())),
        list!(EnumValueAdded, "ma", "/params/1/enum_values", |l| l.push(json!("brand_new"))),
        list!(OutputGone, "bbands", "/outputs", |l| drop(l.pop())),
        list!(OutputAdded, "bbands", "/outputs", |l| {
            let mut new = l[0].clone();
            new["name"] = json!("brand_new");
            l.push(new);
        }),
        list!(OutputsMoved, "bbands", "/outputs", |l| l.swap(0, 1)),
        set!(DtypeChanged, "bbands", "/outputs/0/dtype", "Int32"),
        set!(OutputKindChanged, "bbands", "/outputs/0/kind", "histogram"),
        set!(OutputRoleChanged, "bbands", "/outputs/0/role", "event"),
        set!(ScaleChanged, "bbands", "/outputs/0/scale_group", "ratio"),
        set!(BoundsChanged, "rsi", "/outputs/0/bounds/1", 99.0),
        bare(Kind::BoundsChanged, |d, _| of(d, "bbands")["outputs"][0]["bounds"] = json!([0, 1])),
        set!(SparseChanged, "pivots", "/outputs/0/sparse", false),
        bare(Kind::SparseChanged, |d, _| of(d, "crossup")["outputs"][0]["sparse"] = json!(true)),
        set!(DisplayShiftChanged, "bbands", "/outputs/0/display_shift", 26),
        list!(RequiredInputGone, "beta", "/semantics/required_fields", |l| drop(l.pop())),
        list!(RequiredInputAdded, "bbands", "/semantics/required_fields", |l| l
            .push(json!("volume"))),
        list!(InputGone, "beta", "/semantics/input_slots", |l| drop(l.pop())),
        list!(InputAdded, "bbands", "/semantics/input_slots", |l| l
            .push(json!({ "name": "volume", "default": "volume", "kind": "number" }))),
        list!(InputsMoved, "beta", "/semantics/input_slots", |l| l.reverse()),
        set!(InputDefaultChanged, "bbands", "/semantics/input_slots/0/default", "open"),
        set!(InputKindChanged, "bbands", "/semantics/input_slots/0/kind", "key"),
        set!(PrimaryInputChanged, "beta", "/semantics/primary_input", "other"),
        list!(LookbackParamGone, "ichimoku_cloud", "/semantics/lookback_params", |l| drop(l.pop())),
        list!(LookbackParamAdded, "bbands", "/semantics/lookback_params", |l| l
            .push(json!("brand_new"))),
        set!(DefaultLookbackChanged, "bbands", "/semantics/default_lookback", 3),
        set!(MemoryChanged, "bbands", "/semantics/memory", "cumulative"),
        set!(LookaheadChanged, "bbands", "/semantics/lookahead", 2),
        list!(LookaheadParamGone, "ichimoku_cloud", "/semantics/lookahead_params", |l| drop(
            l.pop()
        )),
        bare(Kind::LookaheadParamAdded, |d, _| {
            of(d, "bbands")["semantics"]["lookahead_params"] = json!(["brand_new"]);
        }),
        set!(IncrementalChanged, "bbands", "/semantics/incremental", false),
        list!(ParamAliasAdded, "bbands", "/param_aliases", |l| {
            let mut more = l.iter().find(|row| row["alias"] == "std_dev").unwrap().clone();
            more["name"] = json!("period");
            l.push(more);
        }),
        set!(ReferenceChanged, "bbands", "/reference/source", "elsewhere"),
        set!(ReferenceChanged, "bbands", "/reference/library", "formula"),
        set!(ReferenceChanged, "bbands", "/reference/function", "MA"),
        list!(ReferenceChanged, "bbands", "/reference/params", |l| l.reverse()),
        list!(ReferenceChanged, "bbands", "/reference/outputs", |l| l.reverse()),
        set!(KernelChanged, "bbands", "/runtime_binding/kernel", "my_bbands"),
        set!(KernelChanged, "bbands", "/runtime_binding/module", "elsewhere"),
        bare(Kind::ValuesChanged, |_, v| v.get_mut("bbands").unwrap()[0].sum *= 1.0 + 1e-6),
        bare(Kind::ValuesChanged, |_, v| v.get_mut("bbands").unwrap()[0].rows -= 1),
        bare(Kind::ValuesChanged, |_, v| v.get_mut("bbands").unwrap()[0].first = Some(5)),
    ]
}

/// The violations after a mutant, a step of the versions and lines of the changelog.
fn after(mutant: &Mutant, step: Option<Step>, entries: &str) -> Vec<Violation> {
    let (released, values) = (document(), some_values());
    let (mut current, mut current_values) = (document(), some_values());
    (mutant.change)(&mut current, &mut current_values);
    let mut raise = |field: &str, to: Value| {
        // The mutant itself may have changed the version.
        if current[field] == released[field] {
            current[field] = to;
        }
    };
    if step == Some(Step::Contract) {
        raise("contract_version", json!(3));
    }
    // Before 1.0.0, the second number is the major version and the third the minor one.
    let own = released["library_version"].as_str().and_then(changelog::numbers).unwrap();
    let [zero, major, minor] = own;
    assert_eq!(zero, 0);
    match step {
        Some(Step::Contract | Step::Major) => {
            raise("library_version", json!(format!("0.{}.0", major + 1)));
        }
        Some(Step::Minor) => {
            raise("library_version", json!(format!("0.{major}.{}", minor + 1)));
        }
        _ => {}
    }
    let (released, current) = (
        Release { catalog: &released, values: &values },
        Release { catalog: &current, values: &current_values },
    );
    violations(released, current, entries)
}

#[test]
fn each_change_is_a_violation_until_its_step_is_taken() {
    let line = |words: &[String]| format!("- {} and the contract.", words.join(" "));
    for mutant in mutants() {
        let kind = mutant.kind;
        let found = after(&mutant, None, "");
        let [one] = &found[..] else { panic!("{kind:?}: {found:?}") };
        assert_eq!(one.change.kind, kind, "{one}");
        if let Some(id) = &one.change.indicator {
            assert!(one.to_string().starts_with(&format!("{id}: ")), "{one}");
        }
        let (words, needs) = (one.change.words(), kind.needs());
        if needs == Step::Never {
            let all = after(&mutant, Some(Step::Contract), &line(&words));
            assert!(all.iter().any(|v| v.change.kind == kind), "{kind:?} is allowed");
            continue;
        }
        assert_eq!(after(&mutant, Some(needs), &line(&words)), [], "{kind:?}: {words:?}");
        // The change needs all of it: the version, the line, and each word in the line.
        let still = |step, entries: &str| {
            after(&mutant, step, entries).iter().any(|v| v.change.kind == kind)
        };
        assert!(still(Some(needs), ""), "{kind:?} needs no line");
        let lower = match needs {
            Step::Contract => Some(Step::Major),
            Step::Major => Some(Step::Minor),
            Step::Minor => Some(Step::Line),
            _ => None,
        };
        if lower.is_some() && kind != Kind::ContractVersionRaised {
            assert!(still(lower, &line(&words)), "{kind:?} needs no version");
        }
        for word in &words {
            let rest: Vec<String> = words.iter().filter(|w| *w != word).cloned().collect();
            let entries = format!("- {}", rest.join(" "));
            assert!(still(Some(needs), &entries), "{kind:?}: {word} need not be there");
        }
    }
}

#[test]
fn every_kind_of_change_has_a_mutant() {
    let tried: BTreeSet<Kind> = mutants().iter().map(|mutant| mutant.kind).collect();
    let missing: Vec<&Kind> = Kind::ALL.iter().filter(|kind| !tried.contains(kind)).collect();
    assert_eq!(missing, Vec::<&Kind>::new());
}

#[test]
fn without_a_change_there_is_no_violation() {
    let (catalog, values) =
        (serde_json::to_value(catalog_document()).unwrap(), values::of_all().unwrap());
    let release = Release { catalog: &catalog, values: &values };
    assert_eq!(violations(release, release, ""), []);
}

fn text(path: &str) -> String {
    let full = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&full).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn the_example_on_the_contract_page_is_a_real_message() {
    let (mut released, mut current) = (document(), document());
    released["library_version"] = json!("1.2.0");
    current["library_version"] = json!("1.3.0");
    *of(&mut current, "rsi").pointer_mut("/params/0/min").unwrap() = json!(5);
    let none = Values::new();
    let [before, after] = [&released, &current].map(|catalog| Release { catalog, values: &none });
    let found = violations(before, after, "- `rsi`: `period` is better.");
    let [one] = &found[..] else { panic!("{found:?}") };
    assert!(text("docs/indicator_metadata_contract.md").contains(&one.to_string()), "{one}");
}

#[test]
fn the_step_between_versions_is_its_highest_changed_place() {
    let step = |from: &str, to: &str| {
        changelog::step(changelog::numbers(from).unwrap(), changelog::numbers(to).unwrap())
    };
    assert_eq!(step("0.1.0", "0.1.0"), Step::Line);
    assert_eq!(step("0.1.0", "0.1.1"), Step::Minor);
    assert_eq!(step("0.1.3", "0.2.0"), Step::Major);
    assert_eq!(step("0.9.0", "1.0.0"), Step::Major);
    assert_eq!(step("1.2.0", "1.2.1"), Step::Line);
    assert_eq!(step("1.2.3", "1.3.0"), Step::Minor);
    assert_eq!(step("1.2.3", "2.0.0-beta.1"), Step::Major);
    assert_eq!(changelog::numbers("1.2"), None);
}

#[test]
fn only_changelog_lines_since_the_release_count() {
    let page = "# Changelog\n\n## Unreleased\n\n- a\n\n## 0.2.0 (2027)\n\n- b\n\n## 0.1.0\n\n- c\n";
    assert_eq!(changelog::unreleased(page), "Unreleased\n\n- a\n");
    assert_eq!(changelog::headings(page), ["0.2.0", "0.1.0"]);
}

fn numbers(values: &[f64]) -> OutputValues {
    summed("value", &values.iter().copied().map(Some).collect::<Vec<_>>())
}

#[test]
fn values_that_differ_only_in_last_bits_agree() {
    let series: Vec<f64> = (1..3000).map(|i| 100.0 + (f64::from(i) / 7.0).sin()).collect();
    let own = numbers(&series);
    let last_bits: Vec<f64> = series.iter().map(|v| v * (1.0 + 3e-12)).collect();
    assert!(own.agrees(&numbers(&last_bits)));
    let mut one_row = series.clone();
    one_row[1234] *= 1.001;
    assert!(!own.agrees(&numbers(&one_row)));
    let mut exchanged = series.clone();
    exchanged.swap(10, 900);
    assert!(!own.agrees(&numbers(&exchanged)));
    let mut gap: Vec<Option<f64>> = series.iter().copied().map(Some).collect();
    gap[7] = None;
    assert!(!own.agrees(&summed("value", &gap)));
}

#[test]
fn the_digest_of_every_indicator_has_values() {
    let all = values::of_all().unwrap();
    // Some candlestick patterns do not occur on these bars; the golden values have bars made for
    // them.
    let pattern = |id: &str| find_indicator_meta(id).unwrap().category == Category::Pattern;
    let (mut quiet, mut patterns) = (Vec::new(), 0);
    for (id, outputs) in &all {
        let rows = outputs.iter().all(|output| output.rows > 100);
        // With default parameters, one of several outputs may be constant.
        if rows && outputs.iter().any(|output| output.size > 0.0) {
            continue;
        }
        if pattern(id) {
            patterns += 1;
        } else {
            quiet.push(id.clone());
        }
    }
    assert_eq!(quiet, Vec::<String>::new());
    assert!(patterns < 10, "{patterns} patterns do not occur");
}
