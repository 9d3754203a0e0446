//! The list of all indicators in a fixed order, and look-up by name.

use std::{collections::HashMap, sync::LazyLock};

use crate::{
    error::TaError, indicator::Indicator, indicators as native, meta::IndicatorMeta, names::hint,
    talib,
};

struct Catalog {
    indicators: Vec<Indicator>,
    metas: Vec<IndicatorMeta>,
    by_name: HashMap<&'static str, usize>,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let mut indicators: Vec<Indicator> = talib::indicators().chain(native::all()).collect();
    indicators.sort_by_key(|i| (i.meta.category, i.meta.id));
    let metas: Vec<IndicatorMeta> = indicators.iter().map(|i| i.meta.clone()).collect();
    let mut by_name = HashMap::new();
    for (index, meta) in metas.iter().enumerate() {
        for name in std::iter::once(&meta.id).chain(meta.aliases) {
            if let Some(other) = by_name.insert(*name, index) {
                panic!("\"{name}\" names both {} and {}", metas[other].id, meta.id);
            }
        }
    }
    Catalog { indicators, metas, by_name }
});

/// The metadata of all indicators, ordered by category and id.
///
/// ```
/// let catalog = ta_core::indicator_catalog();
/// assert!(catalog.windows(2).all(|w| (w[0].category, w[0].id) < (w[1].category, w[1].id)));
/// ```
pub fn indicator_catalog() -> &'static [IndicatorMeta] {
    &CATALOG.metas
}

/// All indicators with their kernels, in the order of [`indicator_catalog`].
pub fn indicators() -> &'static [Indicator] {
    &CATALOG.indicators
}

/// The metadata for an id or alias, in upper or lower case, with or without `_` between words.
///
/// ```
/// assert_eq!(ta_core::find_indicator_meta("WILLR").unwrap().id, "willr");
/// assert_eq!(ta_core::find_indicator_meta("BollingerBands").unwrap().id, "bbands");
/// assert!(ta_core::find_indicator_meta("no_such_thing").is_none());
/// ```
pub fn find_indicator_meta(id_or_alias: &str) -> Option<&'static IndicatorMeta> {
    position(id_or_alias).map(|i| &CATALOG.metas[i])
}

/// The indicator for an id or alias, in upper or lower case, with or without `_` between words.
///
/// # Errors
/// [`TaError::UnknownIndicator`] with the nearest names.
pub fn find_indicator(id_or_alias: &str) -> Result<&'static Indicator, TaError> {
    position(id_or_alias).map(|i| &CATALOG.indicators[i]).ok_or_else(|| TaError::UnknownIndicator {
        name: id_or_alias.to_owned(),
        hint: hint(id_or_alias, CATALOG.by_name.keys().copied()),
    })
}

fn position(id_or_alias: &str) -> Option<usize> {
    let by_name = &CATALOG.by_name;
    by_name
        .get(id_or_alias)
        .or_else(|| by_name.get(id_or_alias.to_ascii_lowercase().as_str()))
        .or_else(|| {
            let letters = letters(id_or_alias);
            by_name.iter().find(|(name, _)| self::letters(name) == letters).map(|(_, at)| at)
        })
        .copied()
}

/// A name without what separates its words: other libraries write `BollingerBands`.
fn letters(name: &str) -> String {
    let separates = |c: char| matches!(c, '_' | '-' | ' ');
    name.chars().filter(|&c| !separates(c)).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_what_separates_words_mean_one_indicator() {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (name, &at) in &CATALOG.by_name {
            let other = *seen.entry(letters(name)).or_insert(at);
            assert_eq!(CATALOG.metas[other].id, CATALOG.metas[at].id, "{name}");
        }
    }
}
