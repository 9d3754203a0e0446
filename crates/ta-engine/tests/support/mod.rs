//! Shared by the property tests: synthetic tables, random parameters, and a run of the engine
//! from tables to plain values.

pub mod random;
pub mod run;
pub mod table;

use proptest::prelude::*;

/// The seed and the size of one try. All data follow from it, and proptest prints it when a
/// property fails; the first rows do not depend on the number of rows.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub seed: u64,
    pub rows: usize,
}

/// Cases of `rows` rows. After a failure, proptest reduces the rows while the test still fails.
pub fn cases(rows: std::ops::Range<usize>) -> impl Strategy<Value = Case> {
    (any::<u64>().no_shrink(), rows).prop_map(|(seed, rows)| Case { seed, rows })
}

/// The number of tries, unless the environment variable `PROPTEST_CASES` sets another.
pub fn tries(cases: u32) -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if asked { default.cases } else { cases },
        // The message prints the whole case, so no file is needed.
        failure_persistence: None,
        ..default
    }
}

/// Fails with the list of everything that is wrong.
pub fn verdict(wrong: impl IntoIterator<Item = String>) -> Result<(), TestCaseError> {
    let wrong: Vec<String> = wrong.into_iter().collect();
    prop_assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}
