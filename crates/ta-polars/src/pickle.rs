//! The request in the keyword arguments of an expression.

/// What a pickle does, as far as a dictionary of texts needs it.
#[derive(Debug, PartialEq)]
enum Step<'a> {
    Dictionary,
    Mark,
    Text(&'a str),
    Set,
    SetMany,
    Stop,
}

/// The most steps that the pickle of a dictionary with one text has.
const MOST: usize = 6;

/// Reads the text of `{"request": "<text>"}` from its pickle, of any protocol up to 5. A pickle is
/// a program; this knows only the instructions that such a dictionary needs, and runs nothing.
///
/// # Errors
/// The bytes are no such pickle.
pub fn request(bytes: &[u8]) -> Result<&str, String> {
    let refused = || "the arguments of this plugin expression are no request of an indicator";
    let steps = steps(bytes).ok_or_else(refused)?;
    match steps[..] {
        [Step::Dictionary, Step::Text("request"), Step::Text(text), Step::Set, Step::Stop]
        | [Step::Dictionary, Step::Mark, Step::Text("request"), Step::Text(text), Step::SetMany, Step::Stop] => {
            Ok(text)
        }
        _ => Err(refused().to_owned()),
    }
}

fn steps(bytes: &[u8]) -> Option<Vec<Step<'_>>> {
    let mut rest = bytes;
    let mut steps = Vec::with_capacity(MOST);
    while steps.len() < MOST {
        let step = match take(&mut rest, 1)?[0] {
            // The protocol.
            0x80 => {
                take(&mut rest, 1).filter(|version| version[0] <= 5)?;
                continue;
            }
            // A frame, and numbers under which values are remembered for later use.
            0x95 => {
                take(&mut rest, 8)?;
                continue;
            }
            b'q' => {
                take(&mut rest, 1)?;
                continue;
            }
            b'r' => {
                take(&mut rest, 4)?;
                continue;
            }
            0x94 => continue,
            b'}' => Step::Dictionary,
            b'(' => Step::Mark,
            0x8c => Step::Text(text(&mut rest, 1)?),
            b'X' => Step::Text(text(&mut rest, 4)?),
            0x8d => Step::Text(text(&mut rest, 8)?),
            b's' => Step::Set,
            b'u' => Step::SetMany,
            b'.' => Step::Stop,
            _ => return None,
        };
        let stops = step == Step::Stop;
        steps.push(step);
        if stops {
            return rest.is_empty().then_some(steps);
        }
    }
    None
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, others) = rest.split_at_checked(count)?;
    *rest = others;
    Some(taken)
}

/// A text after its length in `width` bytes, lowest first.
fn text<'a>(rest: &mut &'a [u8], width: usize) -> Option<&'a str> {
    let mut length = [0; 8];
    length[..width].copy_from_slice(take(rest, width)?);
    let length = usize::try_from(u64::from_le_bytes(length)).ok()?;
    std::str::from_utf8(take(rest, length)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `pickle.dumps({"request": "{}"}, protocol=N)` of CPython.
    const BY_PROTOCOL: [&[u8]; 4] = [
        b"}q\x00X\x07\x00\x00\x00requestq\x01X\x02\x00\x00\x00{}q\x02s.",
        b"\x80\x02}q\x00X\x07\x00\x00\x00requestq\x01X\x02\x00\x00\x00{}q\x02s.",
        b"\x80\x04\x95\x13\x00\x00\x00\x00\x00\x00\x00}\x94\x8c\x07request\x94\x8c\x02{}\x94s.",
        b"\x80\x05\x95\x13\x00\x00\x00\x00\x00\x00\x00}\x94\x8c\x07request\x94\x8c\x02{}\x94s.",
    ];

    #[test]
    fn the_pickles_of_python_are_read() {
        for pickle in BY_PROTOCOL {
            assert_eq!(request(pickle), Ok("{}"));
        }
        // As in the pickles of other languages, with several entries set at once and long lengths.
        let marked = b"\x80\x03}(X\x07\x00\x00\x00request\x8d\x03\0\0\0\0\0\0\0\"a\"u.";
        assert_eq!(request(marked), Ok("\"a\""));
    }

    #[test]
    fn everything_else_is_refused() {
        let wrong: [&[u8]; 12] = [
            b"",
            b".",
            b"}.",
            b"\x80\x06}\x8c\x07request\x8c\x02{}s.",
            b"}\x8c\x08requests\x8c\x02{}s.",
            b"}\x8c\x07request\x8c\x02{}s",
            b"}\x8c\x07request\x8c\x02{}s..",
            b"}\x8c\x07request\x8c\xff{}s.",
            b"}\x8c\x07request\x8c\x02\xff\xffs.",
            b"}\x8d\xff\xff\xff\xff\xff\xff\xff\xffx",
            b"cos\nsystem\n(X\x02\x00\x00\x00lstR.",
            b"(((((((((((((((((((((((",
        ];
        for pickle in wrong {
            assert!(request(pickle).is_err(), "{pickle:?}");
        }
    }

    #[test]
    fn no_change_of_a_byte_makes_it_panic() {
        for pickle in BY_PROTOCOL {
            for at in 0..pickle.len() {
                for byte in 0..=255 {
                    let mut changed = pickle.to_vec();
                    changed[at] = byte;
                    let _ = request(&changed);
                    let _ = request(&changed[..at]);
                }
            }
        }
    }
}
