/** `resample`: makes longer bars from bars, or bars from trades. */

import { describe, isOptions } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { ANY, checkOptions, type OptionTypes, word } from "../core/options.js";
import { deferStage, misplaced } from "../lazy/deferred.js";
import {
  BAR_LENGTH,
  BAR_OFFSET,
  columnOf,
  columnTypes,
  type Frame,
  frameLike,
  keysOf,
  planOf,
  type Schema,
  timeColumn,
  usualIn,
} from "../lazy/frames.js";
import { hasPlaceholder } from "../lazy/placeholder.js";
import { neededBefore } from "../lazy/projection.js";
import { isExpr, type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import { frameAdvice } from "../times/advice.js";
import { collectInOrder } from "../times/order.js";
import type { Order } from "../times/rows.js";
import type { ResampleOptions } from "./operations.js";

/** How each column of a bar is computed from its rows. */
const BAR: Record<string, (column: NativeExpr) => NativeExpr> = {
  open: (column) => column.first(),
  high: (column) => column.max(),
  low: (column) => column.min(),
  close: (column) => column.last(),
  volume: (column) => column.sum(),
};

const RESAMPLE = "resample";

/** Names of columns are checked later, against the frame. */
const OPTIONS: OptionTypes<ResampleOptions> = {
  over: ANY,
  time: ANY,
  open: ANY,
  high: ANY,
  low: ANY,
  close: ANY,
  volume: ANY,
  agg: ["an object of expressions by column name", isOptions],
  closed: word("left", "right", "both", "none"),
  label: word("left", "right", "datapoint"),
  startBy: word("window", "datapoint", "monday"),
  offset: BAR_OFFSET,
};

/** `df.ta.resample`. */
export function resample(frame: Frame, every: unknown, given: unknown): Frame {
  const [lengths, isLength] = BAR_LENGTH;
  if (!isLength(every)) {
    throw new TaError(`${RESAMPLE}: every must be ${lengths}, got ${describe(every)}`);
  }
  const length = every as string;
  const options = checkOptions(RESAMPLE, given, OPTIONS);
  const plan = planOf(frame);
  const schema = columnTypes(plan);
  const keys = keysOf(RESAMPLE, "over", options.over);
  const named = [options.over ?? []].flat().filter((key) => typeof key === "string");
  for (const name of named) columnOf(RESAMPLE, "over", name, schema);
  const time = timeColumn(RESAMPLE, "time", options.time, schema, named);
  const aggs = aggregations(options, schema, [...named, time]);
  const { closed = "left", label = "left", startBy = "window", offset = "0ns" } = options;

  const needed = neededBefore("agg", [[...keys, native.col(time), ...aggs]], undefined);
  const source = needed ? plan.select([...needed.keys()].map((name) => native.col(name))) : plan;
  // Several trades may have the same time.
  const order: Order = {
    what: RESAMPLE,
    column: time,
    keys,
    repeats: "allowed",
    advice: frameAdvice(),
    whole: () => plan,
  };
  const bars = deferStage([source], function* ([rows], scope) {
    const sorted = yield* collectInOrder(rows as NativeLazy, order, scope);
    const [by, at] = [keys, native.col(time)];
    const made = sorted
      .groupbyDynamic(at, length, length, offset, label, false, closed, by, startBy)
      .agg(aggs);
    return byGroups(made, keys.length);
  });
  return frameLike(frame, bars);
}

/** Sorts the bars by group: the order in which polars returns groups is arbitrary. */
function byGroups(bars: NativeLazy, count: number): NativeLazy {
  if (count === 0) return bars;
  const keys = bars.columns.slice(0, count);
  const [descending, nullsLast, stable, parallel] = [[false], [false], true, true];
  return bars.sort(keys, descending, nullsLast, stable, parallel);
}

/** The columns of the bars: those of the usual five that the frame has, then those of `agg`. */
function aggregations(
  options: ResampleOptions,
  schema: Schema,
  taken: readonly string[],
): NativeExpr[] {
  const { agg = {} } = options;
  const made = new Map<string, NativeExpr>();
  for (const [name, aggregate] of Object.entries(BAR)) {
    const asked = options[name as keyof ResampleOptions] ?? usualIn(RESAMPLE, name, schema);
    if (asked === undefined) continue;
    const column = columnOf(RESAMPLE, name, asked, schema);
    if (made.has(column)) throw new TaError(`${RESAMPLE}: column "${column}" is given twice`);
    made.set(column, aggregate(native.col(column)).alias(column));
  }
  for (const [name, expr] of Object.entries(agg)) {
    if (!isExpr(expr)) {
      throw new TaError(`${RESAMPLE}: agg.${name} must be an expression, got ${describe(expr)}`);
    }
    if (hasPlaceholder(expr._expr)) throw misplaced(`the agg of ${RESAMPLE}`);
    made.set(name, expr._expr.alias(name));
  }
  const clash = taken.find((name) => made.has(name));
  if (clash !== undefined) {
    throw new TaError(
      `${RESAMPLE}: column "${clash}" is a group or the time, and cannot be aggregated`,
    );
  }
  if (made.size === 0) {
    throw new TaError(
      `${RESAMPLE}: the frame has none of ${Object.keys(BAR).join(", ")}; name its columns, or aggregate others with agg`,
    );
  }
  return [...made.values()];
}
