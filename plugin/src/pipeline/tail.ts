/** Takes the end of a frame, with the history that its values need. */

import { type NativeExpr, type NativeLazy, native } from "../polars/native.js";

const ROW = "__ta_row";

/** The number of rows from a row to the end of its group, itself included. */
const fromEnd = (keys: readonly NativeExpr[]): NativeExpr =>
  within(native.col(ROW).cumCount(true), keys);

const within = (expr: NativeExpr, keys: readonly NativeExpr[]): NativeExpr =>
  keys.length > 0 ? expr.over([...keys]) : expr;

/**
 * The last `rows` rows of each group, and `history` rows before them in which none of the columns
 * `read` is missing. Rows that an indicator skips are no history.
 */
export function withHistory(
  plan: NativeLazy,
  rows: number,
  history: number,
  read: readonly string[],
  numeric: (column: string) => boolean,
  keys: readonly NativeExpr[],
): NativeLazy {
  const numbered = plan.withRowIndex(ROW, 0);
  if (!Number.isFinite(history)) return numbered;
  const complete = read.map((name) => {
    const column = native.col(name);
    return numeric(name) ? column.isNotNull().and(column.isFinite()) : column.isNotNull();
  });
  const wanted = fromEnd(keys).ltEq(native.lit(rows));
  const counted = complete.reduce((all, each) => all.and(each), wanted.not());
  const before = within(counted.cumSum(true), keys);
  return numbered.filter(wanted.or(before.ltEq(native.lit(history))));
}

/** The last `rows` rows of each group in the result of {@link withHistory}. */
export function onlyLast(plan: NativeLazy, rows: number, keys: readonly NativeExpr[]): NativeLazy {
  return plan.filter(fromEnd(keys).ltEq(native.lit(rows))).dropColumns([ROW]);
}
