/** Calendar units of a time column, for inputs that tell sessions apart. */

import { ANY, type OptionTypes, TEXT } from "./options.js";
import { type NativeExpr, native } from "./polars.js";
import type { CalendarUnit } from "./surfaces.js";
import { fromTree, type Tree, toTree } from "./tree.js";

// nodejs-polars has no methods for these two functions of polars.
const call = (name: Tree, ...input: Tree[]): Tree => ({
  Function: { input, function: { TemporalExpr: name } },
});

/** What a calendar unit is made of; its column is checked as inputs are. */
export const CALENDAR_UNIT: OptionTypes = {
  column: ANY,
  every: [
    'a duration such as "1d" or "1w"',
    (value) => typeof value === "string" && /^([1-9]\d*(ns|us|ms|s|m|h|d|w|mo|q|y))+$/.test(value),
  ],
  timeZone: ['a name such as "America/New_York"', TEXT[1]],
};

/** The start of the calendar unit that each time falls in, on the clocks of a time zone. */
export function calendarUnit(
  times: NativeExpr,
  { every, timeZone }: Pick<CalendarUnit, "every" | "timeZone">,
): NativeExpr {
  const zone: Tree = timeZone === undefined ? null : { ConvertTimeZone: { inner: timeZone } };
  const local = zone === null ? toTree(times) : call(zone, toTree(times));
  return fromTree(call("Truncate", local, toTree(native.lit(every))));
}
