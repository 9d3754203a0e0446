//! The types of `ta.compute`, for each name of an indicator.

use std::{collections::BTreeMap, fmt::Write};

use ta_core::{
    indicator_catalog,
    meta::{Category, IndicatorMeta},
};

use crate::{
    files::Tree,
    methods::union,
    typescript::{category_name, params_name, FOLDER, NOTICE},
};

/// Adds the table of calls by name.
pub fn write(tree: &mut Tree) {
    let mut imports: BTreeMap<Category, Vec<String>> = BTreeMap::new();
    let mut calls = String::new();
    for meta in indicator_catalog() {
        if !meta.params.is_empty() {
            imports.entry(meta.category).or_default().push(params_name(meta));
        }
        calls += &call(meta);
    }
    let mut text = format!("{NOTICE}import type {{ ArrayCall }} from \"../core/types.js\";\n");
    for (category, mut names) in imports {
        names.sort();
        let names: String = names.iter().map(|name| format!("  {name},\n")).collect();
        let file = category_name(category);
        writeln!(text, "import type {{\n{names}}} from \"./{file}.js\";").ok();
    }
    write!(
        text,
        "\n/** What `ta.compute` takes and gives, by id and by other names of indicators. */\n\
         export interface ArrayCalls {{\n{calls}}}\n"
    )
    .ok();
    tree.put(format!("{FOLDER}/calls.ts"), text);
}

fn call(meta: &IndicatorMeta) -> String {
    let inputs: Vec<&str> = meta.semantics.input_slots.iter().map(|slot| slot.name).collect();
    let outputs: Vec<&str> = meta.outputs.iter().map(|output| output.name).collect();
    let params = if meta.params.is_empty() { "unknown".to_owned() } else { params_name(meta) };
    let (id, inputs, outputs) = (meta.id, union(&inputs), union(&outputs));
    let mut text = format!(
        "  /** {}. */\n  {id}: ArrayCall<{inputs}, {params}, {outputs}>;\n",
        meta.display_name
    );
    for alias in meta.aliases {
        write!(text, "  /** Another name of `{id}`. */\n  {alias}: ArrayCalls[\"{id}\"];\n").ok();
    }
    text
}
