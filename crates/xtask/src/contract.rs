//! Makes the TypeScript types of catalog entries from the JSON Schema, which has the field names,
//! types and comments of the Rust structs.

use std::fmt::Write;

use serde_json::{Map, Value};
use ta_core::contract::catalog_schema;

use crate::{
    files::Tree,
    typescript::{FOLDER, NOTICE},
};

/// Adds the file.
pub fn write(tree: &mut Tree) -> Result<(), String> {
    let schema = catalog_schema();
    let types = schema["$defs"].as_object().ok_or("the schema defines no types")?;
    let mut text = NOTICE.to_owned();
    for (index, (name, definition)) in types.iter().enumerate() {
        text += if index == 0 { "" } else { "\n" };
        text += &declaration(name, definition);
    }
    tree.put(format!("{FOLDER}/contract.ts"), text);
    Ok(())
}

fn declaration(name: &str, definition: &Value) -> String {
    if !definition["properties"].is_object() {
        let values = definition["oneOf"].as_array().map_or(&[][..], Vec::as_slice);
        let says = |value: &Value| format!("\n- `{}`: {}", word(value), description(value));
        let comment = description(definition) + "\n" + &values.iter().map(says).collect::<String>();
        return doc("", &comment) + &format!("export type {name} = {};\n", union(definition));
    }
    let mut text = doc("", &description(definition));
    writeln!(text, "export interface {name} {{").ok();
    for (field, property) in fields(definition) {
        let open = if property.everywhere { "" } else { "?" };
        text += &doc("  ", &property.description);
        writeln!(text, "  readonly {field}{open}: {};", property.types.join(" | ")).ok();
    }
    text + "}\n"
}

/// A field of an object or of its variants.
struct Property {
    description: String,
    /// Its types in the variants.
    types: Vec<String>,
    /// Whether all variants require it.
    everywhere: bool,
}

/// The fields of an object and of its variants.
fn fields(definition: &Value) -> Vec<(String, Property)> {
    let variants = definition["oneOf"].as_array().map_or(&[][..], Vec::as_slice);
    let mut fields: Vec<(String, Property)> = Vec::new();
    for object in std::iter::once(definition).chain(variants) {
        for (name, property) in object["properties"].as_object().unwrap_or(&Map::new()) {
            let written = union(property);
            let required = requires(object, name);
            match fields.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) if known.types.contains(&written) => {}
                Some((_, known)) => known.types.push(written),
                None => {
                    let own = definition["properties"].get(name).is_some();
                    let everywhere =
                        required && (own || variants.iter().all(|v| requires(v, name)));
                    let mut description = description(property);
                    if description.is_empty() {
                        let words: Vec<_> = variants.iter().map(described_variant).collect();
                        description = format!("Its type: {}.", words.join(", "));
                    }
                    fields.push((
                        name.clone(),
                        Property { description, types: vec![written], everywhere },
                    ));
                }
            }
        }
    }
    fields
}

/// A variant as the value of its tag and its meaning.
fn described_variant(variant: &Value) -> String {
    let tag = variant["properties"]
        .as_object()
        .and_then(|p| p.values().find(|v| v.get("const").is_some()));
    let what = description(variant).trim_end_matches('.').to_lowercase();
    format!("`{}` ({what})", tag.map_or_else(String::new, word))
}

fn requires(object: &Value, name: &str) -> bool {
    object["required"].as_array().is_some_and(|names| names.iter().any(|n| n == name))
}

fn word(value: &Value) -> String {
    value["const"].as_str().unwrap_or_default().to_owned()
}

/// A schema as a type.
fn union(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return name.to_owned();
    }
    if let Some(values) = schema["oneOf"].as_array() {
        return values.iter().map(union).collect::<Vec<_>>().join(" | ");
    }
    if let Some(value) = schema.get("const") {
        return value.to_string();
    }
    if let Some(values) = schema["enum"].as_array() {
        return values.iter().map(Value::to_string).collect::<Vec<_>>().join(" | ");
    }
    if let Some(items) = schema["prefixItems"].as_array() {
        return format!("readonly [{}]", items.iter().map(union).collect::<Vec<_>>().join(", "));
    }
    // In the schema an optional field is one that may be null.
    if let Some(some) = schema["anyOf"].as_array().and_then(|of| of.iter().find(|s| !is_null(s))) {
        return union(some);
    }
    let types =
        schema["type"].as_array().map_or(std::slice::from_ref(&schema["type"]), Vec::as_slice);
    match types.iter().filter_map(Value::as_str).find(|name| *name != "null") {
        Some("array") => format!("readonly {}[]", union(&schema["items"])),
        Some("integer" | "number") => "number".to_owned(),
        Some(other) => other.to_owned(),
        None => "unknown".to_owned(),
    }
}

fn is_null(schema: &Value) -> bool {
    schema["type"] == "null"
}

fn description(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().to_owned()
}

fn doc(indent: &str, text: &str) -> String {
    if !text.contains('\n') {
        return format!("{indent}/** {text} */\n");
    }
    let lines = text.lines().map(|line| format!("{indent} * {line}"));
    let lines: Vec<String> = lines.map(|line| line.trim_end().to_owned()).collect();
    format!("{indent}/**\n{}\n{indent} */\n", lines.join("\n"))
}
