/**
 * The way of columns to the addon and of results back. Nodejs-polars copies whatever
 * crosses its border, so each way is one copy: as arrays and bytes where that is quick,
 * through an Arrow file that polars writes and scans on its own threads where it would
 * keep the JavaScript thread for long.
 */

import { addon, type Evaluation } from "../core/addon.js";
import { asTaError, TaError, taError } from "../core/errors.js";
import { type RoundMemory, takeMemory } from "../core/memory.js";
import { report, Stopwatch } from "../core/trace.js";
import { columnName, isWithin, overOf, within } from "../polars/ast.js";
import { type NativeFrame, native } from "../polars/native.js";
import { collect, type Step, type Steps, take } from "../polars/steps.js";
import { replace, type Tree } from "../polars/tree.js";
import { type Found, giveGroups } from "./groups.js";
import { giveColumns, type InputColumn } from "./inputs.js";
import type { Job } from "./job.js";

/** Results that are computed at once, at most: memory that is used again stays near. */
const ROUND_BYTES = 32 * 2 ** 20;

/** Results of two rounds, of which one is computed while the other is read. */
const OVERLAP_BYTES = 12 * ROUND_BYTES;

/** What an asynchronous call may copy on the JavaScript thread: a few milliseconds of it. */
const QUICK_BYTES = 16 * 2 ** 20;

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
    const column = 8 * frame.height;
    const all = evaluation.rounds.reduce((a, b) => a + b, column * columns.items.length);
    const way = yield* chooseWay(all);
    const found: Found[] = [];
    for (const [index, keys] of partitions.items.entries()) {
      found.push(yield* giveGroups(frame, keys, evaluation, index, way.large));
    }
    if (found.length > 0) watch.lap("groups");
    const groups = found.flatMap(({ column }) => column ?? []);
    const inputs = yield* giveColumns(frame, columns.items, groups, evaluation, way.large, watch);
    const parts = yield* runRounds(evaluation, way, watch);
    const done = frame.hstack(parts.flatMap((part) => part.getColumns()));
    watch.lap("join");
    for (const [part, ms] of JSON.parse(evaluation.times)) watch.add(`ta ${part}`, ms);
    report({
      indicators: jobs.length,
      rows: frame.height,
      inputs,
      results: way.large ? "scan" : "bytes",
      groups: found.map(({ by }) => by),
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
  return within(withoutOver(tree, partition), partition);
}

/**
 * Takes away what groups by the same keys inside of the groups: polars mixes up the groups
 * of an `over` in another (0.26.1).
 */
function withoutOver(tree: Tree, partition: readonly Tree[]): Tree {
  return replace(tree, (node) => {
    const over = overOf(node);
    if (!over) return undefined;
    const isSame = keysOf(over.partition_by) === keysOf(partition) && isWithin(over);
    if (isSame) return withoutOver(over.function, partition);
    throw new TaError(
      "an indicator that is computed over groups reads an expression over other groups, or over an order; compute that in a column first",
    );
  });
}

const keysOf = (keys: readonly Tree[]): string =>
  [...new Set(keys.map((key) => JSON.stringify(key)))].sort().join();

/** How an evaluation exchanges its data. */
interface Way {
  /** The JavaScript thread must not be kept. */
  readonly isAsync: boolean;
  /** What there is to copy would keep it. */
  readonly large: boolean;
}

const ASYNC: Step<boolean> = { sync: () => false, async: async () => true };

function* chooseWay(bytes: number): Steps<Way> {
  const isAsync = yield* take(ASYNC);
  const forced = process.env.TA_EXCHANGE;
  const large = forced === undefined ? isAsync && bytes > QUICK_BYTES : forced !== "arrays";
  return { isAsync, large };
}

/** A round that is being computed. */
interface Running {
  readonly memory: RoundMemory;
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
  // Any round finds room in the memory of any other: there are two at most.
  const most = Math.max(...rounds);
  const start = (round: number): Running => {
    const bytes = rounds[round] as number;
    const memory = asTaError(() => takeMemory(bytes, most, large));
    return { memory, bytes, done: computing(evaluation, round, memory, isAsync) };
  };
  const parts: NativeFrame[] = [];
  let running: Running | undefined;
  for (let round = 0; round < rounds.length; round++) {
    const current = running ?? start(round);
    running = undefined;
    try {
      yield* take(current.done);
      watch.lap("compute");
      const both = current.bytes + (rounds[round + 1] ?? Infinity);
      running = both <= OVERLAP_BYTES ? start(round + 1) : undefined;
      parts.push(yield* read(current, large));
      watch.lap("read results");
    } catch (error) {
      // Nobody may have its memory before it is done with it.
      if (running) yield* waitFor(running);
      throw error;
    } finally {
      current.memory.native.giveBack();
    }
  }
  return parts;
}

function* waitFor({ memory, done }: Running): Steps<void> {
  try {
    yield* take(done);
  } finally {
    memory.native.giveBack();
  }
}

function computing(
  evaluation: Evaluation,
  round: number,
  { native }: RoundMemory,
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

function* read({ memory, bytes }: Running, large: boolean): Steps<NativeFrame> {
  if (memory.buffer) return native.readIpc(memory.buffer.subarray(0, bytes), {});
  const path = memory.native.path as string;
  return large ? yield* collect(native.scanIpc(path, {})) : native.readIpc(path, {});
}
