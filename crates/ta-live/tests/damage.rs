//! Bytes that are no snapshot are refused with a sentence, or read as another one, at no cost.

#[allow(dead_code)]
mod support;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    panic::{catch_unwind, AssertUnwindSafe},
    sync::{
        atomic::{AtomicUsize, Ordering::Relaxed},
        Arc,
    },
};

use support::{bars, catalog, nodes, program_of};
use ta_core::random::Rng;
use ta_live::{Bar, LiveError, Program, Stream};

/// The system's allocator, which remembers the largest size that it was asked for.
struct Watched;

static LARGEST: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static WATCHED: Watched = Watched;

// SAFETY: both methods pass their arguments to the system's allocator unchanged.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: `alloc` got the block from the system's allocator with this layout.
        unsafe { System.dealloc(ptr, layout) }
    }
}

const ROUNDS: usize = 100_000;
/// Indicators of one program; each of them is in some snapshot.
const TOGETHER: usize = 12;

/// A stream with keys during and after their warm-up, one of them with a pending bar only.
fn stream(program: &Arc<Program>, amend: usize) -> Stream {
    let mut stream = Stream::new(program.clone(), amend).unwrap();
    for (number, count) in [1, 7, 140].into_iter().enumerate() {
        let key = stream.add(format!("[\"key {number}\"]"));
        for bar in bars(count, number as u64) {
            stream.update(key, Bar::of(&bar)).unwrap();
        }
    }
    stream.add("[\"without bars\"]".to_owned());
    stream
}

/// Damages bytes in one of the ways that files are damaged in.
fn damage(whole: &[u8], other: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let place = rng.below(bytes.len());
    match rng.below(8) {
        0 => bytes.truncate(place),
        1 | 2 => bytes[place] ^= 1 << rng.below(8),
        3 => bytes[place] = rng.pick(&[0, 1, 0x7F, 0x80, 0xFF]),
        4 => {
            let end = (place + 1 + rng.below(12)).min(bytes.len());
            bytes[place..end].fill(0xFF);
        }
        5 => bytes.extend((0..1 + rng.below(40)).map(|_| rng.bits() as u8)),
        6 => {
            let end = (place + rng.below(64)).min(bytes.len());
            bytes.drain(place..end);
        }
        _ => {
            let from = rng.below(other.len());
            let count = rng.below(64).min(other.len() - from).min(bytes.len() - place);
            bytes[place..place + count].copy_from_slice(&other[from..from + count]);
        }
    }
    bytes
}

/// Makes the checksum right again.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    if let Some(end) = bytes.len().checked_sub(4) {
        let sum = crc32fast::hash(&bytes[..end]);
        bytes[end..].copy_from_slice(&sum.to_le_bytes());
    }
    bytes
}

/// Restores a stream, and goes on with it if there is one.
fn restored(program: &Arc<Program>, bytes: &[u8], next: &[[f64; 7]]) -> Result<(), LiveError> {
    let mut stream = Stream::restore(program.clone(), bytes)?;
    let keys: Vec<u32> = stream.keys().map(|(key, _)| key).collect();
    for bar in next {
        for &key in &keys {
            // A state that nobody could have made may refuse bars.
            let _ = stream.peek_many(&[key], |_| Bar::of(bar));
            let _ = stream.update(key, Bar::of(bar));
            let _ = stream.amend(key, 1, Bar::of(bar));
        }
    }
    stream.info();
    stream.save(String::new());
    Ok(())
}

#[test]
fn damaged_snapshots_are_refused_without_panic_and_large_allocations() {
    let mut rng = Rng::new(9);
    let calls = catalog();
    let next = bars(6, 77);
    let groups: Vec<_> = calls.chunks(TOGETHER).collect();
    let mut wrong = Vec::new();
    let mut read = 0;
    std::panic::set_hook(Box::new(|_| {}));
    for (number, calls) in groups.iter().enumerate() {
        let program = Arc::new(program_of(&nodes(calls)));
        let [whole, other] = [0, 2].map(|amend| stream(&program, amend).save("{}".to_owned()));
        restored(&program, &whole, &next).unwrap();
        restored(&program, &other, &next).unwrap();
        for round in 0..ROUNDS / groups.len() {
            let (from, foreign) = if round % 2 == 0 { (&whole, &other) } else { (&other, &whole) };
            let mut bytes = damage(from, foreign, &mut rng);
            let seal = round % 4 > 1;
            if seal {
                bytes = sealed(bytes);
            } else if bytes == *from {
                continue;
            }
            LARGEST.store(0, Relaxed);
            let outcome = catch_unwind(AssertUnwindSafe(|| restored(&program, &bytes, &next)));
            let largest = LARGEST.load(Relaxed);
            let mut complain = |what: String| wrong.push(format!("group {number}: {what}"));
            match outcome {
                Err(panic) => {
                    let text = panic.downcast_ref::<String>().cloned();
                    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|s| s.to_string()));
                    complain(format!("panic: {}", text.unwrap_or_default()));
                }
                Ok(Ok(())) if !seal => complain("a damaged snapshot was read".to_owned()),
                Ok(Ok(())) => read += 1,
                Ok(Err(error)) if error.to_string().len() < 20 => complain(error.to_string()),
                Ok(Err(_)) => {}
            }
            if largest > 64 * (whole.len() + 4096) {
                complain(format!("an allocation of {largest} for {}", bytes.len()));
            }
        }
    }
    let _ = std::panic::take_hook();
    wrong.sort();
    println!("{read} of {ROUNDS} were read as other snapshots");
    let mut kinds = wrong.clone();
    kinds.dedup();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        kinds[..kinds.len().min(60)].join("\n")
    );
}
