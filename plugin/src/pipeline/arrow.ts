/** Pipelines on tables of apache-arrow, which cross to polars and back as IPC. */

import { createRequire } from "node:module";
import type { Table } from "apache-arrow";
import type { DataFrame, LazyDataFrame } from "nodejs-polars";
import { TaError } from "../errors.js";
import { frameLike, planOf } from "../frames.js";
import { type NativeLazy, pl } from "../polars.js";
import type { ArrowTable } from "./table.js";

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
  given: ArrowTable,
  read: readonly string[],
  kept: readonly string[],
  compute: (plan: NativeLazy) => NativeLazy,
): Promise<unknown> {
  const table = given as unknown as Table;
  const { tableFromIPC, tableToIPC } = await copyOf(table);
  const [first] = table.schema.fields;
  // A table without columns would have no rows either.
  const names = read.length > 0 || first === undefined ? [...read] : [first.name];
  const bytes = tableToIPC(table.select(names), "file");
  const frame: DataFrame = pl.readIPC(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const made = frameLike(frame.lazy(), compute(planOf(frame))) as LazyDataFrame;
  const features = tableFromIPC((await made.collect()).writeIPC({ compression: "uncompressed" }));
  return kept.length > 0 ? table.select([...kept]).assign(features) : features;
}
