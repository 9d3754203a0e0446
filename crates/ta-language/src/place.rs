//! Errors that show where in a text they are.

use crate::{said::Said, syntax::Span};

/// Most characters of a line that an error shows, so that it fits a terminal.
const MOST: usize = 80;

/// How many of them come before the error, if the line is longer.
const BEFORE: usize = 30;

/// An error about a range of a text: one sentence with the position, then the line with carets, or
/// the part of a long line in which the range begins.
pub fn error_at(text: &str, Span { start, end }: Span, said: impl Into<Said>) -> Said {
    let from = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let to = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let before = text[from..start].chars().count();
    let place = format!("character {}", before + 1);
    let line = match text.contains('\n') {
        true => format!("line {}, ", text[..from].matches('\n').count() + 1),
        false => String::new(),
    };
    let marked = text[start..end.min(to).max(start)].chars().count();
    let shown = shown(&text[from..to], before, marked);
    said.into().then(format!(", at {line}{place}\n{shown}"))
}

/// A line with carets below `marked` characters after the first `before`.
fn shown(line: &str, before: usize, marked: usize) -> String {
    let all: Vec<char> = line.chars().collect();
    let first = match all.len() > MOST {
        true => before.saturating_sub(BEFORE).min(all.len() - MOST),
        false => 0,
    };
    let part = &all[first..all.len().min(first + MOST)];
    let [cut, more] =
        [first > 0, first + part.len() < all.len()].map(|yes| if yes { "…" } else { "" });
    let ahead = part.iter().take(before - first).map(|c| if *c == '\t' { '\t' } else { ' ' });
    // An error may be where the text ends, one character after the line.
    let pad: String = cut.chars().map(|_| ' ').chain(ahead).collect();
    let room = (first + part.len()).saturating_sub(before);
    let carets = "^".repeat(marked.min(room).max(1));
    let part: String = part.iter().collect::<String>().trim_end().to_owned();
    format!("  {cut}{part}{more}\n  {pad}{carets}")
}

#[cfg(test)]
mod tests {
    use super::error_at;
    use crate::syntax::Span;

    fn lines(text: &str, start: usize, end: usize) -> Vec<String> {
        let said = error_at(text, Span { start, end }, "no").to_string();
        said.split('\n').map(str::to_owned).collect()
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(lines("a + b", 4, 5), ["no, at character 5", "  a + b", "      ^"]);
        assert_eq!(
            lines("a +\n\tb c\nd", 7, 8),
            ["no, at line 2, character 4", "  \tb c", "  \t  ^"]
        );
        assert_eq!(lines("a +", 3, 3), ["no, at character 4", "  a +", "     ^"]);
        assert_eq!(lines("a + ", 4, 4), ["no, at character 5", "  a +", "      ^"]);
    }

    #[test]
    fn of_a_long_line_the_part_with_the_error_is_shown() {
        let text = format!("{}?{}", "é".repeat(5000), "ü".repeat(5000));
        let at = 2 * 5000;
        let [said, line, carets] = &lines(&text, at, at + 1)[..] else { panic!() };
        assert_eq!(said, "no, at character 5001");
        assert_eq!(*line, format!("  …{}?{}…", "é".repeat(30), "ü".repeat(49)));
        assert_eq!(line.chars().position(|c| c == '?'), carets.chars().position(|c| c == '^'));
        // Carets do not go on where the line is cut, and a part may be at either end.
        let all = lines(&text, 0, text.len());
        assert_eq!(all[1..], [format!("  {}…", "é".repeat(80)), format!("  {}", "^".repeat(80))]);
        let last = lines(&text, text.len(), text.len());
        assert_eq!(last[1], format!("  …{}", "ü".repeat(80)));
        assert_eq!(last[2].chars().count(), last[1].chars().count() + 1);
    }
}
