/**
 * Finds missing bars. The usual step from bar to bar, the days of the week, the sessions and the
 * usual breaks between them are all learned from the bars.
 */

import { sentence } from "../core/sentence.js";
import { withoutTimeZone } from "../polars/functions.js";
import { DataType, type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import type { Steps } from "../polars/steps.js";
import {
  type Bars,
  before,
  beside,
  COUNT,
  col,
  count,
  GROUP,
  groupChanges,
  lit,
  ROW,
  TIME,
} from "./columns.js";
import { type Span, tradedElsewhere } from "./elsewhere.js";
import { judge } from "./judge.js";
import { counted, type Found, ignoring } from "./kinds.js";
import { DAY, lengthText } from "./lengths.js";
import { numbers } from "./numbers.js";
import { one, placesOf, shortTime } from "./places.js";

/** What the steps from bar to bar show. */
export interface Learned {
  /** The usual step in milliseconds, if there is one. */
  readonly every?: number;
  readonly finding?: Found;
}

/** A step is long from this many usual steps on. */
const LONG = 1.5;

/** The same for bars of two days and more: months and holidays make their steps uneven. */
const LONG_DAYS = 1.75;

/** Fewest steps from which a usual step is learned. */
const FEW = 10;

/** Rows from which the usual step is guessed; all rows then confirm it. */
const SAMPLE = 20_000;

/** The most frequent step, if it is frequent enough to be the usual one. */
function* usualStep(bars: Bars, perMs: number): Steps<Usual | undefined> {
  const step = col(COUNT).sub(before(COUNT));
  const within = beside(bars, lit(true));
  const own =
    bars.columns.over.length > 0 ? native.when(within).then(step).otherwise(lit(null)) : step;
  const steps = bars.plan.select([own.alias("d")]);
  for (const rows of bars.height > SAMPLE ? [SAMPLE, bars.height] : [bars.height]) {
    const d = col("d");
    const counts = steps
      .slice(0, rows)
      .filter(d.gt(lit(0)))
      .groupby([d], false)
      .agg([native.len().alias("n")]);
    const found = yield* numbers(counts, ["d", "n"]);
    const usual = mostFrequent(found);
    if (usual === undefined) continue;
    const { n, all, longest } = yield* one(steps, {
      n: count(d.eq(lit(usual))),
      all: count(d.gt(lit(0))),
      longest: d.max(),
    });
    if ((all ?? 0) >= FEW && (n ?? 0) >= 0.3 * (all ?? 0)) {
      return { every: usual / perMs, longest: Number(longest) / perMs };
    }
  }
  return undefined;
}

/** The shortest of the most frequent steps; they come in any order. */
function mostFrequent({ d, n }: Readonly<Record<"d" | "n", Float64Array>>): number | undefined {
  const most = n.reduce((a, b) => Math.max(a, b), 0);
  const steps = d.filter((_, index) => n[index] === most);
  return steps.length === 0 ? undefined : steps.reduce((a, b) => Math.min(a, b));
}

interface Usual {
  readonly every: number;
  readonly longest: number;
}

/** Learns the usual step, and finds steps that are too long. */
export function* gapsOf(bars: Bars, most: number, ignored: boolean): Steps<Learned> {
  const { perMs } = bars;
  if (perMs === undefined) return {};
  const usual = yield* usualStep(bars, perMs);
  if (usual === undefined) return {};
  const { every, longest } = usual;
  const limit = every * (every >= 2 * DAY ? LONG_DAYS : LONG);
  if (ignored || longest < limit) return { every };
  const long = longSteps(bars, perMs, limit);
  const rows =
    every >= 2 * DAY ? [...(yield* numbers(long, [ROW])).row] : yield* tooLong(bars, long, every);
  if (rows === undefined) return {};
  if (rows.length === 0) return { every };
  return { every, finding: yield* finding(bars, rows, every, most) };
}

/** Local times of the zone, in milliseconds since 1970. */
function wall({ zone, perMs = 1 }: Bars, times: NativeExpr): NativeExpr {
  if (zone === undefined)
    return times.toPhysical().cast(DataType.Float64, true).trueDiv(lit(perMs));
  return withoutTimeZone(times).toPhysical().cast(DataType.Float64, true).trueDiv(lit(perMs));
}

/** The steps from `limit` on; both ends as local day and time of day. */
function longSteps(bars: Bars, perMs: number, limit: number): NativeLazy {
  const ms = (name: string) => col(name).cast(DataType.Float64, true).trueDiv(lit(perMs));
  const clock = (name: string, time: string) => {
    const local = wall(bars, col(time));
    const day = local.trueDiv(lit(DAY)).floor();
    return [day.alias(`day_${name}`), local.sub(day.mul(lit(DAY))).alias(`clock_${name}`)];
  };
  const [from, at] = [before(COUNT).alias("count"), before(TIME).alias("last")];
  const isLong = beside(
    bars,
    col(COUNT)
      .sub(before(COUNT))
      .gtEq(lit(limit * perMs)),
  );
  const group = bars.columns.over.length > 0 ? col(GROUP) : lit(0);
  return bars.plan
    .select([col(ROW), group.alias(GROUP), col(COUNT), from, col(TIME), at, isLong.alias("long")])
    .filter(col("long"))
    .withColumns([ms("count").alias("from"), ms(COUNT).alias("to")])
    .withColumns([col("to").sub(col("from")).alias("step")])
    .withColumns([...clock("from", "last"), ...clock("to", TIME)]);
}

/** Frames with more rows are sampled for the days of the week. */
const MANY = 200_000;

/** Days of the week without bars; each as the number of days since 1970 modulo 7. */
function* daysOff(bars: Bars): Steps<number[]> {
  // A sample of many rows is enough. Its step has no factor in common with 7, so that it covers all
  // days.
  const some = bars.plan.select([col(TIME).gatherEvery(bars.height > MANY ? 11 : 1, 0)]);
  const weekdays = some
    .filter(col(TIME).isNotNull())
    // Days since 1970 begin on a Thursday, polars' weekdays with 1 for Monday.
    .groupby([col(TIME).weekday().cast(DataType.Int32, true).add(lit(3)).alias("d")], false)
    .agg([native.len().alias("n")]);
  const { d, n } = yield* numbers(weekdays, ["d", "n"]);
  const most = Math.max(...n);
  const busy = [...d].filter((_, index) => (n[index] ?? 0) >= 0.01 * most);
  const open = new Set(busy.map((day) => day % 7));
  return [0, 1, 2, 3, 4, 5, 6].filter((one) => !open.has(one));
}

/** Rows after steps that are too long; undefined if the bars have no usual pattern. */
function* tooLong(bars: Bars, long: NativeLazy, every: number): Steps<number[] | undefined> {
  const off = yield* daysOff(bars);
  const [from, to] = [col("day_from"), col("day_to")];
  const upTo = (day: NativeExpr, one: number) => day.sub(lit(one)).trueDiv(lit(7)).floor();
  const skipped = off
    .map((one) => upTo(to.sub(lit(1)), one).sub(upTo(from, one)))
    .reduce((sum, each) => sum.add(each), lit(0));
  // The pattern of daily bars depends on the day of the week, that of others on the time of day.
  const daily = every >= DAY / 2;
  const weekday = from.sub(from.trueDiv(lit(7)).floor().mul(lit(7)));
  const steps = long
    .withColumns([
      col("step")
        .sub(skipped.mul(lit(DAY)))
        .alias("open"),
      (daily ? weekday : col("clock_from")).alias("closes"),
      (daily ? lit(0) : col("clock_to")).alias("opens"),
    ])
    .withColumns([
      col("open")
        .count()
        .over([col(GROUP), col("closes"), col("open")])
        .alias("times"),
    ]);
  const names = [
    ROW,
    GROUP,
    "from",
    "to",
    "open",
    "closes",
    "opens",
    "times",
    "day_from",
    "day_to",
  ] as const;
  const found = yield* numbers(steps, names);
  const spans = yield* spansOf(bars);
  const judged = judge(found, { spans, every, week: 7 - off.length, rows: bars.height });
  if (judged === undefined) return undefined;
  const { gaps, breaks } = judged;
  const elsewhere = breaks.length > 0 ? yield* tradedElsewhere(bars, spans) : undefined;
  const missed = elsewhere
    ? breaks.filter((at) => elsewhere(found.from[at] ?? 0, found.to[at] ?? 0))
    : [];
  return [...gaps, ...missed].map((at) => found.row[at] ?? 0).sort((a, b) => a - b);
}

/** The first and last time of each group. */
function* spansOf(bars: Bars): Steps<Map<number, Span>> {
  const { perMs = 1 } = bars;
  // Rows are sorted by group and time: a group ends where the next begins.
  const times = bars.plan.filter(col(COUNT).isNotNull());
  const group = bars.columns.over.length > 0 ? col(GROUP) : lit(0);
  const heads = times
    .select([group.alias(GROUP), col(COUNT).alias("from"), before(COUNT).alias("end")])
    .filter(groupChanges())
    .withColumns([col("end").fillNull(lit(0))]);
  const { g, from, end } = yield* numbers(heads, [GROUP, "from", "end"]);
  const { last } = yield* one(times, { last: col(COUNT).last() });
  const ends = [...end.slice(1), Number(last)];
  return new Map(
    [...g].map((key, index) => [
      key,
      { from: (from[index] ?? 0) / perMs, to: (ends[index] ?? 0) / perMs },
    ]),
  );
}

function* finding(bars: Bars, rows: readonly number[], every: number, most: number): Steps<Found> {
  const first = rows.slice(0, most).map((row) => col(ROW).eq(lit(row)));
  const at = first.reduce((a, b) => a.or(b));
  const last = col(TIME).shift(lit(1)).cast(DataType.Utf8, false);
  const shown = bars.plan.withColumns([last.alias("value_after")]).filter(at);
  const places = (yield* placesOf(bars, shown, ["after"], most)).map((place) => ({
    ...place,
    values: { after: shortTime(place.values.after) },
  }));
  const [{ values, time } = { values: { after: null }, time: null }] = places;
  return {
    kind: "gaps",
    column: bars.columns.time ?? "",
    count: rows.length,
    places,
    says: `bars of ${lengthText(every)} are missing before ${counted(rows.length, "row")}, first from ${values.after} to ${time}`,
    advice: sentence`fetch them, or know that a window of rows then spans more time; if nothing was traded there, ${ignoring("gaps")}`,
  };
}
