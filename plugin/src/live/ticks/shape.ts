/** The shapes of bars and of results. */

import type { Fields } from "./fields.js";
import type { TickKey } from "./keys.js";
import { TICK } from "./read.js";
import { type Form, type TickTime, writeTime } from "./times.js";

/** A bar of ticks. It has the key fields and the time field of the ticks, under their names. */
export interface TickBar {
  /** Price of the oldest tick. */
  readonly open: number;
  /** Highest price. */
  readonly high: number;
  /** Lowest price. */
  readonly low: number;
  /** Price of the newest tick. */
  readonly close: number;
  /** Sum of the volumes; absent if the ticks have none. */
  readonly volume?: number;
  /** Number of ticks; 0 in a bar that fills an interval without any. */
  readonly ticks: number;
  /** Key fields and the time. */
  readonly [field: string]: TickTime | TickKey | undefined;
}

/** What a tick did. */
export interface TickUpdate {
  /** The bars that take no more ticks since this one, the oldest first. */
  readonly closed: readonly TickBar[];
  /** The bar of the tick's key that still takes ticks; null if this tick was its last. */
  readonly forming: TickBar | null;
}

/** What many ticks did. */
export interface TicksUpdate {
  /** The bars that take no more ticks, in the order in which they closed. */
  readonly closed: readonly TickBar[];
  /** The forming bars of the ticks' keys. */
  readonly forming: readonly TickBar[];
}

/** Columns of ticks: an array of values, or a typed array, for each field. */
export type TickColumns = Readonly<Record<string, ArrayLike<unknown>>>;

/** The numbers of a bar, and their places in the array shared with the addon; see `bars.rs`. */
export const BAR = 8;
export const FORMING = TICK;
export const CLOSED = TICK + BAR;
export const SCRATCH = TICK + 2 * BAR;

/** How bars are written. */
export interface Shape {
  readonly fields: Fields;
  readonly form: Form;
}

/** The bar whose numbers begin at `at`. */
export function barOf(
  numbers: Float64Array,
  at: number,
  { fields, form }: Shape,
  parts: readonly TickKey[],
): TickBar {
  const bar: Record<string, unknown> = {};
  for (let key = 0; key < parts.length; key += 1) bar[fields.keys[key] ?? ""] = parts[key];
  const value = (place: number): number => numbers[at + place] ?? Number.NaN;
  bar[fields.time] = writeTime(form, value(0), value(1));
  bar.open = value(2);
  bar.high = value(3);
  bar.low = value(4);
  bar.close = value(5);
  if (fields.volume !== null) bar.volume = value(6);
  bar.ticks = value(7);
  return bar as unknown as TickBar;
}
