//! The entries of the catalog that go row by row, and random bars for them.

use std::sync::LazyLock;

use ta_core::{indicators, live::Bank, random::Rng, Indicator, Params};

/// The entries that have a bank.
pub static LIVE: LazyLock<Vec<&'static Indicator>> = LazyLock::new(|| {
    let live = |i: &&Indicator| i.bank(&Params::defaults(&i.meta)).is_some();
    indicators().iter().filter(live).collect()
});

/// Bars with gaps, equal prices and flat stretches, as rows of an indicator's inputs.
pub fn rows(indicator: &Indicator, count: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut rng = Rng::new(seed);
    let tick = rng.pick(&[0.0, 0.01, 0.5]);
    let round = |v: f64| if tick > 0.0 { ((v / tick).round() * tick).max(tick) } else { v };
    let mut price = 100.0;
    let mut still = 0;
    let mut bar = || {
        still = if still == 0 && rng.once_in(40) { rng.below(30) } else { still.max(1) - 1 };
        let moves = if still > 0 { 0.0 } else { 1.0 };
        let open = (price + moves * rng.between(-1.0, 1.0)).max(1.0);
        price = (open + moves * rng.between(-3.0, 3.0)).max(1.0);
        let high = open.max(price) + moves * rng.unit();
        let low = (open.min(price) - moves * rng.unit()).max(0.5);
        [round(open), round(high), round(low), round(price), round(rng.unit() * 1e5)]
    };
    let columns = ["open", "high", "low", "close", "volume"];
    let slots = indicator.meta.semantics.input_slots.iter().map(|slot| slot.name);
    let places: Vec<Option<usize>> =
        slots.map(|name| columns.iter().position(|column| *column == name)).collect();
    let number = |bar: &[f64; 5], (slot, place): (usize, &Option<usize>)| match place {
        Some(place) => bar[*place],
        None if slot == 0 => bar[3],
        None => bar[4] % 40.0,
    };
    std::iter::repeat_with(|| {
        let bar = bar();
        places.iter().enumerate().map(|place| number(&bar, place)).collect()
    })
    .take(count)
    .collect()
}

/// The state of a series.
pub fn saved(bank: &dyn Bank, series: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    bank.save(series, &mut bytes);
    bytes
}
