//! The series of a bank: apart from each other, begun anew, and copied from bank to bank.

use proptest::prelude::*;
use ta_core::{find_indicator, resolve};

use super::{
    bars::{rows, saved},
    each,
};

#[test]
fn a_series_among_others_is_what_it_is_alone() {
    each(|case, every| {
        let (mut bank, mut alone) = (case.bank(3), case.bank(1));
        prop_assert_eq!(bank.shape(), alone.shape());
        let (mut values, mut own) = (case.values(), case.values());
        for (series, number) in case.interleaved(every) {
            let row = &case.rows[number];
            bank.update(series, row, &mut values).unwrap();
            if series == 1 {
                alone.update(0, row, &mut own).unwrap();
                prop_assert_eq!(saved(&*bank, 1), saved(&*alone, 0), "row {}", number);
            }
        }
        Ok(())
    });
}

#[test]
fn a_reset_series_begins_anew() {
    each(|case, every| {
        let mut bank = case.bank(2);
        let begins = every.min(case.rows.len());
        case.feed(&mut *bank, 0, 0..begins)?;
        case.feed(&mut *bank, 1, 0..begins)?;
        bank.reset(0);
        prop_assert_eq!(saved(&*bank, 0), saved(&*case.bank(1), 0));
        case.feed(&mut *bank, 0, 0..case.rows.len())?;
        case.feed(&mut *bank, 1, begins..case.rows.len())
    });
}

#[test]
fn a_copied_series_goes_on_as_the_one_it_came_from() {
    each(|case, every| {
        let (mut bank, mut other) = (case.bank(2), case.bank(3));
        let middle = every.min(case.rows.len());
        // The copies replace a state that is older, one that is newer and the one before all rows.
        case.feed(&mut *bank, 1, 0..middle)?;
        case.feed(&mut *other, 0, 0..middle / 2)?;
        case.feed(&mut *other, 1, 0..case.rows.len())?;
        for series in 0..3 {
            other.copy_from(series, &*bank, 1).unwrap();
            prop_assert_eq!(saved(&*other, series), saved(&*bank, 1));
            case.feed(&mut *other, series, middle..case.rows.len())?;
        }
        case.feed(&mut *bank, 1, middle..case.rows.len())
    });
}

#[test]
fn a_state_of_another_indicator_or_of_other_parameters_is_not_copied() {
    let bank = |id: &str, period: i64| {
        let given = [("period".to_owned(), period.into())].into_iter().collect();
        let indicator = find_indicator(id).unwrap();
        let params = resolve(indicator, &given, Default::default()).unwrap();
        let mut bank = indicator.bank(&params).unwrap();
        bank.add();
        for row in rows(indicator, 30, 1) {
            bank.update(0, &row, &mut vec![0.0; bank.outputs()]).unwrap();
        }
        bank
    };
    // The first two are TA-Lib's, the others formulas over a window and row by row.
    for (id, other) in [("sma", "ema"), ("ema", "sma"), ("cfo", "bias"), ("bias", "cfo")] {
        let mut to = bank(id, 5);
        let before = saved(&*to, 0);
        assert!(to.copy_from(0, &*bank(other, 5), 0).is_err(), "{id} from {other}");
        assert!(to.copy_from(0, &*bank(id, 6), 0).is_err(), "{id}");
        assert_eq!(saved(&*to, 0), before);
        to.copy_from(0, &*bank(id, 5), 0).unwrap();
    }
}

#[test]
fn the_memory_of_a_series_is_counted() {
    let indicator = find_indicator("sma").unwrap();
    let given = [("period".to_owned(), 200.into())].into_iter().collect();
    let mut bank =
        indicator.bank(&resolve(indicator, &given, Default::default()).unwrap()).unwrap();
    let [full, empty] = [bank.add(), bank.add()];
    for row in rows(indicator, 300, 1) {
        bank.update(full, &row, &mut [0.0]).unwrap();
    }
    assert!((1600..8000).contains(&bank.bytes(full)), "{}", bank.bytes(full));
    assert!(bank.bytes(empty) < 400, "{}", bank.bytes(empty));
}
