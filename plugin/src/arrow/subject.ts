/** What an indicator is computed over: the columns of a table, or a vector. */

import type { Data, RecordBatch, Table, Vector } from "apache-arrow";
import { addon } from "../addon.js";
import { describe } from "../arguments.js";
import type { InputSlot } from "../catalog.js";
import { TaError } from "../errors.js";
import { inputRemedy, usualColumn } from "../usual.js";
import { arrow } from "./peer.js";

/** A vector and what errors call it. */
export interface Column {
  readonly name: string;
  readonly vector: Vector;
}

/** Rows, and the columns that they have. */
export interface Subject {
  readonly rows: number;
  /** The vector that fills an indicator's primary input. */
  readonly vector: Vector | undefined;
  /** The table of the columns; none of a vector. */
  readonly table: Table | undefined;
  /** The names of the columns, in order. */
  readonly names: readonly string[];
  /** A column by its name; `caller` begins the sentence if there is none. */
  column(name: string, caller: string): Column;
  /** The column that an input is read from when nothing is given, whatever its case. */
  usual(slot: InputSlot, caller: string): Column;
}

/** The first argument of a call. */
export function subjectOf(value: unknown, caller: string): Subject {
  const { Table, RecordBatch } = arrow;
  const vector = asVector(value);
  if (vector) return new Single(vector);
  if (isA<Table>(Table.isTable, value) || isA<RecordBatch>(RecordBatch.isRecordBatch, value)) {
    return new Columns(value);
  }
  throw new TaError(
    `${caller} takes an Arrow Table, RecordBatch, Vector or Data first, got ${called(value)}`,
  );
}

/** A vector, or the data of one. */
export function asVector(value: unknown): Vector | undefined {
  const { Vector, Data } = arrow;
  if (isA<Vector>(Vector.isVector, value)) return value;
  return isA<Data>(Data.isData, value) ? new Vector([value]) : undefined;
}

/** What a sentence calls a value. */
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

  constructor(readonly vector: Vector) {}

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
  readonly table: Table;
  readonly #known = new Map<string, Column>();
  /** By the usual names, which the table may spell in another case. */
  readonly #usual = new Map<string, Column>();

  constructor(table: Table | RecordBatch) {
    this.table = arrow.Table.isTable(table) ? table : new arrow.Table([table]);
  }

  get rows(): number {
    return this.table.numRows;
  }

  get names(): string[] {
    return this.table.schema.fields.map((field) => String(field.name));
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
    const vector = this.table.getChild(name);
    if (!names.includes(name) || !vector) {
      const near = addon.hint(name, names);
      const has = names.length > 0 ? names.join(", ") : "no columns";
      throw new TaError(`${caller}: there is no column "${name}"${near}; the table has ${has}`);
    }
    const column = { name, vector };
    this.#known.set(name, column);
    return column;
  }
}
