/** The largest error of each indicator in the golden cases, on record in golden/measured_errors.json. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { ta } from "nodejs-polars-ta";
import { goldenPath } from "./golden.js";

/** In units of the tolerance, a power of ten. */
type Measured = number | "exact";

/** `npm run measure` writes the record; everything else keeps to it. */
const measuring = process.env.TA_MEASURE === "1";

const path = goldenPath("measured_errors.json");

const record: Readonly<Record<string, Measured>> = existsSync(path)
  ? JSON.parse(readFileSync(path, "utf8"))
  : {};

/**
 * The record is made on Linux and x64. Mathematical libraries and fused instructions of
 * other platforms give other last bits, which sums may multiply.
 */
const allowed =
  process.platform === "linux" && process.arch === "x64"
    ? (error: number) => error
    : (error: number) => Math.max(10 * error, 1e-5);

const upToPowerOfTen = (error: number): Measured =>
  error === 0 ? "exact" : Number(`1e${Math.ceil(Math.log10(error))}`);

/** The errors that one suite sees. */
export class Measurement {
  readonly #worst = new Map<string, number>();

  /** Notes an error of an indicator, in units of the tolerance. */
  add(id: string, error: number): void {
    this.#worst.set(id, Math.max(error, this.#worst.get(id) ?? 0));
  }

  /** What is larger than the record says; it may be smaller. */
  excess(id: string): string[] {
    const error = this.#worst.get(id);
    if (measuring) return [];
    if (error === undefined) return [`${id} was not measured`];
    const known = record[id];
    if (known === undefined) return [`${id} has no measured error on record: npm run measure`];
    const limit = allowed(known === "exact" ? 0 : known);
    return error <= limit ? [] : [`${id}: ${error} tolerances, on record ${known}`];
  }

  /** Brings the record up to date, when asked to. */
  write(): void {
    if (!measuring) return;
    const seen = [...this.#worst].filter(([, error]) => error <= 1);
    const known = new Map(Object.entries(record));
    for (const [id, error] of seen) known.set(id, upToPowerOfTen(error));
    const ids = ta.catalog().map((meta) => meta.id);
    const lines = ids.toSorted().flatMap((id) => {
      const error = known.get(id);
      return error === undefined ? [] : [`  ${JSON.stringify(id)}: ${JSON.stringify(error)}`];
    });
    writeFileSync(path, `{\n${lines.join(",\n")}\n}\n`);
  }
}

/** The ids that are on record and should not be, or the other way round. */
export function entriesMissing(ids: readonly string[]): string[] {
  if (measuring) return [];
  const known = Object.keys(record);
  return [...ids.filter((id) => !known.includes(id)), ...known.filter((id) => !ids.includes(id))];
}
