/** Finds the groups of a frame's rows. */

import type { Evaluation } from "../core/addon.js";
import { differ } from "../polars/functions.js";
import {
  DataType,
  type NativeExpr,
  type NativeFrame,
  type NativeLazy,
  native,
} from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import { fromTree, type Tree } from "../polars/tree.js";

const keyName = (index: number): string => `__ta_key_${index}`;

/** How the groups of a partition were found, and what still has to be passed to the addon. */
export interface Found {
  readonly by: "runs" | "rows";
  /** For each row, the first row with the same keys: a column to pass with the inputs. */
  readonly column?: NativeExpr;
}

/** The column of row numbers that the column of {@link Found} reads. */
export const ROW = "__ta_row";

/**
 * Passes a partition to an evaluation. If equal keys follow each other, which one comparison of
 * neighbours shows, polars groups the runs instead of all rows.
 */
export function* giveGroups(
  frame: NativeFrame,
  keys: readonly Tree[],
  evaluation: Evaluation,
  partition: number,
  large: boolean,
): Steps<Found> {
  const named = keys.map((key, index) => fromTree(key).alias(keyName(index)));
  const columns = keys.map((_, index) => native.col(keyName(index)));
  // `withColumns` stretches literals and aggregates to the height of the frame.
  const keyed = frame.lazy().withColumns(named).select(columns);
  const changes = yield* keyChanges(keyed, columns, frame.height);
  const first = native.col(ROW).first().over(columns);
  if (changes.height * 2 > frame.height) {
    if (large) return { by: "rows", column: native.col(ROW).first().over(keys.map(fromTree)) };
    const rows = yield* collect(keyed.withRowIndex(ROW, 0).select([first]));
    evaluation.groupByFirstRow(partition, numbers(rows, 0));
    return { by: "rows" };
  }
  const starts = runStarts(changes, frame.height);
  const row = native.JsSeries.newUint32Array(ROW, starts);
  const runs = columns.map((key) => key.gather(native.litSeries(row)));
  const numbered = keyed.select([native.litSeries(row), ...runs]);
  const firsts = yield* collect(numbered.select([first]));
  evaluation.groupByRuns(partition, starts, numbers(firsts, 0));
  return { by: "runs" };
}

/** The rows whose keys differ from those of the row before; not the first row. */
export function* keyChanges(
  plan: NativeLazy,
  keys: readonly NativeExpr[],
  rows: number,
): Steps<NativeFrame> {
  const next = native.argWhere(changed(keys, rows)).add(native.lit(1));
  return yield* collect(plan.select([next.cast(DataType.UInt32, true)]));
}

/** The first row of each run of equal keys. */
export function runStarts(changes: NativeFrame, rows: number): Uint32Array {
  return withFirst(numbers(changes, 0), rows);
}

function numbers(frame: NativeFrame, column: number): Uint32Array {
  return frame.selectAtIdx(column).toTypedArray() as Uint32Array;
}

/** Whether the keys of each row but the last differ from those of the next. */
function changed(columns: readonly NativeExpr[], rows: number): NativeExpr {
  const length = native.lit(Math.max(0, rows - 1));
  const changes = (key: NativeExpr): NativeExpr =>
    differ(key.slice(native.lit(0), length), key.slice(native.lit(1), length));
  return columns.map(changes).reduce((any, each) => any.or(each));
}

/** Adds row 0, which always begins a run, if there are rows. */
function withFirst(others: Uint32Array, rows: number): Uint32Array {
  const starts = new Uint32Array(rows === 0 ? 0 : others.length + 1);
  if (rows > 0) starts.set(others, 1);
  return starts;
}
