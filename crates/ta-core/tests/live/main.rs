//! Indicators row by row have the values of the batch, whatever happens between two rows.

mod bars;
mod drawn;

use bars::{rows, saved, LIVE};
use drawn::{batch, bits, params};
use proptest::{
    prelude::*,
    test_runner::{TestError, TestRunner},
};
use ta_core::{indicators, Indicator, Params};
use ta_saved::Reader;

/// Runs a property for each entry, over random parameters and rows, and a number of its own.
fn each(property: impl Fn(&Case<'_>, usize) -> Result<(), TestCaseError>) {
    let mut failed = Vec::new();
    for indicator in LIVE.iter() {
        let mut runner = TestRunner::new(ProptestConfig {
            cases: 24,
            failure_persistence: None,
            ..Default::default()
        });
        let drawn = (params(indicator), 0..400usize, any::<u64>(), 1..50usize);
        let outcome = runner.run(&drawn, |(params, count, seed, every)| {
            // Some parameters make an indicator look ahead.
            let Some(params) = params.filter(|params| indicator.step(params).is_some()) else {
                return Ok(());
            };
            let rows = rows(indicator, count, seed);
            let expected = batch(indicator, &params, &rows);
            property(&Case { indicator, params: &params, rows: &rows, expected: &expected }, every)
        });
        if let Err(TestError::Fail(reason, drawn)) = outcome {
            failed.push(format!("{}: {reason}, with {drawn:?}", indicator.meta.id));
        } else {
            outcome.unwrap();
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn all_indicators_have_a_step() {
    let without: Vec<&str> = indicators()
        .iter()
        .filter(|i| LIVE.iter().all(|live| live.meta.id != i.meta.id))
        .map(|i| i.meta.id)
        .collect();
    assert_eq!(without, [""; 0]);
}

struct Case<'a> {
    indicator: &'static Indicator,
    params: &'a Params,
    rows: &'a [Vec<f64>],
    /// The batch's values.
    expected: &'a [Vec<f64>],
}

impl Case<'_> {
    fn step(&self) -> Box<dyn ta_core::live::Step> {
        self.indicator.step(self.params).expect("every function has a step")
    }

    fn values(&self) -> Vec<f64> {
        vec![0.0; self.indicator.meta.outputs.len()]
    }

    fn check(&self, row: usize, values: &[f64]) -> Result<(), TestCaseError> {
        prop_assert_eq!(bits(values), bits(&self.expected[row]), "row {}", row);
        Ok(())
    }
}

#[test]
fn updates_and_peeks_are_the_batch() {
    each(|case, every| {
        let mut step = case.step();
        let (mut peeked, mut values) = (case.values(), case.values());
        for (number, row) in case.rows.iter().enumerate() {
            let before = (number % every == 0).then(|| saved(&*step));
            step.peek(row, &mut peeked).unwrap();
            if let Some(before) = before {
                prop_assert_eq!(before, saved(&*step), "a peek changed row {}", number);
            }
            step.update(row, &mut values).unwrap();
            case.check(number, &peeked)?;
            case.check(number, &values)?;
        }
        Ok(())
    });
}

#[test]
fn a_restored_step_goes_on_as_before() {
    each(|case, every| {
        let mut step = case.step();
        let mut values = case.values();
        for (number, row) in case.rows.iter().enumerate() {
            if number % every == 0 {
                let bytes = saved(&*step);
                let mut reader = Reader::new(&bytes);
                step = case.step();
                step.load(&mut reader).unwrap();
                prop_assert_eq!(reader.left(), 0);
            }
            step.update(row, &mut values).unwrap();
            case.check(number, &values)?;
        }
        Ok(())
    });
}

#[test]
fn a_fork_and_a_refused_row_leave_the_step_alone() {
    each(|case, every| {
        let mut step = case.step();
        let mut values = case.values();
        for (number, row) in case.rows.iter().enumerate() {
            if number % every == 0 {
                let mut fork = step.fork();
                let other: Vec<f64> = row.iter().map(|v| v + 1.0).collect();
                fork.update(&other, &mut values).unwrap();
                let gap = vec![f64::NAN; row.len()];
                prop_assert!(step.update(&gap, &mut values).is_err());
                prop_assert!(step.peek(&row[1..], &mut values).is_err());
            }
            step.update(row, &mut values).unwrap();
            case.check(number, &values)?;
        }
        Ok(())
    });
}
