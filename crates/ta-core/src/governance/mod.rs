//! The rules by which the catalog and its values may change, checked against the last release.
//!
//! [`policy`] says what each kind of change needs, [`fields`] classifies the changes of each field,
//! and [`values`] detects changed values. A test and `npm run release` enforce the rules: see
//! `docs/indicator_metadata_contract.md`.

pub mod changelog;
pub mod compare;
pub mod fields;
pub mod policy;
pub mod values;

use std::fmt;

use serde_json::Value;

pub use compare::Change;
pub use policy::{Kind, Step};
pub use values::Values;

/// A catalog with the values of its indicators.
#[derive(Debug, Clone, Copy)]
pub struct Release<'a> {
    /// The document of [`catalog_document`](crate::contract::catalog_document).
    pub catalog: &'a Value,
    /// The result of [`values::of_all`].
    pub values: &'a Values,
}

/// A change that lacks a step that the rules demand.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// The change.
    pub change: Change,
    /// The missing steps; empty if the change is not allowed at all.
    pub missing: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(id) = &self.change.indicator {
            write!(f, "{id}: ")?;
        }
        write!(f, "{}: ", self.change.filled(self.change.kind.says()))?;
        match &self.missing[..] {
            [] => write!(f, "nothing allows that"),
            missing => write!(f, "that needs {}", missing.join(" and ")),
        }
    }
}

impl Change {
    fn filled(&self, template: &str) -> String {
        let item = self.item.as_deref().unwrap_or_default();
        template.replace("{item}", item).replace("{was}", &self.was).replace("{is}", &self.is)
    }

    /// The words that its changelog line must have: the indicator, the part, and the kind of
    /// change.
    pub fn words(&self) -> Vec<String> {
        let names = self.indicator.iter().chain(&self.item).cloned();
        let all: Vec<String> = names.chain([self.filled(self.kind.word())]).collect();
        changelog::words(&all.join(" ")).map(str::to_owned).collect()
    }
}

/// All changes that lack a step, in order. `entries` are the changelog lines since the release.
pub fn violations(released: Release<'_>, current: Release<'_>, entries: &str) -> Vec<Violation> {
    let mut changes = compare::changes(released.catalog, current.catalog);
    changes.extend(values::changes(released, current));
    let done = Done::between(released.catalog, current.catalog, entries);
    let open = changes.into_iter().filter_map(|change| {
        let missing = done.missing(&change);
        let never = change.kind.needs() == Step::Never;
        (never || !missing.is_empty()).then_some(Violation { change, missing })
    });
    open.collect()
}

/// The steps taken since the release.
struct Done<'a> {
    /// The versions before and after.
    versions: [&'a str; 2],
    step: Step,
    contract: bool,
    entries: &'a str,
}

impl<'a> Done<'a> {
    fn between(released: &'a Value, current: &'a Value, entries: &'a str) -> Self {
        let contract = |d: &Value| d["contract_version"].as_u64();
        let versions = [released, current].map(|d| d["library_version"].as_str().unwrap_or("none"));
        let [from, to] = versions.map(|version| changelog::numbers(version).unwrap_or_default());
        Self {
            versions,
            step: changelog::step(from, to),
            contract: contract(released) < contract(current),
            entries,
        }
    }

    /// The steps that a change lacks.
    fn missing(&self, change: &Change) -> Vec<String> {
        let needs = change.kind.needs();
        if needs == Step::Never {
            return Vec::new();
        }
        let mut missing = Vec::new();
        if needs == Step::Contract && !self.contract {
            missing.push("a new contract version".to_owned());
        }
        let version = needs.min(Step::Major);
        if version > Step::Line && self.step < version {
            let ([from, to], size) = (self.versions, version.name());
            missing.push(format!("a {size} version ({from} to {to} is not one)"));
        }
        let words = change.words();
        if !changelog::has_line(self.entries, &words) {
            missing.push(format!("a line in the changelog with the words {}", words.join(", ")));
        }
        missing
    }
}
