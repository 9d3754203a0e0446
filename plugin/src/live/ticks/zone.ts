/** The offsets of a time zone from UTC, as JavaScript has them. */

import { describe } from "../../core/arguments.js";
import { TaError } from "../../core/errors.js";

/** The years whose changes of clocks are looked up; bars of ticks near their ends begin earlier. */
const [FIRST, END] = [Date.UTC(1899, 0) / 1000, Date.UTC(2101, 0) / 1000];

/** Clocks of a zone do not change and change back within so many seconds. */
const STEP = 10 * 86_400;

const tables = new Map<string, Float64Array>();

/**
 * Pairs of a time and the offset that holds from it on, in seconds.
 *
 * @throws TaError if there is no such zone.
 */
export function zoneTable(zone: string): Float64Array {
  const known = tables.get(zone);
  if (known) return known;
  const offset = offsets(zone);
  const pairs: number[] = [];
  let [before, last] = [FIRST, offset(FIRST)];
  pairs.push(before, last);
  for (let time = FIRST + STEP; time < END; time += STEP) {
    const next = offset(time);
    if (next !== last) pairs.push(change(offset, before, time), next);
    [before, last] = [time, next];
  }
  const table = Float64Array.from(pairs);
  tables.set(zone, table);
  return table;
}

/** The first second of the offset that holds at `after`; at `before` another one does. */
function change(offset: (time: number) => number, before: number, after: number): number {
  const next = offset(after);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle) === next) high = middle;
    else low = middle;
  }
  return high;
}

/** The offset of a zone at a time. */
function offsets(zone: string): (time: number) => number {
  const format = formatOf(zone);
  return (time) => {
    const text = format.format(time * 1000);
    const [, sign, hours, minutes, seconds = "0"] =
      /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
    if (sign === undefined) return 0;
    const offset = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    return sign === "-" ? -offset : offset;
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  try {
    const shown = { year: "numeric", timeZoneName: "longOffset" } as const;
    return new Intl.DateTimeFormat("en-US", { timeZone: zone, ...shown });
  } catch {
    throw new TaError(
      `bars: timeZone must be the name of a time zone, such as "America/New_York", got ${describe(zone)}`,
    );
  }
}
