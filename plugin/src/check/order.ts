/** Whether times go forward, and what to do where they do not. */

import { columnTypes } from "../frames.js";
import type { NativeLazy } from "../polars.js";
import { collect, type Steps } from "../steps.js";
import { isNumberType, isTextType } from "../times/choose.js";
import { type Bars, before, beside, COUNT, col, count, GROUP, lit, ROW, sorted } from "./bars.js";
import { counted, type Found, type Words } from "./kinds.js";
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
  const { over } = bars.columns;
  if (over.length === 0) return bars;
  const first = col(ROW)
    .first()
    .over(over.map((_, index) => col(`key${index}`)));
  const frame = yield* collect(bars.plan.withColumns([first.alias(GROUP)]));
  const grouped = { ...bars, plan: frame.lazy() };
  // A group is numbered by its first row: where all stand in one piece, that never goes back.
  const { back } = yield* one(grouped.plan, { back: count(col(GROUP).lt(before(GROUP))) });
  return back ? yield* sorted(grouped, [GROUP]) : grouped;
}

/** Looks at the order, and sorts where it is not that of the times. */
export function* inOrder(bars: Bars, words: Words, most: number): Steps<InOrder> {
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
    advice: words.sort([...over, time]),
  };
  const ordered = yield* sorted(bars, over.length > 0 ? [GROUP, COUNT] : [COUNT]);
  const after = yield* one(ordered.plan, { equal: count(again) });
  return { bars: ordered, findings: [finding], repeats: after.equal ?? 0 };
}

/** A column that tells apart rows with the same time. */
export function* teller(bars: Bars, plan: NativeLazy, repeats: number): Steps<string | undefined> {
  const { over, slots, time } = bars.columns;
  const taken = new Set([...over, ...Object.values(slots), time]);
  const types = [...columnTypes(plan)].filter(([name]) => !taken.has(name));
  const named = (test: (type: { variant: string }) => boolean) =>
    types.filter(([, type]) => test(type)).map(([name]) => name);
  const whole = named((type) => isNumberType(type) && !/^Float/.test(type.variant));
  const candidates = [...named(isTextType), ...whole].slice(0, 10);
  if (candidates.length === 0) return undefined;
  const rows = yield* collect(plan.select(candidates.map((name) => col(name))));
  const [group, height] = [over.length > 0 ? [GROUP] : [], bars.height];
  const inRows = bars.plan.sort([ROW], [false], [false], true, true);
  const times = yield* collect(inRows.select([COUNT, ...group].map((name) => col(name))));
  let best: { name: string; left: number } | undefined;
  for (const name of candidates) {
    const column = rows.column(name);
    const keyed = times.hstack([column]).lazy();
    const apart = yield* one(keyed, { values: col(name).nUnique() });
    // A column that is different in nearly every row is a number of the rows, no name.
    if ((apart.values ?? 0) * 2 > height || (apart.values ?? 0) < 2) continue;
    const kinds = [COUNT, ...group, name].map((key) => col(key));
    const unlike = yield* collect(keyed.groupby(kinds, false).agg([lit(1).first().alias("one")]));
    const left = height - unlike.height;
    if (left < (best?.left ?? Number.POSITIVE_INFINITY)) best = { name, left };
    if (left === 0) break;
  }
  return best !== undefined && best.left * 10 <= repeats ? best.name : undefined;
}

/** Times that come twice, and the column that tells them apart if there is one. */
export function* repeated(
  bars: Bars,
  words: Words,
  most: number,
  key: string | undefined,
): Steps<Found> {
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
    says: key === undefined ? says : `${says}, and column "${key}" tells them apart`,
    advice:
      key === undefined
        ? words.unique([...over, time])
        : `give ${words.over([...over, key])}; the rest of this report is within ${[...over, key].join(", ")}`,
  };
}
