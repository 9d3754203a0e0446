//! Pipelines: the features of a configuration, which a host computes.

mod columns;
mod config;
mod explain;
mod features;
mod labels;
mod options;
mod texts;
mod written;

use std::{collections::BTreeSet, sync::OnceLock};

use serde_json::{json, Map, Value};
use ta_core::indicator_catalog;

pub use columns::Columns;
use config::Config;
pub use features::{allowed_ids, check_lookahead, check_spelling, named_inputs, Feature};
use labels::Label;

use crate::{bind::Names, measure::Reach, said::Said, spell::spell};

/// A configuration that was checked, and its features.
pub struct Pipeline {
    config: Config,
    /// The features in the order of their columns.
    pub features: Vec<Feature>,
    /// The labels in the order of their columns.
    labels: Vec<Label>,
    names: Names,
}

impl Pipeline {
    /// Reads a configuration.
    ///
    /// # Errors
    /// One sentence: which part is wrong, and what is allowed.
    pub fn new(config: &Value) -> Result<Self, Said> {
        let config = Config::new(config)?;
        let (features, labels, names) = features::features_of(&config)?;
        Ok(Self { config, features, labels, names })
    }

    /// What a host needs to compute the features: their names, meanings and texts, what the words
    /// in them stand for, the columns that they read under their usual names, and the columns of
    /// the groups. Of each label, its columns and how many rows later it is known.
    pub fn described(&self) -> Value {
        let columns = |features: &[Feature]| {
            let column = |Feature { name, meaning }: &Feature| json!({ "name": name, "meaning": meaning, "text": spell(meaning) });
            features.iter().map(column).collect::<Vec<_>>()
        };
        let labels = self.labels.iter().map(|label| {
            json!({
                "columns": columns(&label.columns),
                "knownOn": label.known_on(),
                "knownAfter": label.known_after,
            })
        });
        json!({
            "features": columns(&self.features),
            "labels": labels.collect::<Vec<_>>(),
            "inputs": inputs_of(&self.names),
            "reads": self.reads(str::to_owned),
            "over": self.config.over(),
        })
    }

    /// How far the features reach together.
    pub fn reach(&self) -> Reach {
        Reach::widest(self.features.iter().map(|feature| Reach::of(&feature.meaning)))
    }

    /// A configuration without defaults: with every input and parameter, and the versions of the
    /// library and of the catalog's contract.
    pub fn written(&self) -> Value {
        let mut made = Map::new();
        made.insert("writtenBy".to_owned(), written::writer());
        let over = self.config.over();
        if !over.is_empty() {
            made.insert("over".to_owned(), json!(over));
        }
        for key in ["time", "timeFormat", "missing", "keep", "allowLookahead"] {
            if let Some(value) = self.config.get(key) {
                made.insert(key.to_owned(), value.clone());
            }
        }
        let written =
            |Feature { name, meaning }: &Feature| json!({ "expr": spell(meaning), "as": name });
        made.insert("features".to_owned(), self.features.iter().map(written).collect());
        if !self.labels.is_empty() {
            let labels = self.labels.iter().map(|label| written(&label.feature));
            made.insert("labels".to_owned(), labels.collect());
        }
        Value::Object(made)
    }
}

/// What words stand for, as JSON.
pub fn inputs_of(names: &Names) -> Value {
    names
        .inputs
        .iter()
        .map(|(name, of)| (name.clone(), json!(of.as_ref())))
        .collect::<Map<_, _>>()
        .into()
}

/// The names of all columns that inputs of indicators read by default.
fn usual_names() -> &'static BTreeSet<&'static str> {
    static NAMES: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let slots = indicator_catalog().iter().flat_map(|meta| &meta.semantics.input_slots);
        slots.filter_map(|slot| slot.default).collect()
    })
}
