//! The indicators as a module of WebAssembly that needs nothing of its host: no system interface,
//! no generated JavaScript. No indicator is named here.
//!
//! JavaScript passes texts and columns in rooms: memory that it asks for with [`room`], and whose
//! address it reads with [`address`]. A call answers with the number of a room: first a byte, 1 if
//! the rest is a sentence about what was refused, else 0; then a text. 0 instead of a number means
//! that all went well and there is nothing to say. The memory may grow in every call, which ends all
//! views of it in JavaScript.
//!
//! A panic ends the call; [`panicked`] has the sentence about it.
//!
//! # Decisions
//!
//! - The module is plain `wasm32-unknown-unknown` with texts and rooms of memory, without
//!   generated JavaScript or a system interface. It needs no isolated page and no other package,
//!   and exports a dozen functions.
//! - In WebAssembly, `fma` is a function of ours that rounds twice. Without the instruction, the
//!   exact one takes TA-Lib 7 to 10 times as long.

mod ask;
mod columns;
mod fused;
mod slots;

use std::{cell::RefCell, sync::Once};

use serde::Deserialize;
use serde_json::json;

use crate::{
    ask::sentence,
    columns::Column,
    slots::{put, take, with, with_room, Room, Slot},
};

/// Memory of this many bytes, all zeros; 0 if there is not so much.
#[no_mangle]
pub extern "C" fn room(bytes: usize) -> u32 {
    Room::new(bytes).map_or(0, |room| put(Slot::Room(room)))
}

/// Where a room begins.
#[no_mangle]
pub extern "C" fn address(room: u32) -> usize {
    with_room(room, Room::address).unwrap_or(0)
}

/// How many bytes a room has.
#[no_mangle]
pub extern "C" fn length(room: u32) -> usize {
    with_room(room, |room| room.len()).unwrap_or(0)
}

/// Forgets a room or an object.
#[no_mangle]
pub extern "C" fn forget(slot: u32) {
    take(slot);
}

/// Answers the question in a room, and forgets that room.
#[no_mangle]
pub extern "C" fn ask(question: u32) -> u32 {
    listen();
    said(match take(question) {
        Slot::Room(room) => ask::answer(room.bytes()),
        _ => Err("there is no question".to_owned()),
    })
}

/// Runs a checked call over the inputs at the start of a room, `rows` numbers each, and writes the
/// outputs after them; see [`ta_engine::Direct::run_in`].
#[no_mangle]
pub extern "C" fn run(direct: u32, room: u32, rows: usize) -> u32 {
    quiet(with(direct, |slot| match slot {
        Slot::Direct(call) => with_room(room, |room| call.run_in(room.numbers_mut(), rows))
            .unwrap_or_else(|| Err("there is no such room".to_owned())),
        _ => Err("there is no such call".to_owned()),
    }))
}

/// What [`run_columns`] computes.
#[derive(Deserialize)]
struct Over {
    columns: Vec<Column>,
    /// The key columns of each partition.
    partitions: Vec<Vec<Column>>,
}

/// Computes an evaluation over columns that are in the room `bytes`; `over` is JSON and says where.
/// Forgets both rooms. The answer has the number of a room for each round's results, and the places
/// of the arrays in it.
#[no_mangle]
pub extern "C" fn run_columns(evaluation: u32, over: u32, bytes: u32) -> u32 {
    let (Slot::Room(over), Slot::Room(bytes)) = (take(over), take(bytes)) else {
        return said(Err("there is no such room".to_owned()));
    };
    said(with(evaluation, |slot| match slot {
        Slot::Planned(planned) => computed(planned, over.bytes(), bytes.bytes()),
        _ => Err("there is no such evaluation".to_owned()),
    }))
}

fn computed(planned: &ta_arrow::Planned, over: &[u8], bytes: &[u8]) -> Result<String, String> {
    let over: Over = serde_json::from_slice(over).map_err(sentence)?;
    let columns = columns::borrowed(&over.columns, bytes)?;
    let partitions = over.partitions.iter().map(|keys| columns::borrowed(keys, bytes));
    let partitions = partitions.collect::<Result<Vec<_>, _>>()?;
    let rooms = planned.round_bytes().map(Room::new).collect::<Option<Vec<_>>>();
    let mut rooms = rooms.ok_or("the results need more memory than WebAssembly has")?;
    let memories = rooms.iter_mut().map(Room::bytes_mut).collect();
    let ran = planned.run_borrowed(&columns, &partitions, memories)?;
    let places: Vec<Vec<usize>> = ran
        .places
        .into_iter()
        .map(|arrays| arrays.into_iter().flat_map(|p| [p.validity, p.values, p.nulls]).collect())
        .collect();
    let rooms: Vec<u32> = rooms.into_iter().map(|room| put(Slot::Room(room))).collect();
    let answer = json!({ "rooms": rooms, "places": places, "addresses": ran.addresses });
    serde_json::to_string(&answer).map_err(sentence)
}

thread_local! {
    /// The sentence about the last panic.
    static PANICKED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A room with the sentence about the panic that ended the last call; 0 if none did.
#[no_mangle]
pub extern "C" fn panicked() -> u32 {
    let sentence = PANICKED.take();
    if sentence.is_empty() {
        return 0;
    }
    said(Err(sentence))
}

/// Keeps what panics say, which would be lost: WebAssembly has no error stream.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            PANICKED.set(ta_engine::panicked(panic.payload()));
        }));
    });
}

/// A room with an answer.
fn said(answer: Result<String, String>) -> u32 {
    let (mark, text) = match &answer {
        Ok(text) => (0, text),
        Err(text) => (1, text),
    };
    // A text for which there is no memory is a panic, and ends the call with a sentence.
    let mut room = Room::new(text.len() + 1).expect("there is memory for an answer");
    let bytes = room.bytes_mut();
    bytes[0] = mark;
    bytes[1..].copy_from_slice(text.as_bytes());
    put(Slot::Room(room))
}

/// The answer of a call that has nothing to say if all went well.
fn quiet(done: Result<(), String>) -> u32 {
    done.map_or_else(|text| said(Err(text)), |()| 0)
}
