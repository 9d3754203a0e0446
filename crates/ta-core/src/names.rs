//! The spelling of names for a caller, and suggestions for unknown names.

/// The spelling of parameter names in messages. In arguments a caller may use both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NameStyle {
    /// `fast_period`, as in the catalog.
    #[default]
    Snake,
    /// `fastPeriod`, as in TypeScript options.
    Camel,
}

impl NameStyle {
    /// Writes a catalog name in this style.
    pub fn write(self, snake: &str) -> String {
        match self {
            Self::Snake => snake.to_owned(),
            Self::Camel => camel(snake),
        }
    }
}

/// Turns `fast_period` into `fastPeriod`, the spelling of generated TypeScript.
pub fn camel(snake: &str) -> String {
    let mut out = String::with_capacity(snake.len());
    let mut upper = false;
    for c in snake.chars() {
        if c == '_' {
            upper = true;
        } else if upper {
            out.extend(c.to_uppercase());
            upper = false;
        } else {
            out.push(c);
        }
    }
    out
}

/// A text in quotes for a message, as JSON writes it; of a long one the beginning.
pub fn excerpt(text: &str) -> String {
    const MOST: usize = 80;
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match text.char_indices().nth(MOST) {
        None => quoted(text),
        Some((end, _)) => {
            format!(
                "{} ({} characters)",
                quoted(&format!("{}…", &text[..end])),
                text.chars().count()
            )
        }
    }
}

/// Returns ` (did you mean "a" or "b"?)` with the candidates most similar to `name`, or an empty
/// text if none is similar.
pub fn hint<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    let name = name.to_lowercase();
    let mut scored: Vec<(f64, &str)> = candidates
        .map(|c| (c.to_lowercase(), c))
        .filter(|(lower, _)| is_similar(&name, lower))
        .map(|(lower, c)| (similarity(&name, &lower), c))
        .filter(|(score, _)| *score > 0.75)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    let similar: Vec<String> = scored.iter().take(3).map(|(_, c)| format!("\"{c}\"")).collect();
    match similar.len() {
        0 => String::new(),
        _ => format!(" (did you mean {}?)", similar.join(" or ")),
    }
}

/// Whether one name starts with the other, or at most a third of the letters differ.
fn is_similar(name: &str, other: &str) -> bool {
    let length = name.chars().count();
    let begins = |a: &str, b: &str| a.chars().count() > 1 && b.starts_with(a);
    begins(name, other)
        || begins(other, name)
        || strsim::osa_distance(name, other) <= length.div_ceil(3)
}

/// How similar two names are, from 0 to 1. Two letters in the wrong order are the likeliest mistake.
fn similarity(name: &str, other: &str) -> f64 {
    if strsim::osa_distance(name, other) == 1 && strsim::levenshtein(name, other) == 2 {
        return 1.0;
    }
    strsim::jaro_winkler(name, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_and_hints() {
        assert_eq!(camel("roc1_period"), "roc1Period");
        assert_eq!(NameStyle::Snake.write("ma_type"), "ma_type");
        assert_eq!(hint("perid", ["period", "ma_type"].into_iter()), " (did you mean \"period\"?)");
        assert_eq!(hint("zzz", ["period"].into_iter()), "");
    }

    #[test]
    fn of_a_long_text_the_beginning_is_shown() {
        let all = "é".repeat(80);
        assert_eq!(excerpt("a \"b\""), r#""a \"b\"""#);
        assert_eq!(excerpt(&all), format!("\"{all}\""));
        assert_eq!(excerpt(&format!("{all}a")), format!("\"{all}…\" (81 characters)"));
    }

    #[test]
    fn only_similar_names_are_suggested() {
        let suggested = |name: &str, others: &[&str]| hint(name, others.iter().copied());
        assert_eq!(suggested("mcad", &["macd", "forecast"]), " (did you mean \"macd\"?)");
        assert_eq!(suggested("histo", &["histogram"]), " (did you mean \"histogram\"?)");
        assert_eq!(
            suggested("sam", &["sar", "sem", "sma"]),
            " (did you mean \"sma\" or \"sar\" or \"sem\"?)"
        );
        assert_eq!(suggested("foo", &["floor", "fosc", "forecast_oscillator"]), "");
        assert_eq!(suggested("", &["ad"]), "");
    }
}
