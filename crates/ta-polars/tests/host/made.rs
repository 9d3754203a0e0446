//! Made-up columns in all the forms that arrays can have, and what the engine gives over them.

use ta_core::{meta::SlotKind, random::Rng, Indicator, Missing, Params};
use ta_engine::Direct;

use super::{Chunk, Column, Result_};

/// Values without a form; `None` is null.
pub type Values = Vec<Option<f64>>;

/// The types that numbers can have here. All take the whole numbers from 0 to 100.
pub const NUMBERS: [&str; 11] = ["g", "f", "c", "C", "s", "S", "i", "I", "l", "L", "d:38,0"];

/// Bars without gaps for the inputs of an indicator: prices, or whole numbers for keys.
pub fn bars(indicator: &Indicator, rows: usize, rng: &mut Rng) -> Vec<Values> {
    let base: Vec<f64> = (0..rows).scan(100.0, |at, _| Some(walk(at, rng))).collect();
    let slots = indicator.meta.semantics.input_slots.iter();
    slots
        .map(|slot| {
            let value = |row: usize, rng: &mut Rng| match (slot.kind, slot.name) {
                (SlotKind::Key, _) => (row / 20) as f64,
                (_, "high") => base[row] + rng.between(0.0, 3.0),
                (_, "low") => base[row] - rng.between(0.0, 3.0),
                (_, "periods") => rng.int(2, 30) as f64,
                (_, "volume") => rng.int(1000, 9000) as f64,
                _ => base[row] + rng.between(-1.0, 1.0),
            };
            (0..rows).map(|row| Some(value(row, rng))).collect()
        })
        .collect()
}

fn walk(at: &mut f64, rng: &mut Rng) -> f64 {
    *at = (*at * rng.between(0.97, 1.031)).clamp(20.0, 900.0);
    *at
}

/// A column in one chunk of Float64, or of another type.
pub fn whole(name: &'static str, format: &str, values: &[Option<f64>]) -> Column {
    let chunks = vec![chunk(format, values, 0, 0)];
    Column { name, format: format.to_owned(), chunks }
}

/// A column in several chunks: with rows before the first one, with and without bitmaps, with
/// counts of nulls and without, at aligned and other addresses.
pub fn cut(name: &'static str, format: &str, values: &[Option<f64>], rng: &mut Rng) -> Column {
    let mut rest = values;
    let mut chunks = Vec::new();
    while !rest.is_empty() || chunks.is_empty() || rng.once_in(8) {
        let (now, later) = rest.split_at(rng.below(rest.len() + 1));
        rest = later;
        let offset = if rng.once_in(2) { 0 } else { rng.below(20) };
        let mut made = chunk(format, now, offset, if rng.once_in(4) { 1 } else { 0 });
        if rng.once_in(2) {
            made.null_count = -1;
        }
        if rng.once_in(2) && now.iter().all(Option::is_some) {
            made.buffers[0] = None;
        }
        chunks.push(made);
    }
    Column { name, format: format.to_owned(), chunks }
}

/// The bytes of values after `offset` other rows.
pub fn chunk(format: &str, values: &[Option<f64>], offset: usize, shift: usize) -> Chunk {
    let rows = offset + values.len();
    // A NaN in the rows of others, and in nulls, would show.
    let value = |row: usize| row.checked_sub(offset).and_then(|row| values[row]).unwrap_or(77.0);
    let bits = |is_on: &dyn Fn(usize) -> bool| {
        let mut bits = vec![0u8; rows.div_ceil(8)];
        (0..rows).filter(|&row| is_on(row)).for_each(|row| bits[row / 8] |= 1 << (row % 8));
        bits
    };
    macro_rules! bytes {
        ($t:ty) => {
            (0..rows).flat_map(|row| (value(row) as $t).to_ne_bytes()).collect()
        };
    }
    let data: Vec<u8> = match format {
        "g" => bytes!(f64),
        "f" => bytes!(f32),
        "c" => bytes!(i8),
        "C" => bytes!(u8),
        "s" => bytes!(i16),
        "S" => bytes!(u16),
        "i" | "tdD" => bytes!(i32),
        "I" => bytes!(u32),
        "l" | "tsu:" => bytes!(i64),
        "L" => bytes!(u64),
        "d:38,0" => bytes!(i128),
        "b" => bits(&|row| value(row) != 0.0),
        _ => Vec::new(),
    };
    let validity = bits(&|row| row >= offset && values[row - offset].is_some());
    Chunk {
        length: values.len() as i64,
        null_count: values.iter().filter(|value| value.is_none()).count() as i64,
        offset: offset as i64,
        buffers: vec![Some(validity), Some(data)],
        shift,
        ..Chunk::default()
    }
}

/// What the engine gives over these columns: each output's values.
pub fn expected(
    indicator: &'static Indicator,
    params: &Params,
    missing: Missing,
    columns: &[Values],
) -> Result<Vec<Values>, String> {
    let numbers = |values: &Values| values.iter().map(|v| v.unwrap_or(f64::NAN)).collect();
    let inputs: Vec<Vec<f64>> = columns.iter().map(numbers).collect();
    let inputs: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
    let rows = inputs.first().map_or(0, |input| input.len());
    let mut outs = vec![vec![0.0; rows]; indicator.meta.outputs.len()];
    let mut slices: Vec<&mut [f64]> = outs.iter_mut().map(Vec::as_mut_slice).collect();
    let direct = Direct::new(indicator, params.clone(), missing);
    direct.run(&inputs, &mut slices).map_err(|e| e.to_string())?;
    let values = |out: Vec<f64>| out.into_iter().map(|v| (!v.is_nan()).then_some(v)).collect();
    Ok(outs.into_iter().map(values).collect())
}

/// Checks that a result has these values to the last bit, and that a row of a struct is null if all
/// of its fields are.
pub fn assert_same(what: &str, made: &Result_, wanted: &[Values]) {
    let bits = |values: &Values| values.iter().map(|v| v.map(f64::to_bits)).collect::<Vec<_>>();
    assert_eq!(made.outputs.len(), wanted.len(), "{what}");
    for (output, wanted) in made.outputs.iter().zip(wanted) {
        assert_eq!(bits(&output.values), bits(wanted), "{what}: {}", output.name);
    }
    let all_null = |row: usize| wanted.iter().all(|values| values[row].is_none());
    let null_rows: Vec<bool> = (0..wanted[0].len()).map(all_null).collect();
    assert_eq!(made.null_rows, (wanted.len() > 1).then_some(null_rows), "{what}");
}
