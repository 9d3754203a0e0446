//! Checks the columns of a frame before anything is computed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;
use ta_core::{excerpt, find_indicator_meta, indicator_catalog};

use super::{features::Feature, labels::Label, usual_names, Pipeline};
use crate::{
    meaning::Meaning,
    named::{matching, near, Near},
    print::column,
    said::{frame, has, in_quotes, quoted, unknown_name, Said},
};

/// How features find their columns in a frame.
#[derive(Serialize)]
pub struct Columns {
    /// The frame's names for the usual columns.
    pub usual: BTreeMap<String, String>,
    /// The columns that features read.
    pub reads: Vec<String>,
    /// The columns to keep. A feature replaces a column of its name.
    pub kept: Vec<String>,
}

impl Pipeline {
    /// Finds the columns of a frame, with `labels` also those that labels read. `keep` is that of
    /// the call, if it has one.
    ///
    /// # Errors
    /// One sentence, if the frame lacks a column; it suggests the nearest name.
    pub fn in_frame(
        &self,
        columns: &[&str],
        keep: Option<&Value>,
        labels: bool,
    ) -> Result<Columns, Said> {
        let computed = self.computed(labels);
        for name in self.config.over() {
            if !columns.contains(&name) {
                let what = Said::setting("over", None).then(" is");
                return Err(unknown(what, name, columns, None, false));
            }
        }
        if let Some(name) = self.config.time().filter(|name| !columns.contains(name)) {
            return Err(unknown(
                Said::setting("time", None).then(" is"),
                name,
                columns,
                None,
                false,
            ));
        }
        let mut usual = BTreeMap::new();
        for feature in &computed {
            for (name, _) in feature.meaning.columns().into_iter().filter(|(_, usual)| *usual) {
                let found = find_usual(name, columns, &feature.name)?;
                let reads = || Said::from(format!("{} reads", feature.name));
                let found = found.ok_or_else(|| unknown(reads(), name, columns, None, false))?;
                usual.insert(name.to_owned(), found.to_owned());
            }
        }
        for feature in &computed {
            let read = feature.meaning.columns();
            let lacking = read.iter().find(|(name, usual)| !usual && !columns.contains(name));
            let Some((name, _)) = lacking else { continue };
            // Inside an expression a bare word is always a column.
            let note =
                find_indicator_meta(name).map(|_| format!(" (the indicator is written {name}())"));
            // A bare word alone may be a misspelled indicator.
            let alone = matches!(feature.meaning.plain(), Meaning::Column { .. });
            let reads = Said::from(format!("{} reads", feature.name));
            return Err(unknown(reads, name, columns, note, alone));
        }
        let named = |name: &str| usual.get(name).map_or(name, String::as_str).to_owned();
        let reads = read_by(&computed, named);
        Ok(Columns { reads, kept: self.kept(columns, keep, labels)?, usual })
    }

    /// The columns that features read, in the frame's spelling if it has them.
    pub fn reads_of(&self, columns: &[&str]) -> Vec<String> {
        self.reads(|name| match matching(name, columns)[..] {
            [only] => only.to_owned(),
            _ => name.to_owned(),
        })
    }

    /// The columns that features read, each once; usual columns as `named` names them.
    pub fn reads(&self, named: impl Fn(&str) -> String) -> Vec<String> {
        read_by(&self.computed(false), named)
    }

    /// The features, and with `labels` the columns of the labels.
    fn computed(&self, labels: bool) -> Vec<&Feature> {
        let more = self.labels.iter().filter(|_| labels).flat_map(|label| &label.columns);
        self.features.iter().chain(more).collect()
    }

    fn kept(
        &self,
        columns: &[&str],
        keep: Option<&Value>,
        labels: bool,
    ) -> Result<Vec<String>, Said> {
        let features = self.features.iter().map(|feature| feature.name.clone());
        let more = self.labels.iter().filter(|_| labels).flat_map(Label::names);
        let made: BTreeSet<String> = features.chain(more).collect();
        let rest = |names: Vec<&str>| {
            let mut seen = made.clone();
            let kept = names.into_iter().filter(|name| seen.insert((*name).to_owned()));
            kept.map(str::to_owned).collect()
        };
        let names = match keep.or(self.config.get("keep")) {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(word)) if word == "none" => Vec::new(),
            _ => return Ok(rest(columns.to_vec())),
        };
        let lacking: Option<&&str> =
            names.iter().find(|name| !columns.contains(name) && !made.contains(**name));
        if let Some(name) = lacking {
            let wrong = Said::setting("keep", None)
                .then(format!(" has {}, which is no column of ", excerpt(name)))
                .then(frame());
            return Err(unknown_name(wrong, name, columns, None));
        }
        Ok(rest(names))
    }
}

/// The columns that features read, each once; usual columns as `named` names them.
fn read_by(features: &[&Feature], named: impl Fn(&str) -> String) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let all = features.iter().flat_map(|feature| feature.meaning.columns());
    all.map(|(name, usual)| if usual { named(name) } else { name.to_owned() })
        .filter(|name| seen.insert(name.clone()))
        .collect()
}

fn find_usual<'a>(
    name: &'a str,
    columns: &[&'a str],
    feature: &str,
) -> Result<Option<&'a str>, Said> {
    match matching(name, columns)[..] {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        [first, ref others @ ..] => {
            let all = in_quotes([first].iter().chain(others).copied(), " and ");
            let said = format!("{feature}: {all} may each be the column \"{name}\"; ");
            Err(Said::from(said).then(remedy(name, first)))
        }
    }
}

/// The advice how to name another column for a usual name.
fn remedy(name: &str, nearest: &str) -> Said {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '…';
    let quoted_or_bare = match !nearest.is_empty() && nearest.chars().all(is_word) {
        true => nearest.to_owned(),
        false => quoted(nearest),
    };
    let written = quoted(&column(nearest));
    Said::from("say which one it is with ").then(Said::words(
        format!("inputs, as in {{ {name}: {written} }}"),
        format!("--columns {name}={quoted_or_bare}"),
    ))
}

/// The message about a column that the frame lacks: the nearest names or a note in their place,
/// the columns that it has, and for a usual name how to name another.
fn unknown(
    what: Said,
    name: &str,
    columns: &[&str],
    note: Option<String>,
    or_indicator: bool,
) -> Said {
    let ids = indicator_catalog().iter().map(|meta| meta.id);
    let others: Vec<&str> = if or_indicator { ids.collect() } else { Vec::new() };
    let known: Vec<&str> = columns.iter().copied().chain(others).collect();
    let Near { hint, nearest } = near(name, &known);
    let said = what
        .then(format!(" {}, which is no column of ", excerpt(name)))
        .then(frame())
        .then(note.unwrap_or(hint))
        .then("; ")
        .then(has())
        .then(format!(" {}", list(columns)));
    if !usual_names().contains(name) {
        return said;
    }
    let nearest = columns.iter().find(|column| **column == nearest).copied().unwrap_or("…");
    said.then("; ").then(remedy(name, nearest))
}

/// The names of columns in quotes; at most the first 40.
fn list(columns: &[&str]) -> String {
    const MOST: usize = 40;
    let shown = in_quotes(columns.iter().take(MOST).copied(), ", ");
    match columns.len() {
        0 => "no columns".to_owned(),
        count if count > MOST => format!("{shown} and {} others", count - MOST),
        _ => shown,
    }
}
