//! What the Python package asks: the catalog, the check of a call, and the language.

use std::{
    cell::RefCell,
    ffi::{c_char, CStr, CString},
    sync::OnceLock,
};

use serde::Deserialize;
use serde_json::{json, Map, Value};
use ta_core::NameStyle;
use ta_engine::Request;

use crate::guard;

/// A call to check.
#[derive(Deserialize)]
struct Asked {
    id: String,
    params: Map<String, Value>,
    missing: Option<String>,
    /// Names of other options, which the error about an unknown name mentions.
    also: Vec<String>,
    /// What the user has to write to allow look-ahead; absent if it is allowed.
    allow: Option<String>,
}

/// The whole catalog as canonical JSON.
pub fn catalog() -> &'static CStr {
    static CATALOG: OnceLock<CString> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let json = serde_json::to_string(&ta_core::contract::catalog_document());
        json.map_or_else(|_| CString::default(), text)
    })
}

/// Checks a call in JSON; the answer is JSON: the full request as `ok`, or
/// one sentence as `error`. The answer stays valid until the next one on this thread.
pub fn resolve(asked: &[u8]) -> *const c_char {
    keep(match guard(|| resolved(asked)) {
        Ok(request) => format!("{{\"ok\":{request}}}"),
        Err(sentence) => json!({ "error": sentence }).to_string(),
    })
}

/// Answers a question about texts and configurations of the expression language; see
/// [`ta_language::ask()`]. The answer stays valid until the next one on this thread.
pub fn language(question: &[u8]) -> *const c_char {
    let asked = || {
        let question = std::str::from_utf8(question).map_err(|e| format!("invalid text: {e}"))?;
        Ok(ta_language::ask(question))
    };
    keep(guard(asked).unwrap_or_else(|sentence| json!({ "error": [sentence] }).to_string()))
}

fn keep(answer: String) -> *const c_char {
    thread_local! {
        static ANSWER: RefCell<CString> = RefCell::default();
    }
    ANSWER.with(|kept| {
        *kept.borrow_mut() = text(answer);
        kept.borrow().as_ptr()
    })
}

fn resolved(asked: &[u8]) -> Result<String, String> {
    let asked: Asked = serde_json::from_slice(asked).map_err(|e| format!("invalid call: {e}"))?;
    let Asked { id, params, missing, also, allow } = asked;
    let request = Request::new(&id, &params, missing.as_deref(), NameStyle::Snake, &also);
    let request = request.map_err(|e| e.to_string())?;
    request.refuse_lookahead(NameStyle::Snake, allow.as_deref()).map_err(|e| e.to_string())?;
    serde_json::to_string(&request).map_err(|e| e.to_string())
}

/// JSON as a C text: it escapes zero characters.
fn text(json: String) -> CString {
    CString::new(json).unwrap_or_default()
}
