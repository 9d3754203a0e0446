/** Whether bars are in the order of their times. */

import type { LazyDataFrame } from "nodejs-polars";
import { inOrder, planOf, type Schema, timeColumn } from "../frames.js";
import { native } from "../polars.js";
import { Scope } from "../scope.js";
import { runAsync } from "../steps.js";

/** The column with the times: the one asked for, or the only one that can be; none if none can. */
export function timeOf(
  asked: string | undefined,
  schema: Schema,
  over: readonly string[],
): string | undefined {
  if (asked !== undefined) return timeColumn("compute", "time", asked, schema);
  const times = [...schema].filter(
    ([name, { variant }]) => /^Date(time)?$/.test(variant) && !over.includes(name),
  );
  return times.length === 1 ? times[0]?.[0] : undefined;
}

/**
 * Refuses rows whose times go back within a group.
 *
 * @param first Number of the first row in the whole, for the sentence.
 */
export async function checkOrder(
  rows: LazyDataFrame,
  time: string,
  over: readonly string[],
  first: number,
): Promise<void> {
  const plan = planOf(rows.select(...new Set([time, ...over])));
  const keys = over.map((name) => native.col(name));
  await runAsync(inOrder(plan, { what: "compute", time, keys, first }, new Scope()));
}
