/** Whether times go forward, and what to do where they do not. */

import { inQuotes, sentence } from "../core/sentence.js";
import { columnTypes } from "../lazy/frames.js";
import { changes } from "../polars/functions.js";
import { type NativeLazy, native } from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import { seriesIn } from "../times/series.js";
import {
  type Bars,
  BEGINS,
  before,
  beside,
  COUNT,
  col,
  count,
  GROUP,
  keyName,
  lit,
  ROW,
  sorted,
} from "./columns.js";
import { ADVICE, counted, type Found, unique } from "./kinds.js";
import { one, seen } from "./places.js";

/** Bars in order, and what was wrong with them before. */
export interface InOrder {
  readonly bars: Bars;
  readonly findings: readonly Found[];
  /** How many rows have the time of the row before in their group. */
  readonly repeats: number;
}

/** Brings the rows of a group together; most frames have them so. */
export function* byGroups(bars: Bars): Steps<Bars> {
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

/** Looks at the order, and sorts where it is not that of the times. */
export function* inOrder(bars: Bars, most: number): Steps<InOrder> {
  const { time, over } = bars.columns;
  if (time === undefined) return { bars, findings: [], repeats: 0 };
  const [now, last] = [col(COUNT), before(COUNT)];
  const goesBack = beside(bars, now.lt(last));
  const again = beside(bars, now.eq(last));
  // Most frames are in order, which one comparison shows.
  const { wrong } = yield* one(bars.plan, { wrong: count(beside(bars, now.ltEq(last))) });
  if (!wrong) return { bars, findings: [], repeats: 0 };
  const { back, forward } = yield* one(bars.plan, {
    back: count(goesBack),
    forward: count(beside(bars, now.gt(last))),
  });
  if (!back) return { bars, findings: [], repeats: wrong };
  const { places } = yield* seen(bars, goesBack, { before: last, now }, most);
  const within = over.length > 0 ? ` within ${over.join(", ")}` : "";
  const finding: Found = {
    kind: "order",
    column: time,
    count: back,
    places: places.map(({ values: _, ...place }) => ({ ...place, values: {} })),
    says: forward
      ? `the times go back${within} in ${counted(back, "row")}`
      : `the newest rows come first${within}: every time is before the one above it`,
    advice: [ADVICE.sort([...over, time], bars.typed)],
  };
  const ordered = yield* sorted(bars, over.length > 0 ? [GROUP, COUNT] : [COUNT]);
  const after = yield* one(ordered.plan, { equal: count(again) });
  return { bars: ordered, findings: [finding], repeats: after.equal ?? 0 };
}

/** Columns that tell apart rows with the same time. */
export function* tellers(bars: Bars, plan: NativeLazy): Steps<readonly string[]> {
  const { over, slots, time } = bars.columns;
  const taken = [...over, ...Object.values(slots), ...(time === undefined ? [] : [time])];
  const known = { bars: plan, time: bars.times ?? lit(null), keys: over.map(col) };
  const schema = columnTypes(plan);
  const apart = yield* seriesIn(schema, taken, { ...known, repeated: true });
  // Some rows may come twice although symbols were forgotten as well.
  const named = apart ?? (yield* seriesIn(schema, taken, { ...known, repeated: false }));
  return named === undefined || named.unsure ? [] : named.columns;
}

/** Times that come twice, and the column that tells them apart if there is one. */
export function* repeated(bars: Bars, most: number, keys: readonly string[]): Steps<Found> {
  const { over, time = "" } = bars.columns;
  const again = beside(bars, col(COUNT).eq(before(COUNT)));
  const { count: rows, places } = yield* seen(bars, again, {}, most);
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
