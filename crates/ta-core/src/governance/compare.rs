//! The differences between two catalogs.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    changelog::numbers,
    fields::{how, How},
    policy::Kind,
};

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The kind of difference.
    pub kind: Kind,
    /// The released id of the indicator, or its id if it is new.
    pub indicator: Option<String>,
    /// The name of the part that changed: a parameter, an output, an alias.
    pub item: Option<String>,
    /// The old value.
    pub was: String,
    /// The new value.
    pub is: String,
}

/// All differences. Those of the document come first.
pub fn changes(released: &Value, current: &Value) -> Vec<Change> {
    let (before, after) = (shape(released), shape(current));
    let mut walk = Walk { common: before.intersection(&after).cloned().collect(), found: vec![] };
    walk.versions(released, current);
    for path in before.difference(&after) {
        walk.push(Kind::FieldGone, None, Some(path), "", "");
    }
    for path in after.iter().filter(|path| how(path).is_none()) {
        walk.push(Kind::FieldUnclassified, None, Some(path), "", "");
    }
    walk.indicators(released, current);
    walk.found
}

struct Walk {
    /// Compares which fields the documents have. A new field is not a change.
    common: BTreeSet<String>,
    found: Vec<Change>,
}

impl Walk {
    fn push(&mut self, kind: Kind, id: Option<&str>, item: Option<&str>, was: &str, is: &str) {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let (indicator, item) = (owned(id), owned(item));
        self.found.push(Change { kind, indicator, item, was: was.into(), is: is.into() });
    }

    fn versions(&mut self, released: &Value, current: &Value) {
        let [was, is] = [released, current].map(|d| d["contract_version"].as_u64().unwrap_or(0));
        if was != is {
            let kind =
                if is < was { Kind::ContractVersionBack } else { Kind::ContractVersionRaised };
            self.push(kind, None, None, &was.to_string(), &is.to_string());
        }
        let [was, is] = [released, current].map(|d| text(d, "library_version"));
        if numbers(is) < numbers(was) {
            self.push(Kind::LibraryVersionBack, None, None, was, is);
        }
    }

    fn indicators(&mut self, released: &Value, current: &Value) {
        for before in list(released, "indicators") {
            let id = text(before, "id");
            let Some(after) = find(current, id) else {
                self.push(Kind::IndicatorGone, Some(id), None, id, "");
                continue;
            };
            if text(after, "id") != id {
                self.push(Kind::IndicatorRenamed, Some(id), None, id, text(after, "id"));
            }
            for alias in words(before, "aliases").difference(&words(after, "aliases")) {
                match find(current, alias).map(|leads_to| text(leads_to, "id")) {
                    None => self.push(Kind::AliasGone, Some(id), Some(alias), alias, ""),
                    Some(there) if there == text(after, "id") => {}
                    Some(there) => self.push(Kind::AliasMoved, Some(id), Some(alias), id, there),
                }
            }
            self.fields(before, after, "", id, None);
        }
        for after in list(current, "indicators") {
            let id = text(after, "id");
            let before = list(released, "indicators")
                .iter()
                .find(|i| names(i, id) || names(after, text(i, "id")));
            match before {
                None => self.push(Kind::IndicatorAdded, Some(id), None, "", id),
                Some(before) => {
                    for alias in words(after, "aliases").difference(&words(before, "aliases")) {
                        if find(released, alias).is_none() {
                            self.push(Kind::AliasAdded, Some(id), Some(alias), "", alias);
                        }
                    }
                }
            }
        }
    }

    /// Compares the fields of an indicator, or of the part of it that `item` names.
    fn fields(&mut self, before: &Value, after: &Value, path: &str, id: &str, item: Option<&str>) {
        let keys =
            |value: &Value| value.as_object().into_iter().flat_map(|o| o.keys().cloned()).collect();
        let (old, new): (BTreeSet<String>, BTreeSet<String>) = (keys(before), keys(after));
        for name in old.union(&new) {
            let path = join(path, name);
            if !self.common.contains(&path) {
                continue;
            }
            let (was, is) = (&before[name.as_str()], &after[name.as_str()]);
            match how(&path) {
                None | Some(How::Free | How::Key | How::Apart) => {}
                Some(How::Object) => self.fields(was, is, &path, id, item),
                Some(How::Value(kind)) if was != is => {
                    self.push(kind, Some(id), item, &shown(was), &shown(is));
                }
                Some(How::Left { changed, gone }) if was != is => {
                    let kind = if is.is_null() { gone } else { changed };
                    self.push(kind, Some(id), item, &shown(was), &shown(is));
                }
                Some(How::Value(_) | How::Left { .. }) => {}
                Some(How::Limit { narrowed, widened }) => {
                    if let Some(kind) = limit(name, was, is, narrowed, widened) {
                        self.push(kind, Some(id), item, &shown(was), &shown(is));
                    }
                }
                Some(How::Words { gone, new }) => {
                    let (old, now) = (words(before, name), words(after, name));
                    // The words of a part are its values. The words of an indicator are names of
                    // parts.
                    for word in old.difference(&now) {
                        self.push(gone, Some(id), item.or(Some(word)), word, "");
                    }
                    for word in now.difference(&old) {
                        self.push(new, Some(id), item.or(Some(word)), "", word);
                    }
                }
                Some(How::Items { key, gone, new, bare, moved }) => {
                    let kinds = Items { key, gone, new, bare, moved };
                    self.items(was, is, &path, id, kinds);
                }
            }
        }
    }

    fn items(&mut self, before: &Value, after: &Value, path: &str, id: &str, kinds: Items) {
        let key = kinds.key;
        let order = |value: &Value| -> Vec<String> {
            items(value).iter().map(|item| text(item, key).to_owned()).collect()
        };
        let (old, now) = (order(before), order(after));
        for was in items(before) {
            let name = text(was, key);
            // Several items may have the same key: an alias of two parameters has two.
            let same = items(after).iter().find(|item| *item == was);
            match same.or_else(|| items(after).iter().find(|item| item[key] == was[key])) {
                Some(is) => self.fields(was, is, path, id, Some(name)),
                None => self.push(kinds.gone, Some(id), Some(name), name, ""),
            }
        }
        let count = |rows: &[String], name: &str| rows.iter().filter(|row| *row == name).count();
        let more = |is: &&Value| count(&now, text(is, key)) > count(&old, text(is, key));
        for is in items(after).iter().filter(more).filter(|is| !items(before).contains(is)) {
            let kind = if is["default"].is_null() { kinds.bare } else { kinds.new };
            self.push(kind, Some(id), Some(text(is, key)), "", text(is, key));
        }
        // New items come last.
        let kept: Vec<&String> = old.iter().filter(|name| now.contains(name)).collect();
        let stay = now.iter().take(kept.len()).eq(kept.iter().copied());
        if let (false, Some(kind)) = (stay, kinds.moved) {
            self.push(kind, Some(id), None, &old.join(", "), &now.join(", "));
        }
    }
}

/// The kinds of the changes of a list of objects; see [`How::Items`].
struct Items {
    key: &'static str,
    gone: Kind,
    new: Kind,
    bare: Kind,
    moved: Option<Kind>,
}

/// The change of a limit, if it changed. Without a limit all values are allowed.
fn limit(name: &str, was: &Value, is: &Value, narrowed: Kind, widened: Kind) -> Option<Kind> {
    let (none, sign) = if name == "min" { (f64::NEG_INFINITY, 1.0) } else { (f64::INFINITY, -1.0) };
    let [was, is] = [was, is].map(|limit| sign * limit.as_f64().unwrap_or(none));
    if is > was {
        Some(narrowed)
    } else {
        (is < was).then_some(widened)
    }
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    items(&value[key])
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn words<'a>(value: &'a Value, key: &str) -> BTreeSet<&'a str> {
    list(value, key).iter().filter_map(Value::as_str).collect()
}

/// Whether a name is the id or an alias of an indicator.
fn names(indicator: &Value, name: &str) -> bool {
    text(indicator, "id") == name || words(indicator, "aliases").contains(name)
}

/// The indicator with an id or alias.
pub(super) fn find<'a>(document: &'a Value, name: &str) -> Option<&'a Value> {
    list(document, "indicators").iter().find(|indicator| names(indicator, name))
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// The paths of all fields, without indices of lists. Paths of an indicator's fields start at the
/// indicator.
pub fn shape(document: &Value) -> BTreeSet<String> {
    fn walk(value: &Value, path: &str, into: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    let path = join(path, name);
                    walk(inner, if path == "indicators" { "" } else { &path }, into);
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
