/** The times of files: which column has them, what they say, and rows sorted by them. */

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
import { type Advice, TIME_OPTION } from "../times/advice.js";
import { timesColumn } from "../times/choose.js";
import { readTimes } from "../times/read.js";
import type { Look } from "../times/values.js";
import { sinkFile } from "./formats.js";
import type { Source } from "./sources.js";

/** What is asked of the times of files. */
export interface Wanted {
  readonly what: string;
  readonly advice: Advice;
  /** The column with the times; `false` for none. */
  readonly time?: string | false | undefined;
  readonly timeFormat?: string | undefined;
  readonly over: readonly string[];
  /** Where a few rows may be written on their way: then not all rows have to be in memory. */
  readonly folder?: string;
}

/** Files whose times are known. */
export interface Timed extends Source {
  /** The column with the times, if there is one. */
  readonly time?: string;
  /** What orders its rows. */
  readonly times?: NativeExpr;
}

/**
 * Finds and reads the times of files. A CSV file has no types, so there they become Date or
 * Datetime; columns of other files stay as they are.
 *
 * @throws TaError if the times cannot be read.
 */
export async function withTimes(source: Source, wanted: Wanted): Promise<Timed> {
  const { what, advice, time: asked, timeFormat: format, over } = wanted;
  const look = wanted.folder === undefined ? undefined : lookThrough(wanted.folder);
  const plan = planOf(source.plan);
  const among = { what, advice, skip: over, look };
  const time = await runAsync(
    asked === false ? none() : timesColumn(plan, { ...among, schema: likely(source), asked }),
  );
  if (time === undefined && format !== undefined && asked !== false) {
    throw new TaError(
      sentence`${what}: times are written ${format}, but no column has any; say which one with ${TIME_OPTION}`,
    );
  }
  const read = (column: string, pattern?: string) => {
    const type = source.schema.get(column) ?? { variant: "" };
    return runAsync(readTimes(plan, { what, advice, look, column, type, format: pattern }));
  };
  const reading = time === undefined ? undefined : await read(time, format);
  const typed = new Map<string, NativeExpr>();
  if (source.files.every(({ format }) => format.kind === "csv")) {
    if (time !== undefined && reading?.times) typed.set(time, reading.expr);
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

// biome-ignore lint/correctness/useYield: there is nothing to wait for
function* none(): Steps<undefined> {
  return undefined;
}

/** The types of columns, of texts that look like dates the one that they will have. */
function likely({ schema, dates }: Source): Schema {
  const types = new Map(schema);
  for (const name of dates) types.set(name, { variant: "Datetime" });
  return types;
}

/** A column beside the times need not be one that can be read. */
function stayText(error: unknown): undefined {
  if (error instanceof TaError) return undefined;
  throw error;
}

/** Runs plans in pieces and without blocking, as polars does with those that end in a file. */
function lookThrough(folder: string): Look {
  let count = 0;
  return function* (plan: NativeLazy): Steps<NativeFrame> {
    const path = join(folder, `look-${count++}.arrow`);
    const sink = sinkFile(wrappers.lazy._LazyDataFrame(plan), path, { kind: "ipc" });
    yield* take({ sync: () => sink.collectSync(), async: () => sink.collect() });
    return native.readIpc(path, {});
  };
}

const SORT = "__ta_sort";

/** The rows sorted by groups and times, rows of one time in the order that they had. */
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
