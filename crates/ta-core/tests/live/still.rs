//! Series that stand still for so long that the numbers of recursions become tiny.

use ta_core::Params;

use super::{
    bars::{rows, saved, LIVE},
    batch::batch,
    Case,
};
use ta_saved::Reader;

/// Rows that stand still: a mean over 14 bars is below the normal range of floats after 9,600, and
/// held by rounding after 10,100.
const STILL: usize = 12_000;

/// Bars that move, then the last of them or zeros, then bars that move again.
fn with_stretch(moving: &[Vec<f64>], zeros: bool) -> Vec<Vec<f64>> {
    let (before, after) = moving.split_at(moving.len() / 2);
    let last = before[before.len() - 1].clone();
    let row = if zeros { vec![0.0; last.len()] } else { last };
    [before, &vec![row; STILL], after].concat()
}

#[test]
fn rows_after_a_long_stretch_are_the_batch() {
    let (mut failed, mut tiny) = (Vec::new(), 0);
    for indicator in LIVE.iter() {
        let params = &Params::defaults(&indicator.meta);
        let moving = rows(indicator, 2 * indicator.meta.semantics.default_lookback + 400, 5);
        for zeros in [false, true] {
            let rows = &with_stretch(&moving, zeros)[..];
            let expected = &batch(indicator, params, rows)[..];
            tiny += usize::from(expected.iter().flatten().any(|value| value.is_subnormal()));
            let case = Case { indicator, params, rows, expected };
            let mut bank = case.bank(2);
            let end = moving.len() / 2 + STILL;
            let fed = case.feed(&mut *bank, 0, 0..end).and_then(|()| {
                let bytes = saved(&*bank, 0);
                bank.load(1, &mut Reader::new(&bytes)).unwrap();
                case.feed(&mut *bank, 0, end..rows.len())?;
                case.feed(&mut *bank, 1, end..rows.len())
            });
            if let Err(reason) = fed {
                failed.push(format!("{}, zeros {zeros}: {reason}", indicator.meta.id));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    // Otherwise the stretch would be too short to show anything.
    assert!(tiny > 40, "only {tiny} series of values have tiny numbers");
}
