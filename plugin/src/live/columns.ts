/** Reads the fields of many bars from columns. */

import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import type { FieldColumn } from "../core/streams.js";
import {
  type Bar,
  type FieldKind,
  type Fields,
  readValue,
  TAG,
  tagOf,
  type Value,
  wrongType,
} from "./fields.js";
import type { Field } from "./program.js";
import type { Times } from "./times.js";

/** Values of many bars: one for each, or the same for all. */
export type ColumnValues = ArrayLike<unknown>;

/** Whether a value is an array of any kind. */
export function isArray(value: unknown): value is ColumnValues {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** A column of bars, checked to have a value for each. */
export function columnNamed(
  columns: Readonly<Record<string, unknown>>,
  name: string,
  rows: number,
): ColumnValues {
  const column = columns[name];
  if (!isArray(column)) {
    throw new TaError(`stream: ${name} must be an array, got ${describe(column)}`);
  }
  if (column.length === rows) return column;
  throw new TaError(`stream: ${name} has ${column.length} values for ${rows} bars`);
}

const EMPTY = new Float64Array(0);

/**
 * A field of many bars, as the addon takes it.
 *
 * @param keepsNaN Whether NaN in a typed array is a number; otherwise it is no value.
 */
export function fieldColumn(
  field: Field,
  kind: FieldKind,
  column: ColumnValues,
  keepsNaN = false,
): FieldColumn {
  const rows = column.length;
  if (column instanceof Float64Array && kind === "number") {
    const numbers = { numbers: column, tag: TAG.number };
    return keepsNaN ? { ...numbers, nulls: new Uint8Array(rows) } : numbers;
  }
  const typed = !Array.isArray(column) && !keepsNaN;
  const values: Value[] = Array.from({ length: rows }, (_, row) => {
    const given = column[row];
    if (typed && Number.isNaN(given)) return null;
    const value = readValue(given, kind);
    if (value === undefined) throw wrongType(field, kind, given);
    return value;
  });
  const tag = values.map(tagOf).find((each) => each !== TAG.null) ?? TAG.number;
  if (values.some((value) => value !== null && tagOf(value) !== tag)) {
    throw new TaError(`stream: ${field.path.join(".")} has values of different types`);
  }
  if (tag === TAG.text) {
    return { numbers: EMPTY, tag, texts: values as (string | null)[] };
  }
  const numbers = Float64Array.from(values, (value) =>
    value === null ? Number.NaN : Number(value),
  );
  return { numbers, tag, nulls: Uint8Array.from(values, (value) => Number(value === null)) };
}

/** Columns by name, as callers give them. */
type Columns = Readonly<Record<string, unknown>>;

/** The fields of many bars. */
export function fieldColumns(columns: Columns, rows: number, fields: Fields): FieldColumn[] {
  return fields.find(Object.keys(columns)).map((name, index) => {
    const field = fields.fields[index] as Field;
    const given = columnNamed(columns, name, rows);
    const kind = fields.kinds[index] as FieldKind;
    return fieldColumn(field, kind, innerColumn(given, field.path[1]));
  });
}

/** A field of the objects in a column, or the column itself. */
export function innerColumn(column: ColumnValues, name: string | undefined): ColumnValues {
  if (name === undefined) return column;
  return Array.from(column, (value) => (value as Bar | null)?.[name] ?? null);
}

/** The times of many bars: an array, or one for all. */
export function timeColumn(columns: Columns, rows: number, times: Times): Float64Array | undefined {
  const first = (name: string) => {
    const given = columns[name];
    return isArray(given) ? given[0] : given;
  };
  const names = Object.keys(columns);
  times.find(names, first);
  const { name } = times;
  if (name === undefined) return undefined;
  const given = columns[name];
  if (given instanceof Float64Array && given.length === rows) return given;
  const of = (value: unknown) => times.value(value, () => names);
  if (!isArray(given)) return new Float64Array(rows).fill(of(given));
  const checked = columnNamed(columns, name, rows);
  return Float64Array.from({ length: rows }, (_, lane) => of(checked[lane]));
}
