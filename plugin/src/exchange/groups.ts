/** Which rows of a frame belong together. */

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

/** How the rows of a partition were found, and what is still to be handed over. */
export interface Found {
  readonly by: "runs" | "rows";
  /** For each row, the first with the same keys: a column that goes with the inputs. */
  readonly column?: NativeExpr;
}

/** The column of a frame with row numbers that {@link Found} columns read. */
export const ROW = "__ta_row";

/**
 * Gives an evaluation a partition. Where equal keys stand together, which costs one
 * comparison of neighbours to find out, polars groups the runs instead of all the rows.
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
  // All columns of a frame are of its height: literals and aggregates are stretched to it.
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

/** The rows, but for the first, whose keys are not those of the row before. */
export function* keyChanges(
  plan: NativeLazy,
  keys: readonly NativeExpr[],
  rows: number,
): Steps<NativeFrame> {
  const next = native.argWhere(changed(keys, rows)).add(native.lit(1));
  return yield* collect(plan.select([next.cast(DataType.UInt32, true)]));
}

/** The rows with which runs of equal keys begin. */
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

/** The first row as well, which begins a run wherever there is one. */
function withFirst(others: Uint32Array, rows: number): Uint32Array {
  const starts = new Uint32Array(rows === 0 ? 0 : others.length + 1);
  if (rows > 0) starts.set(others, 1);
  return starts;
}
