//! Snapshots: the state of all bars as bytes, with a text of the host and a checksum.

use ta_saved::{Damaged, Reader, Saved};
use thiserror::Error;

use crate::bars::State;
use crate::Bars;

/// The first bytes, and the version of what follows.
const MAGIC: [u8; 7] = *b"TABARS\x01";

/// Why bytes are no snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// They begin with something else.
    #[error("these bytes are no snapshot of bars from ticks")]
    Foreign,
    /// The version is another, or the state has other fields.
    #[error("another version made this snapshot: replay the ticks instead")]
    Version,
    /// They were changed or cut off.
    #[error("the snapshot is damaged")]
    Damaged,
}

impl From<Damaged> for Unreadable {
    fn from(_: Damaged) -> Self {
        Self::Damaged
    }
}

impl Bars {
    /// The state of some keys as bytes, with a text that says what the host has to know. Bars that
    /// restore it have these keys with the numbers from 0 on. Closed bars that nobody has taken are
    /// not in it.
    pub fn snapshot(&self, header: &str, keys: impl IntoIterator<Item = usize>) -> Vec<u8> {
        let of = |key: usize| self.state.series.get(key).copied().unwrap_or_default();
        let series = keys.into_iter().map(of).collect();
        let mut bytes = MAGIC.to_vec();
        State::SHAPE.save(&mut bytes);
        header.len().save(&mut bytes);
        bytes.extend_from_slice(header.as_bytes());
        State { clock: self.state.clock, series }.save(&mut bytes);
        let checksum = crc32fast::hash(&bytes);
        bytes.extend_from_slice(&checksum.to_le_bytes());
        bytes
    }

    /// Replaces the state by that of a snapshot of bars with the same rules and so many keys.
    ///
    /// # Errors
    /// [`Unreadable`]. Nothing has changed then.
    pub fn restore(&mut self, bytes: &[u8], keys: usize) -> Result<(), Unreadable> {
        let (_, mut rest) = read(bytes)?;
        let state = State::load(&mut rest)?;
        if rest.left() > 0 || state.series.len() != keys {
            return Err(Unreadable::Damaged);
        }
        self.state = state;
        self.clear_closed();
        Ok(())
    }
}

/// The text in a snapshot.
///
/// # Errors
/// [`Unreadable`].
pub fn header(bytes: &[u8]) -> Result<&str, Unreadable> {
    Ok(read(bytes)?.0)
}

/// Checks a snapshot, and returns its text and what follows.
fn read(bytes: &[u8]) -> Result<(&str, Reader<'_>), Unreadable> {
    let (magic, version) = MAGIC.split_at(MAGIC.len() - 1);
    let rest = bytes.strip_prefix(magic).ok_or(Unreadable::Foreign)?;
    let rest = rest.strip_prefix(version).ok_or(Unreadable::Version)?;
    let (_, checksum) = bytes.split_last_chunk().ok_or(Unreadable::Damaged)?;
    let body = rest.len().checked_sub(checksum.len()).ok_or(Unreadable::Damaged)?;
    if crc32fast::hash(&bytes[..bytes.len() - checksum.len()]) != u32::from_le_bytes(*checksum) {
        return Err(Unreadable::Damaged);
    }
    let rest = &rest[..body];
    let mut reader = Reader::new(rest);
    if u64::load(&mut reader)? != State::SHAPE {
        return Err(Unreadable::Version);
    }
    let length = reader.count(1)?;
    let (text, state) = rest[rest.len() - reader.left()..].split_at(length);
    let text = std::str::from_utf8(text).map_err(|_| Unreadable::Damaged)?;
    Ok((text, Reader::new(state)))
}
