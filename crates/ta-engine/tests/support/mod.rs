//! Support of the property tests: synthetic tables, random parameters, and runs of the engine that
//! return plain values.

pub mod random;
pub mod run;
pub mod table;

use proptest::prelude::*;

/// The seed and the size of one case. They determine all data, and proptest prints them when a
/// property fails. The first rows do not depend on the number of rows.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub seed: u64,
    pub rows: usize,
}

/// Cases of `rows` rows. After a failure, proptest searches for the fewest rows that still fail.
pub fn cases(rows: std::ops::Range<usize>) -> impl Strategy<Value = Case> {
    (any::<u64>().no_shrink(), rows).prop_map(|(seed, rows)| Case { seed, rows })
}

/// Runs `cases` cases, unless the environment variable `PROPTEST_CASES` sets another number.
pub fn tries(cases: u32) -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if asked { default.cases } else { cases },
        // The message has the whole case, so a file with failed cases is not needed.
        failure_persistence: None,
        ..default
    }
}

/// Fails with a list of everything in `wrong`.
pub fn verdict(wrong: impl IntoIterator<Item = String>) -> Result<(), TestCaseError> {
    let wrong: Vec<String> = wrong.into_iter().collect();
    prop_assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}
