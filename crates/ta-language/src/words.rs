//! Which characters make names and numbers, and how both are written.

use unicode_properties::{GeneralCategoryGroup as Group, UnicodeGeneralCategory};

/// Words that are no names.
pub const RESERVED: [&str; 6] = ["and", "or", "not", "as", "true", "false"];

/// Whether a name can begin with a character.
pub fn is_start(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic() || c == '_';
    }
    c.general_category_group() == Group::Letter
}

/// Whether a name can have a character after its first.
pub fn is_part(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    matches!(c.general_category_group(), Group::Letter | Group::Mark | Group::Number)
}

/// Whether a name needs no quotes in an expression.
pub fn is_bare(name: &str) -> bool {
    name.starts_with(is_start) && name.chars().all(is_part) && !RESERVED.contains(&name)
}

/// A number as JavaScript and JSON write it: `14`, not `14.0`.
pub fn number(value: f64) -> String {
    ryu_js::Buffer::new().format(value).to_owned()
}
