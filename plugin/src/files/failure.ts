/** Explains why a computation over files failed. */

import { TaError } from "../core/errors.js";
import { sentence, setting } from "../core/sentence.js";
import { readAsNumber } from "../core/written.js";
import { pl } from "../polars/native.js";
import { scanTexts } from "./csv.js";
import { wideLine } from "./lines.js";
import { numberIn } from "./numbers.js";
import { firstLine, notUtf8, type OpenFile, type Source } from "./sources.js";

/** An error that names the file, and the value that caused it, if any. */
export async function explainFailure(
  source: Source,
  numbers: readonly string[],
  error: unknown,
): Promise<unknown> {
  if ((error as Error | undefined)?.name === "AbortError") return error;
  const message = firstLine(error);
  const [first] = source.files;
  const encoded = source.files.length === 1 && first ? notUtf8(first.name, error) : undefined;
  if (encoded !== undefined) return new TaError(encoded);
  const ours = error instanceof TaError;
  // Polars reads a column as text if the value is among the first rows; a later one makes it fail.
  const suspects = numbers.filter((name) => {
    const type = source.schema.get(name)?.variant ?? "";
    return ours
      ? type === "String" && message.includes(`"${name}"`)
      : /^(String|Float64)$/.test(type);
  });
  for (const file of source.files) {
    if (file.format.kind !== "csv" || suspects.length === 0) continue;
    const found = await firstText(file, suspects).catch((failed: unknown) => {
      throw new TaError(notUtf8(file.name, failed) ?? `${file.name}: ${firstLine(failed)}`);
    });
    if (found) {
      const { column, value, row } = found;
      const advice = readAsNumber(value, file.dialect).flatMap((one) => sentence`; ${one}`);
      return new TaError(
        sentence`${file.name} has "${value}" in row ${row} of column "${column}": a number is needed${advice}`,
      );
    }
  }
  if (ours) return error;
  if (/more fields than defined/.test(message)) {
    for (const file of source.files) {
      const wide = file.format.kind === "csv" ? await wideLine(file) : undefined;
      if (wide !== undefined) return wide;
    }
  }
  const late = lateText(source, message);
  if (late !== undefined) return late;
  const [file] = source.files;
  const what = source.files.length === 1 ? file?.name : `${source.files.length} files`;
  return new TaError(`${what}: ${message}`);
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^[iu]\d/, "whole numbers"],
  [/^f\d/, "numbers"],
  [/^bool/, "true and false"],
];

/** The error for a column that no feature reads and whose values change their kind. */
function lateText({ files, schema }: Source, message: string): TaError | undefined {
  const [, value, dtype = "", column = ""] =
    /^could not parse `(.*?)` as dtype `(\w+)` at column '(.*)' \(/.exec(message) ?? [];
  const kind = KINDS.find(([type]) => type.test(dtype))?.[1];
  if (value === undefined || kind === undefined || !schema.has(column)) return undefined;
  const what = files.length === 1 ? files[0]?.name : `${files.length} files`;
  const others = [...schema.keys()].filter((name) => name !== column);
  return new TaError(
    sentence`${what ?? ""} has ${JSON.stringify(value)} in column ${JSON.stringify(column)}, which begins with ${kind}; correct it, or leave the column out with ${setting("keep", others)}`,
  );
}

/**
 * The first value that is no number in a column of numbers. Rows count from 1, below the header.
 */
async function firstText(
  file: OpenFile,
  numbers: readonly string[],
): Promise<{ column: string; value: string; row: number } | undefined> {
  const texts = scanTexts(file);
  for (const column of numbers) {
    const value = pl.col(column);
    const wrong = texts
      .select(value.alias("value"), numberIn(value, file.dialect).alias("number"))
      .withRowIndex("row", 1)
      .filter(pl.col("value").isNotNull().and(pl.col("number").isNull()))
      .limit(1);
    const found = (await wrong.collect()).toRecords()[0] as
      | { value: string; row: number }
      | undefined;
    if (found) return { column, ...found };
  }
  return undefined;
}
