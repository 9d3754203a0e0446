//! The number that identifies the fields of a saved type.

/// The shape of a type from its name and from the names and shapes of its parts (FNV-1a).
pub const fn shape(name: &str, parts: &[(&str, u64)]) -> u64 {
    let mut hash = text(0xCBF2_9CE4_8422_2325, name);
    let mut part = 0;
    while part < parts.len() {
        hash = bytes(text(hash, parts[part].0), &parts[part].1.to_le_bytes());
        part += 1;
    }
    hash
}

/// The length comes first, so that no two lists of names run into the same bytes.
const fn text(hash: u64, text: &str) -> u64 {
    bytes(bytes(hash, &(text.len() as u64).to_le_bytes()), text.as_bytes())
}

const fn bytes(mut hash: u64, bytes: &[u8]) -> u64 {
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01B3);
        at += 1;
    }
    hash
}
