/** Pipelines on tables of apache-arrow, which cross to polars and back as IPC. */

import { createRequire } from "node:module";
import type { Table } from "apache-arrow";
import type { DataFrame, LazyDataFrame } from "nodejs-polars";
import pl from "nodejs-polars";
import { TaError } from "../errors.js";
import { type ColumnType, frameLike, planOf, type Schema } from "../frames.js";
import type { NativeLazy } from "../polars.js";

type Arrow = typeof import("apache-arrow");

/** Unlike `instanceof`, which tables of other copies pass. */
const descendsFrom = (prototype: object, value: object): boolean =>
  Object.prototype.isPrototypeOf.call(prototype, value);

/** The copy of apache-arrow that a table is of: its classes know only their own. */
async function copyOf(table: Table): Promise<Arrow> {
  let copies: Arrow[];
  try {
    copies = [await import("apache-arrow"), createRequire(import.meta.url)("apache-arrow")];
  } catch {
    throw new TaError(
      "a pipeline needs apache-arrow beside nodejs-polars-ta to compute on its tables; install it",
    );
  }
  const own = copies.find((copy) => descendsFrom(copy.Table.prototype, table));
  if (own) return own;
  throw new TaError(
    "the table is of another copy of apache-arrow than the one beside nodejs-polars-ta; install one version once",
  );
}

/**
 * Computes columns of a table.
 *
 * @param read Columns to hand to polars.
 * @param kept Columns of the table in the result; their vectors are the table's own.
 */
export async function applyToTable(
  table: Table,
  read: readonly string[],
  kept: readonly string[],
  compute: (plan: NativeLazy, whole: () => NativeLazy) => NativeLazy,
): Promise<Table> {
  const { tableFromIPC, tableToIPC } = await copyOf(table);
  const [first] = table.schema.fields;
  // A table without columns would have no rows either.
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

/** The columns of a table with types by polars' names, as far as they may hold times. */
export function typesOf(table: Table): Schema {
  return new Map(table.schema.fields.map(({ name, type }) => [String(name), typeOf(String(type))]));
}

/** Arrow's types by the beginnings of their names. */
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
