//! Prints the time of indicators over a million rows, in milliseconds on one thread.
//!
//! ```sh
//! cargo run --release -p ta-engine --example kernel_times -- rsi ema:50
//! ```
//!
//! A number after a colon is the value of the first parameter. Without arguments it measures all
//! indicators.

use std::time::Instant;

use ta_core::{
    find_indicator, indicators, meta::DType, random::Rng, resolve, threads::Serial, NameStyle, Out,
};

/// Bars of a random walk: open, high, low, close, volume.
fn bars(rows: usize) -> [Vec<f64>; 5] {
    let mut rng = Rng::new(7);
    let mut draw = || rng.unit();
    let mut columns = [(); 5].map(|()| Vec::with_capacity(rows));
    let mut price = 100.0f64;
    for _ in 0..rows {
        let open = price;
        price = (price + (draw() - 0.5) * 2.0).max(1.0);
        let (high, low) = (open.max(price) + draw(), open.min(price) - draw());
        let bar = [open, high, low, price, (draw() * 1e5).round()];
        columns.iter_mut().zip(bar).for_each(|(column, value)| column.push(value));
    }
    columns
}

fn main() {
    let rows = std::env::var("ROWS").map_or(1_000_000, |rows| rows.parse().expect("a number"));
    let runs = (30_000_000 / rows).max(9);
    let columns = bars(rows);
    let mut asked: Vec<String> = std::env::args().skip(1).collect();
    if asked.is_empty() {
        asked = indicators().iter().map(|i| i.meta.id.to_owned()).collect();
    }
    for call in asked {
        let (id, value) = call.split_once(':').unwrap_or((&call, ""));
        let indicator = find_indicator(id).expect("an indicator");
        let mut given = serde_json::Map::new();
        if let (Ok(value), Some(param)) = (value.parse::<u32>(), indicator.meta.params.first()) {
            given.insert(param.name.to_owned(), value.into());
        }
        let params = resolve(indicator, &given, NameStyle::Snake).expect("parameters");
        let kernel = indicator.kernel();
        let dtypes = || indicator.meta.outputs.iter().map(|o| o.dtype);
        let slots = indicator.meta.semantics.input_slots.iter();
        let names = ["open", "high", "low", "close", "volume"];
        let inputs: Vec<&[f64]> = slots
            .map(|s| &*columns[names.iter().position(|n| *n == s.name).unwrap_or(3)])
            .collect();
        let mut floats = vec![vec![0.0; rows]; dtypes().count()];
        let mut whole = vec![vec![0; rows]; dtypes().count()];
        let mut times: Vec<f64> = (0..runs)
            .map(|_| {
                let mut outs: Vec<Out<'_>> = floats
                    .iter_mut()
                    .zip(&mut whole)
                    .zip(dtypes())
                    .map(|((f, i), dtype)| match dtype {
                        DType::Int32 => Out::I32(i),
                        _ => Out::F64(f),
                    })
                    .collect();
                let start = Instant::now();
                kernel.compute(&params, &inputs, &mut outs, &Serial).expect("values");
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{call:20} {:8.2} ms, at least {:8.2}", times[runs / 2], times[0]);
    }
}
