//! The types of input columns, from the format texts of Arrow's C data interface.

use ta_arrow::{wanted, ExchangeError, Storage};
use ta_core::meta::SlotKind;

/// How the values of a column are stored that an input of this kind takes: numbers and Booleans,
/// or for keys whole numbers, Booleans, dates and times.
///
/// # Errors
/// The sentence of [`ExchangeError::DType`].
pub fn storage(column: &str, format: &str, kind: SlotKind) -> Result<Storage, String> {
    let found = match kind {
        SlotKind::Number => number(format),
        SlotKind::Key => key(format),
    };
    found.ok_or_else(|| {
        let (column, dtype) = (column.to_owned(), name(format));
        let wanted = wanted(kind, &dtype);
        ExchangeError::DType { column, dtype, wanted }.to_string()
    })
}

/// The format that stands for a column whose values are in a dictionary.
pub const DICTIONARY: &str = "dictionary";

fn number(format: &str) -> Option<Storage> {
    Some(match format {
        "f" => Storage::Float32,
        "g" => Storage::Float64,
        _ => return whole(format).or_else(|| decimal(format)),
    })
}

/// Equality of rounded values does not define a session, so real numbers are no keys.
fn key(format: &str) -> Option<Storage> {
    Some(match format {
        "tdD" => Storage::Int32,
        "ttu" | "ttn" => Storage::Int64,
        _ if format.starts_with("ts") || format.starts_with("tD") => Storage::Int64,
        _ => return whole(format),
    })
}

fn whole(format: &str) -> Option<Storage> {
    Some(match format {
        "n" => Storage::Null,
        "b" => Storage::Bool,
        "c" => Storage::Int8,
        "C" => Storage::UInt8,
        "s" => Storage::Int16,
        "S" => Storage::UInt16,
        "i" => Storage::Int32,
        "I" => Storage::UInt32,
        "l" => Storage::Int64,
        "L" => Storage::UInt64,
        _ => return None,
    })
}

/// `d:<digits>,<places>` with 128 bits, which may also be written as a third number.
fn decimal(format: &str) -> Option<Storage> {
    let mut numbers = format.strip_prefix("d:")?.split(',').map(str::parse::<i32>);
    let (_digits, places) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let bits = numbers.next().map_or(Some(128), Result::ok)?;
    // A power of ten beyond these would be zero or infinite.
    let sensible = bits == 128 && numbers.next().is_none() && (-38..=38).contains(&places);
    sensible.then_some(Storage::Decimal(places))
}

/// The name that polars gives to a type.
fn name(format: &str) -> String {
    let known = match format {
        "u" | "U" | "vu" => "String",
        "z" | "Z" | "vz" => "Binary",
        "e" => "Float16",
        "f" => "Float32",
        "g" => "Float64",
        "tdD" => "Date",
        "+s" => "Struct",
        DICTIONARY => "Categorical",
        _ if format.starts_with("ts") => "Datetime",
        _ if format.starts_with("tt") => "Time",
        _ if format.starts_with("tD") => "Duration",
        _ if format.starts_with("d:") => "Decimal",
        _ if format.starts_with("+w") => "Array",
        _ if ["+l", "+L", "+vl", "+vL"].contains(&format) => "List",
        _ if format.starts_with("w:") => "Binary",
        other => return format!("{other:?} (an Arrow format)"),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_numbers_and_keys_take_what_can_be_compared() {
        let number = |format| storage("x", format, SlotKind::Number);
        let key = |format| storage("x", format, SlotKind::Key);
        for format in ["n", "b", "c", "C", "s", "S", "i", "I", "l", "L"] {
            assert_eq!(number(format), key(format));
            assert!(number(format).is_ok());
        }
        assert_eq!(number("d:38,2"), Ok(Storage::Decimal(2)));
        assert_eq!(number("d:10,-3,128"), Ok(Storage::Decimal(-3)));
        for format in ["f", "g", "d:38,2"] {
            assert!(number(format).is_ok() && key(format).is_err());
        }
        for format in ["tdD", "tsu:", "tsn:Europe/Berlin", "tDm", "ttn"] {
            assert!(number(format).is_err() && key(format).is_ok());
        }
    }

    #[test]
    fn the_refusal_names_the_column_and_the_type_of_polars() {
        let refused = |format, kind| storage("day", format, kind).unwrap_err();
        assert_eq!(
            refused("vu", SlotKind::Number),
            "column \"day\" has dtype String; indicators take numeric columns; a text of numbers is \
             cast with .cast(pl.Float64)"
        );
        assert_eq!(
            refused("g", SlotKind::Key),
            "column \"day\" has dtype Float64; a key takes a Boolean, whole-number, date or time column"
        );
        let strange =
            ["", "d:", "d:1", "d:1,2,256", "d:1,2,3,4", "d:1,900", "tdm", "_pli128", "+l"];
        for format in strange {
            assert!(refused(format, SlotKind::Number).contains("dtype"), "{format}");
            assert!(refused(format, SlotKind::Key).contains("dtype"), "{format}");
        }
    }
}
