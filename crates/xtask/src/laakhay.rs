//! Compares laakhay's contract with the catalog: names, parameters, defaults and outputs. Every
//! difference needs a row in `golden/laakhay_decisions.csv`, and every row there needs a
//! difference.

use std::{collections::BTreeSet, fmt::Write};

use serde::Deserialize;
use serde_json::{json, Map, Value};
use ta_core::{
    find_indicator, find_indicator_meta, meta::IndicatorMeta, resolve, NameStyle, Params,
};

/// An indicator of laakhay's catalog.
#[derive(Deserialize, Clone)]
pub struct Entry {
    pub id: String,
    pub aliases: Vec<String>,
    pub param_aliases: Map<String, Value>,
    pub params: Vec<Param>,
    pub outputs: Vec<String>,
}

/// A parameter of laakhay's catalog, with its default as text.
#[derive(Deserialize, Clone)]
pub struct Param {
    pub name: String,
    pub default: Option<String>,
}

/// A decision about a difference.
#[derive(Deserialize, Clone, PartialEq, Eq)]
pub struct Decision {
    pub id: String,
    pub what: Kind,
    pub name: String,
    pub by: String,
    pub reason: String,
}

/// The kind of a difference.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An alias belongs to another indicator: `by` is its id.
    Alias,
    /// The indicator has no such parameter: `by` is an input or another indicator's parameter.
    Param,
    /// A default differs: `by` is `name=value`, the argument that gives laakhay's default.
    Default,
    /// The indicator has no such output: `by` is an output of it or of another indicator.
    Output,
    /// The formula differs: `by` is the indicator that has laakhay's formula.
    Values,
}

/// The contract and the decisions about it.
pub struct Laakhay {
    pub entries: Vec<Entry>,
    pub decisions: Vec<Decision>,
}

impl Laakhay {
    /// The differences without a valid decision, and the decisions without a difference, one
    /// sentence each.
    pub fn complaints(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut differs = BTreeSet::new();
        for entry in &self.entries {
            let Some(meta) = find_indicator_meta(&entry.id) else {
                found.push(format!("{} is no name in the catalog", entry.id));
                continue;
            };
            for (what, name) in differences(entry, meta) {
                if self.decision(&entry.id, what, &name).is_none() {
                    found.push(format!("{}: {} and no decision", entry.id, sentence(what, &name)));
                }
                differs.insert((entry.id.clone(), what, name));
            }
        }
        for decision in &self.decisions {
            let Decision { id, what, name, reason, .. } = decision;
            let key = (id.clone(), *what, name.clone());
            if *what != Kind::Values && !differs.contains(&key) {
                found.push(format!("{id}: the decision about {what:?} {name} is out of date"));
            } else if reason.is_empty() {
                found.push(format!("{id}: the decision about {what:?} {name} has no reason"));
            } else if let Some(problem) = self.wrong_replacement(decision) {
                found.push(format!("{id}: the decision about {what:?} {name}: {problem}"));
            }
        }
        found
    }

    fn decision(&self, id: &str, what: Kind, name: &str) -> Option<&Decision> {
        self.decisions.iter().find(|d| d.id == id && d.what == what && d.name == name)
    }

    /// The reason why the replacement that a decision names is wrong, if it is.
    fn wrong_replacement(&self, Decision { id, what, name, by, .. }: &Decision) -> Option<String> {
        let own = find_indicator_meta(id)?;
        let (meta, part) = match by.split_once('.') {
            Some((other, part)) => (find_indicator_meta(other), part),
            None => (Some(own), by.as_str()),
        };
        let outputs = |m: &IndicatorMeta| m.outputs.iter().any(|o| o.name == part);
        let params = |m: &IndicatorMeta| m.params.iter().any(|p| p.name == part);
        let inputs = |m: &IndicatorMeta| m.semantics.input_slots.iter().any(|s| s.name == part);
        let is_there = match what {
            Kind::Alias => find_indicator_meta(name).is_some_and(|m| m.id == by),
            Kind::Values => find_indicator_meta(by).is_some_and(|m| m.id == by && m.id != own.id),
            Kind::Output => meta.is_some_and(outputs),
            Kind::Param => meta.is_some_and(|m| params(m) || inputs(m)),
            Kind::Default => return self.not_the_default(id, name, by),
        };
        (!is_there).then(|| format!("{by} is not there"))
    }

    /// The reason why an argument does not give laakhay's default, if it does not.
    fn not_the_default(&self, id: &str, name: &str, by: &str) -> Option<String> {
        let entry = self.entries.iter().find(|e| e.id == id)?;
        let param = entry.params.iter().find(|p| p.name == name)?;
        let (written, value) = by.split_once('=')?;
        if written != name || Some(value) != param.default.as_deref() {
            return Some(format!("{by} is not laakhay's default"));
        }
        let indicator = find_indicator(id).ok()?;
        let given = json!({ name: typed(value) });
        let checked = resolve(indicator, given.as_object()?, NameStyle::Snake);
        checked.err().map(|error| error.to_string())
    }
}

/// A default as the JSON that it stands for.
fn typed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}

/// The differences between an entry and the catalog.
fn differences(entry: &Entry, meta: &IndicatorMeta) -> Vec<(Kind, String)> {
    let mut found = Vec::new();
    for alias in &entry.aliases {
        if find_indicator_meta(alias).is_none_or(|m| m.id != meta.id) {
            found.push((Kind::Alias, alias.clone()));
        }
    }
    let stands_for = |name: &str| -> Vec<usize> {
        let aliases = || meta.param_aliases.iter().filter(|a| a.alias == name);
        let is_meant = |own: &str| own == name || aliases().any(|a| a.name == own);
        (0..meta.params.len()).filter(|&index| is_meant(meta.params[index].name)).collect()
    };
    let defaults = Params::defaults(meta);
    for Param { name, default } in &entry.params {
        let meant = stands_for(name);
        if meant.is_empty() {
            found.push((Kind::Param, name.clone()));
        } else if let Some(default) = default {
            let same = |index: &usize| equal(&defaults.values()[*index].to_json(), &typed(default));
            if !meant.iter().all(same) {
                found.push((Kind::Default, name.clone()));
            }
        }
    }
    for (alias, name) in &entry.param_aliases {
        if stands_for(alias) != stands_for(name.as_str().unwrap_or_default()) {
            found.push((Kind::Param, alias.clone()));
        }
    }
    // If both have a single output, its name does not matter.
    if entry.outputs.len() > 1 || meta.outputs.len() > 1 {
        let missing =
            entry.outputs.iter().filter(|name| meta.outputs.iter().all(|o| o.name != *name));
        found.extend(missing.map(|name| (Kind::Output, name.clone())));
    }
    found
}

/// Compares numbers by value, not by spelling.
fn equal(a: &Value, b: &Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

fn sentence(what: Kind, name: &str) -> String {
    match what {
        Kind::Alias => format!("{name} does not lead there"),
        Kind::Param => format!("there is no parameter {name}"),
        Kind::Default => format!("{name} has another default"),
        Kind::Output => format!("there is no output {name}"),
        Kind::Values => format!("{name} has other values"),
    }
}

impl Laakhay {
    /// The section of the porting matrix.
    pub fn section(&self) -> String {
        let mut text = String::from(
            "\n## laakhay's contract\n\n\
             The indicators of laakhay's Rust catalog and the indicators here that replace them, with \
             laakhay's outputs, parameters and defaults. Parameters have the same names here, or the \
             names are aliases. The last column has all differences. `golden/laakhay_contract.json` \
             has laakhay's catalog and `golden/laakhay_decisions.csv` the reasons for the differences; \
             generating this page fails if a difference has no reason.\n\n\
             | laakhay | here | outputs | parameters | differs |\n| --- | --- | --- | --- | --- |\n",
        );
        for entry in &self.entries {
            let Some(meta) = find_indicator_meta(&entry.id) else { continue };
            let of = |list: &mut dyn Iterator<Item = String>| list.collect::<Vec<_>>().join(", ");
            let outputs = of(&mut entry.outputs.iter().map(|name| format!("`{name}`")));
            let params = of(&mut entry.params.iter().map(|p| match &p.default {
                Some(default) => format!("`{}` {default}", p.name),
                None => format!("`{}`", p.name),
            }));
            let decided = self.decisions.iter().filter(|d| d.id == entry.id);
            let differs: Vec<String> = decided.map(|d| described(d, meta)).collect();
            writeln!(
                text,
                "| `{}` | [{1}](indicators/{1}.md) | {outputs} | {params} | {2} |",
                entry.id,
                meta.id,
                differs.join("; ")
            )
            .ok();
        }
        text
    }
}

fn described(Decision { what, name, by, reason, .. }: &Decision, meta: &IndicatorMeta) -> String {
    match what {
        Kind::Alias => format!("`{name}` is `{by}`: {reason}"),
        Kind::Param | Kind::Output => format!("`{name}` is `{by}`: {reason}"),
        Kind::Default => format!("`{by}` gives its default, {} has another: {reason}", meta.id),
        Kind::Values => format!("`{by}` has its values: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Sources;

    fn laakhay() -> Laakhay {
        Sources::read().map(|sources| sources.laakhay).unwrap()
    }

    /// The errors after one change.
    fn after(change: impl FnOnce(&mut Laakhay)) -> Vec<String> {
        let mut changed = laakhay();
        change(&mut changed);
        changed.complaints()
    }

    fn entry<'a>(laakhay: &'a mut Laakhay, id: &str) -> &'a mut Entry {
        laakhay.entries.iter_mut().find(|e| e.id == id).unwrap()
    }

    #[test]
    fn the_whole_contract_has_valid_decisions() {
        assert_eq!(laakhay().complaints(), Vec::<String>::new());
        assert_eq!(laakhay().entries.len(), 41);
    }

    #[test]
    fn each_difference_needs_a_decision() {
        for left_out in 0..laakhay().decisions.len() {
            let decision = laakhay().decisions[left_out].clone();
            let found = after(|l| drop(l.decisions.remove(left_out)));
            // The catalogs do not show which formula is used.
            let expected = usize::from(decision.what != Kind::Values);
            assert_eq!(found.len(), expected, "{} {found:?}", decision.id);
        }
    }

    #[test]
    fn missing_names_outputs_and_defaults_are_found() {
        let one = |found: Vec<String>, part: &str| {
            assert!(found.len() == 1 && found[0].contains(part), "{part}: {found:?}");
        };
        one(after(|l| entry(l, "rsi").id = "rsi_of_laakhay".into()), "no name in the catalog");
        one(after(|l| entry(l, "macd").outputs.push("slope".into())), "there is no output slope");
        one(after(|l| entry(l, "bbands").params[1].name = "width".into()), "no parameter width");
        one(
            after(|l| entry(l, "bbands").params[1].default = Some("2.5".into())),
            "another default",
        );
        one(after(|l| entry(l, "rsi").aliases.push("macd".into())), "does not lead there");
        let alias = |l: &mut Laakhay| {
            entry(l, "keltner").param_aliases.insert("width".into(), json!("multiplier"));
        };
        one(after(alias), "no parameter width");
    }

    #[test]
    fn a_decision_needs_a_difference_and_a_replacement() {
        let decide = |id: &str, what: Kind, name: &str, by: &str, reason: &str| {
            let [id, name, by, reason] = [id, name, by, reason].map(str::to_owned);
            after(|l| {
                l.decisions.retain(|d| !(d.id == id && d.what == what && d.name == name));
                l.decisions.push(Decision { id, what, name, by, reason });
            })
        };
        let said = |found: Vec<String>, part: &str| {
            assert!(found.len() == 1 && found[0].contains(part), "{part}: {found:?}");
        };
        said(decide("rsi", Kind::Default, "period", "period=14", "none"), "out of date");
        said(decide("adx", Kind::Output, "plus_di", "dmi.plus", "gone"), "dmi.plus is not there");
        said(decide("adx", Kind::Output, "plus_di", "dmi.plus_di", ""), "has no reason");
        said(decide("sma", Kind::Param, "source", "open", "an input"), "open is not there");
        said(decide("sma", Kind::Default, "period", "period=21", "why"), "not laakhay's default");
        said(decide("cmo", Kind::Values, "", "cmo", "its own"), "cmo is not there");
        said(decide("klinger_vf", Kind::Alias, "klinger", "adx", "why"), "adx is not there");
    }
}
