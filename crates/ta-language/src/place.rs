//! Errors that show where in a text they are.

use crate::{said::Said, syntax::Span};

/// An error about a range of a text: one sentence with the position, then the line with carets.
pub fn error_at(text: &str, Span { start, end }: Span, said: impl Into<Said>) -> Said {
    let from = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let to = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let before = &text[from..start];
    let place = format!("character {}", before.chars().count() + 1);
    let line = match text.contains('\n') {
        true => format!("line {}, ", text[..from].matches('\n').count() + 1),
        false => String::new(),
    };
    let pad: String = before.chars().map(|c| if c == '\t' { c } else { ' ' }).collect();
    let carets = "^".repeat(text[start..end.min(to).max(start)].chars().count().max(1));
    let shown = text[from..to].trim_end();
    said.into().then(format!(", at {line}{place}\n  {shown}\n  {pad}{carets}"))
}
