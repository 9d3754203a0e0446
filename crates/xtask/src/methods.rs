//! The methods of one indicator, their types and their comments.

use std::fmt::Write;

use ta_core::meta::{IndicatorMeta, IndicatorParamMeta, SlotKind};

use crate::{
    text::{camel, default, domain, example, nulls, pascal, required_inputs},
    typescript::{params_name, type_of, Enums},
};

/// A union type of names.
pub fn union(names: &[&str]) -> String {
    if names.is_empty() {
        return "never".to_owned();
    }
    names.iter().map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(" | ")
}

/// The method of an indicator, with an overload for each number of parameters by position.
///
/// Overloads are used instead of a union of argument lists, because for a union the compiler only
/// reports that no list fits, not which name is wrong. Some compilers explain only the last
/// possible overload, so the longest list comes first and the list by name last.
pub fn method(meta: &IndicatorMeta, enums: &Enums) -> String {
    let fields: Vec<&str> = meta.outputs.iter().map(|o| o.name).collect();
    let result = match fields.len() {
        1 => "Result<S>".to_owned(),
        _ => format!("Result<S, {}>", union(&fields)),
    };
    let options = format!("{}<S>", options_name(meta));
    let required = required_inputs(meta);
    let id = meta.id;
    // The expression before `.ta` may be the primary input.
    let primary = meta.semantics.primary_input;
    let inputs = required.iter().map(|slot| match *slot == primary {
        true => format!("...Unfilled<S, [{slot}: Input<S>]>"),
        false => format!("{slot}: Input<S>"),
    });
    let before: Vec<String> = std::iter::once("...Subject<S>".to_owned()).chain(inputs).collect();
    // Inputs that are given by position need not be given by name.
    let rest = if required.is_empty() { options.clone() } else { options_type(meta, &[]) };
    let mut text = String::new();
    let all = meta.params.len();
    for (list, count) in argument_lists(meta, enums, &before, &rest).iter().zip((0..=all).rev()) {
        let comment = if count == all { comment(meta) } else { short_comment(meta, count) };
        writeln!(text, "{comment}  {id}(...args: [{list}]): {result};").ok();
    }
    if !required.is_empty() {
        text += "  /** The same, with its inputs by name. */\n";
        writeln!(text, "  {id}(...args: [...Subject<S>, options: {options}]): {result};").ok();
    }
    text
}

/// The list of arguments of each overload: all parameters, all but the last, and so on to none.
pub fn argument_lists(
    meta: &IndicatorMeta,
    enums: &Enums,
    before: &[String],
    options: &str,
) -> Vec<String> {
    let params: Vec<String> = meta
        .params
        .iter()
        .map(|p| format!("{}: {} | undefined", camel(p.name), type_of(&p.kind, enums)))
        .collect();
    (0..=params.len())
        .rev()
        .map(|count| {
            let mut list = [before, &params[..count]].concat();
            list.push(format!("options?: {options}"));
            list.join(", ")
        })
        .collect()
}

fn options_name(meta: &IndicatorMeta) -> String {
    format!("{}Options", pascal(meta.id))
}

/// The type of an indicator's options. It has a name, which compilers show in messages.
pub fn options_alias(meta: &IndicatorMeta, interface: &str) -> String {
    format!(
        "/** What {{@link {interface}.{}}} takes by name. */\n\
         export type {}<S extends Surface> = {};\n\n",
        meta.id,
        options_name(meta),
        options_type(meta, &required_inputs(meta)),
    )
}

fn options_type(meta: &IndicatorMeta, required: &[&str]) -> String {
    let slots = &meta.semantics.input_slots;
    let all_required = required_inputs(meta);
    let optional: Vec<&str> =
        slots.iter().map(|s| s.name).filter(|n| !all_required.contains(n)).collect();
    let keys: Vec<&str> =
        slots.iter().filter(|s| s.kind == SlotKind::Key).map(|s| s.name).collect();
    let params = if meta.params.is_empty() { "unknown".to_owned() } else { params_name(meta) };
    let primary = meta.semantics.primary_input;
    let mut options = format!("Options<S, {params}, \"{primary}\", {}", union(&optional));
    if !required.is_empty() {
        write!(options, ", {}", union(required)).ok();
        if !keys.is_empty() {
            write!(options, ", {}", union(&keys)).ok();
        }
    }
    options + ">"
}

/// The text with a capital first letter.
pub fn sentence_start(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
}

/// The meaning, the range and the default of a parameter.
pub fn param_line(param: &IndicatorParamMeta) -> String {
    format!("{} {}; default {}.", param.description, sentence_start(&domain(param)), default(param))
}

fn param_list(params: &[IndicatorParamMeta]) -> impl Iterator<Item = String> + '_ {
    params.iter().map(|p| format!("- `{}`: {}", camel(p.name), param_line(p)))
}

/// The comment of an overload with fewer parameters by position. The first overload has a longer
/// one.
fn short_comment(meta: &IndicatorMeta, count: usize) -> String {
    let first = meta.description.split_inclusive(". ").next().unwrap_or_default().trim_end();
    let head = [format!("{}. {first}", meta.display_name), String::new()];
    let lines = head.into_iter().chain(match count {
        0 => inputs_and_outputs(meta),
        _ => param_list(&meta.params[..count]).collect(),
    });
    comment_of(&lines.collect::<Vec<_>>())
}

fn comment(meta: &IndicatorMeta) -> String {
    let mut lines = vec![format!("{}. {}", meta.display_name, meta.description), String::new()];
    lines.extend(inputs_and_outputs(meta));
    if !meta.params.is_empty() {
        lines.extend([String::new(), "Parameters:".to_owned()]);
        lines.extend(param_list(&meta.params));
    }
    lines.push(String::new());
    lines.push(nulls(meta));
    if meta.semantics.lookahead > 0 {
        lines.push("It looks ahead: values use later rows.".to_owned());
    }
    lines.push(String::new());
    lines.push(format!("Source: {}", meta.reference.source));
    lines.push(String::new());
    lines.push("@example".to_owned());
    lines.push("```ts".to_owned());
    lines.push(format!("df.withColumns({});", example(meta)));
    lines.push("```".to_owned());
    comment_of(&lines)
}

/// The lines about inputs and outputs.
fn inputs_and_outputs(meta: &IndicatorMeta) -> Vec<String> {
    let inputs: Vec<String> = meta
        .semantics
        .input_slots
        .iter()
        .map(|s| match s.default {
            Some(column) if column == s.name => format!("`{}`", s.name),
            Some(column) => format!("`{}` (default column `{column}`)", s.name),
            None => format!("`{}` (required)", s.name),
        })
        .collect();
    let mut lines = vec![format!("Inputs: {}.", inputs.join(", "))];
    if let [output] = &meta.outputs[..] {
        lines.push(format!("Output {:?}: {}", output.dtype, output.description));
    } else {
        lines.push("Output struct:".to_owned());
        for output in &meta.outputs {
            lines.push(format!("- `{}` {:?}: {}", output.name, output.dtype, output.description));
        }
    }
    lines
}

/// Formats lines as the comment of a method.
pub fn comment_of(lines: &[String]) -> String {
    let body: String = lines
        .iter()
        .map(|l| if l.is_empty() { "   *\n".to_owned() } else { format!("   * {l}\n") })
        .collect();
    format!("  /**\n{body}   */\n")
}
