/** Files of bars in a temporary folder, and what computing them should give. */

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl, { type DataFrame } from "nodejs-polars";
import { afterAll, expect } from "vitest";
import { goldenPath } from "./golden.js";

/** Real bars of four symbols, their dates parsed. */
export const stocks = (): DataFrame =>
  pl.readCSV(goldenPath("data/stocks.csv"), { tryParseDates: true });

/** A folder that is removed when the tests of a file have run. */
export function temporaryFolder(name: string): {
  at: (file: string) => string;
  list: () => string[];
} {
  const folder = mkdtempSync(join(tmpdir(), `ta-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { at: (file) => join(folder, file), list: () => readdirSync(folder).sort() };
}

/** A file of any format. */
export function readAny(path: string): DataFrame {
  if (path.endsWith(".csv"))
    return pl.readCSV(path, { tryParseDates: true, inferSchemaLength: 20_000 });
  return path.endsWith(".parquet") ? pl.readParquet(path) : pl.scanIPC(path).collectSync();
}

export function writeAny(frame: DataFrame, path: string): void {
  if (path.endsWith(".csv")) frame.writeCSV(path);
  else if (path.endsWith(".parquet")) frame.writeParquet(path);
  else frame.writeIPC(path);
}

/** That two frames have the same columns and values, to the last bit unless they went through text. */
export function expectFrame(made: DataFrame, wanted: DataFrame, columns = wanted.columns): void {
  expect(made.columns).toEqual(wanted.columns);
  expect(made.height).toBe(wanted.height);
  for (const name of columns) {
    expect(made.getColumn(name).toArray(), name).toEqual(wanted.getColumn(name).toArray());
  }
}
