//! How names are written for a caller, and which name a misspelt one meant.

/// The spelling a binding uses for parameter names.
///
/// Both are accepted; the style decides how messages write them.
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

/// `fast_period` to `fastPeriod`; what generated TypeScript uses.
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

/// ` (did you mean "a" or "b"?)` for the candidates nearest to `name`, or nothing
/// when none is near: an unrelated name is worse than no answer.
pub fn hint<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    let name = name.to_lowercase();
    let mut scored: Vec<(f64, &str)> = candidates
        .map(|c| (c.to_lowercase(), c))
        .filter(|(lower, _)| is_near(&name, lower))
        .map(|(lower, c)| (strsim::jaro_winkler(&name, &lower), c))
        .filter(|(score, _)| *score > 0.75)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    let near: Vec<String> = scored.iter().take(3).map(|(_, c)| format!("\"{c}\"")).collect();
    match near.len() {
        0 => String::new(),
        _ => format!(" (did you mean {}?)", near.join(" or ")),
    }
}

/// Whether one is the beginning of the other, or at most a third of the letters differ.
fn is_near(name: &str, other: &str) -> bool {
    let length = name.chars().count();
    let begins = |a: &str, b: &str| a.chars().count() > 1 && b.starts_with(a);
    begins(name, other)
        || begins(other, name)
        || strsim::osa_distance(name, other) <= length.div_ceil(3)
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
    fn near_names_only() {
        let near = |name: &str, others: &[&str]| hint(name, others.iter().copied());
        assert_eq!(near("mcad", &["macd", "forecast"]), " (did you mean \"macd\"?)");
        assert_eq!(near("histo", &["histogram"]), " (did you mean \"histogram\"?)");
        assert_eq!(near("foo", &["floor", "fosc", "forecast_oscillator"]), "");
        assert_eq!(near("", &["ad"]), "");
    }
}
