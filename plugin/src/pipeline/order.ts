import { matching } from "../core/usual.js";
import { deferStage } from "../lazy/deferred.js";
import { columnTypes, type Schema } from "../lazy/frames.js";
import type { Scope } from "../lazy/scope.js";
import { type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import { type Advice, noTimes, pipelineAdvice } from "../times/advice.js";
import { candidates, timesColumn } from "../times/choose.js";
import { checkOrder } from "../times/order.js";
import { readTimes } from "../times/read.js";

/** How to check the order of the rows, and the words for errors. */
export interface Ordering {
  /** The beginning of error messages. */
  readonly what: string;
  readonly advice: Advice;
  /** The column of the times; `false` skips the check. */
  readonly time?: string | false | undefined;
  /** How its values are written. */
  readonly timeFormat?: string | undefined;
  /** The parsed times, if they are known already. */
  readonly times?: NativeExpr;
  /** The number of the first row in messages. Default 0. */
  readonly first?: number;
}

/** The check that a configuration asks for. */
export const orderingOf = (config: {
  readonly time?: string | false;
  readonly timeFormat?: string;
}): Ordering => ({
  what: "pipeline",
  advice: pipelineAdvice,
  time: config.time,
  timeFormat: config.timeFormat,
});

/** Columns that may be the times. */
export function timeCandidates(
  schema: Schema,
  over: readonly string[],
  { time }: Ordering,
): string[] {
  if (time === false) return [];
  return time === undefined ? candidates(schema, over) : [time];
}

/**
 * The rows of a plan. Running it throws if they are not in the order of their times within groups.
 * The plan is run once, with the columns that are read.
 *
 * @param whole The rows with all columns, if the plan does not have all.
 */
export function inTimeOrder(
  plan: NativeLazy,
  over: readonly string[],
  ordering: Ordering,
  whole?: () => NativeLazy,
): NativeLazy {
  const schema = columnTypes(plan);
  const possible = timeCandidates(schema, over, ordering);
  if (possible.length === 0) {
    if (ordering.timeFormat === undefined || ordering.time === false) return plan;
    const { what, timeFormat } = ordering;
    throw noTimes(what, timeFormat);
  }
  return deferStage([plan], function* ([rows], scope: Scope, after): Steps<NativeLazy> {
    const all = rows as NativeLazy;
    if (scope.describeOnly) return all;
    const columns = [...schema.keys()];
    const asked = [...(after ?? [])].flatMap(([name, how]) =>
      how === "usual" ? matching(name, columns) : [name],
    );
    const read = new Set([...asked, ...over, ...possible].filter((name) => schema.has(name)));
    const narrow = after ? all.select([...read].map((name) => native.col(name))) : all;
    const kept = (yield* collect(narrow)).lazy();
    yield* checkRows(kept, over, ordering, whole ?? (() => all));
    return kept;
  });
}

/** Throws if rows have times and are not in their order. */
function* checkRows(
  rows: NativeLazy,
  over: readonly string[],
  { what, advice, time, timeFormat, times, first = 0 }: Ordering,
  whole: () => NativeLazy,
): Steps<void> {
  const schema = columnTypes(rows);
  const asked = time === false ? undefined : time;
  const column = yield* timesColumn(rows, { what, advice, schema, asked, skip: over });
  const type = column === undefined ? undefined : schema.get(column);
  if (column === undefined || type === undefined) return;
  const of = { what, column, type, advice, format: timeFormat };
  const expr = times ?? (yield* readTimes(rows, of)).expr;
  const keys = over.map((name) => native.col(name));
  yield* checkOrder(rows, {
    ...{ what, column, keys, first, advice, whole },
    times: expr,
    repeats: "refused",
  });
}
