/** The argument and result types of indicators over Arrow tables and vectors. */

import type {
  Bool,
  Data,
  DataType,
  Float64,
  Int32,
  RecordBatch,
  Struct,
  Table,
  Vector,
} from "apache-arrow";
import type { CommonOptions, SurfaceTypes } from "../core/types.js";

declare module "../core/types.js" {
  interface Surfaces<Fields extends string> {
    /** An Arrow table; indicators read its columns by their usual names. */
    table: TableSurface<Fields>;
    /** An Arrow vector, which fills the primary input. */
    vector: VectorSurface<Fields>;
  }
}

/** Indicators over Arrow tables. */
export interface TableSurface<Fields extends string> extends SurfaceTypes {
  subject: [table: ArrowTable];
  fills: false;
  input: ArrowColumn;
  key: never;
  options: ArrowOptions<string | ArrowVector>;
  result: ArrowResult<Fields>;
}

/** Indicators over Arrow vectors. */
export interface VectorSurface<Fields extends string> extends SurfaceTypes {
  subject: [vector: ArrowVector];
  fills: true;
  input: ArrowVector | number;
  key: never;
  options: ArrowOptions<ArrowVector>;
  result: ArrowResult<Fields>;
}

/** A table, or one of its batches. */
// biome-ignore lint/suspicious/noExplicitAny: apache-arrow's own default, any columns.
export type ArrowTable = Table<any> | RecordBatch<any>;

/** A vector, or the data of one. */
export type ArrowVector = Vector<DataType> | Data<DataType>;

/** An input: a column name, a vector of the same length, or a number for a constant. */
export type ArrowColumn = string | ArrowVector | number;

/** Options of every indicator over Arrow. */
export interface ArrowOptions<Key> extends CommonOptions {
  /** Compute within the groups of rows that have equal values in these columns. */
  readonly over?: Key | readonly Key[];
}

/** The type of an output. */
export type ArrowOutput = Float64 | Int32 | Bool;

/** A vector; of structs if the indicator has several outputs. */
export type ArrowResult<Fields extends string> = [Fields] extends [never]
  ? Vector<ArrowOutput>
  : Vector<Struct<{ [Field in Fields]: ArrowOutput }>>;
