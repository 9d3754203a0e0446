/** Opens several files as one frame. */

import { statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";

import type { LazyDataFrame } from "nodejs-polars";
import { globSync, isDynamicPattern } from "tinyglobby";
import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { columnTypes, planOf, type Schema, typeName } from "../lazy/frames.js";
import { pl, wrappers } from "../polars/native.js";
import { runSync } from "../polars/steps.js";
import { filesAdvice } from "../times/advice.js";
import { isTimeType } from "../times/choose.js";
import { readTimes } from "../times/read.js";
import { dialectIn, refuseBeginning } from "./beginning.js";
import { joined } from "./both.js";
import { type Columns, type Scanned, scanCsv } from "./csv.js";
import type { Dialect } from "./dialect.js";
import type { Format } from "./formats.js";
import { refuseCut } from "./lines.js";
import type { InputStream } from "./streams.js";

/** A file that polars can read. */
export interface InputFile {
  /** Its name in error messages. */
  readonly name: string;
  /** Its path; that of a copy, if it was compressed or a stream. */
  readonly path: string;
  readonly format: Format;
}

/** A file that is open. */
export interface OpenFile extends InputFile {
  /** How it is written, if it is a CSV file. */
  readonly dialect: Dialect;
}

/** Files with the same columns. */
export interface Source {
  readonly files: readonly OpenFile[];
  readonly schema: Schema;
  /** Text columns that look like dates or times, which {@link withTimes} reads. */
  readonly dates: readonly string[];
  /** The column that was made of dates and times of day, if there is one. */
  readonly joined?: string;
  /** Size of all files in bytes. */
  readonly bytes: number;
  /** The rows of all files, in their order. */
  readonly plan: LazyDataFrame;
}

/**
 * The files that paths and patterns name, each once; those of a pattern sorted by name. Streams are
 * returned unchanged.
 *
 * @param out The file to write, which no pattern matches.
 */
export function findFiles<T extends string | InputStream>(inputs: readonly T[], out?: string): T[] {
  const found = inputs.flatMap((pattern): (string | T)[] => {
    if (typeof pattern !== "string") return [pattern];
    if (isThere(pattern)) return [pattern];
    if (!isDynamicPattern(pattern)) throw new TaError(`there is no file "${pattern}"`);
    const absolute = isAbsolute(pattern);
    const files = globSync(pattern, { absolute, expandDirectories: false })
      .filter((file) => out === undefined || resolve(file) !== resolve(out))
      .sort();
    if (files.length === 0) throw new TaError(`no file matches "${pattern}"`);
    return files;
  });
  const once = new Map(
    found.map((file) => [typeof file === "string" ? resolve(file) : file, file]),
  );
  for (const file of once.values()) {
    if (typeof file !== "string" || statSync(file).isFile()) continue;
    throw new TaError(`"${file}" is not a file`);
  }
  return [...once.values()] as T[];
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw new TaError(`${describe(path)} cannot be read: ${firstLine(error)}`);
  }
}

/**
 * Opens files as one frame.
 *
 * @throws TaError if a file cannot be read, or has other columns than the first one.
 */
export async function openFiles(
  files: readonly InputFile[],
  dialect: Dialect,
  columns: Columns,
): Promise<Source> {
  const opened: Opened[] = [];
  // One after the other, so that the error is about the first file that has one.
  for (const file of files) opened.push(await opening(file, dialect, columns));
  const read = datesAsIn(opened);
  const [first, ...others] = read;
  if (!first) throw new TaError("there are no files to read");
  for (const other of others) checkSame(first, other);
  const names = [...first.schema.keys()];
  const plans = read.map(({ plan }) => plan.select(...names));
  return {
    files: read.map(({ file }) => file),
    schema: first.schema,
    ...(columns.both && { joined: columns.both[0] }),
    dates: first.dates,
    bytes: files.reduce((sum, { path }) => sum + statSync(path).size, 0),
    plan: plans.length === 1 ? first.plan : pl.concat(plans),
  };
}

async function opening(input: InputFile, given: Dialect, columns: Columns): Promise<Opened> {
  const { name, path, format } = input;
  const file: OpenFile = { ...input, dialect: dialectIn(path, format, given) };
  let scanned: Scanned;
  let schema: Schema;
  try {
    scanned = await scanFile(file, columns);
    schema = columnTypes(planOf(scanned.plan));
  } catch (error) {
    if (error instanceof TaError) throw error;
    throw new TaError(notUtf8(name, error) ?? `${name} cannot be read: ${firstLine(error)}`);
  }
  if (format.kind === "csv") {
    refuseBeginning(file, scanned.plan.limit(0).collectSync().columns);
    refuseCut(file);
  }
  if (columns.both === undefined) return { name, file, format, schema, ...scanned };
  const plan = await joined(name, scanned.plan, schema, columns.both);
  const dates = [...new Set([...scanned.dates, columns.both[0]])];
  return { name, file, format, schema: columnTypes(planOf(plan)), plan, dates };
}

/** The plan that reads a file. */
async function scanFile(file: OpenFile, columns: Columns): Promise<Scanned> {
  switch (file.format.kind) {
    case "csv":
      return scanCsv(file, columns);
    case "parquet":
      return { plan: pl.scanParquet(file.path, { glob: false }), dates: [] };
    case "ipc":
      return { plan: pl.scanIPC(file.path), dates: [] };
  }
}

interface Opened extends Named {
  readonly file: OpenFile;
  readonly format: Format;
  readonly plan: LazyDataFrame;
  readonly dates: readonly string[];
}

/** If CSV files are combined with typed files, reads the dates of the CSV files too. */
function datesAsIn(opened: readonly Opened[]): readonly Opened[] {
  const typed = opened.find(({ format }) => format.kind !== "csv");
  const texts = opened.filter(({ format }) => format.kind === "csv");
  const names = (texts[0]?.dates ?? []).filter(
    (name) =>
      isTimeType(typed?.schema.get(name) ?? { variant: "" }) &&
      texts.every(({ schema }) => schema.has(name)),
  );
  if (names.length === 0) return opened;
  const exprs = names.map((column) => {
    const all = pl.concat(texts.map(({ plan }) => plan.select(column)));
    const of = { what: "compute", column, type: { variant: "String" }, advice: filesAdvice };
    const { expr } = runSync(readTimes(planOf(all), of));
    return wrappers.expr._Expr(expr.alias(column));
  });
  return opened.map((one) => {
    if (one.format.kind !== "csv") return one;
    const plan: LazyDataFrame = one.plan.withColumns(...exprs);
    const dates = one.dates.filter((name) => !names.includes(name));
    return { ...one, plan, dates, schema: columnTypes(planOf(plan)) };
  });
}

interface Named {
  readonly name: string;
  readonly schema: Schema;
}

function checkSame(first: Named, other: Named): void {
  for (const [name, type] of first.schema) {
    const found = other.schema.get(name);
    if (!found) {
      throw new TaError(`${other.name} has no column "${name}", which ${first.name} has`);
    }
    if (typeName(found) !== typeName(type)) {
      throw new TaError(
        `column "${name}" is ${typeName(found)} in ${other.name} and ${typeName(type)} in ${first.name}`,
      );
    }
  }
  const more = [...other.schema.keys()].find((name) => !first.schema.has(name));
  if (more !== undefined) {
    throw new TaError(`${other.name} has a column "${more}", which ${first.name} does not have`);
  }
}

/** The sentence for a file that polars cannot read because of its encoding. */
export function notUtf8(name: string, error: unknown): string | undefined {
  if (!/invalid utf-?8/i.test(firstLine(error))) return undefined;
  return `${name} is not UTF-8 text; convert it, as with iconv -f windows-1252 -t utf-8`;
}

/** The first line of an error: polars may add a plan or a stack. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n", 1)[0] ?? "";
}
