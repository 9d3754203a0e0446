/** Sorts the arguments of a call in the expression language, and lets the catalog check them. */

import { type Call, type CheckedCall, checkCall } from "../core/arguments.js";
import { type IndicatorMeta, type InputSlot, indicatorNamed } from "../core/catalog.js";
import type { Missing } from "../core/types.js";
import { MISSING_OPTION } from "../generated/options.js";
import type { Argument, Node, Span } from "./ast.js";
import type { Binder } from "./bind.js";
import { type IndicatorCall, kindOf, type Meaning } from "./meaning.js";
import { print } from "./print.js";

type CallNode = Extract<Node, { kind: "call" }>;

/** An argument with its name, which its position or the text gives. */
interface Named {
  readonly name: string;
  readonly value: Node;
  readonly at: Span;
}

interface Sorted {
  readonly inputs: readonly Named[];
  /** Parameters and `missing`. */
  readonly params: readonly Named[];
}

/** Binds a call: an indicator with checked parameters and its inputs. */
export function bindCall(binder: Binder, node: CallNode): IndicatorCall {
  const meta = lookUp(binder, node);
  const { inputs, params } = sort(binder, meta, node);
  const given = new Map(inputs.map((input) => [input.name, input.value]));
  const missing = params.find(({ name }) => name === MISSING_OPTION);
  const checked = check(binder, meta, node, params);
  const own = missing && (constant(binder, meta, missing) as Missing);
  return {
    kind: "call",
    meta,
    checked,
    missing: own ?? binder.names.missing,
    inputs: meta.semantics.input_slots.map((slot) => {
      const value = given.get(slot.name);
      return value ? input(binder, meta, slot, value) : usual(binder, meta, slot, node);
    }),
  };
}

function lookUp(binder: Binder, { name, at }: CallNode): IndicatorMeta {
  const where = { at: { start: at.start, end: at.start + name.length } };
  return described(binder, where, () => indicatorNamed(name));
}

/** Adds the position in the text to an error of the catalog. */
function described<T>(binder: Binder, where: Pick<Node, "at">, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw binder.error(where, (error as Error).message);
  }
}

/** Divides the arguments into inputs and parameters. */
function sort(binder: Binder, meta: IndicatorMeta, { args, at }: CallNode): Sorted {
  const slots = meta.semantics.input_slots.map(({ name }) => name);
  const named = args.filter((arg): arg is Argument & Named => arg.name !== undefined);
  const positional = args.filter(({ name }) => name === undefined);
  const late = args.find(
    (arg, index) => arg.name === undefined && args[index - 1]?.name !== undefined,
  );
  if (late) throw binder.error(late, "an argument without a name stands before those with one");

  const filled = slotsFilled(binder, meta, named, positional);
  const rest = positional.length - filled.length;
  if (rest > meta.params.length) {
    const takes = [...slots, ...meta.params.map(({ name }) => name)].join(", ");
    const extra = positional[filled.length + meta.params.length] as Argument;
    throw binder.error(extra, `${meta.id} has no more parameters; it takes ${takes}`);
  }
  const all: Named[] = [
    ...positional.map(({ value }, index) => ({
      name: filled[index] ?? meta.params[index - filled.length]?.name ?? "",
      value,
      at: value.at,
    })),
    ...named,
  ];
  const twice = all.find(({ name }, index) => all.findIndex((arg) => arg.name === name) < index);
  if (twice) throw binder.error(twice, `${meta.id}: ${twice.name} is given twice`);
  const isInput = ({ name }: Named) => slots.includes(name);
  const sorted = { inputs: all.filter(isInput), params: all.filter((arg) => !isInput(arg)) };
  for (const slot of meta.semantics.input_slots) {
    if (slot.default !== undefined || sorted.inputs.some(({ name }) => name === slot.name))
      continue;
    throw binder.error({ at }, `${meta.id}: ${slot.name} is required`);
  }
  return sorted;
}

/**
 * The input slots that positional arguments fill: those without a default column, whatever the
 * arguments are; or all slots, if that many expressions come first.
 */
function slotsFilled(
  binder: Binder,
  meta: IndicatorMeta,
  named: readonly Named[],
  positional: readonly Argument[],
): readonly string[] {
  const open = meta.semantics.input_slots.filter(
    (slot) => !named.some(({ name }) => name === slot.name),
  );
  const names = (slots: readonly InputSlot[]) => slots.map(({ name }) => name);
  const required = open.filter((slot) => slot.default === undefined);
  let leading = positional.findIndex(
    ({ value }, index) =>
      index >= required.length && (isConstant(value) || isFirstWord(meta, value)),
  );
  if (leading < 0) leading = positional.length;
  if (leading <= required.length) return names(required).slice(0, leading);
  if (leading >= open.length) return names(open);
  const first = positional[required.length] as Argument;
  throw binder.error(
    first,
    `${meta.id} reads ${names(open).join(", ")}; give all of them in this order, or some by name, as in ${names(open)[0]}=${print(first.value)}`,
  );
}

/** Whether a bare word is a value of the first parameter. */
function isFirstWord(meta: IndicatorMeta, value: Node): boolean {
  const words = meta.params[0]?.enum_values;
  return value.kind === "name" && words !== undefined && words.includes(value.name.toLowerCase());
}

function isConstant(node: Node): boolean {
  if (node.kind === "unary") return node.op === "-" && isConstant(node.of);
  return node.kind === "number" || node.kind === "string" || node.kind === "boolean";
}

/** The value of a parameter: a number, true, false or a word. */
function constant(binder: Binder, meta: IndicatorMeta, { name, value }: Named): unknown {
  switch (value.kind) {
    case "number":
    case "string":
    case "boolean":
      return value.value;
    case "name":
      return value.name;
    case "unary":
      if (value.op === "-" && value.of.kind === "number") return -value.of.value;
  }
  throw binder.error(
    value,
    `${meta.id}: ${name} must be a value, not the expression ${print(value)}`,
  );
}

/** Lets the catalog check the parameters. An error shows the argument that it is about. */
function check(
  binder: Binder,
  meta: IndicatorMeta,
  { at }: CallNode,
  params: readonly Named[],
): CheckedCall {
  const values = params.map((param) => [param, constant(binder, meta, param)] as const);
  const call = (chosen: typeof values): Call => ({
    params: Object.fromEntries(
      chosen
        .filter(([{ name }]) => name !== MISSING_OPTION)
        .map(([{ name }, value]) => [name, value]),
    ),
    inputs: {},
    // Look-ahead in texts is checked later, against a list of indicators.
    allow: undefined,
    missing: chosen.find(([{ name }]) => name === MISSING_OPTION)?.[1] as Missing | undefined,
    own: {},
    takes: [...meta.semantics.input_slots.map(({ name }) => name), MISSING_OPTION],
  });
  try {
    return checkCall(meta, call(values));
  } catch (error) {
    for (const value of values) described(binder, value[0], () => checkCall(meta, call([value])));
    throw binder.error({ at }, (error as Error).message);
  }
}

/** Binds an input. */
function input(binder: Binder, meta: IndicatorMeta, slot: InputSlot, node: Node): Meaning {
  const meaning = binder.single(node);
  if (kindOf(meaning) !== "text") return meaning;
  const column = print({
    kind: "column",
    name: String((meaning as { value: unknown }).value),
    at: node.at,
  });
  throw binder.error(
    node,
    `${meta.id}: ${slot.name} must be an expression; a column is written ${column}`,
  );
}

/** The column that an input reads by default. */
function usual(binder: Binder, meta: IndicatorMeta, slot: InputSlot, { at }: CallNode): Meaning {
  const name = slot.default;
  if (name === undefined) throw binder.error({ at }, `${meta.id}: ${slot.name} is required`);
  return binder.names.inputs.get(name) ?? { kind: "column", name, usual: true };
}
