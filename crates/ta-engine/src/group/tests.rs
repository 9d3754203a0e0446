//! Rows one by one have the values of a group that is computed in pieces.

use ta_core::{
    find_indicator, indicators, live::Bank, meta::DType, random::Rng, Indicator, Out, ParamValue,
    Params,
};
use ta_saved::Reader;

use super::Group;

/// Bars of a random walk.
fn bars(rows: usize) -> [Vec<f64>; 5] {
    let mut rng = Rng::new(23);
    let mut columns: [Vec<f64>; 5] = Default::default();
    let mut price = 100.0f64;
    for _ in 0..rows {
        let open = (price + rng.between(-1.0, 1.0)).max(5.0);
        price = (open + rng.between(-2.0, 2.0)).max(5.0);
        let (high, low) = (open.max(price) + rng.unit(), open.min(price) - rng.unit());
        let bar = [open, high, low, price, rng.between(1.0, 1e5)];
        columns.iter_mut().zip(bar).for_each(|(column, value)| column.push(value));
    }
    columns
}

fn inputs<'a>(indicator: &Indicator, bars: &'a [Vec<f64>; 5]) -> Vec<&'a [f64]> {
    let slots = indicator.meta.semantics.input_slots.iter();
    let column = |name| ["open", "high", "low", "close", "volume"].iter().position(|n| *n == name);
    slots.map(|slot| &bars[column(slot.name).unwrap_or(3)][..]).collect()
}

/// What the engine computes: a column for each output.
fn computed(indicator: &'static Indicator, params: &Params, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let outputs = &indicator.meta.outputs;
    let mut reals = vec![vec![f64::NAN; inputs[0].len()]; outputs.len()];
    let mut wholes = vec![vec![0; inputs[0].len()]; outputs.len()];
    let mut events = vec![vec![false; inputs[0].len()]; outputs.len()];
    let memory = reals.iter_mut().zip(&mut wholes).zip(&mut events).zip(outputs);
    let mut outs: Vec<Out<'_>> = memory
        .map(|(((real, whole), event), output)| match output.dtype {
            DType::Float64 => Out::F64(real),
            DType::Int32 => Out::I32(whole),
            DType::Boolean => Out::Bool(event),
        })
        .collect();
    let edges = indicator.edges(params);
    Group { indicator, params, inputs, edges, gaps: false }.run(&mut outs).unwrap();
    for (((real, whole), event), output) in reals.iter_mut().zip(&wholes).zip(&events).zip(outputs)
    {
        match output.dtype {
            DType::Float64 => {}
            DType::Int32 => *real = whole.iter().map(|v| f64::from(*v)).collect(),
            DType::Boolean => *real = event.iter().map(|v| f64::from(u8::from(*v))).collect(),
        }
        real[..edges.0].fill(f64::NAN);
    }
    reals
}

/// Saves the series of a bank and restores it in a new one.
fn restored(indicator: &Indicator, params: &Params, bank: &dyn Bank) -> Box<dyn Bank> {
    let mut bytes = Vec::new();
    bank.save(0, &mut bytes);
    let mut restored = indicator.bank(params).unwrap();
    restored.add();
    restored.load(0, &mut Reader::new(&bytes)).unwrap();
    restored
}

fn compare(indicator: &'static Indicator, params: &Params, bars: &[Vec<f64>; 5]) {
    let inputs = inputs(indicator, bars);
    let expected = computed(indicator, params, &inputs);
    let mut bank = indicator.bank(params).unwrap();
    bank.add();
    let (mut values, mut peeked) = (vec![0.0; expected.len()], vec![0.0; expected.len()]);
    let bits = |value: f64| value.is_finite().then(|| value.to_bits());
    for row in 0..inputs[0].len() {
        let bar: Vec<f64> = inputs.iter().map(|input| input[row]).collect();
        // Between the pieces, and while the rows of the next one are collected.
        if row % 9_973 == 0 || (65_530..65_560).contains(&row) {
            bank = restored(indicator, params, &*bank);
        }
        bank.peek(0, &bar, &mut peeked).unwrap();
        bank.update(0, &bar, &mut values).unwrap();
        for (number, column) in expected.iter().enumerate() {
            let (found, peeked, batch) = (bits(values[number]), bits(peeked[number]), column[row]);
            let same = found == bits(batch) && peeked == found;
            assert!(same, "{} {params:?}, output {number}, row {row}", indicator.meta.id);
        }
    }
}

#[test]
fn rows_one_by_one_are_the_pieces_of_the_batch() {
    let bars = bars(70_000);
    for indicator in indicators() {
        compare(indicator, &Params::defaults(&indicator.meta), &bars);
    }
}

/// The rows of two openings overlap.
#[test]
fn a_window_may_be_longer_than_a_piece() {
    let bars = bars(210_000);
    for id in ["sma", "stddev"] {
        let indicator = find_indicator(id).unwrap();
        let given = [("period".to_owned(), 70_000.into())].into_iter().collect();
        let params = ta_core::resolve(indicator, &given, Default::default()).unwrap();
        assert!(params.values().contains(&ParamValue::Int(70_000)));
        compare(indicator, &params, &bars);
    }
}
