//! Everything that JavaScript holds on to, by number: the memory in which it passes texts and
//! columns and finds answers, and objects that outlive a call.

use std::cell::RefCell;

/// What a number stands for.
pub enum Slot {
    /// Free: the number can be given out again.
    Free,
    /// Something that a call is using.
    InUse,
    /// Memory that JavaScript reads and writes.
    Room(Room),
    /// See [`ta_engine::Direct`].
    Direct(ta_engine::Direct),
    /// See [`ta_arrow::Planned`].
    Planned(ta_arrow::Planned),
}

/// Memory of a number of bytes, aligned for numbers.
#[derive(Default)]
pub struct Room {
    words: Vec<u64>,
    bytes: usize,
}

impl Room {
    /// Memory of zeros; `None` if there is not so much.
    pub fn new(bytes: usize) -> Option<Self> {
        let mut words = Vec::new();
        words.try_reserve_exact(bytes.div_ceil(size_of::<u64>())).ok()?;
        words.resize(bytes.div_ceil(size_of::<u64>()), 0);
        Some(Self { words, bytes })
    }

    pub fn address(&mut self) -> usize {
        self.words.as_mut_ptr() as usize
    }

    pub fn len(&self) -> usize {
        self.bytes
    }

    pub fn bytes(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.words)[..self.bytes]
    }

    pub fn bytes_mut(&mut self) -> &mut [u8] {
        &mut bytemuck::cast_slice_mut(&mut self.words)[..self.bytes]
    }

    pub fn numbers_mut(&mut self) -> &mut [f64] {
        &mut bytemuck::cast_slice_mut(&mut self.words)[..self.bytes / size_of::<f64>()]
    }
}

thread_local! {
    static SLOTS: RefCell<Vec<Slot>> = const { RefCell::new(Vec::new()) };
}

/// Keeps something, and returns its number, which is never 0.
pub fn put(slot: Slot) -> u32 {
    SLOTS.with_borrow_mut(|slots| {
        let free = slots.iter().position(|slot| matches!(slot, Slot::Free));
        let place = free.unwrap_or(slots.len());
        if place == slots.len() {
            slots.push(slot);
        } else {
            slots[place] = slot;
        }
        place as u32 + 1
    })
}

/// Takes what a number stands for; the number can be given out again.
pub fn take(number: u32) -> Slot {
    replace(number, Slot::Free)
}

/// Lets `work` use what a number stands for.
///
/// No slot is borrowed meanwhile: a panic ends the call where it stands, and then only this slot is
/// lost.
pub fn with<T>(number: u32, work: impl FnOnce(&mut Slot) -> T) -> T {
    let mut slot = replace(number, Slot::InUse);
    let done = work(&mut slot);
    replace(number, slot);
    done
}

/// The same for a room.
pub fn with_room<T>(number: u32, work: impl FnOnce(&mut Room) -> T) -> Option<T> {
    with(number, |slot| match slot {
        Slot::Room(room) => Some(work(room)),
        _ => None,
    })
}

fn replace(number: u32, new: Slot) -> Slot {
    SLOTS.with_borrow_mut(|slots| {
        let place = (number as usize).checked_sub(1);
        let slot = place.and_then(|place| slots.get_mut(place));
        slot.map_or(Slot::Free, |slot| std::mem::replace(slot, new))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_given_out_again_but_not_while_they_are_in_use() {
        let first = put(Slot::Room(Room::new(2).unwrap()));
        let inner = with(first, |slot| {
            assert!(matches!(slot, Slot::Room(room) if room.bytes() == [0, 0]));
            put(Slot::Room(Room::new(9).unwrap()))
        });
        assert!(first != 0 && inner != first);
        assert_eq!(with_room(inner, |room| (room.len(), room.numbers_mut().len())), Some((9, 1)));
        assert!(matches!(take(first), Slot::Room(_)));
        assert!(matches!(take(first), Slot::Free));
        assert!(with_room(0, |_| ()).is_none() && with_room(999, |_| ()).is_none());
        assert_eq!(put(Slot::Room(Room::default())), first);
    }
}
