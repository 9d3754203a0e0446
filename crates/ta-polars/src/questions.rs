//! What the Python package asks: the catalog, and the check of a call.

use std::{
    cell::RefCell,
    ffi::{CStr, CString},
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
pub fn resolve(asked: &[u8]) -> *const std::ffi::c_char {
    thread_local! {
        static ANSWER: RefCell<CString> = RefCell::default();
    }
    let answer = match guard(|| resolved(asked)) {
        Ok(request) => format!("{{\"ok\":{request}}}"),
        Err(sentence) => json!({ "error": sentence }).to_string(),
    };
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
