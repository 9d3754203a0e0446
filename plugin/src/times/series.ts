/** Columns that tell several series of bars apart in one frame, such as that of the symbols. */

import type { Schema } from "../lazy/frames.js";
import { type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import type { Steps } from "../polars/steps.js";
import { isNumberType, isTextType, isUsualTime } from "./choose.js";
import { count, record } from "./values.js";

/** Columns that a frame was to be computed within. */
export interface Series {
  readonly columns: readonly string[];
  /** Whether times go forward within each series as the rows stand. */
  readonly ordered: boolean;
  /** Whether times go back within each series from row to row. */
  readonly newestFirst: boolean;
  /** Whether there may be another explanation: nothing is repeated, and the name is not a usual one. */
  readonly unsure: boolean;
}

/** Rows with what is known of them. */
export interface Known {
  readonly bars: NativeLazy;
  /** The times and the groups that they have already. */
  readonly time: NativeExpr;
  readonly keys: readonly NativeExpr[];
  /** Whether times are repeated within these groups and must not be. */
  readonly repeated: boolean;
}

/** Usual names of such columns. */
const NAMES =
  /^(symbol|sym|ticker|instrument|asset|security|stock|share|coin|pair|contract|isin|cusip|sedol|figi|ric|permno|permco|gvkey|code|market|exchange)s?[_ ]?(id|code|name)?$/i;

/** Columns of numbers are prices, unless they are named like something that identifies. */
const IDENTIFIES = /(^|[_ ])(id|code)$/i;

const MOST = 8;

/** The columns that tell series apart, as few as do: those that make times come once, or in order. */
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
    // As many values as rows number the rows; one value tells nothing apart.
    if (groups <= numberOf("own") || groups * 2 > numberOf("rows")) return [];
    const usual = columns.every((name) => NAMES.test(name));
    const apart = repeated ? times === numberOf("rows") : usual || back === 0;
    if (!apart) return [];
    const order = { ordered: back === 0, newestFirst: forward === 0 && back > 0 };
    return [{ columns, ...order, unsure: !repeated && !usual, usual, groups }];
  });
  return series.sort((a, b) => Number(b.usual) - Number(a.usual) || a.groups - b.groups)[0];
}
