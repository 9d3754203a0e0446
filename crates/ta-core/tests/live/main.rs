//! Indicators row by row have the values of the batch, whatever happens between two rows.

mod bars;
mod batch;
mod drawn;
mod series;
mod still;

use std::ops::Range;

use bars::{rows, saved, LIVE};
use batch::{batch, bits};
use drawn::params;
use proptest::{
    prelude::*,
    test_runner::{TestError, TestRunner},
};
use ta_core::{
    indicators,
    live::{Bank, Step},
    Indicator, Params,
};
use ta_saved::Reader;

/// Runs a property for each entry, over random parameters and rows, and a number of its own.
fn each(property: impl Fn(&Case<'_>, usize) -> Result<(), TestCaseError>) {
    each_of(rows, property);
}

/// The same over rows from a function of the entry, their number and a seed.
fn each_of(
    rows: impl Fn(&Indicator, usize, u64) -> Vec<Vec<f64>>,
    property: impl Fn(&Case<'_>, usize) -> Result<(), TestCaseError>,
) {
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
            let Some(params) = params.filter(|params| indicator.bank(params).is_some()) else {
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

/// Whether an indicator goes row by row with default parameters; an error if its values are not
/// those of the batch.
fn goes_row_by_row(indicator: &'static Indicator) -> Result<bool, TestCaseError> {
    let params = &Params::defaults(&indicator.meta);
    if indicator.bank(params).is_none() {
        return Ok(false);
    }
    let count = indicator.meta.semantics.default_lookback + 300;
    let rows = &rows(indicator, count, 17)[..];
    let expected = &batch(indicator, params, rows)[..];
    let case = Case { indicator, params, rows, expected };
    case.feed(&mut *case.bank(1), 0, 0..count)?;
    Ok(true)
}

#[test]
fn the_catalog_says_which_indicators_go_row_by_row() {
    for indicator in indicators() {
        let (id, said) = (indicator.meta.id, indicator.meta.semantics.incremental);
        let shown = goes_row_by_row(indicator).unwrap_or_else(|e| panic!("{id}: {e}"));
        assert_eq!((shown, said), (true, true), "{id}");
    }
}

struct Case<'a> {
    indicator: &'static Indicator,
    params: &'a Params,
    rows: &'a [Vec<f64>],
    /// The batch's values.
    expected: &'a [Vec<f64>],
}

impl Case<'_> {
    /// A bank of so many series before their first row.
    fn bank(&self, series: usize) -> Box<dyn Bank> {
        let mut bank = self.indicator.bank(self.params).expect("the parameters do not look ahead");
        for number in 0..series {
            assert_eq!(bank.add(), number);
        }
        bank
    }

    fn values(&self) -> Vec<f64> {
        vec![0.0; self.indicator.meta.outputs.len()]
    }

    fn check(&self, row: usize, values: &[f64]) -> Result<(), TestCaseError> {
        prop_assert_eq!(bits(values), bits(&self.expected[row]), "row {}", row);
        Ok(())
    }

    /// Feeds a series these rows, and checks the values.
    fn feed(
        &self,
        bank: &mut dyn Bank,
        series: usize,
        rows: Range<usize>,
    ) -> Result<(), TestCaseError> {
        let mut values = self.values();
        for number in rows {
            bank.update(series, &self.rows[number], &mut values).unwrap();
            self.check(number, &values)?;
        }
        Ok(())
    }

    /// Three series that are so many rows apart, in the order in which their rows come: the series,
    /// and the number of the row.
    fn interleaved(&self, apart: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let all = self.rows.len();
        let series = move |time: usize| {
            (0..3).filter_map(move |series| {
                Some((series, time.checked_sub(series * apart)?)).filter(|(_, row)| *row < all)
            })
        };
        (0..all + 2 * apart).flat_map(series)
    }
}

#[test]
fn updates_and_peeks_are_the_batch() {
    each(|case, every| {
        let mut bank = case.bank(3);
        let (mut peeked, mut values) = (case.values(), case.values());
        for (series, number) in case.interleaved(every) {
            let row = &case.rows[number];
            let before = (number % every == 0).then(|| saved(&*bank, series));
            bank.peek(series, row, &mut peeked).unwrap();
            if let Some(before) = before {
                prop_assert_eq!(before, saved(&*bank, series), "a peek changed row {}", number);
            }
            bank.update(series, row, &mut values).unwrap();
            case.check(number, &peeked)?;
            case.check(number, &values)?;
        }
        Ok(())
    });
}

#[test]
fn rows_in_one_call_are_rows_one_by_one() {
    each(|case, every| {
        let mut bank = case.bank(3);
        let all: Vec<(usize, usize)> = case.interleaved(every).collect();
        for part in all.chunks(every) {
            // Each row is looked at before it is taken; of some nobody asks for the values then.
            let steps = part.iter().flat_map(|&(series, number)| {
                let series = series as u32;
                let take = if number % 3 == 0 { Step::quiet } else { Step::commit };
                [Step::peek(series), take(series)]
            });
            let steps: Vec<Step> = steps.collect();
            let numbers: Vec<usize> = part.iter().flat_map(|&(_, number)| [number; 2]).collect();
            let column = |slot| numbers.iter().map(|row| case.rows[*row][slot]).collect();
            let rows: Vec<Vec<f64>> = (0..bank.inputs()).map(column).collect();
            let mut values = vec![vec![0.0; steps.len()]; bank.outputs()];
            let inputs: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
            let mut outputs: Vec<&mut [f64]> = values.iter_mut().map(Vec::as_mut_slice).collect();
            bank.run(&steps, &inputs, &mut outputs).unwrap();
            for (place, number) in numbers.iter().enumerate() {
                if !steps[place].valued {
                    continue;
                }
                let found: Vec<f64> = values.iter().map(|column| column[place]).collect();
                case.check(*number, &found)?;
            }
        }
        Ok(())
    });
}

/// TA-Lib's streams and native indicators are made of others, which must not stop in the middle of a
/// row.
#[test]
fn rows_that_overflow_inside_an_indicator_are_the_batch() {
    let huge = |indicator: &Indicator, count: usize, seed: u64| {
        let mut rows = rows(indicator, count, seed);
        // Prices are between 1 and some hundreds: sums of a few of them are infinite.
        let largest = rows.iter().flatten().fold(1.0, |most: f64, value| most.max(*value));
        let all = rows.iter_mut().flatten();
        all.for_each(|value| *value *= 1e308 / largest);
        rows
    };
    each_of(huge, |case, _| {
        let mut bank = case.bank(1);
        let mut peeked = case.values();
        let mut values = case.values();
        for (number, row) in case.rows.iter().enumerate() {
            bank.peek(0, row, &mut peeked).unwrap();
            bank.update(0, row, &mut values).unwrap();
            case.check(number, &peeked)?;
            case.check(number, &values)?;
        }
        Ok(())
    });
}

#[test]
fn a_restored_series_goes_on_as_before() {
    each(|case, every| {
        let mut bank = case.bank(3);
        let mut values = case.values();
        for (series, number) in case.interleaved(every) {
            if number % every == 0 {
                let bytes = saved(&*bank, series);
                let mut reader = Reader::new(&bytes);
                // In the place of another state, or of none.
                if number % 2 == 0 {
                    bank.reset(series);
                } else {
                    bank.update(series, &case.rows[0], &mut values).unwrap();
                }
                bank.load(series, &mut reader).unwrap();
                prop_assert_eq!(reader.left(), 0);
                prop_assert_eq!(bytes, saved(&*bank, series));
            }
            bank.update(series, &case.rows[number], &mut values).unwrap();
            case.check(number, &values)?;
        }
        Ok(())
    });
}

#[test]
fn a_fork_and_a_refused_row_leave_the_series_alone() {
    each(|case, every| {
        let mut bank = case.bank(3);
        let mut values = case.values();
        for (series, number) in case.interleaved(every) {
            let row = &case.rows[number];
            if number % every == 0 {
                let mut fork = bank.fork();
                let other: Vec<f64> = row.iter().map(|v| v + 1.0).collect();
                fork.update(series, &other, &mut values).unwrap();
                let gap = vec![f64::NAN; row.len()];
                prop_assert!(bank.update(series, &gap, &mut values).is_err());
                prop_assert!(bank.peek(series, &row[1..], &mut values).is_err());
                prop_assert!(bank.update(series, row, &mut []).is_err());
            }
            bank.update(series, row, &mut values).unwrap();
            case.check(number, &values)?;
        }
        Ok(())
    });
}
