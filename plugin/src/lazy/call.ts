/** Turns the arguments of a `.ta` method into a request over polars expressions. */

import { type Call, checkCall, describe, isOptions } from "../core/arguments.js";
import type { IndicatorMeta, InputSlot } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { checkOptions } from "../core/options.js";
import { columnName, renamed } from "../polars/ast.js";
import { CALENDAR_UNIT, calendarUnit } from "../polars/calendar.js";
import { isExpr, isSeries, type NativeExpr, native } from "../polars/native.js";
import { type Tree, toTree } from "../polars/tree.js";
import { label, type Request, readable, requestOf } from "./placeholder.js";

/** Lets the addon check the parameters, and makes the request. */
function buildRequest(
  meta: IndicatorMeta,
  call: Call,
  inputs: readonly NativeExpr[],
  usual: readonly number[],
): Request {
  const checked = checkCall(meta, call);
  const trees = inputs.map(toTree);
  return {
    id: checked.id,
    params: checked.params,
    ...(call.missing === undefined ? {} : { missing: call.missing }),
    inputs: trees,
    ...(usual.length === 0 ? {} : { usual }),
    kinds: meta.semantics.input_slots.map((slot) => slot.kind),
    names: trees.map((tree, index) => inputName(tree, inputs[index] as NativeExpr)),
    name: checked.name,
    outputs: checked.outputs,
  };
}

/** Most characters of an expression that errors and plans show as the name of an input. */
const MOST_CHARACTERS = 80;

/** The name of an input in errors and plans: a column, or the beginning of an expression. */
function inputName(tree: Tree, expr: NativeExpr): string {
  const name = columnName(tree);
  if (name !== undefined) return name;
  const nested = requestOf(renamed(tree)?.expr ?? tree);
  const text = nested ? label(nested) : readable(expr.toString());
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** One input as a native expression. A key may be a calendar unit of a time column. */
function inputExpr(meta: IndicatorMeta, slot: InputSlot, value: unknown): NativeExpr {
  if (slot.kind !== "key" || !isOptions(value)) return toExpr(meta, slot.name, value);
  const unit = checkOptions(`${meta.id}: ${slot.name}`, value, CALENDAR_UNIT, {
    required: ["every"],
  });
  return calendarUnit(toExpr(meta, `${slot.name}.column`, unit.column), unit);
}

/** One input as a native expression. */
export function toExpr(meta: IndicatorMeta, slot: string, value: unknown): NativeExpr {
  if (typeof value === "string") return native.col(value);
  if (isExpr(value)) return value._expr;
  if (isSeries(value)) return native.litSeries(value._s);
  if (typeof value === "number" || typeof value === "bigint") return native.lit(Number(value));
  throw new TaError(
    `${meta.id}: ${slot} must be a column name, an expression or a number, got ${describe(value)}`,
  );
}

/** The request of a call whose inputs are columns. */
export function columnRequest(
  meta: IndicatorMeta,
  call: Call,
  filled?: { slot: string; expr: NativeExpr },
): Request {
  const usual: number[] = [];
  const inputs = meta.semantics.input_slots.map((slot, index) => {
    const { name, default: fallback } = slot;
    if (name === filled?.slot) return filled.expr;
    const given = call.inputs[name];
    const value = given === undefined ? fallback : given;
    if (value === undefined) {
      throw new TaError(
        `${meta.id}: ${name} is required: a column name, an expression or a number`,
      );
    }
    if (given === undefined) usual.push(index);
    return inputExpr(meta, slot, value);
  });
  return buildRequest(meta, call, inputs, usual);
}
