/** Tells whether other groups have bars at times at which one has none. */

import { DataType, native } from "../polars/native.js";
import type { Steps } from "../polars/steps.js";
import { type Bars, COUNT, col, lit } from "./columns.js";
import { numbers } from "./numbers.js";

/** The first and last time of a group, in milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * A test whether most other groups have a bar between two times; undefined if there are fewer than
 * three groups.
 */
export function* tradedElsewhere(
  bars: Bars,
  spans: ReadonlyMap<number, Span>,
): Steps<((from: number, to: number) => boolean) | undefined> {
  if (spans.size < 3) return undefined;
  const ms = col(COUNT)
    .cast(DataType.Float64, true)
    .trueDiv(lit(bars.perMs ?? 1));
  const plan = bars.plan
    .select([ms.alias("at")])
    .filter(col("at").isNotNull())
    .groupby([col("at")], false)
    .agg([native.len().alias("n")])
    .sort(["at"], [false], [false], false, true);
  const { at, n } = yield* numbers(plan, ["at", "n"]);
  const begun = Float64Array.from([...spans.values()], ({ from }) => from).sort();
  const ended = Float64Array.from([...spans.values()], ({ to }) => to).sort();
  // For each time: at how many earlier times most of the groups alive then have a bar.
  const usual = new Uint32Array(at.length + 1);
  let [first, last] = [0, 0];
  at.forEach((time, index) => {
    while (first < begun.length && (begun[first] ?? 0) <= time) first += 1;
    while (last < ended.length && (ended[last] ?? 0) < time) last += 1;
    const alive = first - last;
    const most = alive > 2 && (n[index] ?? 0) * 2 > alive;
    usual[index + 1] = (usual[index] ?? 0) + (most ? 1 : 0);
  });
  const place = (time: number): number => {
    let [low, high] = [0, at.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((at[middle] ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (from, to) => (usual[place(to)] ?? 0) > (usual[Math.min(at.length, place(from) + 1)] ?? 0);
}
