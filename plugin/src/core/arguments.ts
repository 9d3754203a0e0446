/** The arguments of a `.ta` method: sorted, described and checked. Nothing here needs polars. */

import { ALLOW_OPTION, MISSING_OPTION } from "../generated/options.js";
import { addon } from "./addon.js";
import type { IndicatorMeta, IndicatorOutputMeta } from "./catalog.js";
import { asTaError, TaError, taError } from "./errors.js";
import { type Sentence, sentence } from "./sentence.js";
import type { Missing } from "./types.js";

/** A call's arguments, sorted by what they are for. */
export interface Call {
  readonly params: Record<string, unknown>;
  /** Inputs by slot name, as given. */
  readonly inputs: Record<string, unknown>;
  readonly missing: Missing | undefined;
  /** What the caller would write to allow later rows; none if they are allowed. */
  readonly allow: string | undefined;
  /** The surface's own options, such as `over` on frames. */
  readonly own: Record<string, unknown>;
  /** The names that the call takes beside its parameters. */
  readonly takes: readonly string[];
}

/** Options of a whole namespace: what its calls do when they do not say. */
export interface Defaults {
  /** What a row with a null, NaN or infinite input does. */
  readonly missing?: Missing;
  /**
   * What the usual columns are, for inputs that a call does not name: `{ close: "Adj Close" }`.
   * Where it says nothing, a column of the usual name is read, whatever its case.
   */
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** Whether some parameters make an indicator use later rows. */
export const canLookAhead = ({ semantics }: IndicatorMeta): boolean =>
  (semantics.lookahead_params?.length ?? 0) > 0 || semantics.lookahead > 0;

/** What a caller who has answered `given` would have to write to allow later rows. */
export function allowance(id: string, given: unknown): string | undefined {
  if (given === undefined || given === false) return `${ALLOW_OPTION}: true`;
  if (given === true) return undefined;
  throw new TaError(`${id}: ${ALLOW_OPTION} must be true or false, got ${describe(given)}`);
}

/** Whether a value is a plain object, of whatever realm: not a Date, not something of polars. */
export function isOptions(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || polarsName(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** How sentences call the objects of polars, by the tag that each of them carries. */
const POLARS: Readonly<Record<string, string>> = {
  Expr: "an expression",
  Series: "a Series",
  DataFrame: "a DataFrame",
  LazyDataFrame: "a LazyDataFrame",
};

/** What a sentence calls an object of polars; nothing else has a name here. */
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

/** Gives inputs that the call does not name what the whole namespace says of their columns. */
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

/** A parameter as JSON can carry it; what can be no parameter is kept visible for the message. */
export function visible(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return Number(value);
  return Number.isFinite(value) ? (value as number) : describe(value);
}

/** A value, short enough for a sentence. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a Date";
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null) return polarsName(value) ?? "an object";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
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
  /** Rows at the start that have no value. */
  readonly lookback: number;
  /** Rows at the end that have no value yet. */
  readonly lookahead: number;
}

/**
 * Checks a call's parameters, its `missing` option and whether it may use later rows, and
 * completes the parameters.
 */
export function checkCall(meta: IndicatorMeta, call: Call): CheckedCall {
  const given = Object.entries(call.params).map(([name, value]) => [name, visible(value)]);
  const params = JSON.stringify(Object.fromEntries(given));
  const { missing: asked } = call;
  const missing = asked === undefined || typeof asked === "string" ? asked : describe(asked);
  const { takes, allow } = call;
  return asTaError(() => JSON.parse(addon.resolve(meta.id, params, missing, [...takes], allow)));
}

/**
 * Refuses a checked call that uses later rows. `allow` is what the caller would write to
 * allow that; none if it is allowed.
 */
export function refuseLookahead(call: CheckedCall, allow: string | Sentence | undefined): void {
  const { id, params, lookahead } = call;
  if (lookahead === 0 || allow === undefined) return;
  // The addon writes the sentence; what allows it is put in afterwards, in parts.
  const place = "\u0000";
  try {
    addon.resolve(id, JSON.stringify(params), undefined, undefined, place);
  } catch (error) {
    const [before = "", after = ""] = taError(error).message.split(place);
    throw new TaError(sentence`${before}${allow}${after}`);
  }
}
