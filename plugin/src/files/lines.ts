/** Finds lines of CSV files that polars cannot read. */

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { TaError } from "../core/errors.js";
import { type CsvFile, separatorOf } from "./csv.js";

/** The error for the first line that has more values than the names of columns. */
export async function wideLine(file: CsvFile): Promise<TaError | undefined> {
  const { name, path, format, dialect } = file;
  const separator = separatorOf(format, dialect);
  let number = 0;
  let columns: number | undefined;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    number += 1;
    if (number <= (dialect.skipLines ?? 0)) continue;
    const values = line.replaceAll(/"[^"]*"/g, "").split(separator).length;
    columns ??= values;
    if (values > columns) {
      return new TaError(
        `${name} has ${values} values in line ${number}, but its first line has ${columns}; correct it`,
      );
    }
  }
  return undefined;
}
