/**
 * The way of columns to the addon and of results back. Nodejs-polars copies whatever
 * crosses its border, so each way is one copy: as arrays and bytes where that is quick,
 * through an Arrow file that polars writes and scans on its own threads where it would
 * keep the JavaScript thread for long.
 */

import { addon, type Evaluation } from "./addon.js";
import { type Arena, backing, giveArena, takeArena } from "./arenas.js";
import { asTaError, taError } from "./errors.js";
import { collect } from "./evaluate.js";
import { giveGroups } from "./groups.js";
import type { Job } from "./jobs.js";
import {
  DataType,
  type NativeExpr,
  type NativeFrame,
  type NativeLazy,
  type NativeSeries,
  native,
} from "./polars.js";
import { type Step, type Steps, take } from "./steps.js";
import { report, Stopwatch } from "./trace.js";
import { columnName, fromTree, type Tree } from "./tree.js";

/** Results that are computed at once, at most: memory that is used again stays near. */
const ROUND_BYTES = 64 * 2 ** 20;

/** What an asynchronous call may copy on the JavaScript thread: a few milliseconds of it. */
const QUICK_BYTES = 16 * 2 ** 20;

const SINK_OPTIONS = {
  compression: "uncompressed",
  // The oldest level has no string views, which the reader does not know.
  compatLevel: "oldest",
  syncOnClose: "none",
  maintainOrder: true,
  mkdir: false,
};

/** Things that are handed over, equal ones once. */
class Unique<T> {
  readonly items: T[] = [];
  readonly #index = new Map<string, number>();

  add(key: string, make: () => T): number {
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    this.#index.set(key, this.items.length);
    return this.items.push(make()) - 1;
  }
}

/** A column for the addon. */
interface InputColumn {
  /** What errors call it. */
  readonly name: string;
  readonly kind: string;
  /** The column of the frame that it is, where it is just that. */
  readonly column: string | undefined;
  readonly tree: Tree;
}

const inputName = (index: number): string => `__ta_in_${index}`;

/** Computes jobs whose inputs are all columns of `frame`, and adds their results to it. */
export function* compute(frame: NativeFrame, jobs: readonly Job[]): Steps<NativeFrame> {
  const watch = new Stopwatch();
  const columns = new Unique<InputColumn>();
  const partitions = new Unique<readonly Tree[]>();
  const tasks = jobs.map(({ request, inputs: trees, partition, hidden }) => ({
    id: request.id,
    params: request.params,
    ...(request.missing === undefined ? {} : { missing: request.missing }),
    column: hidden,
    inputs: trees.map((tree, slot) => {
      const whole = withinGroups(tree, partition);
      const name = request.names[slot] ?? "";
      // A column of keys is read in another way than one of numbers.
      const kind = request.kinds[slot] ?? "number";
      const key = `${kind} ${JSON.stringify(whole)}`;
      return columns.add(key, () => ({
        name,
        kind,
        column: columnName(whole),
        tree: whole,
      }));
    }),
    ...(partition ? { partition: partitions.add(JSON.stringify(partition), () => partition) } : {}),
  }));
  const evaluation = asTaError(
    () =>
      new addon.Evaluation(
        JSON.stringify({
          rows: frame.height,
          columns: columns.items.map((column) => column.name),
          partitions: partitions.items.length,
          roundBytes: ROUND_BYTES,
          tasks,
        }),
      ),
  );
  try {
    watch.lap("plan");
    const way = yield* chooseWay(evaluation, columns.items.length * frame.height * 8);
    const inputs = yield* giveColumns(frame, columns.items, evaluation, way, watch);
    const groups: ("runs" | "rows")[] = [];
    for (const [index, keys] of partitions.items.entries()) {
      groups.push(yield* giveGroups(frame, keys, evaluation, index));
    }
    if (groups.length > 0) watch.lap("groups");
    const parts = yield* runRounds(evaluation, way, watch);
    const done = frame.hstack(parts.flatMap((part) => part.getColumns()));
    watch.lap("join");
    for (const [part, ms] of JSON.parse(evaluation.times)) watch.add(`ta ${part}`, ms);
    report({
      indicators: jobs.length,
      rows: frame.height,
      inputs,
      results: way.large ? "scan" : "bytes",
      groups,
      rounds: evaluation.rounds.length,
      times: watch.times,
    });
    return done;
  } finally {
    evaluation.close();
  }
}

/** An input expression is evaluated within the groups that its indicator is. */
function withinGroups(tree: Tree, partition: readonly Tree[] | null): Tree {
  if (partition === null || columnName(tree) !== undefined) return tree;
  return {
    Over: { function: tree, partition_by: partition, order_by: null, mapping: "GroupsToRows" },
  };
}

/** How an evaluation exchanges its data. */
interface Way {
  /** The JavaScript thread must not be kept. */
  readonly isAsync: boolean;
  /** What there is to copy would keep it. */
  readonly large: boolean;
}

const ASYNC: Step<boolean> = { sync: () => false, async: async () => true };

function* chooseWay({ rounds }: Evaluation, inputBytes: number): Steps<Way> {
  const isAsync = yield* take(ASYNC);
  const bytes = rounds.reduce((sum, each) => sum + each, inputBytes);
  const forced = process.env.TA_EXCHANGE;
  const large = forced === undefined ? isAsync && bytes > QUICK_BYTES : forced !== "arrays";
  return { isAsync, large };
}

/** Hands the input columns over. */
function* giveColumns(
  frame: NativeFrame,
  columns: readonly InputColumn[],
  evaluation: Evaluation,
  { large }: Way,
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
    evaluated(frame, columns).sinkIpc(
      asTaError(() => evaluation.openFile(backing())),
      SINK_OPTIONS,
    ),
  );
  watch.lap("write inputs");
  return "file";
}

/** The input columns that are columns of the frame, which needs no plan; none if one is not. */
function plainColumns(
  frame: NativeFrame,
  columns: readonly InputColumn[],
): NativeSeries[] | undefined {
  const known = new Set(frame.columns);
  const names = columns.map(({ column }) => column).filter((name) => name !== undefined);
  // A column that is not there is for polars to complain about.
  const plain = names.length === columns.length && names.every((name) => known.has(name));
  return plain ? names.map((name) => frame.column(name)) : undefined;
}

function evaluated(frame: NativeFrame, columns: readonly InputColumn[]): NativeLazy {
  const named = columns.map(({ tree }, index) => fromTree(tree).alias(inputName(index)));
  // All columns of a frame are of its height: literals and aggregates are stretched to it.
  const wide = frame.lazy().withColumns(named);
  return wide.select(columns.map((_, index) => native.col(inputName(index))));
}

/** The columns as arrays with NaN for null, unless one is of a type that the addon has to judge. */
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

/** How a column becomes complete numbers; null when it is so, undefined when it cannot. */
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

/** A round that is being computed. */
interface Running {
  readonly arena: Arena;
  readonly bytes: number;
  readonly done: Step<void>;
}

/** Computes all rounds: each while the results of the one before come into polars. */
function* runRounds(
  evaluation: Evaluation,
  { isAsync, large }: Way,
  watch: Stopwatch,
): Steps<NativeFrame[]> {
  const { rounds } = evaluation;
  const start = (round: number): Running => {
    const bytes = rounds[round] as number;
    const arena = asTaError(() => takeArena(bytes, large));
    return { arena, bytes, done: computing(evaluation, round, arena, isAsync) };
  };
  const parts: NativeFrame[] = [];
  let running: Running | undefined;
  for (let round = 0; round < rounds.length; round++) {
    const current = running ?? start(round);
    running = undefined;
    try {
      yield* take(current.done);
      watch.lap("compute");
      running = round + 1 < rounds.length ? start(round + 1) : undefined;
      parts.push(yield* read(current, large));
      watch.lap("read results");
    } catch (error) {
      // Nobody may have its memory before it is done with it.
      if (running) yield* settle(running);
      throw error;
    } finally {
      giveArena(current.arena);
    }
  }
  return parts;
}

function* settle({ arena, done }: Running): Steps<void> {
  try {
    yield* take(done);
  } finally {
    giveArena(arena);
  }
}

function computing(
  evaluation: Evaluation,
  round: number,
  { native }: Arena,
  isAsync: boolean,
): Step<void> {
  if (!isAsync) {
    evaluation.start(round, native);
    return { sync: () => asTaError(() => evaluation.wait()), async: never };
  }
  const computed = evaluation.compute(round, native).catch((error) => {
    throw taError(error);
  });
  // It is waited for, but perhaps only after something else has failed.
  computed.catch(() => undefined);
  return { sync: never, async: () => computed };
}

const never = (): never => {
  throw new Error("a step was begun in one way and ended in another");
};

function* read({ arena, bytes }: Running, large: boolean): Steps<NativeFrame> {
  if (arena.buffer) return native.readIpc(arena.buffer.subarray(0, bytes), {});
  const path = arena.native.path as string;
  return large ? yield* collect(native.scanIpc(path, {})) : native.readIpc(path, {});
}
