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
/// when none is near.
pub fn hint<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    let name = name.to_lowercase();
    let mut scored: Vec<(f64, &str)> = candidates
        .map(|c| (strsim::jaro_winkler(&name, &c.to_lowercase()), c))
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
}
