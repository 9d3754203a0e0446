/** Sorts, describes and checks the arguments of a `.ta` method. Needs no polars. */

import { ALLOW_OPTION, MISSING_OPTION } from "../generated/options.js";
import { addon } from "./addon.js";
import type { IndicatorMeta, IndicatorOutputMeta } from "./catalog.js";
import { asTaError, TaError, taError } from "./errors.js";
import { type Sentence, sentence } from "./sentence.js";
import type { Missing } from "./types.js";

/** The arguments of a call, sorted by purpose. */
export interface Call {
  readonly params: Record<string, unknown>;
  /** Inputs by slot name, as the caller wrote them. */
  readonly inputs: Record<string, unknown>;
  readonly missing: Missing | undefined;
  /** The option with which the caller could allow look-ahead; undefined if it is allowed. */
  readonly allow: string | undefined;
  /** `over`, `as` and `unnest`, for methods on frames. */
  readonly own: Record<string, unknown>;
  /** The option names that the call takes besides its parameters. */
  readonly takes: readonly string[];
}

/** Options of a whole namespace: the defaults of its calls. */
export interface Defaults {
  /** What a row with a null, NaN or infinite input does. */
  readonly missing?: Missing;
  /**
   * Columns for inputs that a call does not name, by usual name: `{ close: "Adj Close" }`. For a
   * usual name that is left out, a column of that name is read, in any case.
   */
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** Whether an indicator uses later rows with some parameters. */
export const canLookAhead = ({ semantics }: IndicatorMeta): boolean =>
  (semantics.lookahead_params?.length ?? 0) > 0 || semantics.lookahead > 0;

/**
 * The option a caller has to write to allow look-ahead, given the value of that option so far;
 * undefined if it is already allowed.
 */
export function allowance(id: string, given: unknown): string | undefined {
  if (given === undefined || given === false) return `${ALLOW_OPTION}: true`;
  if (given === true) return undefined;
  throw new TaError(`${id}: ${ALLOW_OPTION} must be true or false, got ${describe(given)}`);
}

/** Whether a value is a plain object, of any realm: no Date and no object of polars. */
export function isOptions(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || polarsName(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Names for the objects of polars in error messages, by their `Symbol.toStringTag`. */
const POLARS: Readonly<Record<string, string>> = {
  Expr: "an expression",
  Series: "a Series",
  DataFrame: "a DataFrame",
  LazyDataFrame: "a LazyDataFrame",
};

/** The name of an object of polars in error messages; undefined for any other object. */
function polarsName(value: object): string | undefined {
  try {
    const tag: unknown = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
    const name = typeof tag === "function" ? tag.call(value) : tag;
    return typeof name === "string" && Object.hasOwn(POLARS, name) ? POLARS[name] : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Sorts the arguments: required inputs, then parameters in the catalog's order, then
 * an object of options by name.
 *
 * @param filled The input slot that the object before the dot fills, if any.
 * @param own Names of the options that only this surface takes.
 */
export function parseCall(
  meta: IndicatorMeta,
  args: readonly unknown[],
  filled: string | undefined,
  defaults: Defaults = {},
  own: readonly string[] = [],
): Call {
  const positional = [...args];
  const last = positional.at(-1);
  const options = isOptions(last) ? last : {};
  if (isOptions(last)) positional.pop();

  const slots = meta.semantics.input_slots.map((slot) => slot.name).filter((s) => s !== filled);
  const required = meta.semantics.input_slots.filter((s) => !s.default && s.name !== filled);
  const names = [...required.map((slot) => slot.name), ...meta.params.map((param) => param.name)];
  // A caller may give inputs by name and parameters by position.
  const open = names.filter((name) => !(slots.includes(name) && name in options));
  if (positional.length > open.length) {
    const takes = open.length === 0 ? "none" : `at most ${open.length} (${open.join(", ")})`;
    throw new TaError(
      `${meta.id} got ${positional.length} positional arguments, it takes ${takes}`,
    );
  }
  const call: { -readonly [K in keyof Call]: Call[K] } = {
    // Without a prototype, `constructor` is an unknown parameter too.
    params: Object.create(null),
    inputs: {},
    missing: defaults.missing,
    allow: allowance(meta.id, undefined),
    own: {},
    takes: [...slots, MISSING_OPTION, ...(canLookAhead(meta) ? [ALLOW_OPTION] : []), ...own],
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
    else if (name === MISSING_OPTION) call.missing = value as Missing;
    else if (name === ALLOW_OPTION && canLookAhead(meta)) call.allow = allowance(meta.id, value);
    else if (own.includes(name)) call.own[name] = value;
    else if (name in call.params) throw new TaError(`${meta.id}: ${name} is given twice`);
    else call.params[name] = value;
  }
  if (defaults.inputs) fillUsual(meta, call.inputs, filled, defaults.inputs);
  return call;
}

/** Fills inputs that the call does not name from the defaults of the namespace. */
function fillUsual(
  meta: IndicatorMeta,
  inputs: Record<string, unknown>,
  filled: string | undefined,
  given: Readonly<Record<string, unknown>>,
): void {
  for (const { name, default: usual } of meta.semantics.input_slots) {
    if (usual === undefined || name === filled || inputs[name] !== undefined) continue;
    if (Object.hasOwn(given, usual)) inputs[name] = given[usual];
  }
}

/**
 * A parameter as a JSON value. A value that no parameter can have becomes its description, for the
 * error message.
 */
export function visible(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return Number(value);
  return Number.isFinite(value) ? (value as number) : describe(value);
}

/** A short description of a value for error messages. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a Date";
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null) return polarsName(value) ?? "an object";
  return typeof value === "string" ? inShort(value) : String(value);
}

/** Most characters of a text in an error message. */
const SHOWN = 80;

/** A text in quotes; the beginning of a long one. */
function inShort(text: string): string {
  if (text.length <= SHOWN) return JSON.stringify(text);
  return `${JSON.stringify(`${text.slice(0, SHOWN)}…`)} (${text.length} characters)`;
}

/** A call that the catalog has checked. */
export interface CheckedCall {
  readonly id: string;
  /** Every parameter with its value. */
  readonly params: Readonly<Record<string, number | string | boolean>>;
  /** Default name of the result. */
  readonly name: string;
  readonly outputs: readonly {
    readonly name: string;
    readonly dtype: IndicatorOutputMeta["dtype"];
  }[];
  /** Number of rows at the start without a value. */
  readonly lookback: number;
  /** Number of rows at the end without a value. */
  readonly lookahead: number;
}

/** Checks a call's parameters, missing policy and look-ahead, and adds default parameters. */
export function checkCall(meta: IndicatorMeta, call: Call): CheckedCall {
  const given = Object.entries(call.params).map(([name, value]) => [name, visible(value)]);
  const params = JSON.stringify(Object.fromEntries(given));
  const { missing: asked } = call;
  const missing = asked === undefined || typeof asked === "string" ? asked : describe(asked);
  const { takes, allow } = call;
  return asTaError(() => JSON.parse(addon.resolve(meta.id, params, missing, [...takes], allow)));
}

/**
 * Throws if a checked call uses later rows without permission. `allow` is the option with which the
 * caller could allow that; undefined if it is allowed.
 */
export function refuseLookahead(call: CheckedCall, allow: string | Sentence | undefined): void {
  const { id, params, lookahead } = call;
  if (lookahead === 0 || allow === undefined) return;
  // The addon writes the sentence around a mark, which `allow` then replaces.
  const place = "\u0000";
  try {
    addon.resolve(id, JSON.stringify(params), undefined, undefined, place);
  } catch (error) {
    const [before = "", after = ""] = taError(error).message.split(place);
    throw new TaError(sentence`${before}${allow}${after}`);
  }
}
