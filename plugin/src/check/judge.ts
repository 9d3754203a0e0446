/** Decides which long steps from bar to bar are usual breaks and which are gaps. */

import type { Span } from "./elsewhere.js";
import { DAY, HOUR } from "./lengths.js";

/** Steps longer than the usual one, as columns. Times are in milliseconds. */
export interface LongSteps {
  readonly g: Float64Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** The length without the days of the week that have no bars. */
  readonly open: Float64Array;
  /** The local time of day at which it begins; for daily bars, the day of the week. */
  readonly closes: Float64Array;
  /** The local time of day at which it ends. */
  readonly opens: Float64Array;
  /** How many steps of its group begin at the same time of the day, or day of the week, and have the same `open`. */
  readonly times: Float64Array;
  readonly day_from: Float64Array;
  readonly day_to: Float64Array;
}

/** What the check already knows of the bars. */
export interface Known {
  readonly spans: ReadonlyMap<number, Span>;
  /** The usual step. */
  readonly every: number;
  /** The number of days of the week that have bars. */
  readonly week: number;
  readonly rows: number;
}

/** Indices of steps: those that are gaps, and breaks that may be holidays. */
export interface Judged {
  readonly gaps: number[];
  readonly breaks: number[];
}

/** The length of a week with a holiday on both sides. Longer breaks must come every year. */
const WEEK = 7.5 * DAY;

/** The longest holidays. */
const LONGEST = 16 * DAY;

/** The largest share of all days that holidays can be. */
const HOLIDAYS = 0.08;

/** If a larger share of steps is unusual, the bars have no pattern. */
const IRREGULAR = 0.2;

/** Fewest days from which the breaks at night can be learned. */
const LEARNED = 5;

/** Divides the steps into gaps and breaks; undefined if the bars have no pattern. */
export function judge(steps: LongSteps, known: Known): Judged | undefined {
  const { spans, every, week, rows } = known;
  const days = new Map(
    [...spans].map(([g, { from, to }]) => [g, (((to - from) / DAY) * week) / 7 + 1]),
  );
  const at = (column: keyof LongSteps, index: number) => steps[column][index] ?? 0;
  const ofDays = (index: number) => days.get(at("g", index)) ?? 1;
  const isUsual = (index: number) =>
    at("open", index) < 1.5 * every || at("times", index) >= Math.max(2, 0.1 * ofDays(index));
  const indices = [...steps.g.keys()];
  const usual = indices.filter(isUsual);
  const breakFrom = new Map<string, number>();
  const end = (index: number) => `${at("g", index)} ${at("closes", index)}`;
  const breakAt = (index: number, closes: number) =>
    `${at("g", index)} ${closes} ${at("open", index)}`;
  const usualBreaks = new Set(usual.map((index) => breakAt(index, at("closes", index))));
  /** A usual break an hour earlier or later in UTC: clocks have changed a few days ago. */
  const isMoved = (index: number): boolean =>
    [DAY - HOUR, HOUR].some((by) =>
      usualBreaks.has(breakAt(index, (at("closes", index) + by) % DAY)),
    );
  for (const index of usual) {
    breakFrom.set(end(index), Math.max(breakFrom.get(end(index)) ?? 0, at("open", index)));
  }
  /** When clocks change over a weekend, a break is an hour shorter or longer in UTC. */
  const isClocks = (index: number): boolean => {
    const more = at("open", index) - (breakFrom.get(end(index)) ?? Number.NaN);
    const weekend = at("open", index) < at("to", index) - at("from", index);
    return more < 0 || (more === HOUR && weekend);
  };
  const rare = indices.filter((index) => !isUsual(index));
  const moved = new Set(rare.filter(isMoved));
  const unusual = rare.filter((index) => !isClocks(index) && !moved.has(index));
  if (unusual.length > IRREGULAR * rows) return undefined;
  const opens = new Set([...usual, ...moved].map((index) => at("opens", index)));
  const withBreaks = new Set(usual.map((index) => at("g", index)));
  const isYearly = yearly(
    unusual.map((index) => [at("from", index), at("to", index)] as const),
    spans,
  );
  const mayBeBreak = (index: number): boolean => {
    const length = at("to", index) - at("from", index);
    const acrossDays = at("day_from", index) !== at("day_to", index);
    if (every < DAY / 2 && acrossDays && ofDays(index) < LEARNED) return true;
    if (!withBreaks.has(at("g", index)) || !opens.has(at("opens", index))) return false;
    return length < WEEK || (length < LONGEST && isYearly(at("from", index)));
  };
  const breaks = unusual.filter(mayBeBreak);
  const off = breaks.reduce(
    (sum, index) => sum + Math.floor(Math.max(0, at("open", index) - every) / DAY),
    0,
  );
  const all = [...days.values()].reduce((sum, one) => sum + one, 0);
  // In a frame of a few weeks one free day is a holiday, although its share is large.
  if (off > Math.max(3 * spans.size, HOLIDAYS * all)) return { gaps: unusual, breaks: [] };
  return { gaps: unusual.filter((index) => !mayBeBreak(index)), breaks };
}

const YEAR = 365.25 * DAY;

/** By how many days the date of a lunar holiday differs from year to year. */
const SEASON = 25 * DAY;

/** Whether most years have a break longer than a week at about the same time of the year. */
function yearly(
  steps: readonly (readonly [from: number, to: number])[],
  spans: ReadonlyMap<number, Span>,
): (from: number) => boolean {
  const long = steps.filter(([from, to]) => to - from >= WEEK).map(([from]) => from);
  const first = Math.min(...[...spans.values()].map(({ from }) => from));
  const last = Math.max(...[...spans.values()].map(({ to }) => to));
  const years = Math.max(1, (last - first) / YEAR);
  return (from) => {
    const others = new Set<number>();
    for (const other of long) {
      const apart = Math.round((other - from) / YEAR);
      if (apart !== 0 && Math.abs(other - from - apart * YEAR) <= SEASON) others.add(apart);
    }
    return others.size > 0 && others.size + 1 >= 0.6 * years;
  };
}
