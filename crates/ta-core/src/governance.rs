//! The rules by which the catalog may change, as a comparison of two documents.
//!
//! They are kept by a test that compares the catalog with the last released one:
//! see `docs/indicator_metadata_contract.md`.

use std::collections::BTreeSet;

use serde_json::Value;

/// Everything in `current` that the rules forbid, one sentence for each.
///
/// `changelog` is the text of the entries since `released`.
pub fn violations(released: &Value, current: &Value, changelog: &str) -> Vec<String> {
    let version = |document: &Value| document["contract_version"].as_u64().unwrap_or(0);
    let same_contract = version(released) == version(current);
    let mut found = Vec::new();
    if version(current) < version(released) {
        found.push("the contract version went back".to_owned());
    }
    if same_contract {
        for path in shape(released).difference(&shape(current)) {
            found.push(format!("field {path} is gone: that needs a new contract version"));
        }
    }
    for before in indicators(released) {
        let id = text(before, "id");
        let Some(after) = indicators(current).iter().find(|i| i["id"] == before["id"]) else {
            let alias = indicators(current).iter().any(|i| names(i).contains(&id));
            if !alias {
                found.push(format!("{id} is gone, and no alias leads from it"));
            }
            continue;
        };
        if same_contract && outputs(before) != outputs(after) {
            let (was, is) = (outputs(before).join(", "), outputs(after).join(", "));
            found.push(format!("{id}: outputs changed from ({was}) to ({is}) within a version"));
        }
        for alias in names(before).difference(&names(after)) {
            if !indicators(current).iter().any(|i| names(i).contains(alias)) {
                found.push(format!("{id}: alias {alias} is gone"));
            }
        }
        found.extend(parameters(before, after, same_contract, changelog));
    }
    found
}

fn parameters(before: &Value, after: &Value, same_contract: bool, changelog: &str) -> Vec<String> {
    let id = text(before, "id");
    let mut found = Vec::new();
    let order = |indicator| list(indicator, "params").iter().map(|p| text(p, "name"));
    let kept: Vec<String> = order(before).filter(|n| order(after).any(|m| m == *n)).collect();
    if same_contract && !order(after).take(kept.len()).eq(kept) {
        found.push(format!("{id}: parameters changed places: that needs a new contract version"));
    }
    for old in list(before, "params") {
        let name = text(old, "name");
        let Some(new) = list(after, "params").iter().find(|p| p["name"] == old["name"]) else {
            if same_contract {
                found.push(format!(
                    "{id}: parameter {name} is gone: that needs a new contract version"
                ));
            }
            continue;
        };
        let noted = changelog.lines().any(|line| {
            let words: BTreeSet<&str> =
                line.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
            words.contains(id.as_str()) && words.contains(name.as_str())
        });
        if old["default"] != new["default"] && !noted {
            let (was, is) = (&old["default"], &new["default"]);
            found.push(format!(
                "{id}: the default of {name} changed from {was} to {is} without a changelog entry"
            ));
        }
        if same_contract && old["kind"] != new["kind"] {
            found.push(format!(
                "{id}: the kind of {name} changed: that needs a new contract version"
            ));
        }
    }
    found
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn indicators(document: &Value) -> &[Value] {
    list(document, "indicators")
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn outputs(indicator: &Value) -> Vec<String> {
    list(indicator, "outputs")
        .iter()
        .map(|o| format!("{} {}", text(o, "name"), text(o, "dtype")))
        .collect()
}

/// The id and all aliases.
fn names(indicator: &Value) -> BTreeSet<String> {
    let aliases = list(indicator, "aliases").iter().filter_map(Value::as_str).map(str::to_owned);
    aliases.chain([text(indicator, "id")]).collect()
}

/// The paths of all fields, lists without their indices.
fn shape(document: &Value) -> BTreeSet<String> {
    fn walk(value: &Value, path: &str, into: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    let path =
                        if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    walk(inner, &path, into);
                    into.insert(path);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, path, into)),
            _ => {}
        }
    }
    let mut paths = BTreeSet::new();
    walk(document, "", &mut paths);
    paths
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::contract::catalog_document;

    /// What the rules say when one thing about the catalog changes.
    fn after(change: impl Fn(&mut Value), changelog: &str) -> Vec<String> {
        let released = serde_json::to_value(catalog_document()).unwrap();
        let mut current = released.clone();
        change(&mut current);
        violations(&released, &current, changelog)
    }

    /// The position of the first indicator with several outputs and a parameter.
    fn subject(document: &Value) -> usize {
        let fits = |i: &Value| list(i, "outputs").len() > 1 && !list(i, "params").is_empty();
        indicators(document).iter().position(fits).unwrap()
    }

    fn one(found: &[String], part: &str) {
        assert!(found.len() == 1 && found[0].contains(part), "{part}: {found:?}");
    }

    #[test]
    fn nothing_changed_is_nothing_broken() {
        assert_eq!(after(|_| {}, ""), Vec::<String>::new());
    }

    #[test]
    fn outputs_keep_their_order() {
        let swap = |d: &mut Value| {
            let i = subject(d);
            d["indicators"][i]["outputs"].as_array_mut().unwrap().reverse();
        };
        one(&after(swap, ""), "outputs changed");
        let with_version = |d: &mut Value| {
            swap(d);
            d["contract_version"] = json!(3);
        };
        assert!(after(with_version, "").is_empty());
    }

    #[test]
    fn parameters_keep_their_places() {
        let place = |at: fn(usize) -> usize| {
            move |d: &mut Value| {
                let i = subject(d);
                let params = d["indicators"][i]["params"].as_array_mut().unwrap();
                let new = json!({ "name": "new", "kind": "bool", "default": false });
                params.insert(at(params.len()), new);
            }
        };
        one(&after(place(|_| 0), ""), "changed places");
        assert!(after(place(|len| len), "").is_empty());
    }

    #[test]
    fn a_changed_default_needs_a_changelog_entry() {
        let change = |d: &mut Value| {
            let i = subject(d);
            d["indicators"][i]["params"][0]["default"] = json!(7);
        };
        one(&after(change, ""), "without a changelog entry");
        let document = serde_json::to_value(catalog_document()).unwrap();
        let meta = &indicators(&document)[subject(&document)];
        let entry = format!(
            "- `{}`: default of `{}` is 7",
            text(meta, "id"),
            text(&meta["params"][0], "name")
        );
        assert!(after(change, &entry).is_empty());
    }

    #[test]
    fn nothing_vanishes_quietly() {
        let removed = |d: &mut Value| drop(d["indicators"].as_array_mut().unwrap().remove(0));
        assert!(after(removed, "").iter().any(|v| v.contains("is gone, and no alias")));
        let param = |d: &mut Value| {
            let i = subject(d);
            d["indicators"][i]["params"].as_array_mut().unwrap().remove(0);
        };
        one(&after(param, ""), "parameter");
        let with_version = |d: &mut Value| {
            param(d);
            d["contract_version"] = json!(3);
        };
        assert!(after(with_version, "").is_empty());
        let field = |d: &mut Value| {
            for i in d["indicators"].as_array_mut().unwrap() {
                i.as_object_mut().unwrap().remove("visual");
            }
        };
        assert!(after(field, "").iter().any(|v| v.contains("needs a new contract version")));
    }
}
