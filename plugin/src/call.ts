/** From the arguments of a `.ta` method to a checked request. */

import { addon } from "./addon.js";
import { calendarUnit } from "./calendar.js";
import type { IndicatorMeta, InputSlot } from "./catalog.js";
import { asTaError, TaError } from "./errors.js";
import { label, type Request, requestOf } from "./placeholder.js";
import { isExpr, isFrame, isLazy, isSeries, type NativeExpr, native } from "./polars.js";
import { columnName, type Tree, toTree } from "./tree.js";
import type { Missing } from "./types.js";

/** A call's arguments, sorted by what they are for. */
export interface Call {
  readonly params: Record<string, unknown>;
  /** Inputs by slot name, as given. */
  readonly inputs: Record<string, unknown>;
  readonly missing: Missing | undefined;
  /** `over`, `as` and `unnest`, for methods on frames. */
  readonly frame: Record<string, unknown>;
  /** The names that the call takes beside its parameters. */
  readonly takes: readonly string[];
}

/** Options of a whole namespace: what its calls do when they do not say. */
export interface Defaults {
  /** What a row with a null, NaN or infinite input does. */
  readonly missing?: Missing;
}

const FRAME_OPTIONS = ["over", "as", "unnest"];

/** Whether a value is a plain object, of whatever realm: not a Date, not something of polars. */
export function isOptions(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || isPolars(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const isPolars = (value: unknown): boolean =>
  isExpr(value) || isSeries(value) || isFrame(value) || isLazy(value);

/**
 * Sorts the arguments: required inputs, then parameters in the catalog's order, then
 * an object of options by name.
 *
 * @param filled The input slot that the object before the dot fills, if any.
 * @param frameOptions What calls on frames take beside inputs and parameters.
 */
export function parseCall(
  meta: IndicatorMeta,
  args: readonly unknown[],
  filled: string | undefined,
  onFrame: boolean,
  defaults: Defaults = {},
  frameOptions: readonly string[] = FRAME_OPTIONS,
): Call {
  const positional = [...args];
  const last = positional.at(-1);
  const options = isOptions(last) ? last : {};
  if (isOptions(last)) positional.pop();

  const slots = meta.semantics.input_slots.map((slot) => slot.name).filter((s) => s !== filled);
  const required = meta.semantics.input_slots.filter((s) => !s.default && s.name !== filled);
  const names = [...required.map((slot) => slot.name), ...meta.params.map((param) => param.name)];
  // Inputs may come by name while parameters come by position.
  const open = names.filter((name) => !(slots.includes(name) && name in options));
  if (positional.length > open.length) {
    const takes = open.length === 0 ? "none" : `at most ${open.length} (${open.join(", ")})`;
    throw new TaError(
      `${meta.id} got ${positional.length} positional arguments, it takes ${takes}`,
    );
  }
  const call: { -readonly [K in keyof Call]: Call[K] } = {
    // Without a prototype, `constructor` is as unknown a parameter as any other.
    params: Object.create(null),
    inputs: {},
    missing: defaults.missing,
    frame: {},
    takes: [...slots, "missing", ...(onFrame ? frameOptions : [])],
  };
  const given = [
    ...positional.map((value, index) => [open[index] ?? "", value] as const),
    ...Object.entries(options),
  ];
  for (const [name, value] of given) {
    if (value === undefined) continue;
    if (name === filled) {
      throw new TaError(
        `${meta.id}: ${name} is what stands before .ta; leave it out of the options`,
      );
    }
    if (slots.includes(name)) call.inputs[name] = value;
    else if (name === "missing") call.missing = value as Missing;
    else if (onFrame && frameOptions.includes(name)) call.frame[name] = value;
    else if (name in call.params) throw new TaError(`${meta.id}: ${name} is given twice`);
    else call.params[name] = value;
  }
  return call;
}

/** A parameter as JSON can carry it; what can be no parameter is kept visible for the message. */
export function visible(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return Number(value);
  return Number.isFinite(value) ? (value as number) : describe(value);
}

/** Checks the parameters with the addon and completes the request. */
function buildRequest(meta: IndicatorMeta, call: Call, inputs: readonly NativeExpr[]): Request {
  const given = Object.entries(call.params).map(([name, value]) => [name, visible(value)]);
  const params = JSON.stringify(Object.fromEntries(given));
  const { missing: asked } = call;
  const missing = asked === undefined || typeof asked === "string" ? asked : describe(asked);
  const resolved = () => addon.resolve(meta.id, params, missing, [...call.takes]);
  const checked = asTaError(() => JSON.parse(resolved()));
  const trees = inputs.map(toTree);
  return {
    id: checked.id,
    params: checked.params,
    ...(call.missing === undefined ? {} : { missing: call.missing }),
    inputs: trees,
    kinds: meta.semantics.input_slots.map((slot) => slot.kind),
    names: trees.map((tree, index) => inputName(tree, inputs[index] as NativeExpr)),
    name: checked.name,
    outputs: checked.outputs,
  };
}

/** What errors and plans call an input. */
function inputName(tree: Tree, expr: NativeExpr): string {
  const bare = (tree as { Alias?: [Tree, string] } | null)?.Alias?.[0] ?? tree;
  const nested = requestOf(bare);
  return nested ? label(nested) : (columnName(tree) ?? expr.toString());
}

/** One input as a native expression; a key may be a calendar unit of a time column. */
function inputExpr(meta: IndicatorMeta, slot: InputSlot, value: unknown): NativeExpr {
  if (slot.kind !== "key" || !isOptions(value)) return toExpr(meta, slot.name, value);
  const { column, every, timeZone, ...others } = value;
  const where = `${meta.id}: ${slot.name}`;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new TaError(`${where} has no ${unknown}; it takes column, every, timeZone`);
  }
  return calendarUnit(toExpr(meta, `${slot.name}.column`, column), every, timeZone, where);
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

/** A value, short enough for a sentence. */
export function describe(value: unknown): string {
  if (isFrame(value)) return "a DataFrame";
  if (isLazy(value)) return "a LazyDataFrame";
  if (isSeries(value)) return "a Series";
  if (isExpr(value)) return "an expression";
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a Date";
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** The request of a call whose inputs are columns. */
export function columnRequest(
  meta: IndicatorMeta,
  call: Call,
  filled?: { slot: string; expr: NativeExpr },
): Request {
  const inputs = meta.semantics.input_slots.map((slot) => {
    const { name, default: fallback } = slot;
    if (name === filled?.slot) return filled.expr;
    const given = call.inputs[name];
    const value = given === undefined ? fallback : given;
    if (value === undefined) {
      throw new TaError(
        `${meta.id}: ${name} is required: a column name, an expression or a number`,
      );
    }
    return inputExpr(meta, slot, value);
  });
  return buildRequest(meta, call, inputs);
}
