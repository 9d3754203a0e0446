/**
 * Passes input columns to the addon: as arrays where that is fast, else in an Arrow file that
 * polars writes on its own threads.
 */

import type { Evaluation } from "../core/addon.js";
import { asTaError } from "../core/errors.js";
import { backing } from "../core/memory.js";
import type { Stopwatch } from "../core/trace.js";
import {
  DataType,
  type NativeExpr,
  type NativeFrame,
  type NativeLazy,
  type NativeSeries,
  native,
} from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import { fromTree, type Tree } from "../polars/tree.js";
import { ROW } from "./groups.js";

const SINK_OPTIONS = {
  compression: "uncompressed",
  // The oldest level writes no string views, which the addon cannot read.
  compatLevel: "oldest",
  syncOnClose: "none",
  maintainOrder: true,
  mkdir: false,
};

/** A column for the addon. */
export interface InputColumn {
  /** Its name in error messages. */
  readonly name: string;
  readonly kind: string;
  /** The name of the frame's column, if the input is just a column. */
  readonly column: string | undefined;
  readonly tree: Tree;
}

const inputName = (index: number): string => `__ta_in_${index}`;

const groupName = (index: number): string => `__ta_group_${index}`;

/**
 * Passes the input columns to the addon.
 *
 * @param groups Columns of groups, which the file contains too.
 */
export function* giveColumns(
  frame: NativeFrame,
  columns: readonly InputColumn[],
  groups: readonly NativeExpr[],
  evaluation: Evaluation,
  large: boolean,
  watch: Stopwatch,
): Steps<"arrays" | "file"> {
  if (!large) {
    const arrays = yield* asArrays(frame, columns, watch);
    if (arrays) {
      evaluation.takeArrays(arrays);
      watch.lap("copy inputs");
      return "arrays";
    }
  }
  yield* collect(
    evaluated(frame, columns, groups).sinkIpc(
      asTaError(() => evaluation.openFile(backing())),
      SINK_OPTIONS,
    ),
  );
  watch.lap("write inputs");
  return "file";
}

/** The input columns, if all are columns of the frame and need no plan; else undefined. */
function plainColumns(
  frame: NativeFrame,
  columns: readonly InputColumn[],
): NativeSeries[] | undefined {
  const names = columns.map(({ column }) => column).filter((name) => name !== undefined);
  if (names.length < columns.length) return undefined;
  try {
    return names.map((name) => frame.column(name));
  } catch {
    // Polars reports a missing column when the plan runs.
    return undefined;
  }
}

function evaluated(
  frame: NativeFrame,
  columns: readonly InputColumn[],
  groups: readonly NativeExpr[] = [],
): NativeLazy {
  const inputs = columns.map(({ tree }, index) => fromTree(tree).alias(inputName(index)));
  const numbered = groups.length > 0 ? frame.lazy().withRowIndex(ROW, 0) : frame.lazy();
  const named = [...inputs, ...groups.map((group, index) => group.alias(groupName(index)))];
  // `withColumns` stretches literals and aggregates to the height of the frame.
  const wide = numbered.withColumns(named);
  const names = [...columns.keys()].map(inputName).concat([...groups.keys()].map(groupName));
  return wide.select(names.map((name) => native.col(name)));
}

/**
 * The columns as arrays with NaN for null; undefined if the addon has to check the type of one.
 */
function* asArrays(
  frame: NativeFrame,
  columns: readonly InputColumn[],
  watch: Stopwatch,
): Steps<Float64Array[] | undefined> {
  let series = plainColumns(frame, columns);
  let inputs: NativeFrame | undefined;
  if (!series) {
    inputs = yield* collect(evaluated(frame, columns));
    series = inputs.getColumns();
  }
  const needed: NativeExpr[] = [];
  for (const [index, { kind }] of columns.entries()) {
    const converted = asNumbers(series[index] as NativeSeries, kind, inputName(index));
    if (converted === undefined) return undefined;
    if (converted) needed.push(converted);
  }
  if (needed.length > 0) {
    const plan = inputs?.lazy() ?? evaluated(frame, columns);
    series = (yield* collect(plan.withColumns(needed))).getColumns();
  }
  watch.lap("evaluate inputs");
  return series.map((column) => column.toTypedArray() as Float64Array);
}

/**
 * The expression that makes a column numbers without nulls; null if it is that already, undefined
 * if its type does not allow it.
 */
function asNumbers(
  series: NativeSeries,
  kind: string,
  name: string,
): NativeExpr | null | undefined {
  const dtype = typeof series.dtype === "string" ? series.dtype : series.dtype.variant;
  const isNumber = kind === "number" ? NUMBERS.has(dtype) : KEYS.has(dtype);
  if (!isNumber) return undefined;
  let expr = native.col(name);
  if (dtype !== "Float64") {
    if (TEMPORAL.has(dtype)) expr = expr.cast(DataType.Int64, true);
    expr = expr.cast(DataType.Float64, true);
  } else if (!series.hasNulls()) {
    return null;
  }
  return expr.fillNull(native.lit(Number.NaN));
}

const WHOLE = ["Bool", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64"];
const TEMPORAL = new Set(["Date", "Datetime", "Duration", "Time"]);
const NUMBERS = new Set([...WHOLE, "Float32", "Float64"]);
const KEYS = new Set([...WHOLE, ...TEMPORAL]);
