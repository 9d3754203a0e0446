/** Computes features of files and writes them to a file. */

import { join } from "node:path";

import type { LazyDataFrame } from "nodejs-polars";
import { TaError } from "../core/errors.js";
import { columnTypes, planOf } from "../lazy/frames.js";
import type { Ordering } from "../pipeline/order.js";
import { pl } from "../polars/native.js";
import { filesAdvice } from "../times/advice.js";
import { wholeGroups } from "./batches.js";
import { bothOf, timeOf } from "./both.js";
import type { Columns } from "./csv.js";
import { checkDialect } from "./dialect.js";
import { explainFailure } from "./failure.js";
import { type Format, type FormatName, formatNamed, formatOf, sinkFile } from "./formats.js";
import { memoryOf, rowsWithin } from "./memory.js";
import { type ComputeFilesOptions, checkComputing, type Progress } from "./options.js";
import { findFiles, openFiles, type Source } from "./sources.js";
import type { OutputStream } from "./streams.js";
import { sortedByTime, type Timed, type Wanted, withTimes } from "./times.js";
import { formatsOf, isPacked, unpacked } from "./unpack.js";
import { isPath, type Target, writeWhole } from "./whole.js";

/** The result of {@link computeFiles}. */
export interface ComputedFiles {
  /** Path of the file, or the stream. */
  readonly out: string | OutputStream;
  /** Number of rows in it. */
  readonly rows: number;
  /** Names of its columns. */
  readonly columns: readonly string[];
  /** Number of pieces in which the rows were computed. */
  readonly batches: number;
}

/**
 * Computes features of the rows of files and writes them, with the columns to keep, to a file. The
 * file appears complete or not at all.
 *
 * If the pipeline has groups (`over`) whose rows follow each other, files larger than memory are
 * computed in pieces of whole groups. Otherwise all rows are computed at once.
 *
 * @throws TaError if a file cannot be read or written, a column is missing or not numeric, times
 * cannot be read, or rows are not in the order of their times within each group.
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
  const checked = checkComputing(options);
  const run = new Run(checked);
  const { out, onNotice } = checked;
  return writeWhole(out, (temporary, folder) => run.write(temporary, folder), {
    ...(onNotice && { onNotice }),
  });
}

class Run {
  readonly #options: ComputeFilesOptions;
  readonly #wanted: Wanted;
  readonly #format: Format;
  readonly #found: ReturnType<typeof formatsOf>;
  readonly #memory: number;

  constructor(options: ComputeFilesOptions) {
    const { pipeline, time = pipeline.time, timeFormat = pipeline.timeFormat } = options;
    this.#options = options;
    this.#wanted = {
      what: "compute",
      advice: filesAdvice,
      time: timeOf(time),
      timeFormat,
      over: pipeline.over,
    };
    const { inputs, format, out, outFormat } = options;
    checkDialect(options);
    this.#format = formatTo(out, outFormat);
    const files = findFiles([inputs].flat(), isPath(out) ? out : undefined);
    this.#found = formatsOf(files, format);
    this.#memory = memoryOf(options.memory);
  }

  /** Writes the output to `path`, and temporary files to `folder`. */
  async write(path: string, folder: string): Promise<ComputedFiles> {
    const { pipeline, time } = this.#options;
    const both = bothOf(time);
    const columns: Columns = {
      numbers: (names) => pipeline.inputsIn(names),
      keys: () => pipeline.over,
      ...(both && { both }),
    };
    const opened = await openFiles(await this.#unpacked(folder), this.#options, columns);
    const numbers = pipeline.inputsIn([...opened.schema.keys()]);
    try {
      // Reports missing columns before any row is read.
      const made = [...columnTypes(planOf(this.#features(opened.plan))).keys()];
      const timed = await withTimes(opened, { ...this.#wanted, folder });
      const written = await this.#compute(timed, path, folder, made.length);
      return { out: this.#options.out, columns: made, ...written };
    } catch (error) {
      throw await explainFailure(opened, numbers, error);
    }
  }

  async #unpacked(folder: string) {
    const packed = this.#found.filter(isPacked).length;
    if (packed > 0) this.#progress("unpack", 0, packed);
    const files = await unpacked(this.#found, folder, this.#options.signal);
    if (packed > 0) this.#progress("unpack", packed, packed);
    return files;
  }

  async #compute(timed: Timed, path: string, folder: string, width: number) {
    const { pipeline, sort = false, onNotice } = this.#options;
    const { over } = pipeline;
    if (timed.time === undefined && this.#wanted.time !== false) {
      onNotice?.("the order of the bars is not checked: no column has times");
    }
    const plan = sort
      ? sortedByTime(timed, this.#wanted)
      : await this.#readable(timed, over, folder);
    const total = await height(plan);
    if (total === 0) throw new TaError("compute: the files have no rows");
    const { indicators, columns } = pipeline.effort;
    const most = rowsWithin(this.#memory, timed.schema.size + width + columns, indicators);
    const bounded = total > most && over.length > 0 && !sort;
    if (total > most && !bounded) {
      const why = sort ? "to be sorted" : "without groups";
      onNotice?.(`${why}, all ${total} rows are in memory at once`);
    }
    this.#progress("compute", 0, total);
    if (bounded) return this.#inPieces({ ...timed, plan }, total, most, path, folder);
    await this.#piece({ ...timed, plan }, 0, path, this.#format);
    this.#progress("compute", total, total);
    return { rows: total, batches: 1 };
  }

  async #inPieces(timed: Timed, total: number, most: number, path: string, folder: string) {
    const pieces: string[] = [];
    const { over, advice } = this.#wanted;
    for await (const { first, rows } of wholeGroups(timed.plan, over, total, most, advice)) {
      if (rows > most) {
        this.#options.onNotice?.(`a group of ${rows} rows needs more memory than is allowed`);
      }
      const piece = join(folder, `piece-${pieces.length}.parquet`);
      const plan = timed.plan.slice(first, rows);
      await this.#piece({ ...timed, plan }, first, piece, PIECE);
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
  async #piece(timed: Timed, first: number, path: string, format: Format): Promise<void> {
    this.#options.signal?.throwIfAborted();
    const { time = false, times } = timed;
    const { what, advice } = this.#wanted;
    const ordering: Ordering = { what, advice, time, first, ...(times && { times }) };
    await sinkFile(this.#features(timed.plan, ordering), path, format).collect();
  }

  /** The rows with their features. For CSV output structs become columns. */
  #features(rows: LazyDataFrame, ordering: Ordering = this.#unordered()): LazyDataFrame {
    const { pipeline, keep } = this.#options;
    const options = keep === undefined ? {} : { keep };
    const made = pipeline.applyInOrder(rows, options, ordering) as LazyDataFrame;
    if (this.#format.kind !== "csv") return made;
    const types = [...columnTypes(planOf(made))];
    const structs = types.filter(([, type]) => type.variant === "Struct");
    return structs.reduce((plan, [name]) => plan.unnest(name, "_"), made);
  }

  #unordered(): Ordering {
    const { what, advice } = this.#wanted;
    return { what, advice, time: false };
  }

  /**
   * A plan of which pieces can be read. In a CSV file every piece would read all rows before it
   * too, so a large one is converted first.
   */
  async #readable(
    { plan, files, bytes }: Source,
    over: readonly string[],
    folder: string,
  ): Promise<LazyDataFrame> {
    const small = bytes * PARSED < this.#memory;
    if (small || over.length === 0 || !files.some(({ format }) => format.kind === "csv"))
      return plan;
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

/** The format of pieces until they are joined. */
const PIECE: Format = { kind: "parquet" };

/** The format of an output. */
export function formatTo(out: Target, named: FormatName | undefined): Format {
  if (named !== undefined) return formatNamed("outFormat", named);
  return isPath(out) ? formatOf(out, "outFormat") : formatNamed("outFormat", "csv");
}

/** Most bytes in memory per byte of a CSV file. */
const PARSED = 8;

async function height(plan: LazyDataFrame): Promise<number> {
  const counted = await plan.select(pl.len().alias("rows")).collect();
  return Number(counted.toRecords()[0]?.rows);
}
