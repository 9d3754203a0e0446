/** Whether times go forward, and what to do where they do not. */

import { inQuotes, sentence } from "../core/sentence.js";
import { changes } from "../polars/functions.js";
import { DataType, type NativeExpr, native } from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import {
  type Bars,
  BEGINS,
  before,
  beside,
  COUNT,
  col,
  count,
  GROUP,
  groupCount,
  keyName,
  lit,
  ROW,
  sorted,
} from "./columns.js";
import { ADVICE, counted, type Found, unique } from "./kinds.js";
import { one, placesWhere } from "./places.js";

/** The column of numbers that are sorted, and the largest of them. */
const KEY = "key";
const LARGEST = 2 ** 62;

/** What is wrong with the order of bars. */
export interface Disorder {
  /** The bars, and the columns by which they must still be sorted to be in order. */
  readonly bars: Bars;
  readonly by: readonly string[];
  /** How many rows have an earlier time than the row before in their group, and a later one. */
  readonly back: number;
  readonly forward: number;
  /** A test for rows with the time of another row before in their group, and their number. */
  readonly again: NativeExpr;
  readonly repeats: number;
}

/** Brings the rows of a group together; most frames have them so. */
function* byGroups(bars: Bars): Steps<Bars> {
  const keys = bars.columns.over.map((_, index) => col(keyName(index)));
  if (keys.length === 0) return bars;
  const begins = keys.map(changes).reduce((a, b) => a.or(b), col(ROW).eq(lit(0)));
  // A group has the number of its first row.
  const number = native
    .when(col(BEGINS))
    .then(col(ROW))
    .otherwise(lit(null))
    .forwardFill()
    .alias(GROUP);
  const numbered = bars.plan.withColumns([begins.alias(BEGINS)]).withColumns([number]);
  const runs = yield* collect(numbered);
  const heads = yield* collect(runs.lazy().filter(col(BEGINS)).select(keys));
  // A group of which all rows stand together is one run.
  if (heads.height * 2 <= bars.height) {
    const distinct = yield* collect(heads.lazy().groupby(keys, false).agg([]));
    if (distinct.height === heads.height) return { ...bars, plan: runs.lazy() };
  }
  const first = col(ROW).first().over(keys).alias(GROUP);
  return yield* sorted({ ...bars, plan: bars.plan.withColumns([first]) }, [GROUP]);
}

/** Bars with the rows of each group together, and what is wrong with their order. */
export interface Grouped {
  /** The same bars in the order of the frame. */
  readonly read: Bars;
  readonly bars: Bars;
  readonly disorder: Disorder | undefined;
}

export function* grouped(read: Bars): Steps<Grouped> {
  const bars = yield* byGroups(read);
  return { read, bars, disorder: yield* disorderOf(bars) };
}

/** Looks at the order of the times within groups; undefined if they go forward. */
function* disorderOf(bars: Bars): Steps<Disorder | undefined> {
  const { time, over } = bars.columns;
  if (time === undefined) return undefined;
  const [now, last] = [col(COUNT), before(COUNT)];
  // Most frames are in order, which one comparison shows.
  const { wrong } = yield* one(bars.plan, { wrong: count(beside(bars, now.ltEq(last))) });
  if (!wrong) return undefined;
  const steps = yield* one(bars.plan, {
    back: count(beside(bars, now.lt(last))),
    forward: count(beside(bars, now.gt(last))),
  });
  const toward = { back: steps.back ?? 0, forward: steps.forward ?? 0 };
  if (toward.back === 0) {
    return { ...toward, bars, by: [], again: beside(bars, now.eq(last)), repeats: wrong };
  }
  const { keyed, by } = yield* sortKeys(bars);
  const same = by.map((name) => col(name).eq(before(name))).reduce((a, b) => a.and(b));
  const repeated = same.and(now.isNotNull());
  if (bars.others.every((name) => over.includes(name))) {
    const ordered = yield* sorted(keyed, by);
    const { n } = yield* one(ordered.plan, { n: count(repeated) });
    return { ...toward, bars: ordered, by: [], again: repeated, repeats: n ?? 0 };
  }
  // Another column may turn out to separate series, so nothing is sorted yet.
  const key = by.length > 1 ? native.asStruct(by.map(col)) : col(by[0]);
  const { rows, times } = yield* one(keyed.plan.filter(now.isNotNull()), {
    rows: native.len(),
    times: key.nUnique(),
  });
  const again = key.isFirstDistinct().not().and(now.isNotNull());
  return { ...toward, bars: keyed, by, again, repeats: (rows ?? 0) - (times ?? 0) };
}

/** The bars in the order of groups and times. */
export function* inOrder({ bars, by }: Disorder): Steps<Bars> {
  return by.length === 0 ? bars : yield* sorted(bars, by);
}

/**
 * What to sort bars by. One number for the group and the time is several times faster than two
 * columns, unless it is too large.
 */
function* sortKeys(bars: Bars): Steps<{ keyed: Bars; by: [string, ...string[]] }> {
  if (bars.columns.over.length === 0) return { keyed: bars, by: [COUNT] };
  const time = col(COUNT);
  const [first, last] = [time.min(), time.max()];
  const { groups, from, to } = yield* one(bars.plan, {
    groups: groupCount(bars),
    from: first.cast(DataType.Float64, true),
    to: last.cast(DataType.Float64, true),
  });
  if ((groups ?? 0) * ((to ?? 0) - (from ?? 0) + 2) > LARGEST) {
    return { keyed: bars, by: [GROUP, COUNT] };
  }
  const whole = (expr: NativeExpr) => expr.cast(DataType.Int64, true);
  // A row without a time is after all others of its group.
  const end = last.add(whole(lit(1)));
  const length = end.sub(first).add(whole(lit(1)));
  const key = whole(col(BEGINS).cumSum(false)).mul(length).add(time.fillNull(end).sub(first));
  return { keyed: { ...bars, plan: bars.plan.withColumns([key.alias(KEY)]) }, by: [KEY] };
}

/** The finding that times go back. */
export function* backward(bars: Bars, { back, forward }: Disorder, most: number): Steps<Found> {
  const { time = "", over } = bars.columns;
  const within = over.length > 0 ? ` within ${over.join(", ")}` : "";
  const goesBack = beside(bars, col(COUNT).lt(before(COUNT)));
  return {
    kind: "order",
    column: time,
    count: back,
    places: yield* placesWhere(bars, goesBack, {}, most),
    says: forward
      ? `the times go back${within} in ${counted(back, "row")}`
      : `the newest rows come first${within}: every time is before the one above it`,
    advice: [ADVICE.sort([...over, time], bars.typed)],
  };
}

/** Times that come twice, and the column that tells them apart if there is one. */
export function* repeated(
  { bars, again, repeats: rows }: Disorder,
  most: number,
  keys: readonly string[] = [],
): Steps<Found> {
  const { over, time = "" } = bars.columns;
  const places = yield* placesWhere(bars, again, {}, most);
  const within = over.length > 0 ? ` within ${over.join(", ")}` : "";
  const says = `the same time comes again${within} in ${counted(rows, "row")}`;
  return {
    kind: "repeats",
    column: time,
    count: rows,
    places,
    says:
      keys.length === 0
        ? says
        : `${says}, and ${inQuotes(keys, " and ")} ${keys.length === 1 ? "tells" : "tell"} them apart`,
    advice:
      keys.length === 0
        ? [unique([...over, time])]
        : sentence`give ${ADVICE.over([...over, ...keys])}; the rest of this report is within ${[...over, ...keys].join(", ")}`,
  };
}
