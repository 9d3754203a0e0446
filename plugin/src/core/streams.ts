/**
 * The addon's classes for live bars. The public types reach them, so nothing here may need the types
 * of Node.
 */

/** A stream of features; see `crates/ta-node/src/live.rs`. */
export interface Live {
  readonly number: number;
  fork(numbers: Float64Array, tags: Uint8Array): Live;
  add(key: string): number;
  dropKey(series: number): void;
  /** Pairs of a number and its key, as JSON. */
  keys(): string;
  times(series: number): number[];
  before(series: number): number;
  bars(series: number): number;
  info(): number[];
  save(config: string): Uint8Array;
  setTexts(texts: readonly string[]): void;
  text(number: number): string;
  amend(series: number, back: number, time: number): void;
  warm(
    series: Uint32Array,
    fields: readonly FieldColumn[],
    times: Float64Array | undefined,
  ): Uint32Array;
  current(series: Uint32Array): void;
  tags(): Uint8Array;
  lane(lane: number): void;
  updateMany(
    series: Uint32Array,
    fields: readonly FieldColumn[],
    times: Float64Array | undefined,
    peek: boolean,
    outputs: readonly Float64Array[],
  ): void;
}

/** A field of many bars. */
export interface FieldColumn {
  readonly numbers: Float64Array;
  readonly tag: number;
  readonly nulls?: Uint8Array;
  readonly texts?: readonly (string | null)[];
}

/** Bars from ticks; see `crates/ta-node/src/bars.rs`. */
export interface Bars {
  add(): number;
  reset(key: number): void;
  update(key: number): number;
  updateMany(keys: Uint32Array, ticks: Float64Array, dropLate: boolean): number;
  close(milliseconds: number, nanoseconds: number): void;
  flush(): void;
  forming(key: number): void;
  takeClosed(): Float64Array;
  snapshot(header: string, keys: readonly number[]): Uint8Array;
  restore(snapshot: Uint8Array, keys: number): void;
}
