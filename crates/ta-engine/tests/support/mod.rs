//! What the property tests share: made-up tables, random parameters, and the engine
//! as one call from tables to plain values.

pub mod random;
pub mod run;
pub mod table;

use proptest::prelude::*;

/// What a property is tried on. Everything follows from it, and proptest prints it when
/// the property fails; the first rows do not depend on how many there are.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub seed: u64,
    pub rows: usize,
}

/// Cases of `rows` rows. On failure the rows become fewer while it still fails.
pub fn cases(rows: std::ops::Range<usize>) -> impl Strategy<Value = Case> {
    (any::<u64>().no_shrink(), rows).prop_map(|(seed, rows)| Case { seed, rows })
}

/// How often a property is tried; the environment variable `PROPTEST_CASES` says otherwise.
pub fn tries(cases: u32) -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if asked { default.cases } else { cases },
        // The message holds the whole case, so that no file needs to.
        failure_persistence: None,
        ..default
    }
}

/// Fails with everything that was found wrong.
pub fn verdict(wrong: impl IntoIterator<Item = String>) -> Result<(), TestCaseError> {
    let wrong: Vec<String> = wrong.into_iter().collect();
    prop_assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}
