/** Finds and reads the times of files, and sorts by them. */

import { join } from "node:path";
import type { LazyDataFrame } from "nodejs-polars";
import { TaError } from "../core/errors.js";
import { sentence } from "../core/sentence.js";
import { columnTypes, planOf, type Schema } from "../lazy/frames.js";
import {
  type NativeExpr,
  type NativeFrame,
  type NativeLazy,
  native,
  wrappers,
} from "../polars/native.js";
import { runAsync, type Steps, take } from "../polars/steps.js";
import { type Advice, noTimes, TIME_OPTION } from "../times/advice.js";
import { timesColumn } from "../times/choose.js";
import { readTimes } from "../times/read.js";
import type { Probe } from "../times/values.js";
import { sinkFile } from "./formats.js";
import type { Source } from "./sources.js";

/** How to find and read the times of files. */
export interface Wanted {
  readonly what: string;
  readonly advice: Advice;
  /** The column of the times; `false` for none. */
  readonly time?: string | false | undefined;
  readonly timeFormat?: string | undefined;
  readonly over: readonly string[];
  /** A folder for small results. With one, queries over the times need not load all rows. */
  readonly folder?: string;
}

/** Files, and their times. */
export interface Timed extends Source {
  /** The column of the times, if there is one. */
  readonly time?: string;
  /** The values that order the rows. */
  readonly times?: NativeExpr;
}

/**
 * Finds and reads the times of files. In CSV files, which have no types, columns of times become
 * Date or Datetime; columns of other files stay unchanged.
 *
 * @throws TaError if the times cannot be read.
 */
export async function withTimes(source: Source, wanted: Wanted): Promise<Timed> {
  const { what, advice, time: asked, timeFormat: format, over } = wanted;
  const probe = wanted.folder === undefined ? undefined : probeThroughFile(wanted.folder);
  const plan = planOf(source.plan);
  const among = { what, advice, skip: over, probe };
  const time = await runAsync(
    asked === false ? none() : timesColumn(plan, { ...among, schema: likely(source), asked }),
  );
  if (time === undefined && format !== undefined && asked !== false) {
    throw noTimes(what, format);
  }
  const read = (column: string, pattern?: string) => {
    const type = source.schema.get(column) ?? { variant: "" };
    return runAsync(readTimes(plan, { what, advice, probe, column, type, format: pattern }));
  };
  const reading = time === undefined ? undefined : await read(time, format);
  const typed = new Map<string, NativeExpr>();
  const texts = source.files.every(({ format }) => format.kind === "csv");
  if (time !== undefined && reading?.times && (texts || time === source.joined)) {
    typed.set(time, reading.expr);
  }
  if (texts) {
    for (const name of source.dates.filter((one) => one !== time && !over.includes(one))) {
      const dates = await read(name).catch(stayText);
      if (dates?.times) typed.set(name, dates.expr);
    }
  }
  const changed = [...typed].map(([name, expr]) => wrappers.expr._Expr(expr.alias(name)));
  const made: LazyDataFrame =
    changed.length > 0 ? source.plan.withColumns(...changed) : source.plan;
  const times = time !== undefined && typed.has(time) ? native.col(time) : reading?.expr;
  return {
    ...source,
    plan: made,
    schema: typed.size > 0 ? columnTypes(planOf(made)) : source.schema,
    ...(time !== undefined && { time }),
    ...(times && { times }),
  };
}

// biome-ignore lint/correctness/useYield: it has no steps
function* none(): Steps<undefined> {
  return undefined;
}

/** The types of columns; texts that look like dates count as Datetime. */
function likely({ schema, dates }: Source): Schema {
  const types = new Map(schema);
  for (const name of dates) types.set(name, { variant: "Datetime" });
  return types;
}

/** Other columns that look like dates stay text if they cannot be read. */
function stayText(error: unknown): undefined {
  if (error instanceof TaError) return undefined;
  throw error;
}

/**
 * Writes the result of a plan to a file. Polars then runs the plan in pieces and without blocking.
 */
function probeThroughFile(folder: string): Probe {
  let count = 0;
  return function* (plan: NativeLazy): Steps<NativeFrame> {
    const path = join(folder, `probe-${count++}.arrow`);
    const sink = sinkFile(wrappers.lazy._LazyDataFrame(plan), path, { kind: "ipc" });
    yield* take({ sync: () => sink.collectSync(), async: () => sink.collect() });
    return native.readIpc(path, {});
  };
}

const SORT = "__ta_sort";

/** Sorts by groups and times. Rows with equal times keep their order. */
export function sortedByTime({ plan, time, times }: Timed, { what, over }: Wanted): LazyDataFrame {
  if (time === undefined || times === undefined) {
    if (over.length > 0) return plan.sort([...over], false, false, true);
    throw new TaError(
      sentence`${what}: there is nothing to sort by, neither groups nor a column with times; say which one has them with ${TIME_OPTION}`,
    );
  }
  const marked: LazyDataFrame = plan.withColumns(wrappers.expr._Expr(times.alias(SORT)));
  return marked.sort([...over, SORT], false, false, true).drop(SORT);
}
