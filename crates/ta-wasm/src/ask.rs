//! Questions in JSON, for everything that is not a column of numbers.

use serde::Deserialize;
use serde_json::json;
use ta_core::NameStyle;
use ta_engine::{Call, Request};

use crate::slots::{put, Slot};

/// A question. The answers are those of the functions of the same names in `crates/ta-node`.
#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Question {
    Catalog,
    Version,
    ContractVersion,
    Find { name: String },
    Entry { id: String },
    Resolve(Asked),
    StableAfter { name: String, params: String },
    Hint { name: String, known: Vec<String> },
    Language { question: String },
    Direct(Asked),
    Evaluation { plan: String },
}

/// A call to check.
#[derive(Deserialize)]
struct Asked {
    name: String,
    params: String,
    missing: Option<String>,
    also: Option<Vec<String>>,
    allow: Option<String>,
}

/// Answers a question.
///
/// # Errors
/// One sentence: the question cannot be read, or what it asks about is refused.
pub fn answer(question: &[u8]) -> Result<String, String> {
    match serde_json::from_slice(question).map_err(sentence)? {
        Question::Catalog => serde_json::to_string(&ta_core::contract::catalog_document()),
        Question::Version => serde_json::to_string(env!("CARGO_PKG_VERSION")),
        Question::ContractVersion => serde_json::to_string(&ta_core::contract::CONTRACT_VERSION),
        Question::Find { name } => {
            serde_json::to_string(&ta_core::find_indicator_meta(&name).map(|meta| meta.id))
        }
        Question::Entry { id } => serde_json::to_string(&ta_core::find_indicator_meta(&id)),
        Question::Resolve(asked) => serde_json::to_string(&asked.request()?),
        Question::StableAfter { name, params } => {
            serde_json::to_string(&stable_after(&name, &params)?)
        }
        Question::Hint { name, known } => {
            serde_json::to_string(&ta_core::hint(&name, known.iter().map(String::as_str)))
        }
        Question::Language { question } => return Ok(ta_language::ask(&question)),
        Question::Direct(asked) => {
            serde_json::to_string(&put(Slot::Direct(asked.request()?.into())))
        }
        Question::Evaluation { plan } => {
            let planned = ta_arrow::Planned::new(&plan)?;
            let rounds: Vec<usize> = planned.round_bytes().collect();
            serde_json::to_string(&json!({ "slot": put(Slot::Planned(planned)), "rounds": rounds }))
        }
    }
    .map_err(sentence)
}

impl Asked {
    fn request(self) -> Result<Request, String> {
        let Self { name, params, missing, also, allow } = self;
        let call = Call::from_text(name, &params).map_err(sentence)?;
        let call = Call { missing, also: also.unwrap_or_default(), allow, ..call };
        call.check(NameStyle::Camel).map_err(sentence)
    }
}

fn stable_after(name: &str, params: &str) -> Result<Option<usize>, String> {
    let call = Call::from_text(name.to_owned(), params).map_err(sentence)?;
    call.stable_after(NameStyle::Camel).map_err(sentence)
}

pub fn sentence(error: impl std::fmt::Display) -> String {
    error.to_string()
}
