//! Snapshots: a stream as bytes, and back.
//!
//! ```text
//! magic           8 bytes, "TALIVE\r\n"
//! format          4 bytes
//! header length   4 bytes
//! header          JSON: library, its version, the host's configuration, keys, shapes of the states
//! states          for each key: its bars that can be replaced, the time of the bar before them, and
//!                 the states of all indicators
//! checksum        4 bytes, CRC-32 of everything before it
//! ```
//!
//! Numbers are little-endian.

use std::{collections::HashSet, sync::Arc};

use serde::{Deserialize, Serialize};
use ta_core::live::Bank;
use ta_saved::{Damaged, Reader, Saved};

use crate::{series::Series, LiveError, Program, Stream};

const MAGIC: &[u8; 8] = b"TALIVE\r\n";
/// The version of the layout above.
const FORMAT: u32 = 2;
const LIBRARY: &str = "nodejs-polars-ta";
/// Most bars that a restored stream can correct; hosts allow no more.
const MOST_AMEND: usize = 10_000;
/// Most bars of a key, so that their number stays exact in every host.
const MOST_BARS: u64 = 1 << 53;

/// What a snapshot says about itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Header {
    /// The library that wrote it.
    pub library: String,
    /// The version of the library.
    pub version: String,
    /// What the host needs to make the program again, as text.
    pub config: String,
    /// How many bars before the newest can be corrected.
    pub amend: usize,
    /// The keys, in the order of their states, as the host writes them.
    pub keys: Vec<String>,
    /// The indicators, in order, each with the shape of its state.
    pub states: Vec<(String, String)>,
}

fn refused(reason: impl Into<String>) -> LiveError {
    LiveError::Snapshot(reason.into())
}

impl Header {
    /// Reads the header of a snapshot, after checking that all bytes are what was written.
    ///
    /// # Errors
    /// A sentence that says why this is no snapshot that this version can read.
    pub fn read(bytes: &[u8]) -> Result<Self, LiveError> {
        Parts::of(bytes).map(|parts| parts.header)
    }
}

/// A snapshot whose checksum is right.
struct Parts<'a> {
    header: Header,
    states: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, LiveError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| {
            refused("this is no snapshot of a stream: it begins with other bytes")
        })?;
        let short = || refused("the snapshot is cut off; use an older one, or warm up from bars");
        let (format, rest) = number(rest).ok_or_else(short)?;
        if format > FORMAT {
            return Err(refused(format!(
                "the snapshot has format {format} of a newer version of {LIBRARY}, this one reads {FORMAT}; update {LIBRARY}"
            )));
        }
        if format < FORMAT {
            return Err(refused(format!(
                "the snapshot has format {format} of an older version of {LIBRARY}, this one reads {FORMAT}; warm up from bars"
            )));
        }
        let (length, rest) = number(rest).ok_or_else(short)?;
        let end = bytes.len().checked_sub(4).ok_or_else(short)?;
        let states = rest.len().checked_sub(4).and_then(|end| rest[..end].get(length as usize..));
        let states = states.ok_or_else(short)?;
        let (sum, _) = number(&bytes[end..]).ok_or_else(short)?;
        if crc32fast::hash(&bytes[..end]) != sum {
            return Err(refused(
                "the snapshot is damaged: its checksum is another; use an older one, or warm up from bars",
            ));
        }
        let header: Header = serde_json::from_slice(&rest[..length as usize])
            .map_err(|e| refused(format!("the snapshot has a header that cannot be read: {e}")))?;
        if header.library != LIBRARY {
            return Err(refused(format!(
                "the snapshot is of {}, not of {LIBRARY}",
                header.library
            )));
        }
        Ok(Self { header, states })
    }
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((u32::from_le_bytes(*number), rest))
}

impl Stream {
    /// The stream as bytes. `config` is what the host needs to make the program again.
    pub fn save(&self, config: String) -> Vec<u8> {
        let keys: Vec<(u32, &str)> = self.keys().collect();
        let header = Header {
            library: LIBRARY.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            config,
            amend: self.amend,
            keys: keys.iter().map(|(_, key)| (*key).to_owned()).collect(),
            states: self.shapes(),
        };
        let header = serde_json::to_vec(&header).unwrap_or_default();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(FORMAT.to_le_bytes());
        bytes.extend((header.len() as u32).to_le_bytes());
        bytes.extend(header);
        for (series, _) in keys {
            self.save_series(series as usize, &mut bytes);
        }
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        bytes
    }

    /// The indicators with the shapes of their states.
    fn shapes(&self) -> Vec<(String, String)> {
        let calls = self.program.calls.iter().zip(&self.head.0);
        let shape = |bank: &dyn Bank| format!("{:016x}", bank.shape());
        calls.map(|(call, state)| (call.id().to_owned(), shape(&*state.bank))).collect()
    }

    fn save_series(&self, place: usize, to: &mut Vec<u8>) {
        let series = &self.series[place];
        series.bars.save(to);
        series.closed.save(to);
        series.logged.save(to);
        series.before.save(to);
        if series.bars > 0 {
            self.pending.save(place, to);
        }
        for row in 0..series.logged {
            let (rows, at) = self.logged(place, row);
            rows.save(at, to);
        }
        self.head.save(place, to);
        if let Some(base) = &self.base {
            base.save(place, to);
        }
    }

    /// A stream from its bytes, with the program that the host has made from [`Header::config`].
    ///
    /// # Errors
    /// A sentence that says why the bytes are no snapshot of a stream of this program.
    pub fn restore(program: Arc<Program>, bytes: &[u8]) -> Result<Self, LiveError> {
        let Parts { header, states } = Parts::of(bytes)?;
        if header.amend > MOST_AMEND {
            return Err(refused("the snapshot is damaged: it has too many bars to correct"));
        }
        let distinct: HashSet<&String> = header.keys.iter().collect();
        if distinct.len() < header.keys.len() {
            return Err(refused("the snapshot is damaged: it has a key twice"));
        }
        let mut stream = Self::new(program, header.amend)?;
        stream.check_shapes(&header)?;
        let mut reader = Reader::new(states);
        for key in header.keys {
            let series = stream.add(key) as usize;
            stream
                .load_series(series, &mut reader)
                .map_err(|damaged| refused(format!("the snapshot is damaged: {damaged}")))?;
        }
        if reader.left() > 0 {
            return Err(refused("the snapshot is damaged: it has more states than keys"));
        }
        Ok(stream)
    }

    fn check_shapes(&self, header: &Header) -> Result<(), LiveError> {
        let own = self.shapes();
        if own.len() != header.states.len() {
            return Err(refused("the snapshot is of other features; warm up from bars"));
        }
        for (own, theirs) in own.iter().zip(&header.states) {
            if own.0 != theirs.0 {
                return Err(refused("the snapshot is of other features; warm up from bars"));
            }
            if own.1 != theirs.1 {
                return Err(refused(format!(
                    "the state of {} is another in this version than in {}, which wrote the snapshot; warm up from bars",
                    own.0, header.version
                )));
            }
        }
        Ok(())
    }

    fn load_series(&mut self, place: usize, from: &mut Reader<'_>) -> Result<(), Damaged> {
        let (bars, closed) = (u64::load(from)?, bool::load(from)?);
        let (logged, before) = (usize::load(from)?, f64::load(from)?);
        if logged > self.amend || logged as u64 > bars || bars > MOST_BARS {
            return Err(Damaged::Wrong("number of bars"));
        }
        if bars > 0 {
            self.pending.load(place, from)?;
        }
        let key = self.series[place].key.take();
        self.series[place] = Series { key, bars, closed, logged, before, ..Series::default() };
        for row in 0..logged {
            let (rows, at) = self.log_mut(place, row);
            rows.load(at, from)?;
        }
        self.head.load(place, from)?;
        self.base.as_mut().map_or(Ok(()), |base| base.load(place, from))
    }
}
