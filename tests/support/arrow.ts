/** Arrow tables of frames, and vectors beside what polars computes. */

import { type DataType, type Table, tableFromIPC, type Vector } from "apache-arrow";
import type { DataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta/arrow";
import { methods } from "./surface.js";

/** The methods of the entry for Arrow, by id. */
export const arrowMethod = methods<Vector>(ta);

/** A frame's columns as apache-arrow reads them. */
export const tableOf = (frame: DataFrame): Table =>
  tableFromIPC(frame.writeIPC({ compression: "uncompressed" }));

/** A column of a table, which it has. */
export function child(table: Table, name: string): Vector {
  const vector = table.getChild(name);
  if (!vector) throw new Error(`no column ${name}`);
  return vector;
}

/** The outputs of an indicator as plain values, null where there is none. */
export function outputsOf(
  vector: Vector<DataType>,
): { name: string; dtype: string; values: unknown[] }[] {
  const fields: { name: string }[] = vector.type.children ?? [];
  const plain = (name: string, of: Vector | null) => ({
    name,
    dtype: String(of?.type),
    values: [...(of ?? [])],
  });
  if (fields.length === 0) return [plain("", vector)];
  return fields.map(({ name }) => plain(name, vector.getChild(name)));
}

/** The first difference to the last bit, or nothing. */
export function difference(actual: Vector, wanted: Vector): string | undefined {
  const [a, w] = [outputsOf(actual), outputsOf(wanted)];
  for (const [index, { name, dtype, values }] of w.entries()) {
    const got = a[index];
    if (got?.name !== name || got.dtype !== dtype || got.values.length !== values.length) {
      return `${got?.name} ${got?.dtype}[${got?.values.length}], not ${name} ${dtype}[${values.length}]`;
    }
    const row = values.findIndex((value, at) => !Object.is(value, got.values[at]));
    if (row >= 0) return `${name}, row ${row}: ${got.values[row]}, not ${values[row]}`;
  }
  if (a.length !== w.length) return `${a.length} outputs, not ${w.length}`;
  const nulls = (vector: Vector) => [...vector].map((value) => value === null).join();
  return nulls(actual) === nulls(wanted) ? undefined : "other rows are null";
}
