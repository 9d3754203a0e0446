/** The first argument of a call: a table with columns, or a vector. */

import type { Data, RecordBatch, Table, Vector } from "apache-arrow";
import { describe } from "../core/arguments.js";
import type { InputSlot } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { unknownName } from "../core/unknown.js";
import { inputRemedy, usualColumn } from "../core/usual.js";
import { type Chunks, checkChunks, faulty, isObject, shown } from "./chunks.js";
import { arrow } from "./peer.js";

/** A vector, and its name in error messages. */
export interface Column {
  readonly name: string;
  readonly vector: Chunks;
}

/** The rows that an indicator is computed over, and their columns. */
export interface Subject {
  readonly rows: number;
  /** The vector, if the argument is one; it fills the primary input. */
  readonly vector: Chunks | undefined;
  /** The table; undefined if the argument is a vector. */
  readonly table: Table | undefined;
  /** The names of the columns, in order. */
  readonly names: readonly string[];
  /** A column by name. Throws if there is none; the message begins with `caller`. */
  column(name: string, caller: string): Column;
  /** The column that an input reads by default, in any case. */
  usual(slot: InputSlot, caller: string): Column;
}

/** The first argument of a call. */
export function subjectOf(value: unknown, caller: string): Subject {
  const { Table, RecordBatch } = arrow;
  const vector = asVector(value);
  if (vector) {
    checkChunks("series", vector);
    return new Single(vector);
  }
  if (isA<RecordBatch>(RecordBatch.isRecordBatch, value)) {
    return new Columns(caller, value, [value], () => new Table([value]));
  }
  if (isA<Table>(Table.isTable, value)) {
    return new Columns(caller, value, value.batches, () => value);
  }
  throw new TaError(
    `${caller} takes an Arrow Table, RecordBatch, Vector or Data first, got ${called(value)}`,
  );
}

/** A vector, or the data of one. */
export function asVector(value: unknown): Chunks | undefined {
  const { Vector, Data } = arrow;
  if (isA<Vector>(Vector.isVector, value)) return value;
  if (!isA<Data>(Data.isData, value)) return undefined;
  return { type: value.type, data: [value], length: value.length };
}

/** A short description of a value for error messages. */
export function called(value: unknown): string {
  if (asVector(value)) return "a vector";
  return arrow.Table.isTable(value) ? "a table" : describe(value);
}

function isA<T>(is: (value: unknown) => boolean, value: unknown): value is T {
  return is(value);
}

class Single implements Subject {
  readonly table = undefined;
  readonly names = [];

  constructor(readonly vector: Chunks) {}

  get rows(): number {
    return this.vector.length;
  }

  usual(slot: InputSlot, caller: string): never {
    return this.column(slot.name, caller);
  }

  column(name: string, caller: string): never {
    throw new TaError(
      `${caller}: a vector has no column "${name}"; give a vector instead of its name, or a table`,
    );
  }
}

class Columns implements Subject {
  readonly vector = undefined;
  readonly rows: number;
  readonly names: readonly string[];
  readonly #known = new Map<string, Column>();
  /** Columns by their usual names, which the table may spell in another case. */
  readonly #usual = new Map<string, Column>();

  constructor(
    caller: string,
    readonly of: Table | RecordBatch,
    readonly batches: readonly RecordBatch[],
    readonly made: () => Table,
  ) {
    const { fields } = of.schema ?? {};
    if (!Array.isArray(fields) || !Array.isArray(batches)) {
      throw new TaError(`${caller}: the table has no list of fields or of batches`);
    }
    this.names = fields.map((field) => String(field?.name));
    this.rows = batches.reduce((sum, batch) => sum + rowsOf(caller, batch), 0);
  }

  get table(): Table {
    return this.made();
  }

  usual(slot: InputSlot, caller: string): Column {
    const { default: name = "" } = slot;
    const known = this.#usual.get(name);
    if (known) return known;
    const about = { where: caller, table: "the table", remedy: inputRemedy(slot) };
    const column = this.column(usualColumn(name, this.names, about), caller);
    this.#usual.set(name, column);
    return column;
  }

  column(name: string, caller: string): Column {
    const known = this.#known.get(name);
    if (known) return known;
    const { names } = this;
    const index = names.indexOf(name);
    if (index < 0) {
      const wrong = `${caller}: there is no column "${name}"`;
      throw new TaError(unknownName(wrong, name, names, "the table has"));
    }
    const { type } = this.of.schema.fields[index] as { type: Chunks["type"] };
    const data = this.batches.flatMap((batch) => childOf(name, batch, index));
    const vector = { type, data, length: this.rows };
    checkChunks(name, vector);
    const column = { name, vector };
    this.#known.set(name, column);
    return column;
  }
}

function rowsOf(caller: string, batch: RecordBatch): number {
  const rows: unknown = isObject(batch) && isObject(batch.data) ? batch.data.length : undefined;
  if (Number.isSafeInteger(rows) && (rows as number) >= 0) return rows as number;
  throw new TaError(`${caller}: a batch of the table has ${shown(rows)} rows`);
}

/** The data of a column in a batch. Throws unless it has the rows of the batch. */
function childOf(name: string, { data }: RecordBatch, index: number): readonly Data[] {
  const child: unknown = Array.isArray(data.children) ? data.children[index] : undefined;
  // In a table made of empty vectors, apache-arrow stores the vectors themselves here.
  const vector = isObject(child) ? asVector(child) : undefined;
  if (!vector || !Array.isArray(vector.data)) {
    throw faulty(name, `has ${child === undefined ? "nothing" : shown(child)} in a batch`);
  }
  if (vector.length === data.length) return vector.data;
  throw faulty(name, `has ${shown(vector.length)} rows in a batch of ${data.length}`);
}
