/** Expressions with everything spelled out: every input, every parameter. */

import type { Argument, Node } from "./ast.js";
import type { IndicatorCall, Meaning } from "./meaning.js";

const at = { start: 0, end: 0 };

/** The text of an expression that depends on no default, as a tree. */
export function spell(meaning: Meaning): Node {
  switch (meaning.kind) {
    case "constant":
      return spellValue(meaning.value);
    case "column":
      return { kind: "column", name: meaning.name, at };
    case "call":
      return { kind: "call", name: meaning.meta.id, args: spellArguments(meaning), at };
    case "field":
      return { kind: "field", of: spell(meaning.of), name: meaning.name, at };
    case "unary":
      return { kind: "unary", op: meaning.op, of: spell(meaning.of), at };
    case "binary": {
      const { op, left, right } = meaning;
      return { kind: "binary", op, left: spell(left), right: spell(right), at };
    }
  }
}

function spellArguments({ meta, checked, missing, inputs }: IndicatorCall): Argument[] {
  const slots = meta.semantics.input_slots;
  const argument = (name: string, value: Node): Argument => ({ name, value, at });
  return [
    ...inputs.map((input, index) => argument(slots[index]?.name ?? "", spell(input))),
    ...Object.entries(checked.params).map(([name, value]) => argument(name, spellValue(value))),
    ...(missing === undefined ? [] : [argument("missing", spellValue(missing))]),
  ];
}

function spellValue(value: number | string | boolean): Node {
  if (typeof value === "string") return { kind: "string", value, at };
  if (typeof value === "boolean") return { kind: "boolean", value, at };
  if (value >= 0) return { kind: "number", value, at };
  return { kind: "unary", op: "-", of: { kind: "number", value: -value, at }, at };
}
