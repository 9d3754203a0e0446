/** What the first lines of a CSV file tell: separators, lines before the names, missing names. */

import { BAR } from "../core/bar.js";
import { TaError } from "../core/errors.js";
import { sentence, setting } from "../core/sentence.js";
import { formsOf, isTimeOfDay } from "../times/forms.js";
import type { CsvFile } from "./csv.js";
import { separatorOf } from "./csv.js";
import type { Dialect } from "./dialect.js";
import { firstLines } from "./ends.js";
import type { Format } from "./formats.js";

const USUAL = [";", "\t", "|", ","];

/** The dialect of a file: Excel may write `sep=;` into the first line. */
export function dialectIn(path: string, { kind }: Format, dialect: Dialect): Dialect {
  if (kind !== "csv" || dialect.separator !== undefined || dialect.skipLines !== undefined) {
    return dialect;
  }
  const [, separator] = /^"?sep=([;,|\t])"?$/.exec(firstLines(path, 1)[0] ?? "") ?? [];
  return separator === undefined ? dialect : { ...dialect, separator, skipLines: 1 };
}

/** Throws for a file whose first lines are not what they would be read as. */
export function refuseBeginning(file: CsvFile, columns: readonly string[]): void {
  const { name, dialect } = file;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they show that this is no text
  if (columns.some((column) => /[\u0000-\u0008\u000e-\u001f]/.test(column))) {
    throw new TaError(`${name} is not UTF-8 text; save it as CSV in UTF-8`);
  }
  if (columns.some((column) => column.includes("\r"))) {
    throw new TaError(
      `${name} has lines that end with a carriage return alone; save it with usual ends of lines`,
    );
  }
  refuseOneColumn(file, columns);
  if (dialect.header === undefined) {
    refuseTicker(file, columns);
    refuseValues(file, columns);
  } else {
    refuseNames(file, dialect.header);
  }
}

/** Names of columns are for files without names. */
function refuseNames({ name, path, format, dialect }: CsvFile, header: readonly string[]): void {
  const plain = (text: string) =>
    text
      .replace(/^"(.*)"$/, "$1")
      .trim()
      .toLowerCase();
  const skipped = dialect.skipLines ?? 0;
  const first = firstLines(path, skipped + 1)[skipped] ?? "";
  const fields = first.split(separatorOf(format, dialect)).map(plain);
  const names = new Set(header.map(plain));
  if (fields.filter((field) => names.has(field)).length * 2 < fields.length) return;
  throw new TaError(
    sentence`${name} has a line with the names of its columns; leave out ${setting("header")}, or that line with ${setting("skipLines", skipped + 1)}`,
  );
}

function refuseOneColumn({ name, path, format, dialect }: CsvFile, columns: readonly string[]) {
  const [only = ""] = columns;
  if (columns.length !== 1) return;
  const other = USUAL.find((separator) => only.includes(separator));
  const has = `${name} has one column, ${JSON.stringify(only)}`;
  if (dialect.separator === undefined && other !== undefined) {
    throw new TaError(
      sentence`${has}; say what stands between columns with ${setting("separator", other)}`,
    );
  }
  const skipped = dialect.skipLines ?? 0;
  const lines = firstLines(path, skipped + 10).slice(skipped);
  const begin = lines.findIndex((line) => line.split(separatorOf(format, dialect)).length > 2);
  if (begin > 0) {
    throw new TaError(
      sentence`${has}, because its first line is not that of the names; leave it out with ${setting("skipLines", skipped + begin)}`,
    );
  }
}

/** The library yfinance writes a line of the symbols and one for the name of the dates. */
function refuseTicker({ name, path, dialect }: CsvFile, columns: readonly string[]): void {
  const skipped = dialect.skipLines ?? 0;
  const [, second = "", third = ""] = firstLines(path, skipped + 3).slice(skipped);
  if (!/^Ticker,/.test(second) || !/^Date(time)?,*$/.test(third)) return;
  const symbols = new Set(second.split(",").slice(1));
  if (symbols.size > 1) {
    throw new TaError(
      `${name} has ${symbols.size} symbols side by side; save one file for each, with multi_level_index=False of yfinance`,
    );
  }
  const header = [third.replaceAll(",", ""), ...columns.slice(1)];
  throw new TaError(
    sentence`${name} has three lines of names, as yfinance writes them; read it with ${setting("skipLines", skipped + 3)} and ${setting("header", header)}`,
  );
}

const isNumber = (text: string): boolean =>
  /^\s*-?\d+(\.\d+)?([eE][-+]?\d+)?(_duplicated_\d+)?$/.test(text);

/** A file that begins with values has no names. */
function refuseValues({ name }: CsvFile, columns: readonly string[]): void {
  const values = columns.filter(isNumber).length;
  if (values < 4 || values * 2 < columns.length) return;
  const [first = "", after = ""] = columns;
  const clock = formsOf(first)?.timed === false && isTimeOfDay(after);
  const header = [...(clock ? ["date", "time"] : ["time"]), ...BAR].slice(0, columns.length);
  throw new TaError(
    sentence`${name} begins with values, not with names; name its columns in their order, as in ${setting("header", header)}`,
  );
}
