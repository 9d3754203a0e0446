/** Counts the rows with a fault, and reads the first of them. */

import type { DataFrame } from "nodejs-polars";
import { DataType, type NativeExpr, type NativeLazy, wrappers } from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import { type Bars, col, count, keyName, lit, ROW, TIME } from "./columns.js";
import type { Place } from "./report.js";

const HIT = "hit";
const value = (name: string): string => `value_${name}`;

/** Rows of a plan as objects. */
export function* records(plan: NativeLazy): Steps<Record<string, unknown>[]> {
  return (wrappers.frame._DataFrame(yield* collect(plan)) as DataFrame).toRecords();
}

/** The only row of a plan. */
export function* one(plan: NativeLazy, exprs: Readonly<Record<string, NativeExpr>>) {
  const named = Object.entries(exprs).map(([name, expr]) => expr.alias(name));
  const [row = {}] = yield* records(plan.select(named));
  return row as Record<string, number | null>;
}

/** The number of rows with a fault, and the first of them. */
export interface Seen {
  readonly count: number;
  readonly places: readonly Place[];
}

/** The rows in which `test` holds, with values for the report. */
export function* seen(
  bars: Bars,
  test: NativeExpr,
  values: Readonly<Record<string, NativeExpr>>,
  most: number,
): Steps<Seen> {
  const { n } = yield* one(bars.plan, { n: count(test) });
  if (!n) return { count: 0, places: [] };
  return { count: n, places: yield* placesWhere(bars, test, values, most) };
}

/** The first rows in which `test` holds as places. */
export function placesWhere(
  bars: Bars,
  test: NativeExpr,
  values: Readonly<Record<string, NativeExpr>>,
  most: number,
): Steps<Place[]> {
  const shown = Object.entries(values).map(([name, expr]) => expr.alias(value(name)));
  const rows = bars.plan.withColumns([test.alias(HIT), ...shown]).filter(col(HIT));
  return placesOf(bars, rows, Object.keys(values), most);
}

/** The first rows of a plan as places. */
export function* placesOf(
  { columns: { over, time }, moved }: Bars,
  rows: NativeLazy,
  names: readonly string[],
  most: number,
): Steps<Place[]> {
  const picked = [
    col(ROW),
    ...(time === undefined ? [] : [col(TIME).cast(DataType.Utf8, false)]),
    ...over.map((_, index) => col(keyName(index))),
    ...names.map((name) => col(value(name))),
  ];
  const first = (moved ? yield* foremost(rows, most) : rows).slice(0, most);
  return (yield* records(first.select(picked))).map((row) => ({
    row: row[ROW] as number,
    ...(time !== undefined && { time: shortTime(row[TIME]) }),
    ...(over.length > 0 && {
      group: Object.fromEntries(over.map((name, index) => [name, row[keyName(index)]])),
    }),
    values: Object.fromEntries(names.map((name) => [name, row[value(name)]])),
  }));
}

/** The first rows in the order of the frame, at least `most`. Sorting all would take longer. */
function* foremost(rows: NativeLazy, most: number): Steps<NativeLazy> {
  const hits = yield* collect(rows.select([col(ROW)]));
  const below = (limit: number) => count(col(ROW).lt(lit(limit)));
  let [limit, found] = [most, 0];
  while (found < Math.min(most, hits.height)) {
    limit *= 16;
    found = (yield* one(hits.lazy(), { n: below(limit) })).n ?? 0;
  }
  return rows.filter(col(ROW).lt(lit(limit))).sort([ROW], [false], [false], true, true);
}

/** The text of a time without zeros at its end. */
export function shortTime(text: unknown): string | null {
  if (text == null) return null;
  const bare = String(text).replace(/(:\d\d)\.(\d*?)0+(?=$| )/, (_, seconds, digits) =>
    digits === "" ? seconds : `${seconds}.${digits}`,
  );
  return bare.replace(/^(\d{4}-\d\d-\d\d) 00:00:00(?=$| UTC$)/, "$1");
}
