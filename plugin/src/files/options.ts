/** The options of `computeFiles`, and their checks. */

import { ANY, checkOptions, FLAG, FUNCTION, type OptionTypes, TEXT } from "../core/options.js";
import { setting } from "../core/sentence.js";
import { KEEP, type Keep, TIME, TIME_FORMAT } from "../pipeline/config.js";
import type { Pipeline } from "../pipeline/pipeline.js";
import type { TimeColumns } from "./both.js";
import type { Dialect } from "./dialect.js";
import type { FormatName } from "./formats.js";
import type { InputStream, OutputStream } from "./streams.js";

/** The progress of a computation. */
export interface Progress {
  /**
   * `unpack` copies streams and compressed files, `convert` converts CSV files so that pieces of
   * them can be read, `join` joins the pieces to one file.
   */
  readonly phase: "unpack" | "convert" | "compute" | "join";
  /** Finished units of the phase: rows, or files while unpacking and converting. */
  readonly done: number;
  /** All units of the phase. */
  readonly total: number;
}

/** An AbortSignal, or any object that can stop the work. */
export interface Abortable {
  /** Throws the reason if the work must stop. */
  throwIfAborted(): void;
}

/** Options of `computeFiles`. */
export interface ComputeFilesOptions extends Dialect {
  /**
   * Paths and patterns of CSV, TSV, Parquet and Arrow IPC files with the same columns, or streams
   * of such. CSV and TSV may be compressed with gzip.
   */
  readonly inputs: string | InputStream | readonly (string | InputStream)[];
  /** Format of the inputs. Default: by the extensions of their names; `csv` for streams. */
  readonly format?: FormatName;
  /** The features to compute, from `ta.pipeline`. */
  readonly pipeline: Pipeline;
  /**
   * Path of the file to write, or a stream. A stream gets everything at the end and stays open.
   */
  readonly out: string | OutputStream;
  /** Format of the output. Default: by the extension of its name; `csv` for a stream. */
  readonly outFormat?: FormatName;
  /** Columns of the files to keep in the output. Default: as the pipeline says, else all. */
  readonly keep?: Keep;
  /**
   * The column of the times, whose order is checked; `false` skips the check. Two names are a column
   * of dates and one of times of day: the first becomes the whole time. Default: as the pipeline
   * says, else the column that it finds.
   */
  readonly time?: TimeColumns | false;
  /**
   * How the times are written, as a strftime pattern: `"%d/%m/%Y"`. Default: as the pipeline says,
   * else found from all values.
   */
  readonly timeFormat?: string;
  /** Sort by group and time first, which needs memory for all rows. Default false. */
  readonly sort?: boolean;
  /** About how many bytes of memory to use. Default: half of what is free. */
  readonly memory?: number;
  /** Called when there is progress. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called with a sentence if something is done in another way than the caller may expect. */
  readonly onNotice?: (notice: string) => void;
  /** Stops the computation before the next piece. No files are left behind. */
  readonly signal?: Abortable;
}

const isPipeline = (value: unknown): boolean =>
  typeof (value as Partial<Pipeline> | null)?.apply === "function";

/** Whether a value is a stream of Node. Buffers have the methods `read` and `write` of streams. */
const isStream = (value: unknown, method: "read" | "write"): boolean =>
  [method, "on"].every(
    (name) => typeof (value as Record<string, unknown> | null)?.[name] === "function",
  );

const isInputs = (value: unknown): boolean => {
  const all = [value].flat();
  return all.length > 0 && all.every((one) => TEXT[1](one) || isStream(one, "read"));
};

const isTimes = (value: unknown): boolean =>
  TIME[1](value) ||
  (Array.isArray(value) && value.length === 2 && value.every(TEXT[1]) && value[0] !== value[1]);

// Options with `ANY` are checked together with the format.
const OPTIONS: OptionTypes<ComputeFilesOptions> = {
  inputs: ["a path, a stream or a list of such", isInputs],
  format: ANY,
  separator: ANY,
  nullValue: ANY,
  decimalComma: ANY,
  thousands: ANY,
  header: ANY,
  skipLines: ANY,
  pipeline: ["what ta.pipeline makes", isPipeline],
  out: ["a path or a stream", (value) => TEXT[1](value) || isStream(value, "write")],
  outFormat: ANY,
  keep: KEEP,
  time: ["a column, two columns or false", isTimes],
  timeFormat: TIME_FORMAT,
  sort: FLAG,
  memory: ["a number of bytes", (value) => typeof value === "number" && value > 0],
  onProgress: FUNCTION,
  onNotice: FUNCTION,
  signal: ["an AbortSignal", (value) => value instanceof AbortSignal],
};

/** Throws unless the options are known, and have values that they may have. */
export const checkComputing = (options: ComputeFilesOptions): ComputeFilesOptions =>
  checkOptions("compute", options, OPTIONS, {
    required: ["inputs", "pipeline", "out"],
    said: setting,
  });
