//! Programs of indicators, and bars for them.

use serde_json::{json, Value};
use ta_core::{indicators, random::Rng, Indicator, Params};
use ta_live::Program;

/// The fields of a bar.
pub const FIELDS: [&str; 7] = ["open", "high", "low", "close", "volume", "other", "session"];

/// An indicator with its parameters.
pub type Call = (&'static Indicator, Params);

/// Whether tests do all their rounds: in `.ci/run`, and with `TA_TESTS=full`. A plain `npm test` does
/// a quarter of them.
pub fn is_full() -> bool {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    is("TA_TESTS", "full") || is("CI", "true")
}

/// The entries of the catalog whose defaults a stream takes.
pub fn catalog() -> Vec<Call> {
    let calls = indicators().iter().map(|i| (i, Params::defaults(&i.meta)));
    calls.filter(|(indicator, params)| indicator.bank(params).is_some()).collect()
}

/// The field that each input of an indicator reads.
pub fn fields_of(indicator: &Indicator) -> Vec<usize> {
    let named = |name: &str| FIELDS.iter().position(|field| *field == name);
    let slots = indicator.meta.semantics.input_slots.iter();
    // The bounds of a channel are crossed now and then.
    let other = |name: &str| match name {
        "upper" => 0,
        "lower" => 5,
        "anchor" => 6,
        _ => 3,
    };
    slots.map(|slot| named(slot.name).unwrap_or_else(|| other(slot.name))).collect()
}

/// Nodes of a program: the fields, then the calls.
pub fn nodes(calls: &[Call]) -> Vec<Value> {
    let fields = (0..FIELDS.len()).map(|field| json!({ "kind": "field", "field": field }));
    let call = |(indicator, params): &Call| {
        json!({
            "kind": "call",
            "id": indicator.meta.id,
            "params": params.to_json(&indicator.meta),
            "inputs": fields_of(indicator),
        })
    };
    fields.chain(calls.iter().map(call)).collect()
}

/// A program with a feature for each node after those of the fields.
pub fn program_of(nodes: &[Value]) -> Program {
    let features: Vec<Value> = (FIELDS.len()..nodes.len())
        .map(|node| json!({ "name": format!("f{node}"), "node": node }))
        .collect();
    let program = json!({ "fields": FIELDS, "nodes": nodes, "features": features });
    Program::parse(&program.to_string()).expect("the program is one")
}

/// Bars of a market, one row of fields each.
pub fn bars(count: usize, seed: u64) -> Vec<[f64; 7]> {
    let mut rng = Rng::new(seed);
    let mut price = 100.0f64;
    (0..count)
        .map(|row| {
            let open = (price + rng.between(-1.0, 1.0)).max(1.0);
            if !rng.once_in(10) {
                price = (open + rng.between(-3.0, 3.0) + (100.0 - open) / 50.0).max(1.0);
            }
            let (high, low) = (open.max(price) + rng.unit(), open.min(price) - rng.unit() / 2.0);
            let other = 100.0 + rng.between(-5.0, 5.0);
            let volume = if rng.once_in(30) { 0.0 } else { (rng.unit() * 1e5).round() };
            [open, high, low, price, volume, other, (row / 20) as f64]
        })
        .collect()
}
