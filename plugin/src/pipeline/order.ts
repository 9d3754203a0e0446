/** Features need bars in the order of their times: a pipeline refuses others. */

import { TaError } from "../core/errors.js";
import { sentence } from "../core/sentence.js";
import { matching } from "../core/usual.js";
import { deferStage } from "../lazy/deferred.js";
import { columnTypes, type Schema } from "../lazy/frames.js";
import type { Scope } from "../lazy/scope.js";
import { type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import { type Advice, pipelineAdvice, TIME_OPTION } from "../times/advice.js";
import { candidates, timesColumn } from "../times/choose.js";
import { checkOrder } from "../times/order.js";
import { readTimes } from "../times/read.js";

/** How the order of the rows is checked, and what is said about it. */
export interface Ordering {
  /** What sentences begin with. */
  readonly what: string;
  readonly advice: Advice;
  /** The column with the times; `false` takes the rows as they are. */
  readonly time?: string | false | undefined;
  /** How its values are written. */
  readonly timeFormat?: string | undefined;
  /** What its values say, if that is known. */
  readonly times?: NativeExpr;
  /** What sentences call the first row, where it is not 0. */
  readonly first?: number;
}

/** The order that a configuration asks for. */
export const orderingOf = (config: {
  readonly time?: string | false;
  readonly timeFormat?: string;
}): Ordering => ({
  what: "pipeline",
  advice: pipelineAdvice,
  time: config.time,
  timeFormat: config.timeFormat,
});

/** Columns of which one may have the times. */
export function timeCandidates(
  schema: Schema,
  over: readonly string[],
  { time }: Ordering,
): string[] {
  if (time === false) return [];
  return time === undefined ? candidates(schema, over) : [time];
}

/**
 * The rows of a plan, which are refused when it is run if they are not in the order of the
 * times within their groups. The plan is run once, with the columns that are read.
 *
 * @param whole The rows with all columns, if the plan has not all.
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
    throw new TaError(
      sentence`${what}: times are written ${timeFormat}, but no column has any; say which one with ${TIME_OPTION}`,
    );
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

/** Refuses rows that are not in the order of the times, if they have any. */
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
