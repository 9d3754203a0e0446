//! What the Python package asks: the catalog, the check of a call, and the language.

use std::{
    cell::RefCell,
    ffi::{c_char, CStr, CString},
    sync::OnceLock,
};

use serde_json::json;
use ta_core::NameStyle;
use ta_engine::Call;

use crate::guard;

/// The whole catalog as canonical JSON.
pub fn catalog() -> &'static CStr {
    static CATALOG: OnceLock<CString> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let json = serde_json::to_string(&ta_core::contract::catalog_document());
        json.map_or_else(|_| CString::default(), text)
    })
}

/// Checks a [`Call`] in JSON; the answer is JSON: the full request as `ok`, or
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
    let call: Call = serde_json::from_slice(asked).map_err(|e| format!("invalid call: {e}"))?;
    let request = call.check(NameStyle::Snake).map_err(|e| e.to_string())?;
    serde_json::to_string(&request).map_err(|e| e.to_string())
}

/// JSON as a C text: it escapes zero characters.
fn text(json: String) -> CString {
    CString::new(json).unwrap_or_default()
}
