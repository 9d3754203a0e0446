/** From expressions of the language to expressions of polars. */

import type { Expr } from "nodejs-polars";
import { TaError } from "../core/errors.js";
import type { BinaryOperator } from "../language/ast.js";
import { type IndicatorCall, kindOf, type Meaning, parts } from "../language/meaning.js";
import { columnRequest } from "../lazy/call.js";
import { placeholder } from "../lazy/placeholder.js";
import { power } from "../polars/functions.js";
import { lightExpr } from "../polars/light.js";
import { DataType, type NativeExpr, native } from "../polars/native.js";

/** An expression of polars for an expression of the language. */
export function compile(meaning: Meaning): NativeExpr {
  checkDepth(meaning);
  return build(meaning);
}

function build(meaning: Meaning): NativeExpr {
  switch (meaning.kind) {
    case "constant":
      return native.lit(meaning.value);
    case "column":
      return native.col(meaning.name);
    case "call":
      return indicator(meaning);
    case "field":
      return build(meaning.of).structFieldByName(meaning.name);
    case "unary": {
      const of = build(meaning.of);
      return meaning.op === "not" ? of.not() : of.mul(native.lit(-1));
    }
    case "binary":
      return OPERATORS[meaning.op](build(meaning.left), build(meaning.right));
  }
}

const OPERATORS: Record<BinaryOperator, (a: NativeExpr, b: NativeExpr) => NativeExpr> = {
  "+": (a, b) => a.add(b),
  "-": (a, b) => a.sub(b),
  "*": (a, b) => a.mul(b),
  "/": (a, b) => a.trueDiv(b),
  "%": (a, b) => a.rem(b),
  "**": (a, b) => power(toFloat(a), b),
  "<": (a, b) => a.lt(b),
  "<=": (a, b) => a.ltEq(b),
  ">": (a, b) => a.gt(b),
  ">=": (a, b) => a.gtEq(b),
  "==": (a, b) => a.eq(b),
  "!=": (a, b) => a.neq(b),
  and: (a, b) => a.and(b),
  or: (a, b) => a.or(b),
};

const toFloat = (expr: NativeExpr): NativeExpr => expr.cast(DataType.Float64, true);

function indicator({ meta, checked, missing, inputs }: IndicatorCall): NativeExpr {
  const given = meta.semantics.input_slots.flatMap((slot, index): [string, Expr][] => {
    const input = inputs[index] as Meaning;
    // What nobody has named is looked up when there is a frame.
    if (input.kind === "column" && input.usual) return [];
    // To an indicator, a condition is a series of 0 and 1.
    const counted = slot.kind === "number" && kindOf(input) === "condition";
    const expr = build(input);
    return [[slot.name, lightExpr(counted ? toFloat(expr) : expr)]];
  });
  const call = { params: checked.params, inputs: Object.fromEntries(given), missing };
  return placeholder(
    columnRequest(meta, {
      ...call,
      own: {},
      takes: [],
      // Whoever has the expression computed was asked before.
      allow: undefined,
    }),
  );
}

/** Levels of JSON that polars reads an expression from; what is put around it needs some too. */
const MOST_LEVELS = 110;

/** Refuses what polars could not read. An indicator's inputs are read on their own. */
function checkDepth(meaning: Meaning): void {
  if (levels(meaning) <= MOST_LEVELS) return;
  throw new TaError(
    "the expression has too many operators inside each other for polars; compute a part of it in a column first",
  );
}

function levels(meaning: Meaning): number {
  const inner = parts(meaning);
  if (meaning.kind === "call") {
    inner.forEach(checkDepth);
    return 1;
  }
  const own = meaning.kind === "binary" && meaning.op !== "**" ? 2 : 5;
  return own + Math.max(0, ...inner.map(levels));
}
