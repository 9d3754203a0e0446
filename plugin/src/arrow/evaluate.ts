/** Computes several indicators over vectors in one call of the addon. */

import type { Vector } from "apache-arrow";
import { addon, type BorrowedColumn, type RunResult } from "../core/addon.js";
import type { CheckedCall } from "../core/arguments.js";
import type { InputSlot } from "../core/catalog.js";
import { asTaError, TaError } from "../core/errors.js";
import { borrow } from "../core/memory.js";
import { report, Stopwatch } from "../core/trace.js";
import type { Missing } from "../core/types.js";
import { Results } from "./results.js";
import { borrowed, constant, type Use } from "./storage.js";
import type { Column } from "./subject.js";

/** An indicator to compute, with its inputs and groups. */
export interface Task {
  readonly call: CheckedCall;
  readonly missing: Missing | undefined;
  /** One for each input slot; a number is a constant. */
  readonly inputs: readonly (Column | number)[];
  readonly kinds: readonly InputSlot["kind"][];
  /** The columns of the groups; empty if all rows are one group. */
  readonly over: readonly Column[];
}

/**
 * Most bytes of results in one memory. A larger result gets its own, so that keeping it keeps
 * nothing else alive.
 */
const SHARED_BYTES = 2 ** 20;

/** Columns that the addon borrows; a column with two uses stands once for each. */
class BorrowedColumns {
  readonly columns: BorrowedColumn[] = [];
  readonly #known = { number: new Map(), key: new Map(), group: new Map() } satisfies Record<
    Use,
    Map<unknown, number>
  >;

  add(input: Column | number, use: Use): number {
    const key = typeof input === "number" ? input : input.vector;
    const known: number | undefined = this.#known[use].get(key);
    if (known !== undefined) return known;
    const column =
      typeof input === "number" ? constant(input) : borrowed(input.name, input.vector, use);
    this.#known[use].set(key, this.columns.length);
    return this.columns.push(column) - 1;
  }
}

/** Computes tasks over columns of `rows` rows, each into a vector. */
export function evaluate(tasks: readonly Task[], rows: number): Vector[] {
  const watch = new Stopwatch();
  const inputs = new BorrowedColumns();
  const partitions = new Map<string, readonly Column[]>();
  const keys = new BorrowedColumns();
  const written = tasks.map(({ call, missing, inputs: given, kinds, over }, index) => ({
    id: call.id,
    params: call.params,
    ...(missing === undefined ? {} : { missing }),
    column: String(index),
    inputs: given.map((input, slot) => inputs.add(input, kinds[slot] ?? "number")),
    ...(over.length === 0 ? {} : { partition: partitionOf(over, partitions, keys) }),
  }));
  const plan = {
    rows,
    columns: inputs.columns.map(({ name }) => name),
    partitions: partitions.size,
    roundBytes: SHARED_BYTES,
    tasks: written,
  };
  const evaluation = asTaError(() => new addon.Evaluation(JSON.stringify(plan)));
  try {
    watch.lap("plan");
    const memories = evaluation.rounds.map((bytes) => memoryOf(bytes, rows));
    watch.lap("memory");
    const groups = [...partitions.values()].map((over) =>
      over.map((column) => keys.columns[keys.add(column, "group")] as BorrowedColumn),
    );
    const { addresses, places } = asTaError(() =>
      evaluation.runColumns(inputs.columns, groups, memories),
    );
    watch.lap("compute");
    const vectors = read(tasks, memories, places, rows);
    watch.lap("read results");
    for (const [part, ms] of JSON.parse(evaluation.times)) watch.add(`ta ${part}`, ms);
    report({
      indicators: tasks.length,
      rows,
      inputs: "columns",
      results: "vectors",
      groups: groups.map(() => "keys" as const),
      rounds: memories.length,
      times: watch.times,
      addresses,
    });
    return vectors;
  } finally {
    evaluation.close();
  }
}

function memoryOf(bytes: number, rows: number): Uint8Array {
  try {
    return borrow(bytes);
  } catch (error) {
    throw new TaError(
      `the results of ${rows} rows need ${bytes} bytes, more than can be had; compute them in parts`,
      { cause: error },
    );
  }
}

function partitionOf(
  over: readonly Column[],
  partitions: Map<string, readonly Column[]>,
  keys: BorrowedColumns,
): number {
  const key = over.map((column) => keys.add(column, "group")).join();
  if (!partitions.has(key)) partitions.set(key, over);
  return [...partitions.keys()].indexOf(key);
}

/** The results of all tasks. The memories contain them in the order of the tasks. */
function read(
  tasks: readonly Task[],
  memories: readonly Uint8Array[],
  places: RunResult["places"],
  rows: number,
): Vector[] {
  const open = tasks.map(({ call }) => call);
  return memories.flatMap((memory, round) => {
    const results = new Results(memory, places[round] ?? [], rows);
    const vectors: Vector[] = [];
    while (!results.isRead) vectors.push(results.vector(open.shift() as CheckedCall));
    return vectors;
  });
}
