//! Pipelines: the features of a configuration, which a host computes.

mod columns;
mod config;
mod explain;
mod features;
mod options;
mod texts;
mod written;

use std::{collections::BTreeSet, sync::OnceLock};

use serde_json::{json, Map, Value};
use ta_core::indicator_catalog;

pub use columns::Columns;
use config::Config;
pub use features::{allowed_ids, check_lookahead, check_spelling, named_inputs, Feature};

use crate::{bind::Names, measure::Reach, said::Said, spell::spell};

/// A configuration that was checked, and its features.
pub struct Pipeline {
    config: Config,
    /// The features in the order of their columns.
    pub features: Vec<Feature>,
    names: Names,
}

impl Pipeline {
    /// Reads a configuration.
    ///
    /// # Errors
    /// One sentence: which part is wrong, and what is allowed.
    pub fn new(config: &Value) -> Result<Self, Said> {
        let config = Config::new(config)?;
        let (features, names) = features::features_of(&config)?;
        Ok(Self { config, features, names })
    }

    /// What a host needs to compute the features: their names, meanings and texts, what the words
    /// in them stand for, the columns that they read under their usual names, and the columns of
    /// the groups.
    pub fn described(&self) -> Value {
        let features = self.features.iter().map(|Feature { name, meaning }| {
            json!({ "name": name, "meaning": meaning, "text": spell(meaning) })
        });
        json!({
            "features": features.collect::<Vec<_>>(),
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
        let features = self
            .features
            .iter()
            .map(|Feature { name, meaning }| json!({ "expr": spell(meaning), "as": name }));
        made.insert("features".to_owned(), features.collect());
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
