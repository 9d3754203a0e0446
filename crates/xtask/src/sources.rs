//! The sources beside the catalog: the scope table, the decisions about its rows, the oracles of
//! the golden cases, and the measured differences from them.

use std::{collections::BTreeMap, fs};

use serde::{de::DeserializeOwned, Deserialize};
use serde_json::Value;
use ta_core::{find_indicator_meta, indicator_catalog, meta::IndicatorMeta};

use crate::{files::root, laakhay::Laakhay};

/// A row of the scope table.
#[derive(Deserialize)]
pub struct Row {
    pub id: String,
    pub display_name: String,
    pub talib_name: String,
    pub laakhay_id: String,
    pub laakhay_aliases: String,
    pub tulip_name: String,
    pub pandas_ta_name: String,
    pub note: String,
}

/// A decision about a row without an indicator.
#[derive(Deserialize)]
pub struct Decision {
    pub id: String,
    pub status: Status,
    pub by: String,
    pub reason: String,
    /// Who decides about a blocked row, and by when.
    pub owner: String,
    pub until: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Ported,
    Blocked,
    #[serde(skip)]
    ToPort,
}

impl Status {
    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ported => "ported",
            Self::Blocked => "blocked",
            Self::ToPort => "to_port",
        }
    }
}

/// All sources beside the catalog.
pub struct Sources {
    pub rows: Vec<Row>,
    pub decisions: BTreeMap<String, Decision>,
    pub laakhay: Laakhay,
    /// The oracles by our id.
    oracles: BTreeMap<String, Vec<String>>,
    errors: Value,
    /// The tolerance of the golden cases, which is the unit of the differences.
    pub tolerance: Value,
}

impl Sources {
    /// Reads the files in `golden/`.
    pub fn read() -> Result<Self, String> {
        let rows: Vec<Row> = records("indicator_scope.csv")?;
        let decisions: BTreeMap<String, Decision> = records("scope_decisions.csv")?
            .into_iter()
            .map(|decision: Decision| (decision.id.clone(), decision))
            .collect();
        for (id, decision) in &decisions {
            let complain = |what: &str| Err(format!("golden/scope_decisions.csv: {id} {what}"));
            if !rows.iter().any(|row| row.id == *id) {
                return complain("is not in the scope table");
            }
            match decision.status {
                Status::Ported if decision.by.is_empty() => {
                    return complain("is ported, but names no replacement");
                }
                Status::Blocked if decision.reason.is_empty() => {
                    return complain("is blocked without a reason");
                }
                Status::Blocked if decision.owner.is_empty() || !is_date(&decision.until) => {
                    return complain("is blocked without an owner and a date");
                }
                _ => {}
            }
            if find_indicator_meta(id).is_some() {
                return complain("is in the catalog: the decision is out of date");
            }
        }
        let laakhay = Laakhay {
            entries: serde_json::from_value(json("laakhay_contract.json")?["indicators"].take())
                .map_err(|e| format!("golden/laakhay_contract.json: {e}"))?,
            decisions: records("laakhay_decisions.csv")?,
        };
        if let complaints @ [_, ..] = &laakhay.complaints()[..] {
            return Err(format!("golden/laakhay_decisions.csv: {}", complaints.join("; ")));
        }
        let mut oracles = BTreeMap::new();
        let [bridged, native] = [json("manifest.json")?, json("native_manifest.json")?];
        let tolerance = bridged["tolerance"].clone();
        if native["tolerance"] != tolerance {
            return Err("the manifests in golden/ have different tolerances".into());
        }
        gather(&bridged, "function", &mut oracles);
        gather(&native, "indicator", &mut oracles);
        let errors = json("measured_errors.json")?;
        Ok(Self { rows, decisions, laakhay, oracles, errors, tolerance })
    }

    /// The oracle of a catalog entry's values.
    pub fn oracles(&self, meta: &IndicatorMeta) -> &[String] {
        self.oracles.get(meta.id).map_or(&[], Vec::as_slice)
    }

    /// The largest difference from the oracle, in units of the tolerance, or `"exact"`.
    pub fn error(&self, meta: &IndicatorMeta) -> &Value {
        &self.errors[meta.id]
    }
}

/// Whether a text is a day such as `2027-03-31`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    parts.iter().map(|part| part.len()).eq([4, 2, 2]) && parts.into_iter().all(digits)
}

/// Collects the oracles of a manifest's cases, each once, in the order of the cases.
fn gather(manifest: &Value, key: &str, oracles: &mut BTreeMap<String, Vec<String>>) {
    let text = |case: &Value, key: &str| case[key].as_str().map(str::to_owned);
    let by_function: BTreeMap<&str, &str> = indicator_catalog()
        .iter()
        .filter_map(|meta| Some((meta.reference.function?, meta.id)))
        .collect();
    for case in manifest["cases"].as_array().into_iter().flatten() {
        let Some(name) = text(case, key) else { continue };
        let id = by_function.get(name.as_str()).map_or(name, |id| (*id).to_owned());
        let confirmed = text(case, "confirmedBy").map(|by| format!("confirmed by {by}"));
        let known = oracles.entry(id).or_default();
        for oracle in text(case, "oracle").into_iter().chain(confirmed) {
            if !known.contains(&oracle) {
                known.push(oracle);
            }
        }
    }
}

fn records<T: DeserializeOwned>(name: &str) -> Result<Vec<T>, String> {
    let path = root().join("golden").join(name);
    csv::Reader::from_path(path)
        .and_then(|mut reader| reader.deserialize().collect())
        .map_err(|e| format!("golden/{name}: {e}"))
}

fn json(name: &str) -> Result<Value, String> {
    let text = fs::read_to_string(root().join("golden").join(name));
    text.map_err(|e| e.to_string())
        .and_then(|text| serde_json::from_str(&text).map_err(|e| e.to_string()))
        .map_err(|e| format!("golden/{name}: {e}"))
}

/// The names in a cell of the scope table, where bars separate them.
pub fn names(list: &str) -> impl Iterator<Item = &str> {
    list.split('|').filter(|name| !name.is_empty())
}
