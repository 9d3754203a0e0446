/** Features of files, written to a file. */

import { join } from "node:path";
import type { LazyDataFrame } from "nodejs-polars";
import { TaError } from "../errors.js";
import { columnTypes, planOf } from "../frames.js";
import type { Keep } from "../pipeline/config.js";
import type { Pipeline } from "../pipeline/pipeline.js";
import { pl } from "../polars.js";
import { wholeGroups } from "./batches.js";
import { explainFailure } from "./failure.js";
import { type Format, formatOf, sinkFile } from "./formats.js";
import { memoryOf, rowsWithin } from "./memory.js";
import { checkOrder, timeOf } from "./order.js";
import { findFiles, openFiles, type Source } from "./sources.js";
import { writeWhole } from "./whole.js";

/** How far a computation is. */
export interface Progress {
  /** `convert` makes CSV files readable in pieces, `join` makes one file of the pieces. */
  readonly phase: "convert" | "compute" | "join";
  /** What is done of the phase: rows, or files while converting. */
  readonly done: number;
  /** All there is to do in the phase. */
  readonly total: number;
}

/** An AbortSignal, or what else can say that work is no longer wanted. */
export interface Abortable {
  /** Throws the reason if it is not. */
  throwIfAborted(): void;
}

/** What {@link computeFiles} takes. */
export interface ComputeFilesOptions {
  /** Paths and patterns of CSV, Parquet and Arrow IPC files with the same columns. */
  readonly inputs: string | readonly string[];
  /** What to compute, from `ta.pipeline`. */
  readonly pipeline: Pipeline;
  /** Path of the file to write; its extension says in which format. */
  readonly out: string;
  /** Columns of the files that stay in the output. Default: what the pipeline says, or all. */
  readonly keep?: Keep;
  /** The column with the times, whose order is checked. Default: the only one that can be. */
  readonly time?: string;
  /** Sort by group and time first, which takes memory for all rows. Default: false. */
  readonly sort?: boolean;
  /** Bytes that may be used, about. Default: half of what is free. */
  readonly memory?: number;
  /** Called after each piece of work. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called with a sentence where something is done in another way than one may think. */
  readonly onNotice?: (notice: string) => void;
  /** Stops the computation before the next piece of work; nothing is left behind. */
  readonly signal?: Abortable;
}

/** What {@link computeFiles} has written. */
export interface ComputedFiles {
  /** Path of the file. */
  readonly out: string;
  /** Rows in it. */
  readonly rows: number;
  /** Names of its columns. */
  readonly columns: readonly string[];
  /** In how many pieces the rows were computed. */
  readonly batches: number;
}

/**
 * Computes features of the rows of files and writes them, with the columns that stay, to a
 * file that appears whole or not at all.
 *
 * Where the pipeline has groups (`over`) whose rows stand together, files that are larger
 * than memory are computed by groups. Otherwise all rows are computed at once.
 *
 * @throws TaError if a file cannot be read or written, a column is missing or no number, or
 *   times go back within a group.
 * @example
 * ```ts
 * import { ta } from "nodejs-polars-ta";
 * import { computeFiles } from "nodejs-polars-ta/files";
 *
 * const pipeline = ta.pipeline({ over: "symbol", features: ["rsi(14)", "macd"] });
 * await computeFiles({ inputs: "bars/*.parquet", pipeline, out: "features.parquet" });
 * ```
 */
export async function computeFiles(options: ComputeFilesOptions): Promise<ComputedFiles> {
  const run = new Run(options);
  return writeWhole(options.out, (temporary, folder) => run.write(temporary, folder));
}

class Run {
  readonly #options: ComputeFilesOptions;
  readonly #format: Format;
  readonly #files: readonly string[];
  readonly #memory: number;

  constructor(options: ComputeFilesOptions) {
    this.#options = options;
    this.#format = formatOf(options.out);
    this.#files = findFiles([options.inputs].flat(), options.out);
    this.#memory = memoryOf(options.memory);
  }

  /** Writes the output to a path; what it needs on the way goes into a folder. */
  async write(path: string, folder: string): Promise<ComputedFiles> {
    const { inputs: numbers, over } = this.#options.pipeline;
    const opened = openFiles(this.#files, { numbers: new Set(numbers), keys: new Set(over) });
    try {
      // What is missing is found before any row is read.
      const columns = [...columnTypes(planOf(this.#features(opened.plan))).keys()];
      const written = await this.#compute(opened, path, folder, columns.length);
      return { out: this.#options.out, columns, ...written };
    } catch (error) {
      throw await explainFailure(opened, numbers, error);
    }
  }

  async #compute(opened: Source, path: string, folder: string, width: number) {
    const { pipeline, sort = false, onNotice } = this.#options;
    const { over } = pipeline;
    const time = timeOf(this.#options.time, opened.schema, over);
    if (time === undefined) onNotice?.("the order of the bars is not checked: no column has times");
    const plan = sort
      ? sorted(opened.plan, over, time)
      : await this.#readable(opened, over, folder);
    const total = await height(plan);
    if (total === 0) throw new TaError("compute: the files have no rows");
    const most = rowsWithin(this.#memory, opened.schema.size + width);
    const bounded = total > most && over.length > 0 && !sort;
    if (total > most && !bounded) {
      const why = sort ? "to be sorted" : "without groups";
      onNotice?.(`${why}, all ${total} rows are in memory at once`);
    }
    if (bounded) return this.#inPieces(plan, total, most, time, path, folder);
    await this.#piece(plan, 0, time, path, this.#format);
    this.#progress("compute", total, total);
    return { rows: total, batches: 1 };
  }

  async #inPieces(
    plan: LazyDataFrame,
    total: number,
    most: number,
    time: string | undefined,
    path: string,
    folder: string,
  ) {
    const pieces: string[] = [];
    for await (const { first, rows } of wholeGroups(
      plan,
      this.#options.pipeline.over,
      total,
      most,
    )) {
      if (rows > most) {
        this.#options.onNotice?.(`a group of ${rows} rows is larger than the memory is for`);
      }
      const piece = join(folder, `piece-${pieces.length}.parquet`);
      await this.#piece(plan.slice(first, rows), first, time, piece, "parquet");
      pieces.push(piece);
      this.#progress("compute", first + rows, total);
    }
    this.#progress("join", 0, total);
    const joined = pl.concat(pieces.map((piece) => pl.scanParquet(piece)));
    await sinkFile(joined, path, this.#format).collect();
    this.#progress("join", total, total);
    return { rows: total, batches: pieces.length };
  }

  /** Computes some rows and writes them. */
  async #piece(
    rows: LazyDataFrame,
    first: number,
    time: string | undefined,
    path: string,
    format: Format,
  ): Promise<void> {
    this.#options.signal?.throwIfAborted();
    if (time !== undefined) await checkOrder(rows, time, this.#options.pipeline.over, first);
    await sinkFile(this.#features(rows), path, format).collect();
  }

  /** The rows with their features; a CSV file has no structs. */
  #features(rows: LazyDataFrame): LazyDataFrame {
    const { pipeline, keep } = this.#options;
    const made = pipeline.apply(rows, keep === undefined ? {} : { keep });
    if (this.#format !== "csv") return made;
    const types = [...columnTypes(planOf(made))];
    const structs = types.filter(([, type]) => type.variant === "Struct");
    return structs.reduce((plan, [name]) => plan.unnest(name, "_"), made);
  }

  /** The rows so that pieces of them can be read: of a CSV file, all rows before would be read too. */
  async #readable(
    { plan, files, formats, bytes }: Source,
    over: readonly string[],
    folder: string,
  ): Promise<LazyDataFrame> {
    const small = bytes * PARSED < this.#memory;
    if (small || over.length === 0 || !formats.includes("csv")) return plan;
    this.#progress("convert", 0, files.length);
    const path = join(folder, "rows.parquet");
    await plan.sinkParquet(path, { compression: "lz4" }).collect();
    this.#progress("convert", files.length, files.length);
    return pl.scanParquet(path);
  }

  #progress(phase: Progress["phase"], done: number, total: number): void {
    this.#options.onProgress?.({ phase, done, total });
  }
}

/** Bytes in memory for each byte of a CSV file, at most. */
const PARSED = 8;

function sorted(
  plan: LazyDataFrame,
  over: readonly string[],
  time: string | undefined,
): LazyDataFrame {
  const by = [...over, ...(time === undefined ? [] : [time])];
  if (by.length > 0) return plan.sort(by, false, false, true);
  throw new TaError("compute: there is nothing to sort by, neither groups nor a column with times");
}

async function height(plan: LazyDataFrame): Promise<number> {
  const counted = await plan.select(pl.len().alias("rows")).collect();
  return Number(counted.toRecords()[0]?.rows);
}
