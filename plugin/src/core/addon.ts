import { load } from "#addon";
import type { Bars, Live } from "./streams.js";

/**
 * The functions and classes of the Rust addon, or of the WebAssembly module that stands in for it.
 * Plans, parameters and metadata are passed as JSON text.
 */
export interface Addon {
  /** Whether it is the native addon. */
  readonly isNative: boolean;
  /** Throws a sentence unless it can compute frames of polars. */
  requireFrames(): void;
  catalog(): string;
  find(name: string): string | null;
  entry(id: string): string | null;
  resolve(name: string, params: string, missing?: string, also?: string[], allow?: string): string;
  stableAfter(name: string, params: string): number | null;
  version(): string;
  contractVersion(): number;
  threads(): number;
  hint(name: string, known: string[]): string;
  language(question: string): string;
  borrow(bytes: number): Uint8Array | null;
  borrowNumbers(length: number): Float64Array | null;
  memoryUsage(): MemoryUsage;
  addressOf(array: ArrayBufferView | Float64Array): number;
  release(): void;
  tune(reserve: number): boolean;
  Memory: new (bytes: number, hasPath: boolean, backing?: string) => NativeMemory;
  Direct: new (
    name: string,
    params: string,
    missing: string | undefined,
    allow: string | undefined,
    scratch: Float64Array,
  ) => Direct;
  Evaluation: new (plan: string) => Evaluation;
  liveProgram(program: string): string;
  liveHeader(bytes: Uint8Array): string;
  liveBar(stream: number, series: number, how: number, time: number): void;
  Live: new (
    program: string,
    amend: number,
    numbers: Float64Array,
    tags: Uint8Array,
    snapshot?: Uint8Array,
  ) => Live;
  Bars: {
    new (settings: string, zone: Float64Array | undefined, scratch: Float64Array): Bars;
    header(snapshot: Uint8Array): string;
  };
}

/** Memory for the results of a round; see `crates/ta-node/src/memory.rs`. */
export interface NativeMemory {
  readonly path: string | null;
  readonly address: number | null;
  /** Whether earlier results were written to this memory. */
  readonly isReused: boolean;
  buffer(): Buffer | null;
  giveBack(): void;
}

/** Bytes that are kept for later calls, and bytes that JavaScript has borrowed. */
export interface MemoryUsage {
  readonly kept: number;
  readonly borrowed: number;
}

/** One evaluation; see `crates/ta-node/src/evaluation.rs`. */
export interface Evaluation {
  /** How many bytes the results of each round take. */
  readonly rounds: number[];
  /** Pairs of a step and its milliseconds, as JSON. */
  readonly times: string;
  openFile(backing?: string): string;
  takeArrays(columns: Float64Array[]): void;
  groupByFirstRow(partition: number, first: Uint32Array): void;
  groupByRuns(partition: number, starts: Uint32Array, firsts: Uint32Array): void;
  runColumns(
    columns: readonly BorrowedColumn[],
    partitions: readonly (readonly BorrowedColumn[])[],
    memories: readonly Uint8Array[],
  ): RunResult;
  start(round: number, memory: NativeMemory): void;
  wait(): void;
  compute(round: number, memory: NativeMemory): Promise<void>;
  close(): void;
}

/** Where the addon read inputs and wrote results; see `crates/ta-node/src/columns.rs`. */
export interface RunResult {
  /** The address at which the kernels read each column. */
  readonly addresses: readonly number[];
  /** For each memory, its arrays: start of the bitmap, start of the values, number of nulls. */
  readonly places: readonly (readonly number[])[];
}

/** A column whose Arrow buffers a call borrows; see `crates/ta-arrow/src/columns.rs`. */
export interface BorrowedColumn {
  readonly name: string;
  readonly storage: string;
  /** The value of a constant, or the scale of a decimal. */
  readonly number?: number;
  readonly pieces: readonly BorrowedPiece[];
  readonly dictionaries?: readonly BorrowedColumn[];
}

/** Some rows of a column. */
export interface BorrowedPiece {
  readonly rows: number;
  readonly values: ArrayBufferView | undefined;
  /** Position of the first row's bit in `validity`, and in values that are packed bits. */
  readonly firstBit: number;
  readonly validity: ArrayBufferView | undefined;
  readonly offsets: ArrayBufferView | undefined;
  readonly heaps: readonly ArrayBufferView[];
  /** If the values are indices: which of the dictionaries they refer to. */
  readonly dictionary: number | undefined;
}

/** One checked call over arrays; see `crates/ta-node/src/direct.rs`. */
export interface Direct {
  runInto(inputs: Float64Array[], outputs: Float64Array[]): void;
  /** The scratch array starts with `inputs` arrays; as many as `outputs` are written after them. */
  runInScratch(rows: number, inputs: number, outputs: number): void;
}

/**
 * The addon of this platform. What `#addon` means is in `package.json`: in browsers only the
 * WebAssembly module.
 */
export const addon: Addon = load();

export { addonPath } from "#addon";
