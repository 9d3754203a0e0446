/** Writes expressions with all inputs and parameters, so that they depend on no defaults. */

import { MISSING_OPTION } from "../generated/options.js";
import type { Argument, Node } from "./ast.js";
import type { IndicatorCall, Meaning } from "./meaning.js";
import { isBare } from "./print.js";

const at = { start: 0, end: 0 };

/** The syntax tree of an expression without defaults. */
export function spell(meaning: Meaning): Node {
  // A bare word here could be read as an indicator.
  return meaning.kind === "column" ? { kind: "column", name: meaning.name, at } : inside(meaning);
}

function inside(meaning: Meaning): Node {
  switch (meaning.kind) {
    case "constant":
      return spellValue(meaning.value);
    case "column":
      return { kind: isBare(meaning.name) ? "name" : "column", name: meaning.name, at };
    case "call":
      return { kind: "call", name: meaning.meta.id, args: spellArguments(meaning), at };
    case "field":
      return { kind: "field", of: spell(meaning.of), name: meaning.name, at };
    case "unary":
      return { kind: "unary", op: meaning.op, of: inside(meaning.of), at };
    case "binary": {
      const { op, left, right } = meaning;
      return { kind: "binary", op, left: inside(left), right: inside(right), at };
    }
  }
}

function spellArguments({ meta, checked, missing, inputs }: IndicatorCall): Argument[] {
  const slots = meta.semantics.input_slots;
  const argument = (name: string, value: Node): Argument => ({ name, value, at });
  return [
    ...inputs.map((input, index) => argument(slots[index]?.name ?? "", inside(input))),
    ...Object.entries(checked.params).map(([name, value]) => argument(name, spellValue(value))),
    ...(missing === undefined ? [] : [argument(MISSING_OPTION, spellValue(missing))]),
  ];
}

/** The syntax tree of a value. */
export function spellValue(value: number | string | boolean): Node {
  if (typeof value === "string") return { kind: "string", value, at };
  if (typeof value === "boolean") return { kind: "boolean", value, at };
  if (value >= 0) return { kind: "number", value, at };
  return { kind: "unary", op: "-", of: { kind: "number", value: -value, at }, at };
}
