/** Reads ticks into the numbers that the addon takes. */

import { describe, isOptions } from "../../core/arguments.js";
import { TaError } from "../../core/errors.js";
import { inQuotes } from "../../core/sentence.js";
import type { Fields, Tick } from "./fields.js";
import { keyOf, type TickKey } from "./keys.js";
import { type Form, readTime } from "./times.js";

/** The numbers of a tick: see `TICK` in `crates/ta-node/src/bars.rs`. */
export const TICK = 7;

/** Gives the value of a field. */
export type Get = (field: string) => unknown;

/** Checks that a tick has fields at all; it may be an object of a class. */
export function tickOf(tick: unknown): Tick {
  if (typeof tick === "object" && tick !== null && !Array.isArray(tick)) return tick as Tick;
  throw new TaError(`a tick must be an object, got ${describe(tick)}`);
}

/** What a reader has to know besides the fields. */
export interface Rules {
  /** Whether bars are made in a time zone. */
  readonly zoned: boolean;
  /** Whether a bar closes by its volume, which then must not shrink. */
  readonly byVolume: boolean;
}

/** Writes the numbers of a tick to `to`, from `at` on, and returns the form of its time. */
export function readTick(
  get: Get,
  fields: Fields,
  { zoned, byVolume }: Rules,
  to: Float64Array,
  at: number,
): Form {
  const { time, prices, volume } = fields;
  const form = readTime(time, given(get, time), zoned, to, at);
  const [open, high, low, close] = prices;
  to[at + 2] = number(get, open);
  if (high === open) {
    to.fill(to[at + 2] ?? Number.NaN, at + 3, at + 6);
  } else {
    to[at + 3] = number(get, high);
    to[at + 4] = number(get, low);
    to[at + 5] = number(get, close);
  }
  to[at + 6] = volume === null ? 0 : volumeOf(get, volume, byVolume);
  return form;
}

/** The values of the fields that tell series apart. */
export const readKeys = (get: Get, { keys }: Fields): TickKey[] =>
  keys.map((field) => keyOf(field, given(get, field)));

function given(get: Get, field: string): unknown {
  const value = get(field);
  if (value === undefined) throw new TaError(`the tick has no field ${inQuotes([field])}`);
  return value;
}

function number(get: Get, field: string): number {
  const value = given(get, field);
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "bigint") return Number(value);
  throw new TaError(`${field} must be a finite number, got ${describe(value)}`);
}

/** The volume of a tick; null counts as 0, as in the sum of a column. */
function volumeOf(get: Get, field: string, byVolume: boolean): number {
  if (get(field) === null) return 0;
  const volume = number(get, field);
  if (!byVolume || volume >= 0) return volume;
  throw new TaError(`${field} must not be negative in bars of volume, got ${volume}`);
}

/** The number of rows of columns. */
export function rowsOf(columns: unknown): number {
  if (!isOptions(columns)) {
    throw new TaError(`columns must be an object of arrays, got ${describe(columns)}`);
  }
  const lengths = Object.entries(columns).map(([name, values]) => {
    const isList = Array.isArray(values) || ArrayBuffer.isView(values);
    const length = isList ? (values as ArrayLike<unknown>).length : undefined;
    if (typeof length === "number") return length;
    throw new TaError(`${name} must be an array or a typed array, got ${describe(values)}`);
  });
  const [rows = 0] = lengths;
  if (lengths.every((length) => length === rows)) return rows;
  const each = Object.keys(columns).map((name, at) => `${name} ${lengths[at]}`);
  throw new TaError(`the columns must have the same length: ${each.join(", ")}`);
}
