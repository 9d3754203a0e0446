/** Finds columns that separate several series in one frame, such as that of the symbols. */

import type { Schema } from "../lazy/frames.js";
import { type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import type { Steps } from "../polars/steps.js";
import { isNumberType, isTextType, isUsualTime } from "./choose.js";
import { count, record } from "./values.js";

/** Columns that separate series. */
export interface Series {
  readonly columns: readonly string[];
  /** Whether times go forward within each series. */
  readonly ordered: boolean;
  /** Whether times go back from row to row within each series. */
  readonly newestFirst: boolean;
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

/**
 * The fewest columns that separate series: within them no time repeats, or all times are in order.
 */
export function* seriesIn(
  schema: Schema,
  skip: readonly string[],
  known: Known,
): Steps<Series | undefined> {
  const candidates = [...schema]
    .filter(([name, type]) => {
      if (skip.includes(name) || isUsualTime(name)) return false;
      return (
        isTextType(type) || (isNumberType(type) && (NAMES.test(name) || IDENTIFIES.test(name)))
      );
    })
    .map(([name]) => name)
    .sort((a, b) => Number(NAMES.test(b)) - Number(NAMES.test(a)))
    .slice(0, MOST);
  for (const size of [1, 2, 3]) {
    const found = yield* best(combinations(candidates, size), known);
    if (found) return found;
  }
  return undefined;
}

function combinations(names: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return names.flatMap((name, index) =>
    combinations(names.slice(index + 1), size - 1).map((rest) => [name, ...rest]),
  );
}

function* best(
  sets: readonly (readonly string[])[],
  { bars, time, keys, repeated }: Known,
): Steps<Series | undefined> {
  if (sets.length === 0) return undefined;
  const facts = sets.flatMap((columns, index) => {
    const within = [...keys, ...columns.map((name) => native.col(name))];
    const before = time.shift(native.lit(1)).over(within);
    return [
      native.asStruct(within).nUnique().alias(`groups${index}`),
      native
        .asStruct([...within, time])
        .nUnique()
        .alias(`times${index}`),
      count(time.lt(before)).alias(`back${index}`),
      count(time.gt(before)).alias(`forward${index}`),
    ];
  });
  const own = keys.length > 0 ? native.asStruct([...keys]).nUnique() : native.lit(1);
  const all = [own.alias("own"), count(time.isNotNull()).alias("rows"), ...facts];
  const found = (yield* record(bars.select(all))) ?? {};
  const numberOf = (name: string) => Number(found[name]);
  const series = sets.flatMap((columns, index) => {
    const [groups, times, back, forward] = ["groups", "times", "back", "forward"].map((name) =>
      numberOf(`${name}${index}`),
    ) as [number, number, number, number];
    // A column with only one value, or with nearly as many values as rows, separates no series.
    if (groups <= numberOf("own") || groups * 2 > numberOf("rows")) return [];
    const usual = columns.every((name) => NAMES.test(name));
    const apart = repeated ? times === numberOf("rows") : usual || back === 0;
    if (!apart) return [];
    const order = { ordered: back === 0, newestFirst: forward === 0 && back > 0 };
    return [{ columns, ...order, unsure: !repeated && !usual, usual, groups }];
  });
  return series.sort((a, b) => Number(b.usual) - Number(a.usual) || a.groups - b.groups)[0];
}
