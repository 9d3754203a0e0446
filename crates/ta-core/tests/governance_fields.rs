//! Tests that the governance rules and the page about them cover every field of the catalog.

use std::{collections::BTreeSet, fs, path::PathBuf};

use serde_json::{json, Value};
use ta_core::{
    contract::catalog_document,
    governance::{
        compare::shape,
        fields::{how, How, FIELDS},
        violations, Kind, Release, Values,
    },
};

fn text(path: &str) -> String {
    let full = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&full).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// All values in a document: the pointer to each, and the path of its field without indices.
fn places(value: &Value, pointer: &str, path: &str, into: &mut Vec<(String, String)>) {
    into.push((pointer.to_owned(), path.to_owned()));
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                places(inner, &format!("{pointer}/{name}"), &below, into);
            }
        }
        Value::Array(all) => {
            for (index, inner) in all.iter().enumerate() {
                places(inner, &format!("{pointer}/{index}"), path, into);
            }
        }
        _ => {}
    }
}

/// Other values of the same type. For a list these have one item more and one item less.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Null | Value::Object(_) => vec![],
        Value::Bool(flag) => vec![json!(!flag)],
        Value::Number(number) => match number.as_i64() {
            Some(whole) => vec![json!(whole + 1), json!(whole - 1)],
            None => {
                let real = number.as_f64().unwrap();
                let far = real.abs() + 1.0;
                vec![json!(real + far), json!(real - far)]
            }
        },
        Value::String(text) => vec![json!(format!("{text}_changed"))],
        Value::Array(all) => {
            let mut more = all.clone();
            let mut new = all.first().cloned().unwrap_or(json!("brand_new"));
            match &mut new {
                Value::Object(fields) => {
                    let key = fields.keys().next().unwrap().clone();
                    fields.insert(key, json!("brand_new"));
                }
                other => *other = json!("brand_new"),
            }
            more.push(new);
            let less = all.split_last().map(|(_, rest)| json!(rest));
            less.into_iter().chain([json!(more)]).collect()
        }
    }
}

/// Whether a field, or a field that contains it, is free to change.
fn is_free(path: &str) -> bool {
    let ends = path.match_indices('.').map(|(end, _)| end).chain([path.len()]);
    ends.into_iter().any(|end| matches!(how(&path[..end]), Some(How::Free)))
}

#[test]
fn every_changed_value_is_a_violation_unless_its_field_is_free() {
    let catalog = serde_json::to_value(catalog_document()).unwrap();
    let (none, mut wrong, mut tried) = (Values::new(), Vec::new(), 0);
    for entry in catalog["indicators"].as_array().unwrap() {
        let alone = |entry: &Value| {
            let (contract, library) = (&catalog["contract_version"], &catalog["library_version"]);
            json!({ "contract_version": contract, "library_version": library, "indicators": [entry] })
        };
        let released = alone(entry);
        let mut all = Vec::new();
        places(entry, "", "", &mut all);
        for (pointer, path) in all.iter().filter(|(_, path)| !path.is_empty()) {
            for other in others(entry.pointer(pointer).unwrap()) {
                let mut changed = entry.clone();
                *changed.pointer_mut(pointer).unwrap() = other.clone();
                let current = alone(&changed);
                let [before, after] =
                    [&released, &current].map(|catalog| Release { catalog, values: &none });
                // Removing the last object of a free list can remove fields from the document.
                let found = violations(before, after, "").into_iter();
                let found = found.filter(|v| !is_free(path) || v.change.kind != Kind::FieldGone);
                tried += 1;
                if (found.count() == 0) != is_free(path) {
                    wrong.push(format!("{}{pointer}: {other}", entry["id"]));
                }
            }
        }
    }
    assert!(tried > 20_000, "{tried}");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_field_has_one_row_and_every_row_has_a_field() {
    let read = |path: &str| serde_json::from_str::<Value>(&text(path)).unwrap();
    let mut known = shape(&serde_json::to_value(catalog_document()).unwrap());
    let rows: Vec<&str> = FIELDS.iter().map(|(path, _)| *path).collect();
    let unique: BTreeSet<&str> = rows.iter().copied().collect();
    assert_eq!(unique.len(), rows.len());
    known.retain(|path| !unique.contains(path.as_str()));
    assert_eq!(known, BTreeSet::new(), "fields without a row in governance/fields.rs");
    let mut fields = shape(&serde_json::to_value(catalog_document()).unwrap());
    fields.extend(shape(&read("golden/released_catalog.json")));
    let stale: Vec<&str> = rows.into_iter().filter(|row| !fields.contains(*row)).collect();
    assert_eq!(stale, Vec::<&str>::new(), "rows of governance/fields.rs without a field");
}

#[test]
fn the_contract_page_says_what_changes_of_each_field_need() {
    let page = text("docs/indicator_metadata_contract.md");
    let sections = page.split("\n## ").map(|section| {
        let title = section.lines().next().unwrap_or_default();
        let below = match title.split_whitespace().next() {
            Some("Indicator") => "",
            Some("Parameter") => "params.",
            Some("Output") => "outputs.",
            Some("Semantics") => "semantics.",
            Some("Visual") => "visual.",
            Some("Reference") => "reference.",
            Some("Runtime") => "runtime_binding.",
            _ => "-",
        };
        (below, section)
    });
    let mut said = Vec::new();
    for (below, section) in sections.filter(|(below, _)| *below != "-") {
        for row in section.lines().filter(|line| line.starts_with("| `")) {
            let cells: Vec<&str> = row.splitn(5, '|').map(str::trim).collect();
            let ["", names, _, mark, meaning] = cells[..] else { panic!("{row}") };
            let part = match meaning.split_once(':').map(|(start, _)| start) {
                Some("In a hint") => "plots.",
                Some("In a price") => "prices.",
                Some("In a slot") => "input_slots.",
                Some("In an alias") => "param_aliases.",
                _ => "",
            };
            for name in names.split(", ") {
                let path = format!("{below}{part}{}", name.trim_matches('`'));
                said.push((path, mark.to_owned()));
            }
        }
    }
    let wanted = FIELDS.iter().filter_map(|(path, how)| Some((path.to_string(), how.mark()?)));
    let wrong: Vec<_> = wanted.filter(|row| !said.contains(row)).collect();
    assert_eq!(wrong, Vec::<(String, String)>::new(), "rows that the page should have");
    for kind in Kind::ALL {
        // The list of rules on the page must have every step.
        let step = kind.needs().name();
        assert!(page.contains(&format!("**{step}**")), "{step} is not explained");
    }
}
