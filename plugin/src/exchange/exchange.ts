/**
 * Passes columns to the addon and results back. Nodejs-polars copies everything that crosses its
 * border, so each direction is one copy: arrays and bytes where that is fast, an Arrow file that
 * polars writes and scans on its own threads where the copy would block the JavaScript thread for
 * long.
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

/**
 * Most bytes of results per round. Small rounds use the same memory again while it is in the cache.
 */
const ROUND_BYTES = 32 * 2 ** 20;

/** Most bytes of results of two rounds together, if one is computed while the other is read. */
const OVERLAP_BYTES = 12 * ROUND_BYTES;

/** Most bytes that an asynchronous call copies on the JavaScript thread: a few milliseconds. */
const QUICK_BYTES = 16 * 2 ** 20;

/** A list in which equal items stand once. */
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

/** Computes jobs whose inputs are all in `frame`, and adds their results to it as columns. */
export function* compute(frame: NativeFrame, jobs: readonly Job[]): Steps<NativeFrame> {
  addon.requireFrames();
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
      // Keys and numbers are read differently, so the kind is part of the key.
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
    const mode = yield* chooseMode(all);
    const found: Found[] = [];
    for (const [index, keys] of partitions.items.entries()) {
      found.push(yield* giveGroups(frame, keys, evaluation, index, mode.large));
    }
    if (found.length > 0) watch.lap("groups");
    const groups = found.flatMap(({ column }) => column ?? []);
    const inputs = yield* giveColumns(frame, columns.items, groups, evaluation, mode.large, watch);
    const parts = yield* runRounds(evaluation, mode, watch);
    const done = frame.hstack(parts.flatMap((part) => part.getColumns()));
    watch.lap("join");
    for (const [part, ms] of JSON.parse(evaluation.times)) watch.add(`ta ${part}`, ms);
    report({
      indicators: jobs.length,
      rows: frame.height,
      inputs,
      results: mode.large ? "scan" : "bytes",
      groups: found.map(({ by }) => by),
      rounds: evaluation.rounds.length,
      times: watch.times,
    });
    return done;
  } finally {
    evaluation.close();
  }
}

/** Evaluates an input expression within the groups of its indicator. */
function withinGroups(tree: Tree, partition: readonly Tree[] | null): Tree {
  if (partition === null || columnName(tree) !== undefined) return tree;
  return within(withoutOver(tree, partition), partition);
}

/**
 * Removes an inner `over` with the same keys: polars 0.26.1 mixes up the groups of an `over` inside
 * another.
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
interface Mode {
  /** The call must not block the JavaScript thread. */
  readonly isAsync: boolean;
  /** Copying would block the JavaScript thread, so data is exchanged as files. */
  readonly large: boolean;
}

const ASYNC: Step<boolean> = { sync: () => false, async: async () => true };

function* chooseMode(bytes: number): Steps<Mode> {
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

/** Computes all rounds, each while polars reads the results of the one before. */
function* runRounds(
  evaluation: Evaluation,
  { isAsync, large }: Mode,
  watch: Stopwatch,
): Steps<NativeFrame[]> {
  const { rounds } = evaluation;
  // With room for the largest round, the same two memories serve all rounds.
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
      // Its memory must not be given back while the round still writes to it.
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
  // If another step fails first, this promise is awaited only later. That must not be an unhandled
  // rejection.
  computed.catch(() => undefined);
  return { sync: never, async: () => computed };
}

const never = (): never => {
  throw new Error("a step that began synchronously was awaited, or the reverse");
};

function* read({ memory, bytes }: Running, large: boolean): Steps<NativeFrame> {
  if (memory.buffer) return native.readIpc(memory.buffer.subarray(0, bytes), {});
  const path = memory.native.path as string;
  return large ? yield* collect(native.scanIpc(path, {})) : native.readIpc(path, {});
}
