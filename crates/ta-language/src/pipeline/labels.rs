//! The labels of a configuration: targets for training, which look ahead and are no features.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;
use ta_core::{
    excerpt, indicator_catalog,
    labels::KNOWN_AFTER,
    meta::{Category, IndicatorMeta, ParamKind},
    Missing, NameStyle,
};
use ta_engine::Request;

use super::{config::Config, features::Feature, texts::texts_of};
use crate::{
    bind::{bind, Names},
    meaning::{Call, Meaning},
    said::{either, Said},
    spell::spell,
};

/// One label of a configuration.
pub struct Label {
    /// Its name and what it means; that of an indicator has all outputs.
    pub feature: Feature,
    /// Its columns: one for each output of an indicator, but for the one that says when it is known.
    pub columns: Vec<Feature>,
    /// How many rows later it is known.
    pub known_after: Meaning,
}

impl Label {
    /// The name of the column that says when the label is known.
    pub fn known_on(&self) -> String {
        format!("{}_known_on", self.feature.name)
    }

    /// The names of all its columns.
    pub fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.columns.iter().map(|column| column.name.clone()).chain([self.known_on()])
    }
}

/// The labels of a configuration in their order.
pub fn labels_of(config: &Config, names: &Names, features: &[Feature]) -> Result<Vec<Label>, Said> {
    let mut seen: HashMap<String, String> =
        features.iter().map(|feature| (feature.name.clone(), "a feature".to_owned())).collect();
    let mut labels = Vec::new();
    for (index, written) in config.labels().iter().enumerate() {
        let place = format!("labels[{index}]");
        for label in made(written, names).map_err(|said| said.within(place.as_str()))? {
            for name in label.names() {
                if let Some(first) = seen.insert(name.clone(), place.clone()) {
                    let said = format!("the name {} is also that of {first}", excerpt(&name));
                    let said = Said::from(said + "; give one of them another with as");
                    return Err(said.within(place.as_str()));
                }
            }
            labels.push(label);
        }
    }
    Ok(labels)
}

/// The labels that one entry makes.
fn made(written: &Value, names: &Names) -> Result<Vec<Label>, Said> {
    let one = |text: super::texts::FeatureText| {
        let bound = bind(&text.text, names)?;
        label(text.name.unwrap_or(bound.name), &bound.meaning)
    };
    texts_of(written)?.into_iter().map(one).collect()
}

fn label(name: String, meaning: &Meaning) -> Result<Label, Said> {
    let meaning = in_its_row(meaning)?;
    let call = the_call(&meaning)?;
    check_others(&meaning)?;
    let field = |output: &str| Meaning::Field {
        of: Arc::new(Meaning::Call(Arc::clone(&call))),
        name: output.to_owned(),
    };
    let columns = match meaning.several_outputs() {
        None => vec![Feature { name: name.clone(), meaning: meaning.clone() }],
        Some(call) => {
            let outputs = call.request.outputs.iter().map(|output| output.name);
            let outputs: Vec<&str> = outputs.filter(|output| *output != KNOWN_AFTER).collect();
            let named = |output: &&str| Feature {
                name: if outputs.len() == 1 { name.clone() } else { format!("{name}_{output}") },
                meaning: field(output),
            };
            outputs.iter().map(named).collect()
        }
    };
    Ok(Label { columns, known_after: field(KNOWN_AFTER), feature: Feature { name, meaning } })
}

fn is_label(call: &Call) -> bool {
    call.meta().category == Category::Label
}

/// The one label that an expression reads.
fn the_call(meaning: &Meaning) -> Result<Arc<Call>, Said> {
    let mut found: Vec<(String, Arc<Call>)> = Vec::new();
    meaning.visit(&mut |part| {
        let Meaning::Call(call) = part else { return };
        let text = spell(part);
        if is_label(call) && !found.iter().any(|(known, _)| *known == text) {
            found.push((text, Arc::clone(call)));
        }
    });
    match &found[..] {
        [(_, only)] => Ok(Arc::clone(only)),
        [] => {
            let all = indicator_catalog().iter().filter(|meta| meta.category == Category::Label);
            let ids: Vec<String> = all.map(|meta| meta.id.to_owned()).collect();
            Err(format!("a label is made of {}; this has none of them", either(&ids)).into())
        }
        [(first, _), (second, _), ..] => {
            Err(format!("a label is made of one, this has {first} and {second}").into())
        }
    }
}

/// Refuses a label or another indicator that looks ahead inside an indicator: when it is known would
/// not be told.
fn check_others(meaning: &Meaning) -> Result<(), Said> {
    for call in meaning.calls() {
        let id = call.request.id;
        let inner = call.inputs.iter().flat_map(Meaning::calls).find(|inner| is_label(inner));
        if let Some(inner) = inner {
            return Err(format!("{id} reads {}, which is a label", inner.request.id).into());
        }
        if call.request.lookahead > 0 && !is_label(call) {
            return Err(format!("{id} uses later rows; only the label itself may").into());
        }
    }
    Ok(())
}

/// The expression with each label in the row that it labels. A row with a missing value ends the
/// history of a label, so that it is known as many rows later as it says.
fn in_its_row(meaning: &Meaning) -> Result<Meaning, Said> {
    let again = |part: &Arc<Meaning>| in_its_row(part).map(Arc::new);
    Ok(match meaning.plain() {
        same @ (Meaning::Constant { .. } | Meaning::Column { .. } | Meaning::Input { .. }) => {
            same.clone()
        }
        Meaning::Call(call) if is_label(call) => Meaning::Call(Arc::new(ahead(call)?)),
        call @ Meaning::Call(_) => call.clone(),
        Meaning::Field { of, name } => Meaning::Field { of: again(of)?, name: name.clone() },
        Meaning::Unary { op, of } => Meaning::Unary { op: *op, of: again(of)? },
        Meaning::Binary { op, left, right } => {
            Meaning::Binary { op: *op, left: again(left)?, right: again(right)? }
        }
        Meaning::If { when, value, otherwise, values } => Meaning::If {
            when: again(when)?,
            value: again(value)?,
            otherwise: again(otherwise)?,
            values: *values,
        },
        Meaning::Fill { of, with, values } => {
            Meaning::Fill { of: again(of)?, with: again(with)?, values: *values }
        }
    })
}

fn ahead(call: &Call) -> Result<Call, Said> {
    let mut params = call.request.params.clone();
    for (name, value) in turned_on(call.meta()) {
        params.insert(name.to_owned(), value);
    }
    let missing = match call.missing.as_deref() {
        Some(word) if word == word_of(Missing::Error) => word.to_owned(),
        _ => word_of(Missing::Propagate).to_owned(),
    };
    let request = Request::new(call.request.id, &params, Some(&missing), NameStyle::Camel, &[])?;
    Ok(Call { request, missing: Some(missing), inputs: call.inputs.clone() })
}

/// The flags of an indicator that let it look ahead, switched on.
fn turned_on(meta: &IndicatorMeta) -> impl Iterator<Item = (&'static str, Value)> + '_ {
    let ahead = |name: &str| meta.semantics.lookahead_params.contains(&name);
    meta.params.iter().filter(move |param| ahead(param.name)).filter_map(|param| match param.kind {
        ParamKind::Bool { default } => Some((param.name, Value::Bool(!default))),
        _ => None,
    })
}

fn word_of(missing: Missing) -> &'static str {
    let found = Missing::ALL.iter().find(|(known, _)| *known == missing);
    found.map_or("", |(_, word)| word)
}
