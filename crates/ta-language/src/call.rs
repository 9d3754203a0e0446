//! Sorts the arguments of a call, and lets the catalog check them.

use serde_json::{Map, Value};
use ta_core::{
    find_indicator,
    meta::{InputSlot, ParamKind},
    options::MISSING,
    IndicatorMeta, NameStyle,
};
use ta_engine::Request;

use crate::{
    bind::Binder,
    meaning::{Call, Kind, Meaning},
    print::{column, print},
    said::Said,
    syntax::{Argument, Literal, Node, Part, Span, UnaryOp},
    words::number,
};

/// An argument with its name, which its position or the text gives.
struct Named<'a> {
    name: &'a str,
    value: &'a Node,
    at: Span,
}

/// Binds a call: an indicator with checked parameters and its inputs.
pub fn bind_call(
    binder: &Binder<'_>,
    at: Span,
    name: &str,
    args: &[Argument],
) -> Result<Call, Said> {
    let word = Span { start: at.start, end: at.start + name.len() };
    let indicator = find_indicator(name).map_err(|error| binder.error(word, error))?;
    let meta = &indicator.meta;
    let slots = &meta.semantics.input_slots;
    let sorted = sort(binder, meta, args)?;
    let (inputs, params): (Vec<Named<'_>>, Vec<Named<'_>>) =
        sorted.into_iter().partition(|arg| slots.iter().any(|slot| slot.name == arg.name));
    for slot in slots.iter() {
        if slot.default.is_none() && !inputs.iter().any(|input| input.name == slot.name) {
            return Err(binder.error(at, required(meta, slot)));
        }
    }
    let (request, missing) = check(binder, meta, at, &params)?;
    let mut bound = Vec::with_capacity(slots.len());
    for slot in slots.iter() {
        let given = inputs.iter().find(|input| input.name == slot.name);
        bound.push(match (given, slot.default) {
            (Some(given), _) => input(binder, meta, slot, given.value)?,
            (None, None) => return Err(binder.error(at, required(meta, slot))),
            (None, Some(usual)) => binder
                .names
                .get(usual)
                .unwrap_or_else(|| Meaning::Column { name: usual.to_owned(), usual: true }),
        });
    }
    let missing = missing.or_else(|| binder.names.missing.clone());
    Ok(Call { request, missing, inputs: bound })
}

fn required(meta: &IndicatorMeta, slot: &InputSlot) -> String {
    format!("{}: {} is required", meta.id, slot.name)
}

/// Gives every argument its name.
fn sort<'a>(
    binder: &Binder<'_>,
    meta: &'a IndicatorMeta,
    args: &'a [Argument],
) -> Result<Vec<Named<'a>>, Said> {
    let id = meta.id;
    let late = args.windows(2).find(|pair| pair[0].name.is_some() && pair[1].name.is_none());
    if let Some([_, late]) = late {
        let said = "an argument without a name stands before those with one";
        return Err(binder.error(late.at, said));
    }
    let count = args.iter().take_while(|arg| arg.name.is_none()).count();
    let (positional, named) = args.split_at(count);
    let filled = slots_filled(binder, meta, named, positional)?;
    if count - filled.len() > meta.params.len() {
        let slots = meta.semantics.input_slots.iter().map(|slot| slot.name);
        let takes: Vec<&str> = slots.chain(meta.params.iter().map(|p| p.name)).collect();
        let extra = &positional[filled.len() + meta.params.len()];
        let said = format!("{id} has no more parameters; it takes {}", takes.join(", "));
        return Err(binder.error(extra.at, said));
    }
    let names = filled.into_iter().chain(meta.params.iter().map(|param| param.name));
    let all: Vec<Named<'a>> = names
        .zip(positional)
        .map(|(name, arg)| Named { name, value: &arg.value, at: arg.value.at })
        .chain(named.iter().filter_map(|arg| {
            Some(Named { name: arg.name.as_deref()?, value: &arg.value, at: arg.at })
        }))
        .collect();
    let twice = (1..all.len()).find(|&i| all[..i].iter().any(|arg| arg.name == all[i].name));
    match twice {
        Some(i) => Err(binder.error(all[i].at, format!("{id}: {} is given twice", all[i].name))),
        None => Ok(all),
    }
}

/// The input slots that positional arguments fill: those without a default column, whatever the
/// arguments are; or all slots, if that many expressions come first.
fn slots_filled<'a>(
    binder: &Binder<'_>,
    meta: &'a IndicatorMeta,
    named: &[Argument],
    positional: &[Argument],
) -> Result<Vec<&'a str>, Said> {
    let is_named =
        |slot: &InputSlot| named.iter().any(|arg| arg.name.as_deref() == Some(slot.name));
    let open: Vec<&InputSlot> =
        meta.semantics.input_slots.iter().filter(|slot| !is_named(slot)).collect();
    let required: Vec<&str> =
        open.iter().filter(|slot| slot.default.is_none()).map(|slot| slot.name).collect();
    let names: Vec<&str> = open.iter().map(|slot| slot.name).collect();
    let leading = positional
        .iter()
        .enumerate()
        .position(|(index, arg)| {
            let is_value = is_constant(&arg.value) || is_first_word(meta, &arg.value);
            index >= required.len() && is_value
        })
        .unwrap_or(positional.len());
    if leading <= required.len() {
        return Ok(required.into_iter().take(leading).collect());
    }
    if leading >= names.len() {
        return Ok(names);
    }
    let first = &positional[required.len()];
    let (list, example) = (names.join(", "), print(&first.value));
    let said = format!(
        "{} reads {list}; give all of them in this order, or some by name, as in {}={example}",
        meta.id, names[0]
    );
    Err(binder.error(first.at, said))
}

/// Whether a bare word is a value of the first parameter.
fn is_first_word(meta: &IndicatorMeta, value: &Node) -> bool {
    let Some(ParamKind::Enum { enum_values, .. }) = meta.params.first().map(|param| &param.kind)
    else {
        return false;
    };
    let Part::Name(word) = &value.part else { return false };
    enum_values.contains(&word.to_lowercase().as_str())
}

fn is_constant(node: &Node) -> bool {
    match &node.part {
        Part::Unary { op: UnaryOp::Minus, of } => is_constant(of),
        part => matches!(part, Part::Literal(_)),
    }
}

/// The value of a parameter: a number, true, false or a word.
fn constant(binder: &Binder<'_>, id: &str, param: &Named<'_>) -> Result<Literal, Said> {
    match &param.value.part {
        Part::Literal(value) => return Ok(value.clone()),
        Part::Name(word) => return Ok(Literal::Text(word.clone())),
        Part::Unary { op: UnaryOp::Minus, of } => {
            if let Part::Literal(Literal::Number(value)) = of.part {
                return Ok(Literal::Number(-value));
            }
        }
        _ => {}
    }
    let text = print(param.value);
    let said = format!("{id}: {} must be a value, not the expression {text}", param.name);
    Err(binder.error(param.value.at, said))
}

/// Lets the catalog check the parameters. An error shows the argument that it is about.
fn check(
    binder: &Binder<'_>,
    meta: &IndicatorMeta,
    at: Span,
    params: &[Named<'_>],
) -> Result<(Request, Option<String>), Said> {
    let mut given = Vec::with_capacity(params.len());
    for param in params {
        given.push((param.name, param.at, constant(binder, meta.id, param)?));
    }
    let slots = meta.semantics.input_slots.iter().map(|slot| slot.name.to_owned());
    let also: Vec<String> = slots.chain([MISSING.to_owned()]).collect();
    let request = |chosen: &[(&str, Span, Literal)]| {
        let missing = missing_in(chosen);
        let params: Map<String, Value> = chosen
            .iter()
            .filter(|(name, ..)| *name != MISSING)
            .map(|(name, _, value)| ((*name).to_owned(), json(value)))
            .collect();
        Request::new(meta.id, &params, missing.as_deref(), NameStyle::Camel, &also)
    };
    match request(&given) {
        Ok(request) => Ok((request, missing_in(&given))),
        Err(error) => {
            for one in &given {
                if let Err(error) = request(std::slice::from_ref(one)) {
                    return Err(binder.error(one.1, error));
                }
            }
            Err(binder.error(at, error))
        }
    }
}

fn missing_in(given: &[(&str, Span, Literal)]) -> Option<String> {
    let (.., value) = given.iter().find(|(name, ..)| *name == MISSING)?;
    Some(match value {
        Literal::Text(word) => word.clone(),
        Literal::Number(value) => number(*value),
        Literal::Flag(flag) => flag.to_string(),
    })
}

/// A value as JSON; whole numbers without a point, as messages show them.
pub fn json(value: &Literal) -> Value {
    match value {
        Literal::Text(text) => Value::from(text.as_str()),
        Literal::Flag(flag) => Value::from(*flag),
        Literal::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 =>
        {
            #[allow(clippy::cast_possible_truncation)]
            Value::from(*number as i64)
        }
        Literal::Number(number) => Value::from(*number),
    }
}

/// Binds an input.
fn input(
    binder: &Binder<'_>,
    meta: &IndicatorMeta,
    slot: &InputSlot,
    node: &Node,
) -> Result<Meaning, Said> {
    let meaning = binder.single(node)?.settled(Kind::Number);
    if meaning.kind() != Kind::Text {
        return Ok(meaning);
    }
    let name = match meaning.plain() {
        Meaning::Constant { value: Literal::Text(text) } => text.as_str(),
        _ => "",
    };
    let (id, slot, column) = (meta.id, slot.name, column(name));
    let said = format!("{id}: {slot} must be an expression; a column is written {column}");
    Err(binder.error(node.at, said))
}
