//! Calls with arguments and arrays changed at random: each gives the engine's values or one
//! sentence, reads nothing that is not there (a sanitizer would notice) and leaks nothing.

mod host;

use host::{
    alive, call_pickle,
    made::{assert_same, bars, cut, expected, Values, NUMBERS},
    pickled, Column,
};
use serde_json::json;
use ta_core::{indicators, meta::SlotKind, random::Rng, Indicator, Missing, Params};

/// `TA_TESTS=full` runs all, as on CI.
fn calls() -> usize {
    if std::env::var("TA_TESTS").is_ok_and(|tests| tests == "full") || std::env::var("CI").is_ok() {
        100_000
    } else {
        20_000
    }
}

#[test]
fn fuzzed_calls() {
    let mut rng = Rng::new(0xabcd);
    for number in 0..calls() {
        let indicator = rng.pick(&indicators().iter().collect::<Vec<_>>());
        let rows = rng.below(48);
        let mut values = bars(indicator, rows, &mut rng);
        let formats = shape(indicator, &mut values, &mut rng);
        let slots = indicator.meta.semantics.input_slots.iter().zip(values.iter().zip(&formats));
        let mut columns: Vec<Column> = slots
            .map(|(slot, (values, format))| cut(slot.name, format, values, &mut rng))
            .collect();
        let (missing, word) = rng.pick(&Missing::ALL);
        let request = json!({ "id": indicator.meta.id, "missing": word, "allow_lookahead": true });
        let mut kwargs = pickled(&request.to_string());
        let is_good = match rng.below(3) {
            0 => true,
            1 => !damage(&mut columns, &mut rng),
            _ => {
                let at = rng.below(kwargs.len());
                kwargs[at] = rng.bits() as u8;
                false
            }
        };
        let made = call_pickle(&kwargs, columns);
        let params = Params::defaults(&indicator.meta);
        let wanted = expected(indicator, &params, missing, &values);
        let what = format!("call {number}: {}", indicator.meta.id);
        match (is_good, made, wanted) {
            (true, Ok(made), Ok(wanted)) => assert_same(&what, &made.read(), &wanted),
            (true, Err(made), Err(wanted)) => assert_eq!(made, wanted, "{what}"),
            (true, made, wanted) => panic!("{what}: {:?} {:?}", made.err(), wanted.err()),
            // A changed byte may give another valid call, or none.
            (false, made, _) => assert_ne!(made.err().as_deref(), Some(""), "{what}"),
        }
        assert_eq!(alive(), 0, "{what}");
    }
}

/// Gives some values gaps, and others another type that holds them.
fn shape(indicator: &Indicator, values: &mut [Values], rng: &mut Rng) -> Vec<&'static str> {
    let mut formats = Vec::new();
    for (slot, values) in indicator.meta.semantics.input_slots.iter().zip(values) {
        if rng.once_in(3) {
            let gap = rng.below(9) + 1;
            values.iter_mut().skip(rng.below(9)).step_by(gap).for_each(|value| *value = None);
        }
        formats.push(match slot.kind {
            SlotKind::Key => rng.pick(&["i", "l", "tdD", "tsu:"]),
            SlotKind::Number if rng.once_in(2) => {
                values
                    .iter_mut()
                    .flatten()
                    .for_each(|value| *value = value.clamp(1.0, 99.0).floor());
                rng.pick(&NUMBERS)
            }
            SlotKind::Number => "g",
        });
    }
    formats
}

/// Changes what a chunk says about itself, in ways that can be noticed or do not matter. Returns
/// whether it did.
fn damage(columns: &mut [Column], rng: &mut Rng) -> bool {
    let column = rng.below(columns.len());
    let column = &mut columns[column];
    if column.chunks.is_empty() {
        return false;
    }
    let chunk = rng.below(column.chunks.len());
    let chunk = &mut column.chunks[chunk];
    match rng.below(9) {
        0 => chunk.length = -chunk.length - 1,
        1 => chunk.offset = -chunk.offset - 1,
        2 => chunk.offset = i64::MAX - rng.below(100) as i64,
        3 => chunk.buffers.truncate(rng.below(2)),
        4 => chunk.buffers[1] = None,
        5 => chunk.n_children = rng.int(1, 9),
        6 => chunk.has_dictionary = true,
        7 => column.format = rng.pick(&["u", "vu", "+s", "", "e", "d:1", "z"]).to_owned(),
        _ => (chunk.buffers[0], chunk.null_count) = (None, 1),
    }
    true
}
