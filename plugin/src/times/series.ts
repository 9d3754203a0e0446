/** Finds columns that separate several series in one frame, such as that of the symbols. */

import type { Schema } from "../lazy/frames.js";
import { DataType, type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import { isNumberType, isTextType, isUsualTime } from "./choose.js";
import { count, record } from "./values.js";

/** Columns that separate series. */
export interface Series {
  readonly columns: readonly string[];
  /**
   * Whether the rows may be out of order for another reason: no time repeats, and the column has no
   * usual name.
   */
  readonly unsure: boolean;
}

/** Rows, with their times and known groups. */
export interface Known {
  readonly bars: NativeLazy;
  /** The times. */
  readonly time: NativeExpr;
  /** The groups that the caller named. */
  readonly keys: readonly NativeExpr[];
  /** Whether times repeat within these groups and must not. */
  readonly repeated: boolean;
}

/** Usual names of columns that separate series. */
const NAMES =
  /^(symbol|sym|ticker|instrument|asset|security|stock|share|coin|pair|contract|isin|cusip|sedol|figi|ric|permno|permco|gvkey|code|market|exchange)s?[_ ]?(id|code|name)?$/i;

/** Columns of numbers are prices, unless the name says that they identify something. */
const IDENTIFIES = /(^|[_ ])(id|code)$/i;

const MOST = 8;

/** Whether a column has a usual name of those that separate series. */
export const isUsualSeries = (name: string): boolean => NAMES.test(name);

/** The columns that may separate series, by their types and names. */
export function separators(schema: Schema, skip: readonly string[]): string[] {
  return [...schema]
    .filter(([name, type]) => {
      if (skip.includes(name) || isUsualTime(name)) return false;
      return (
        isTextType(type) || (isNumberType(type) && (NAMES.test(name) || IDENTIFIES.test(name)))
      );
    })
    .map(([name]) => name)
    .sort((a, b) => Number(isUsualSeries(b)) - Number(isUsualSeries(a)))
    .slice(0, MOST);
}

/**
 * The fewest of the columns that separate series: within them no time repeats, or all times are in
 * order.
 */
export function* seriesIn(names: readonly string[], known: Known): Steps<Series | undefined> {
  if (names.length === 0) return undefined;
  const rows = yield* rowsOf(names, known);
  for (const size of [1, 2, 3]) {
    const sets = combinations(names, size);
    // Of several that separate series, the usual names are right.
    for (const usual of [true, false]) {
      const some = sets.filter((columns) => columns.every(isUsualSeries) === usual);
      const columns = yield* best(some, usual, rows);
      if (columns) return { columns, unsure: !known.repeated && !usual };
    }
  }
  return undefined;
}

/** How many rows of a group have an earlier time than the row before, and how many a later one. */
export function* directions(
  { bars, time, keys }: Known,
  columns: readonly string[],
): Steps<{ readonly back: number; readonly forward: number }> {
  const within = [...keys, ...columns.map((name) => native.col(name))];
  const before = time.shift(native.lit(1)).over(within);
  const steps = [count(time.lt(before)).alias("back"), count(time.gt(before)).alias("forward")];
  const { back, forward } = (yield* record(bars.select(steps))) ?? {};
  return { back: Number(back), forward: Number(forward) };
}

function combinations(names: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return names.flatMap((name, index) =>
    combinations(names.slice(index + 1), size - 1).map((rest) => [name, ...rest]),
  );
}

/** The rows, read once. */
interface Rows extends Known {
  readonly height: number;
  /** How many rows have a time. */
  readonly timed: number;
  /** The number of known groups. */
  readonly groups: number;
}

const TIME = "__ta_time";
const NUMBER = "__ta_number";
const keyName = (index: number): string => `__ta_key_${index}`;

function* rowsOf(names: readonly string[], known: Known): Steps<Rows> {
  const keys = known.keys.map((key, index) => key.alias(keyName(index)));
  const columns = names.map((name) => native.col(name));
  const numbered = known.bars
    .select([known.time.alias(TIME), ...keys, ...columns])
    .withRowIndex(NUMBER, 0);
  const frame = yield* collect(numbered);
  const rows = {
    ...known,
    bars: frame.lazy(),
    time: native.col(TIME),
    keys: known.keys.map((_, index) => native.col(keyName(index))),
    height: frame.height,
  };
  const timed = yield* record(rows.bars.select([count(rows.time.isNotNull()).alias("timed")]));
  const groups = rows.keys.length > 0 ? yield* groupsOf(rows.bars, rows.keys) : 1;
  return { ...rows, timed: Number(timed?.timed), groups };
}

/** For each row, the first row with the same values. */
const firstRow = (within: NativeExpr[]): NativeExpr =>
  native.col(NUMBER).first().over(within).cast(DataType.UInt64, true);

function* groupsOf(bars: NativeLazy, within: readonly NativeExpr[]): Steps<number> {
  return (yield* collect(bars.groupby([...within], false).agg([]))).height;
}

/** The columns with the fewest groups among those that separate series. */
function* best(
  sets: readonly (readonly string[])[],
  usual: boolean,
  rows: Rows,
): Steps<readonly string[] | undefined> {
  const found: { readonly columns: readonly string[]; readonly groups: number }[] = [];
  for (const columns of sets) {
    const groups = yield* groupsOf(rows.bars, withinOf(rows, columns));
    // Columns with only one value, or with nearly as many values as rows, separate no series.
    if (groups <= rows.groups || groups * 2 > rows.timed) continue;
    found.push({ columns, groups });
  }
  for (const { columns } of found.sort((a, b) => a.groups - b.groups)) {
    if (yield* separates(columns, usual, rows)) return columns;
  }
  return undefined;
}

const withinOf = ({ keys }: Rows, columns: readonly string[]): NativeExpr[] => [
  ...keys,
  ...columns.map((name) => native.col(name)),
];

function* separates(columns: readonly string[], usual: boolean, rows: Rows): Steps<boolean> {
  if (!rows.repeated) return usual || (yield* directions(rows, columns)).back === 0;
  // One number for the group and the time is much faster to count than both.
  const height = native.lit(BigInt(rows.height)).cast(DataType.UInt64, true);
  const both = firstRow(withinOf(rows, columns))
    .mul(height)
    .add(firstRow([rows.time]));
  const found = yield* record(rows.bars.select([both.nUnique().alias("times")]));
  return Number(found?.times) === rows.timed;
}
