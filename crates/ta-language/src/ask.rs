//! All of the language as one function from JSON to JSON.

use std::{cell::RefCell, rc::Rc};

use serde::Deserialize;
use serde_json::{json, Map, Value};

use crate::{
    bind::{bind, Names},
    named::{matching, near},
    parse::{parse, parse_list},
    pipeline::{allowed_ids, check_lookahead, check_spelling, inputs_of, named_inputs, Pipeline},
    place::error_at,
    print::column,
    said::Said,
    syntax::{Part, Span},
};

/// A question of a host.
#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Question {
    /// The texts of the features in a list, each as it is written.
    List { text: String },
    /// The word that a text is, or null if it is more.
    Word { text: String },
    /// How a column is written.
    Column { name: String },
    /// A sentence about a whole text, with its line.
    About { text: String, said: String },
    /// The meaning of a text. Without `allow`, look-ahead is not checked.
    Expression {
        text: String,
        #[serde(default)]
        inputs: Map<String, Value>,
        missing: Option<String>,
        allow: Option<Vec<String>>,
    },
    /// The features of a configuration.
    Pipeline { config: Value },
    /// How far they reach.
    Reach { config: Value },
    /// The explanation of each.
    Explain { config: Value },
    /// The configuration without defaults.
    Written { config: Value },
    /// How the features find their columns in a frame.
    Columns {
        config: Value,
        columns: Vec<String>,
        keep: Option<Value>,
        /// Whether labels are asked for.
        #[serde(default)]
        labels: bool,
    },
    /// The columns that the features read, in the frame's spelling if it has them.
    Reads { config: Value, columns: Vec<String> },
    /// The columns that a usual name may mean.
    Matching { name: String, columns: Vec<String> },
    /// The names nearest to an unknown one.
    Near { name: String, known: Vec<String> },
}

/// Answers a question, both as JSON: `{ "ok": ... }`, or the sentence of a refusal in parts as
/// `{ "error": [...] }`.
pub fn ask(question: &str) -> String {
    let answer = serde_json::from_str(question)
        .map_err(|error| format!("invalid question: {error}").into())
        .and_then(answer);
    match answer {
        Ok(answer) => json!({ "ok": answer }).to_string(),
        Err(said) => json!({ "error": said }).to_string(),
    }
}

fn answer(question: Question) -> Result<Value, Said> {
    match question {
        Question::List { text } => {
            let found = parse_list(&text)?;
            Ok(found.iter().map(|feature| &text[feature.at.start..feature.at.end]).collect())
        }
        Question::Word { text } => Ok(match parse(&text)?.expr.part {
            Part::Name(name) => name.into(),
            _ => Value::Null,
        }),
        Question::Column { name } => Ok(column(&name).into()),
        Question::About { text, said } => {
            let whole = Span { start: 0, end: text.len() };
            Ok(error_at(&text, whole, said).to_string().into())
        }
        Question::Expression { text, inputs, missing, allow } => {
            expression(&text, &inputs, missing, allow.as_deref())
        }
        Question::Pipeline { config } => Ok(pipeline(&config)?.described()),
        Question::Reach { config } => Ok(json!(pipeline(&config)?.reach())),
        Question::Explain { config } => Ok(pipeline(&config)?.explain().into()),
        Question::Written { config } => Ok(pipeline(&config)?.written()),
        Question::Columns { config, columns, keep, labels } => {
            let found = pipeline(&config)?.in_frame(&borrowed(&columns), keep.as_ref(), labels)?;
            Ok(json!(found))
        }
        Question::Reads { config, columns } => {
            Ok(json!(pipeline(&config)?.reads_of(&borrowed(&columns))))
        }
        Question::Matching { name, columns } => Ok(json!(matching(&name, &borrowed(&columns)))),
        Question::Near { name, known } => Ok(json!(near(&name, &borrowed(&known)))),
    }
}

fn borrowed(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

fn expression(
    text: &str,
    inputs: &Map<String, Value>,
    missing: Option<String>,
    allow: Option<&[String]>,
) -> Result<Value, Said> {
    let named = named_inputs(inputs, missing.as_deref())?;
    let names = Names { inputs: named, missing, ..Names::default() };
    let bound = bind(text, &names)?;
    check_spelling(inputs, &names)?;
    if let Some(allow) = allow {
        check_lookahead(&bound.meaning, &allowed_ids(&borrowed(allow))?)?;
    }
    Ok(json!({
        "name": bound.name,
        "meaning": bound.meaning,
        "inputs": inputs_of(&names),
    }))
}

/// The pipeline of a configuration. The last ones are kept, because hosts ask about the same
/// configuration again and again.
fn pipeline(config: &Value) -> Result<Rc<Pipeline>, Said> {
    const MOST: usize = 8;
    thread_local! {
        static LAST: RefCell<Vec<(String, Rc<Pipeline>)>> = const { RefCell::new(Vec::new()) };
    }
    let text = config.to_string();
    let known = LAST.with_borrow(|last| {
        last.iter().find(|(known, _)| *known == text).map(|(_, pipeline)| Rc::clone(pipeline))
    });
    if let Some(known) = known {
        return Ok(known);
    }
    let made = Rc::new(Pipeline::new(config)?);
    LAST.with_borrow_mut(|last| {
        if last.len() == MOST {
            last.remove(0);
        }
        last.push((text, Rc::clone(&made)));
    });
    Ok(made)
}
