/** Calendar units of a time column, for inputs that tell sessions apart. */

import { TaError } from "./errors.js";
import { type NativeExpr, native } from "./polars.js";
import { fromTree, type Tree, toTree } from "./tree.js";

// nodejs-polars has no methods for these two functions of polars.
const call = (name: Tree, ...input: Tree[]): Tree => ({
  Function: { input, function: { TemporalExpr: name } },
});

/** The start of the calendar unit that each time falls in, on the clocks of a time zone. */
export function calendarUnit(
  times: NativeExpr,
  every: unknown,
  timeZone: unknown,
  where: string,
): NativeExpr {
  if (typeof every !== "string" || !/^([1-9]\d*(ns|us|ms|s|m|h|d|w|mo|q|y))+$/.test(every)) {
    throw new TaError(`${where}: every must be a duration such as "1d" or "1w", got ${every}`);
  }
  if (timeZone !== undefined && typeof timeZone !== "string") {
    throw new TaError(`${where}: timeZone must be a name such as "America/New_York"`);
  }
  const zone: Tree = timeZone === undefined ? null : { ConvertTimeZone: { inner: timeZone } };
  const local = zone === null ? toTree(times) : call(zone, toTree(times));
  return fromTree(call("Truncate", local, toTree(native.lit(every))));
}
