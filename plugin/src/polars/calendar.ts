/** Calendar units of a time column, for inputs that separate sessions. */

import { ANY, type OptionTypes, TEXT } from "../core/options.js";
import type { CalendarUnit } from "../core/surfaces.js";
import { truncate } from "./functions.js";
import type { NativeExpr } from "./native.js";

/** The options of a calendar unit. The column is checked like any input. */
export const CALENDAR_UNIT: OptionTypes<CalendarUnit> = {
  column: ANY,
  every: [
    'a duration such as "1d" or "1w"',
    (value) => typeof value === "string" && /^([1-9]\d*(ns|us|ms|s|m|h|d|w|mo|q|y))+$/.test(value),
  ],
  timeZone: ['a name such as "America/New_York"', TEXT[1]],
};

/** The start of the calendar unit of each time, in a time zone. */
export const calendarUnit = (
  times: NativeExpr,
  { every, timeZone }: Pick<CalendarUnit, "every" | "timeZone">,
): NativeExpr => truncate(times, every, timeZone);
