//! Bytes that are no snapshot are refused with a sentence, or read as another one, at no cost.

#[allow(dead_code)]
mod support;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    panic::{catch_unwind, AssertUnwindSafe},
    sync::{
        atomic::{AtomicUsize, Ordering::Relaxed},
        Arc, Mutex,
    },
};

use support::{bars, catalog, is_full, nodes, program_of};
use ta_core::random::Rng;
use ta_live::{Bar, Program, Stream};

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

/// Goes on with a stream.
fn go_on(mut stream: Stream, next: &[[f64; 7]]) {
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
}

/// Where there were panics.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Whether a panic was an index of TA-Lib's: a saved index is a number like others, and only TA-Lib
/// knows what it may be. Such bytes have a right checksum, so somebody made them; a host catches the
/// panic.
fn is_theirs(place: &str) -> bool {
    place.contains("ta_func")
}

#[test]
fn damaged_snapshots_are_refused_without_panic_and_large_allocations() {
    let mut rng = Rng::new(9);
    let calls = catalog();
    let next = bars(6, 77);
    let groups: Vec<_> = calls.chunks(TOGETHER).collect();
    let mut wrong = Vec::new();
    let mut read = 0;
    let rounds = if is_full() { ROUNDS } else { ROUNDS / 4 };
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        PANICS.lock().unwrap().push(place);
    }));
    for (number, calls) in groups.iter().enumerate() {
        let program = Arc::new(program_of(&nodes(calls)));
        let [whole, other] = [0, 2].map(|amend| stream(&program, amend).save("{}".to_owned()));
        for bytes in [&whole, &other] {
            go_on(Stream::restore(program.clone(), bytes).unwrap(), &next);
        }
        for round in 0..rounds / groups.len() {
            let (from, foreign) = if round % 2 == 0 { (&whole, &other) } else { (&other, &whole) };
            let mut bytes = damage(from, foreign, &mut rng);
            let seal = round % 4 > 1;
            if seal {
                bytes = sealed(bytes);
            } else if bytes == *from {
                continue;
            }
            LARGEST.store(0, Relaxed);
            let outcome =
                catch_unwind(AssertUnwindSafe(|| Stream::restore(program.clone(), &bytes)));
            let mut complain = |what: String| wrong.push(format!("group {number}: {what}"));
            match outcome {
                Err(_) => complain("a panic where a snapshot is read".to_owned()),
                Ok(Ok(_)) if !seal => complain("a damaged snapshot was read".to_owned()),
                Ok(Ok(stream)) => {
                    read += 1;
                    // What it was left in is dropped.
                    let _ = catch_unwind(AssertUnwindSafe(|| go_on(stream, &next)));
                }
                Ok(Err(error)) if error.to_string().len() < 20 => complain(error.to_string()),
                Ok(Err(_)) => {}
            }
            let largest = LARGEST.load(Relaxed);
            if largest > 64 * (whole.len() + 4096) {
                complain(format!("an allocation of {largest} for {}", bytes.len()));
            }
        }
    }
    let _ = std::panic::take_hook();
    let panics = std::mem::take(&mut *PANICS.lock().unwrap());
    println!("{read} of {rounds} were read as other snapshots, {} had a wrong index", panics.len());
    wrong.extend(panics.into_iter().filter(|place| !is_theirs(place)));
    wrong.truncate(40);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A snapshot with something in its header replaced, and everything else as it should be.
fn with_header(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let length = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
    let header = std::str::from_utf8(&bytes[16..16 + length]).unwrap();
    assert!(header.contains(from), "{header}");
    let header = header.replacen(from, to, 1);
    let mut made = bytes[..12].to_vec();
    made.extend((header.len() as u32).to_le_bytes());
    made.extend(header.as_bytes());
    made.extend(&bytes[16 + length..]);
    sealed(made)
}

#[test]
fn headers_that_cannot_be_are_refused() {
    let calls = catalog();
    let program = Arc::new(program_of(&nodes(&calls[..2])));
    let bytes = stream(&program, 2).save("{}".to_owned());
    let said = |bytes: &[u8]| Stream::restore(program.clone(), bytes).err().unwrap().to_string();
    let id = calls[0].0.meta.id;
    for (from, to, part) in [
        ("\"amend\":2", "\"amend\":1000000000000000", "damaged"),
        ("\"amend\":2", "\"amend\":-2", "cannot be read"),
        ("key 1", "key 0", "a key twice"),
        ("nodejs-polars-ta", "other", "is of other"),
        (id, "another", "of other features"),
        (r#""[\"key 0\"]","#, "", "damaged"),
    ] {
        let said = said(&with_header(&bytes, from, to));
        assert!(said.contains(part), "{from}: {said}");
    }
    let shape = Stream::new(program.clone(), 0).unwrap().save(String::new());
    let text = String::from_utf8_lossy(&shape).into_owned();
    let at = text.find(&format!("\"{id}\",\"")).unwrap() + id.len() + 4;
    let said = said(&with_header(&bytes, &text[at..at + 16], "0123456789abcdef"));
    assert!(said.contains(&format!("the state of {id} is another")), "{said}");
}
