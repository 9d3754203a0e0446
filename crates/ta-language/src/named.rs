//! Columns of a frame by the names that callers write.

use serde::Serialize;

use crate::said::in_quotes;

/// The columns that a usual name may mean: the one with exactly that name, else all that differ
/// from it only in case, in spaces around them, or in the angle brackets in which some trading
/// platforms put it.
pub fn matching<'a>(name: &str, columns: &[&'a str]) -> Vec<&'a str> {
    if let Some(exact) = columns.iter().find(|column| **column == name) {
        return vec![exact];
    }
    columns.iter().filter(|column| plain(column) == plain(name)).copied().collect()
}

/// What a message about an unknown name says of the names that the caller may have meant.
#[derive(Serialize)]
pub struct Near {
    /// ` (did you mean "a" or "b"?)`, or nothing.
    pub hint: String,
    /// The first of them; `…` if there is none.
    pub nearest: String,
}

/// The names nearest to an unknown one: those that contain it, else similar ones.
pub fn near(name: &str, known: &[&str]) -> Near {
    let having = known.iter().filter(|column| plain(column).contains(&plain(name)));
    let having: Vec<&str> = having.take(3).copied().collect();
    let hint = match having.is_empty() {
        true => ta_core::hint(name, known.iter().copied()),
        false => format!(" (did you mean {}?)", in_quotes(having.iter().copied(), " or ")),
    };
    let nearest = having.first().copied().or_else(|| hint.split('"').nth(1)).unwrap_or("…");
    Near { nearest: nearest.to_owned(), hint }
}

/// A name without what usual columns may differ in.
fn plain(name: &str) -> String {
    let trimmed = name.trim();
    let inner = trimmed.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.filter(|inner| !inner.is_empty()).unwrap_or(trimmed).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_match_in_any_case_and_in_brackets() {
        let columns = ["Close", " close ", "<CLOSE>", "close2", "<>"];
        assert_eq!(matching("close", &columns), columns[..3]);
        assert_eq!(matching("Close", &columns), ["Close"]);
        assert_eq!(matching("", &columns), [""; 0]);
    }

    #[test]
    fn names_that_contain_an_unknown_one_are_nearest() {
        let said = near("close", &["Adj Close", "clos"]);
        assert_eq!((&*said.hint, &*said.nearest), (r#" (did you mean "Adj Close"?)"#, "Adj Close"));
        let said = near("volme", &["volume"]);
        assert_eq!((&*said.hint, &*said.nearest), (r#" (did you mean "volume"?)"#, "volume"));
        let said = near("zzz", &["volume"]);
        assert_eq!((&*said.hint, &*said.nearest), ("", "…"));
    }
}
