/** Result columns of a frame as plain values, nulls kept apart from NaN. */

import { type DataType, tableFromIPC, type Vector } from "apache-arrow";
import type { DataFrame } from "nodejs-polars";

export type Value = number | boolean | null;

/** One output of an indicator: a column, or a field of a struct column. */
export interface Column {
  /** The field's name, or the column's own. */
  readonly name: string;
  /** As the catalog names it. */
  readonly dtype: string;
  readonly values: readonly Value[];
}

/** Every column of a frame by its name; a struct column as one entry a field, in its order. */
export function readColumns(frame: DataFrame): Map<string, Column[]> {
  const table = tableFromIPC(frame.writeIPC({ compression: "uncompressed" }));
  return new Map(
    table.schema.fields.map(({ name, type }) => {
      const vector = table.getChild(name);
      if (vector === null) throw new Error(`no column ${name}`);
      const fields: { name: string }[] | null = type.children;
      if (!fields?.length) return [name, [column(name, vector)]];
      return [name, fields.map((field) => column(field.name, vector.getChild(field.name)))];
    }),
  );
}

function column(name: string, vector: Vector<DataType> | null): Column {
  if (vector === null) throw new Error(`no field ${name}`);
  const dtype = String(vector.type);
  return { name, dtype: dtype === "Bool" ? "Boolean" : dtype, values: [...vector] };
}

/** Rows `from` to `to` as text, for messages. */
export function excerpt(values: readonly Value[], row: number): string {
  const from = Math.max(0, row - 1);
  return `rows ${from}..${Math.min(values.length, row + 2) - 1}: ${values.slice(from, row + 2).join(", ")}`;
}
