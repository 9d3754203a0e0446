/** Which rows of a frame belong together. */

import type { Evaluation } from "./addon.js";
import { collect } from "./evaluate.js";
import { type NativeExpr, type NativeFrame, native } from "./polars.js";
import type { Steps } from "./steps.js";
import { fromTree, type Tree, toTree } from "./tree.js";

const ROW = "__ta_row";
const FIRST = "__ta_first";

const keyName = (index: number): string => `__ta_key_${index}`;

/**
 * Gives an evaluation a partition. Where equal keys stand together, which costs one
 * comparison of neighbours to find out, polars groups the runs instead of all the rows.
 */
export function* giveGroups(
  frame: NativeFrame,
  keys: readonly Tree[],
  evaluation: Evaluation,
  partition: number,
): Steps<"runs" | "rows"> {
  const named = keys.map((key, index) => fromTree(key).alias(keyName(index)));
  const columns = keys.map((_, index) => native.col(keyName(index)));
  // All columns of a frame are of its height: literals and aggregates are stretched to it.
  const keyed = frame.lazy().withColumns(named).select(columns).withRowIndex(ROW, 0);
  const first = native.col(ROW).first().over(columns).alias(FIRST);
  const starts = yield* collect(keyed.filter(startsRun(columns)));
  if (starts.height * 2 <= frame.height) {
    const runs = yield* collect(starts.lazy().select([native.col(ROW), first]));
    evaluation.groupByRuns(partition, numbers(runs, 0), numbers(runs, 1));
    return "runs";
  }
  const rows = yield* collect(keyed.select([first]));
  evaluation.groupByFirstRow(partition, numbers(rows, 0));
  return "rows";
}

function numbers(frame: NativeFrame, column: number): Uint32Array {
  return frame.selectAtIdx(column).toTypedArray() as Uint32Array;
}

/** Whether a row's keys are not those of the row before. */
function startsRun(columns: readonly NativeExpr[]): NativeExpr {
  const one = native.lit(1);
  const isFirst = native.col(ROW).lt(one);
  const differs = (key: NativeExpr): NativeExpr => {
    // Null is a key like others, which the plain comparison does not say.
    const [left, right] = [toTree(key), toTree(key.shift(one))];
    return fromTree({ BinaryExpr: { left, op: "NotEqValidity", right } });
  };
  return columns.map(differs).reduce((any, each) => any.or(each), isFirst);
}
