//! The plugin as polars calls it: every indicator, over columns in every form.

mod host;

use host::{
    alive, call, call_held, call_pickle,
    made::{assert_same, bars, cut, expected, whole, Values, NUMBERS},
    Chunk, Column,
};
use serde_json::json;
use ta_core::{
    column_name, find_indicator, indicators,
    meta::{ParamKind, SlotKind},
    random::Rng,
    Indicator, Missing, Params,
};

const ROWS: usize = 300;

fn request(indicator: &Indicator, missing: &str) -> String {
    let looks_ahead = indicator.meta.semantics.lookahead > 0;
    json!({ "id": indicator.meta.id, "missing": missing, "allow_lookahead": looks_ahead })
        .to_string()
}

/// The columns of an indicator, each in one chunk.
fn plain(indicator: &Indicator, values: &[Values]) -> Vec<Column> {
    let slots = indicator.meta.semantics.input_slots.iter().zip(values);
    slots.map(|(slot, values)| whole(slot.name, format_of(slot.kind), values)).collect()
}

fn format_of(kind: SlotKind) -> &'static str {
    if kind == SlotKind::Key {
        "i"
    } else {
        "g"
    }
}

#[test]
fn every_indicator_has_the_engines_values_whatever_the_chunks() {
    let mut rng = Rng::new(1);
    for indicator in indicators() {
        let params = Params::defaults(&indicator.meta);
        let mut columns = bars(indicator, ROWS, &mut rng);
        for (missing, word) in Missing::ALL {
            let wanted = expected(indicator, &params, missing, &columns).unwrap();
            let made = call(&request(indicator, word), plain(indicator, &columns)).unwrap();
            assert_eq!(made.name, column_name(&indicator.meta, &params));
            let fields: Vec<&str> =
                made.outputs.iter().map(|output| output.name.as_str()).collect();
            let names: Vec<&str> =
                indicator.meta.outputs.iter().map(|output| output.name).collect();
            assert_eq!(fields, if names.len() == 1 { vec![&made.name[..]] } else { names });
            assert_same(indicator.meta.id, &made, &wanted);
        }
        for column in &mut columns {
            (0..ROWS).filter(|row| row % 41 == 17).for_each(|row| column[row] = None);
        }
        for (missing, word) in &Missing::ALL[..2] {
            let wanted = expected(indicator, &params, *missing, &columns).unwrap();
            let slots = indicator.meta.semantics.input_slots.iter().zip(&columns);
            let cut = slots
                .map(|(slot, values)| cut(slot.name, format_of(slot.kind), values, &mut rng))
                .collect();
            let made = call(&request(indicator, word), cut).unwrap();
            assert_same(indicator.meta.id, &made, &wanted);
        }
        let refused = call(&request(indicator, "error"), plain(indicator, &columns)).unwrap_err();
        assert!(refused.ends_with("has a missing value in row 17"), "{refused}");
    }
    assert_eq!(alive(), 0);
}

/// A simple indicator of one series, and its result over one column.
fn average(column: Column) -> Result<Vec<Option<f64>>, String> {
    let made = call(r#"{"id":"sma","params":{"period":2}}"#, vec![column])?;
    Ok(made.outputs[0].values.clone())
}

#[test]
fn numbers_of_every_type_are_taken() {
    let values: Values = [1.0, 3.0, 7.0].map(Some).into();
    for format in NUMBERS {
        let made = average(whole("x", format, &values)).unwrap();
        assert_eq!(made, [None, Some(2.0), Some(5.0)], "{format}");
    }
    let flags = whole("x", "b", &[1.0, 0.0, 1.0].map(Some));
    assert_eq!(average(flags).unwrap(), [None, Some(0.5), Some(0.5)]);
    let nothing = Chunk { length: 3, null_count: 3, ..Chunk::default() };
    let nothing = Column { name: "x", format: "n".to_owned(), chunks: vec![nothing] };
    assert_eq!(average(nothing).unwrap(), [None, None, None]);
}

#[test]
fn a_column_of_one_row_is_repeated() {
    let add = |a: &[Option<f64>], b: &[Option<f64>]| {
        let columns = vec![whole("a", "g", a), whole("b", "i", b)];
        call(r#"{"id":"add"}"#, columns).map(|made| made.outputs[0].values.clone())
    };
    assert_eq!(add(&[Some(1.0), None], &[Some(2.0)]).unwrap(), [Some(3.0), None]);
    assert_eq!(add(&[Some(1.0)], &[Some(2.0), Some(3.0)]).unwrap(), [Some(3.0), Some(4.0)]);
    assert_eq!(add(&[None], &[Some(2.0), Some(3.0)]).unwrap(), [None, None]);
    assert_eq!(add(&[Some(1.0)], &[Some(2.0)]).unwrap(), [Some(3.0)]);
    assert_eq!(add(&[], &[Some(2.0)]).unwrap(), []);
    assert_eq!(add(&[], &[]).unwrap(), []);
    let refused = add(&[Some(1.0); 2], &[Some(1.0); 3]).unwrap_err();
    assert!(refused.contains("must have the same length"), "{refused}");
}

#[test]
fn constants_are_as_long_as_the_column_after_the_inputs() {
    let sum = |inputs: &[f64], rows: usize| {
        let mut columns: Vec<Column> =
            inputs.iter().map(|&v| whole("x", "g", &[Some(v)])).collect();
        columns.push(whole("row", "l", &vec![Some(0.0); rows]));
        call(r#"{"id":"add"}"#, columns).map(|made| made.outputs[0].values.clone())
    };
    assert_eq!(sum(&[1.0, 2.0], 3).unwrap(), [Some(3.0); 3]);
    assert_eq!(sum(&[1.0, 2.0], 1).unwrap(), [Some(3.0)]);
    assert_eq!(sum(&[1.0, 2.0], 0).unwrap(), []);
    assert!(sum(&[1.0, 2.0, 3.0], 2).unwrap_err().contains("takes 2 inputs"));
}

#[test]
fn keys_are_days_and_whole_numbers_but_no_reals() {
    let slots =
        |i: &&Indicator| i.meta.semantics.input_slots.iter().any(|s| s.kind == SlotKind::Key);
    let keyed: Vec<_> = indicators().iter().filter(slots).collect();
    assert!(!keyed.is_empty());
    for indicator in keyed {
        let columns = bars(indicator, 60, &mut Rng::new(2));
        let with = |format: &'static str| {
            let slots = indicator.meta.semantics.input_slots.iter().zip(&columns);
            let columns = slots
                .map(|(s, v)| whole(s.name, if s.kind == SlotKind::Key { format } else { "g" }, v));
            call(&request(indicator, "skip"), columns.collect())
        };
        let days = with("tdD").unwrap();
        assert_eq!(with("tsu:").unwrap(), days);
        assert_eq!(with("i").unwrap(), days);
        assert!(with("g").unwrap_err().contains("has dtype Float64; a key takes"));
    }
}

#[test]
fn other_types_are_refused_by_polars_names() {
    for (format, name) in
        [("vu", "String"), ("tdD", "Date"), ("tsu:UTC", "Datetime"), ("+s", "Struct")]
    {
        let column = Column { chunks: Vec::new(), ..whole("when", format, &[]) };
        let refused = average(column).unwrap_err();
        let expected = format!("column \"when\" has dtype {name}; indicators take numeric columns");
        assert!(refused.starts_with(&expected), "{refused}");
        assert_eq!(refused.contains("cast with .cast(pl.Float64)"), name == "String");
    }
    assert_eq!(alive(), 0);
}

#[test]
fn messages_use_the_names_that_the_request_gives() {
    let text = Column { chunks: Vec::new(), ..whole("__1", "vu", &[]) };
    let refused = call(r#"{"id":"sma","names":["close"]}"#, vec![text]).unwrap_err();
    let expected = "column \"close\" has dtype String; indicators take numeric columns; ";
    assert!(refused.starts_with(expected), "{refused}");
}

#[test]
fn malformed_arrays_are_refused() {
    let good = whole("x", "g", &[Some(1.0), Some(2.0)]).chunks.remove(0);
    let refused = |change: &dyn Fn(&mut Chunk)| {
        let mut chunk = good.clone();
        change(&mut chunk);
        let column =
            Column { name: "x", format: "g".to_owned(), chunks: vec![good.clone(), chunk] };
        average(column).unwrap_err()
    };
    assert_eq!(refused(&|c| c.length = -1), "column \"x\" has an array with the length -1");
    assert_eq!(refused(&|c| c.offset = -9), "column \"x\" has an array with the offset -9");
    assert!(refused(&|c| c.offset = i64::MAX).contains("has an array of 2 rows after"));
    assert!(refused(&|c| c.buffers.truncate(1)).contains("with 1 buffers, where its type has 2"));
    assert!(refused(&|c| c.buffers.clear()).contains("with 0 buffers"));
    assert_eq!(refused(&|c| c.buffers[1] = None), "column \"x\" has an array without values");
    assert!(refused(&|c| c.n_children = 1).contains("with children"));
    assert!(refused(&|c| c.has_dictionary = true).contains("with children"));
    assert_eq!(
        refused(&|c| (c.buffers[0], c.null_count) = (None, 1)),
        "column \"x\" has an array with 1 nulls that does not say which"
    );
    assert_eq!(alive(), 0);
}

#[test]
fn a_wrong_request_is_one_sentence() {
    let column = || vec![whole("x", "g", &[Some(1.0)])];
    let refused = |request: &str| call(request, column()).unwrap_err();
    assert!(refused(r#"{"id":"smaa"}"#).starts_with("unknown indicator \"smaa\" (did you mean"));
    assert_eq!(
        refused(r#"{"id":"sma","params":{"period":0}}"#),
        "sma: period must be a whole number from 1 to 100000, got 0"
    );
    assert!(refused(r#"{"id":"sma","missing":"drop"}"#).starts_with("missing must be \"skip\""));
    assert!(refused("[]").starts_with("invalid request: "));
    assert_eq!(
        call(r#"{"id":"add"}"#, column()).unwrap_err(),
        "add takes 2 inputs (series, other), got 1"
    );
    let no_request = call_pickle(b"", column()).err().unwrap();
    assert_eq!(
        no_request,
        "the arguments of this plugin expression are no request of an indicator"
    );
    let ahead =
        indicators().iter().find(|i| !i.meta.semantics.lookahead_params.is_empty()).unwrap();
    let turned = ahead.meta.params.iter().filter_map(|param| match param.kind {
        ParamKind::Bool { default } => Some((param.name.to_owned(), json!(!default))),
        _ => None,
    });
    let params: serde_json::Map<_, _> = turned.collect();
    let columns = plain(ahead, &bars(ahead, 9, &mut Rng::new(3)));
    let request = json!({ "id": ahead.meta.id, "params": params }).to_string();
    let refused = call(&request, columns).unwrap_err();
    assert!(refused.contains("allow it with allow_lookahead=True"), "{refused}");
    assert_eq!(alive(), 0);
}

#[test]
fn results_stay_when_later_calls_are_made_and_can_be_released_anywhere() {
    let rma = find_indicator("rma").unwrap();
    let params = Params::defaults(&rma.meta);
    let rows = 300_000;
    let columns = bars(rma, rows, &mut Rng::new(4));
    let wanted = expected(rma, &params, Missing::Skip, &columns).unwrap();
    let held: Vec<_> =
        (0..6).map(|_| call_held(&request(rma, "skip"), plain(rma, &columns)).unwrap()).collect();
    for held in &held {
        assert_same("rma", &held.read(), &wanted);
    }
    std::thread::scope(|scope| {
        for held in held {
            scope.spawn(move || drop(held));
        }
    });
    let again = call(&request(rma, "skip"), plain(rma, &columns)).unwrap();
    assert_same("rma", &again, &wanted);
}

#[test]
fn many_threads_can_call_at_once() {
    let indicators: Vec<_> = indicators().iter().step_by(40).collect();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let indicators = &indicators;
            scope.spawn(move || {
                for indicator in indicators {
                    let params = Params::defaults(&indicator.meta);
                    let columns = bars(indicator, 40_000 + thread, &mut Rng::new(thread as u64));
                    let wanted = expected(indicator, &params, Missing::Skip, &columns).unwrap();
                    let made = call(&request(indicator, "skip"), plain(indicator, &columns));
                    assert_same(indicator.meta.id, &made.unwrap(), &wanted);
                }
            });
        }
    });
}
