//! Explains a pipeline as text.

use std::collections::BTreeSet;

use serde_json::Value;
use ta_core::meta::Memory;

use super::{features::Feature, Pipeline};
use crate::{
    meaning::{Call, Meaning},
    measure::Reach,
    spell::spell,
    words::number,
};

impl Pipeline {
    /// Every feature with its inputs, parameters and reach.
    pub fn explain(&self) -> String {
        let over = self.config.over();
        let groups = match over.is_empty() {
            true => "over the whole frame".to_owned(),
            false => format!("within groups of {}", over.join(", ")),
        };
        let count = match self.features.len() {
            1 => "1 feature".to_owned(),
            count => format!("{count} features"),
        };
        let first = format!("{count} {groups}: {}", reach(self.reach()));
        let features = self.features.iter().map(explain_feature);
        let more = match self.labels.len() {
            0 => None,
            1 => Some("1 label, only where it is asked for".to_owned()),
            count => Some(format!("{count} labels, only where they are asked for")),
        };
        let labels = self.labels.iter().map(|label| {
            format!("{}\n  known on {}", explain_feature(&label.feature), label.known_on())
        });
        let parts = [first].into_iter().chain(features).chain(more).chain(labels);
        parts.collect::<Vec<_>>().join("\n\n")
    }
}

fn explain_feature(Feature { name, meaning }: &Feature) -> String {
    let mut seen = BTreeSet::new();
    let read: Vec<&str> = meaning
        .columns()
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| seen.insert(*name))
        .collect();
    let read = if read.is_empty() { "no column".to_owned() } else { read.join(", ") };
    let mut lines = vec![
        name.clone(),
        format!("  {}", spell(meaning)),
        format!("  reads {read}; {}", reach(Reach::of(meaning))),
    ];
    let mut seen = BTreeSet::new();
    meaning.visit(&mut |part| {
        if let Meaning::Call(call) = part {
            if seen.insert(spell(part)) {
                lines.push(format!("  {}: {}", call.request.id, about(call)));
            }
        }
    });
    lines.join("\n")
}

/// The name, parameters, memory and reach of an indicator.
fn about(call: &Call) -> String {
    let meta = call.meta();
    let params = call.request.params.iter().map(|(name, value)| match value {
        Value::String(word) => format!("{name} {word}"),
        Value::Number(value) => format!("{name} {}", number(value.as_f64().unwrap_or_default())),
        value => format!("{name} {value}"),
    });
    let memory = match meta.semantics.memory {
        Memory::Window => "remembers a window",
        Memory::Recursive => "remembers all rows with fading weight",
        Memory::Cumulative => "remembers all rows",
    };
    [meta.display_name.to_owned()]
        .into_iter()
        .chain(params)
        .chain([memory.to_owned(), reach(Reach::of_call(call))])
        .collect::<Vec<_>>()
        .join(", ")
}

fn reach(Reach { lookback, stable_after, lookahead }: Reach) -> String {
    let stable = match stable_after {
        None => "never".to_owned(),
        Some(count) => format!("after {}", rows(count)),
    };
    let ahead = match lookahead {
        0 => "no look-ahead".to_owned(),
        count => format!("looks {} ahead", rows(count)),
    };
    format!("lookback {}, stable {stable}, {ahead}", rows(lookback))
}

fn rows(count: usize) -> String {
    if count == 1 {
        "1 row".to_owned()
    } else {
        format!("{count} rows")
    }
}
