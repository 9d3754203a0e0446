//! Makes bound features of a configuration. Every form of feature goes through a text.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use serde_json::{json, Map, Value};
use ta_core::{excerpt, find_indicator, hint, NameStyle};

use super::{
    config::Config,
    labels::{labels_of, Label},
    texts::texts_of,
    usual_names,
};
use crate::{
    bind::{bind, Binder, Names},
    meaning::{Kind, Meaning},
    parse::parse,
    print::column,
    said::{unknown_name, Said},
    syntax::Literal,
};

/// One column of a pipeline's result.
#[derive(Clone)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// What it means.
    pub meaning: Meaning,
}

/// The option that allows look-ahead.
const ALLOW: &str = "allowLookahead";

/// Most parts of all features, with inputs written out: polars stores every part.
const MOST_PARTS: usize = 200_000;

/// The features and the labels of a configuration in their order, and the expressions that its words
/// stand for.
pub fn features_of(config: &Config) -> Result<(Vec<Feature>, Vec<Label>, Names), Said> {
    let missing = config.missing().map(str::to_owned);
    let inputs = named_inputs(&config.inputs(), missing.as_deref())?;
    let names = Names { inputs, missing, asked: Default::default() };
    let allowed = allowed_ids(&config.allowed())?;
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut features: Vec<Feature> = Vec::new();
    for (index, written) in config.features().iter().enumerate() {
        let made = columns_of(written, config.unnest(), &names, &allowed);
        for feature in made.map_err(|said| said.within(feature_at(index)))? {
            if let Some(first) = seen.insert(feature.name.clone(), index) {
                return Err(clash(&feature.name, first, index).within(feature_at(index)));
            }
            features.push(feature);
        }
    }
    let labels = labels_of(config, &names, &features)?;
    check_used(config, &names)?;
    check_size(&features)?;
    Ok((features, labels, names))
}

/// The columns that one entry of `features` makes.
fn columns_of(
    written: &Value,
    unnest: bool,
    names: &Names,
    allowed: &BTreeSet<&str>,
) -> Result<Vec<Feature>, Said> {
    let mut made = Vec::new();
    for text in texts_of(written)? {
        let bound = bind(&text.text, names)?;
        made.push(Feature { name: text.name.unwrap_or(bound.name), meaning: bound.meaning });
    }
    for feature in &made {
        check_lookahead(&feature.meaning, allowed)?;
    }
    Ok(if unnest { made.into_iter().flat_map(unnested).collect() } else { made })
}

/// One feature for each output of an indicator that has several.
fn unnested(feature: Feature) -> Vec<Feature> {
    let Some(call) = feature.meaning.several_outputs() else { return vec![feature] };
    let of = Arc::new(feature.meaning.clone());
    call.request
        .outputs
        .iter()
        .map(|output| Feature {
            name: format!("{}_{}", feature.name, output.name),
            meaning: Meaning::Field { of: Arc::clone(&of), name: output.name.to_owned() },
        })
        .collect()
}

/// A feature by its index. In a shell the first has number 1.
fn feature_at(index: usize) -> Said {
    Said::words(format!("features[{index}]"), format!("feature {}", index + 1))
}

fn clash(name: &str, first: usize, second: usize) -> Said {
    if first == second {
        return format!(
            "several columns would have the name {}; put the parameters that differ into as, such \
             as \"name_{{parameter}}\"",
            excerpt(name)
        )
        .into();
    }
    Said::from(format!("the name {} is also that of ", excerpt(name)))
        .then(feature_at(first))
        .then("; give one of them another with as")
}

fn check_size(features: &[Feature]) -> Result<(), Said> {
    let mut known = HashMap::new();
    let size = features
        .iter()
        .fold(0_usize, |sum, feature| sum.saturating_add(feature.meaning.size(&mut known)));
    if size <= MOST_PARTS {
        return Ok(());
    }
    Err(format!(
        "the features have {size} parts when their inputs are written out, the most is \
         {MOST_PARTS}; make several pipelines of them"
    )
    .into())
}

fn input_named(name: &str) -> Said {
    Said::words(format!("inputs.{name}"), format!("--columns: {name}"))
}

/// The expressions that bare words stand for. Names in them are columns of the frame.
pub fn named_inputs(
    inputs: &Map<String, Value>,
    missing: Option<&str>,
) -> Result<Vec<(String, Arc<Meaning>)>, Said> {
    let names = Names { missing: missing.map(str::to_owned), ..Names::default() };
    let made = inputs.iter().map(|(name, value)| {
        let meaning = named_input(value, &names).map_err(|said| said.within(input_named(name)))?;
        Ok((name.clone(), Arc::new(meaning)))
    });
    made.collect()
}

fn named_input(value: &Value, names: &Names) -> Result<Meaning, Said> {
    let Some(text) = value.as_str() else {
        let number = value.as_f64().unwrap_or_default();
        return Ok(Meaning::Constant { value: Literal::Number(number) });
    };
    let feature = parse(text).map_err(|said| {
        let is_words = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ' ';
        if text.is_empty() || !text.chars().all(is_words) {
            return said;
        }
        let column = column(text);
        format!("{text} is not an expression; a column of that name is written {column}").into()
    })?;
    if feature.name.is_some() {
        return Err(format!("an input takes no \"as\", got {}", excerpt(text)).into());
    }
    Ok(Binder { text, names }.single(&feature.expr)?.settled(Kind::Number))
}

/// Refuses an input that no feature reads, unless indicators read its name by default.
fn check_used(config: &Config, names: &Names) -> Result<(), Said> {
    let asked = names.asked.borrow();
    let inputs = config.inputs();
    let Some(wrong) = unread(&inputs, &asked).next() else { return Ok(()) };
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    Err(unknown_name(input_named(wrong).then(" is read by no feature"), wrong, &asked, None))
}

/// Refuses an input that a text does not read, but whose name is like one that it does read and that
/// is not given: values of another column would come without a word. Other inputs may be for
/// other texts.
pub fn check_spelling(inputs: &Map<String, Value>, names: &Names) -> Result<(), Said> {
    let asked = names.asked.borrow();
    let open: Vec<&str> =
        asked.iter().map(String::as_str).filter(|name| !inputs.contains_key(*name)).collect();
    let is_like_one = |name: &&String| !hint(name, open.iter().copied()).is_empty();
    let Some(wrong) = unread(inputs, &asked).find(is_like_one) else { return Ok(()) };
    Err(unknown_name(input_named(wrong).then(" is not in the expression"), wrong, &open, None))
}

fn unread<'a>(
    inputs: &'a Map<String, Value>,
    asked: &'a BTreeSet<String>,
) -> impl Iterator<Item = &'a String> {
    let usual = usual_names();
    inputs.keys().filter(move |name| !asked.contains(*name) && !usual.contains(name.as_str()))
}

/// The ids of the indicators whose look-ahead the caller allows.
pub fn allowed_ids(names: &[&str]) -> Result<BTreeSet<&'static str>, Said> {
    let id = |name: &&str| match find_indicator(name) {
        Ok(indicator) => Ok(indicator.meta.id),
        Err(error) => Err(Said::from(error).within(Said::setting(ALLOW, None))),
    };
    names.iter().map(id).collect()
}

/// Refuses an indicator that uses later rows without permission.
pub fn check_lookahead(meaning: &Meaning, allowed: &BTreeSet<&str>) -> Result<(), Said> {
    for call in meaning.calls() {
        let id = call.request.id;
        if allowed.contains(id) {
            continue;
        }
        // The engine writes its sentence around a mark, which the setting then replaces.
        if let Err(error) = call.request.refuse_lookahead(NameStyle::Camel, Some("\0")) {
            let sentence = error.to_string();
            let (before, after) = sentence.split_once('\0').unwrap_or((&sentence, ""));
            let setting = Said::setting(ALLOW, Some(json!([id])));
            return Err(Said::from(before).then(setting).then(after));
        }
    }
    Ok(())
}
