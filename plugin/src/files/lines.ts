/** Finds lines of CSV files that polars cannot read, or reads as if nothing were wrong. */

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { TaError } from "../core/errors.js";
import { type CsvFile, separatorOf } from "./csv.js";
import { unfinishedLines } from "./ends.js";

/** The error for the first line that has more values than the names of columns. */
export async function wideLine(file: CsvFile): Promise<TaError | undefined> {
  const { name, path, format, dialect } = file;
  const separator = separatorOf(format, dialect);
  let number = 0;
  let columns: number | undefined;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    number += 1;
    if (number <= (dialect.skipLines ?? 0)) continue;
    const values = valuesIn(line, separator);
    columns ??= values;
    if (values > columns) {
      return new TaError(
        `${name} has ${values} values in line ${number}, but its first line has ${columns}; correct it`,
      );
    }
  }
  return undefined;
}

const valuesIn = (line: string, separator: string): number =>
  line.replaceAll(/"[^"]*"/g, "").split(separator).length;

/**
 * Throws if a file ends within a line, as one that was not loaded to its end: polars would take a part
 * of a number for the number, and the values behind it for missing ones.
 */
export function refuseCut({ name, path, format, dialect }: CsvFile): void {
  const lines = unfinishedLines(path);
  if (lines === undefined) return;
  const [before = 0, last = 0] = lines.map((line) => valuesIn(line, separatorOf(format, dialect)));
  if (last >= before) return;
  throw new TaError(
    `${name} ends within a line, which has ${last} of ${before} values; load the file again, or remove that line`,
  );
}
