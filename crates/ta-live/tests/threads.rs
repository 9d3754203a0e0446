//! A key among a thousand has the values that it has alone, however many threads there are.

#[allow(dead_code)]
mod support;

use std::sync::Arc;

use rayon::ThreadPoolBuilder;
use support::{bars, catalog, nodes, program_of};
use ta_live::{Bar, Program, Stream};

const KEYS: usize = 1000;
const BARS: usize = 60;

/// The bits of all outputs of a lane; those of null are the same everywhere.
fn bits(stream: &Stream, lane: usize) -> Vec<u64> {
    let mut found = Vec::new();
    stream.values(lane, |_, cell| found.push(cell.value.to_bits() ^ cell.tag as u64));
    found
}

/// The bars of a key.
fn own(key: usize) -> Vec<[f64; 7]> {
    bars(BARS, 100 + key as u64)
}

/// The last rows of each key alone.
fn alone(program: &Arc<Program>) -> Vec<Vec<u64>> {
    let last = |key| {
        let mut stream = Stream::new(program.clone(), 0).unwrap();
        let series = stream.add(String::new());
        own(key).iter().for_each(|bar| stream.update(series, Bar::of(bar)).unwrap());
        bits(&stream, 0)
    };
    (0..KEYS).map(last).collect()
}

#[test]
fn a_thousand_keys_are_what_each_is_alone() {
    // Every seventh indicator: more than enough for several threads in each level.
    let calls: Vec<_> = catalog().into_iter().step_by(7).collect();
    let program = Arc::new(program_of(&nodes(&calls)));
    let expected = alone(&program);
    let all: Vec<Vec<[f64; 7]>> = (0..KEYS).map(own).collect();
    for threads in [1, 2, 4] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut stream = Stream::new(program.clone(), 0).unwrap();
            let keys: Vec<u32> = (0..KEYS).map(|key| stream.add(key.to_string())).collect();
            // The first half by cross-sections, in changing orders, the rest interleaved in one call.
            let mut turned = keys.clone();
            (0..BARS / 2).for_each(|row| {
                turned.rotate_left(37);
                let bar = |lane: usize| Bar::of(&all[turned[lane] as usize][row]);
                stream.update_many(&turned, bar).unwrap();
            });
            let rest: Vec<(u32, usize)> =
                (BARS / 2..BARS).flat_map(|row| keys.iter().map(move |&key| (key, row))).collect();
            let series: Vec<u32> = rest.iter().map(|(key, _)| *key).collect();
            let bar = |at: usize| Bar::of(&all[rest[at].0 as usize][rest[at].1]);
            stream.warm(&series, bar).unwrap();
            for (lane, key) in stream.lanes().enumerate() {
                let found = bits(&stream, lane);
                assert!(found == expected[key as usize], "key {key}, {threads} threads");
            }
        });
    }
}
