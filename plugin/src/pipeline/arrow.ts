/** Applies pipelines to apache-arrow tables, which go to polars and back as IPC. */

import type { Table } from "apache-arrow";
import type { DataFrame, LazyDataFrame } from "nodejs-polars";
import { arrowOf } from "../core/arrow-copy.js";
import { TaError } from "../core/errors.js";
import { type ColumnType, frameLike, planOf, type Schema } from "../lazy/frames.js";
import { type NativeLazy, pl } from "../polars/native.js";
import type { ArrowTable } from "./table.js";

/** The copy of apache-arrow that made a table. */
async function copyOf(table: Table): Promise<typeof import("apache-arrow")> {
  const own = await arrowOf(
    table,
    () =>
      "a pipeline needs apache-arrow beside nodejs-polars-ta to compute on its tables; install it",
  );
  if (own) return own;
  throw new TaError(
    "the table is of another copy of apache-arrow than the one beside nodejs-polars-ta; install one version once",
  );
}

/**
 * Computes columns of a table.
 *
 * @param read Columns to pass to polars.
 * @param kept Columns of the table to keep in the result; they stay the same vectors.
 */
export async function applyToTable(
  given: ArrowTable,
  read: readonly string[],
  kept: readonly string[],
  compute: (plan: NativeLazy, whole: () => NativeLazy) => NativeLazy,
): Promise<unknown> {
  const table = given as unknown as Table;
  const { tableFromIPC, tableToIPC } = await copyOf(table);
  const [first] = table.schema.fields;
  // At least one column, because a table without columns has no rows.
  const names = read.length > 0 || first === undefined ? [...read] : [first.name];
  const inPolars = (part: Table): DataFrame => {
    const bytes = tableToIPC(part, "file");
    return pl.readIPC(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  };
  const frame = inPolars(table.select(names));
  const plan = compute(planOf(frame), () => planOf(inPolars(table)));
  const made = frameLike(frame.lazy(), plan) as LazyDataFrame;
  const features = tableFromIPC((await made.collect()).writeIPC({ compression: "uncompressed" }));
  return kept.length > 0 ? table.select([...kept]).assign(features) : features;
}

/** The columns of a table with polars' types, as far as they may be times. */
export function typesOf(given: ArrowTable): Schema {
  const table = given as unknown as Table;
  return new Map(table.schema.fields.map(({ name, type }) => [String(name), typeOf(String(type))]));
}

/** Polars' types by the beginnings of Arrow's names. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^Date/, "Date"],
  [/^Timestamp/, "Datetime"],
  [/^Time/, "Time"],
  [/^(Large)?Utf8|^Dictionary/, "String"],
  [/^(Uint|Int|Float)/, "Int64"],
];

const typeOf = (name: string): ColumnType => ({
  variant: TYPES.find(([pattern]) => pattern.test(name))?.[1] ?? name,
});
