/** Compiles expressions of the language to expressions of polars. */

import type { Expr } from "nodejs-polars";
import { TaError } from "../core/errors.js";
import {
  type BinaryOperator,
  type Fill,
  type If,
  type IndicatorCall,
  kindOf,
  type Meaning,
  parts,
} from "../language/meaning.js";
import { columnRequest } from "../lazy/call.js";
import { placeholder } from "../lazy/placeholder.js";
import { power } from "../polars/functions.js";
import { lightExpr } from "../polars/light.js";
import { DataType, type NativeExpr, native } from "../polars/native.js";

/** Compiles an expression. */
export function compile(meaning: Meaning): NativeExpr {
  checkDepth(meaning);
  return build(meaning);
}

function build(meaning: Meaning): NativeExpr {
  switch (meaning.kind) {
    case "constant":
      return constant(meaning.value);
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
    case "if":
      return choice(meaning);
    case "fill":
      return typed(build(meaning.of), meaning).fillNull(typed(build(meaning.with), meaning));
  }
}

/** Polars takes the second value where the condition is null; here nothing is known there. */
function choice(meaning: If<Meaning>): NativeExpr {
  const when = build(meaning.when);
  const value = native
    .when(when)
    .then(typed(build(meaning.value), meaning))
    .otherwise(typed(build(meaning.otherwise), meaning));
  return native.when(when.isNull()).then(native.lit(null)).otherwise(value);
}

/** A value of a choice. A column of whole numbers becomes Float64, as a bar's fields are. */
const typed = (expr: NativeExpr, { values }: If<Meaning> | Fill<Meaning>): NativeExpr =>
  values === "number" ? toFloat(expr) : expr.cast(DataType.Bool, true);

/** Trees travel as JSON, which has no zero with a sign. */
const constant = (value: number | boolean | string): NativeExpr =>
  Object.is(value, -0) ? native.lit(0).mul(native.lit(-1)) : native.lit(value);

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
    // Usual columns are looked up when the frame is known.
    if (input.kind === "column" && input.usual) return [];
    // An indicator reads a condition as 0 and 1.
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
      // Look-ahead was checked before.
      allow: undefined,
    }),
  );
}

/** Most levels of JSON: polars limits them, and the nodes that we add need some. */
const MOST_LEVELS = 110;

/** Throws if polars could not read the expression. Inputs of an indicator count separately. */
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
  return ownLevels(meaning) + Math.max(0, ...inner.map(levels));
}

function ownLevels(meaning: Meaning): number {
  if (meaning.kind === "if") return 9;
  return meaning.kind === "binary" && meaning.op !== "**" ? 2 : 5;
}
