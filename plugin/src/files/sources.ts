/** Files that together are one frame. */

import { statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import pl, { type LazyDataFrame } from "nodejs-polars";
import { globSync, isDynamicPattern } from "tinyglobby";
import { TaError } from "../errors.js";
import { columnTypes, planOf, type Schema, typeName } from "../frames.js";
import { wrappers } from "../polars.js";
import { runSync } from "../steps.js";
import { filesAdvice } from "../times/advice.js";
import { isTimeType } from "../times/choose.js";
import { readTimes } from "../times/read.js";
import { type Columns, type Format, formatOf, scanFile } from "./formats.js";

/** Files with the same columns. */
export interface Source {
  readonly files: readonly string[];
  readonly formats: readonly Format[];
  readonly schema: Schema;
  /** Columns of texts that look like dates or times, which {@link withTimes} reads. */
  readonly dates: readonly string[];
  /** Bytes of all files. */
  readonly bytes: number;
  /** The rows of all files, in their order. */
  readonly plan: LazyDataFrame;
}

/**
 * The files that paths and patterns name, each once; those of a pattern in the order of their
 * names.
 *
 * @param out The file to be written, which a pattern does not stand for.
 */
export function findFiles(patterns: readonly string[], out?: string): string[] {
  const found = patterns.flatMap((pattern) => {
    if (statSync(pattern, { throwIfNoEntry: false })) return [pattern];
    if (!isDynamicPattern(pattern)) throw new TaError(`there is no file "${pattern}"`);
    const absolute = isAbsolute(pattern);
    const files = globSync(pattern, { absolute, expandDirectories: false })
      .filter((file) => out === undefined || resolve(file) !== resolve(out))
      .sort();
    if (files.length === 0) throw new TaError(`no file matches "${pattern}"`);
    return files;
  });
  const files = [...new Map(found.map((file) => [resolve(file), file])).values()];
  for (const file of files) {
    if (!statSync(file).isFile()) throw new TaError(`"${file}" is not a file`);
  }
  return files;
}

/**
 * Opens files as one frame.
 *
 * @throws TaError if a file cannot be read, or has other columns than the first one.
 */
export function openFiles(files: readonly string[], columns: Columns): Source {
  const opened = files.map((file) => {
    const format = formatOf(file);
    try {
      const { plan, dates } = scanFile(file, format, columns);
      return { file, format, plan, dates, schema: columnTypes(planOf(plan)) };
    } catch (error) {
      throw new TaError(`"${file}" cannot be read: ${firstLine(error)}`);
    }
  });
  const read = datesAsIn(opened);
  const [first, ...others] = read;
  if (!first) throw new TaError("there are no files to read");
  for (const other of others) checkSame(first, other);
  const names = [...first.schema.keys()];
  const plans = read.map(({ plan }) => plan.select(...names));
  return {
    files,
    formats: read.map(({ format }) => format),
    schema: first.schema,
    dates: first.dates,
    bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
    plan: plans.length === 1 ? first.plan : pl.concat(plans),
  };
}

interface Opened extends Named {
  readonly format: Format;
  readonly plan: LazyDataFrame;
  readonly dates: readonly string[];
}

/** Files of which those without types have dates where others have them as a dtype. */
function datesAsIn(opened: readonly Opened[]): readonly Opened[] {
  const typed = opened.find(({ format }) => format !== "csv");
  const texts = opened.filter(({ format }) => format === "csv");
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
    if (one.format !== "csv") return one;
    const plan: LazyDataFrame = one.plan.withColumns(...exprs);
    const dates = one.dates.filter((name) => !names.includes(name));
    return { ...one, plan, dates, schema: columnTypes(planOf(plan)) };
  });
}

interface Named {
  readonly file: string;
  readonly schema: Schema;
}

function checkSame(first: Named, other: Named): void {
  for (const [name, type] of first.schema) {
    const found = other.schema.get(name);
    if (!found) {
      throw new TaError(`"${other.file}" has no column "${name}", which "${first.file}" has`);
    }
    if (typeName(found) !== typeName(type)) {
      throw new TaError(
        `column "${name}" is ${typeName(found)} in "${other.file}" and ${typeName(type)} in "${first.file}"`,
      );
    }
  }
  const more = [...other.schema.keys()].find((name) => !first.schema.has(name));
  if (more !== undefined) {
    throw new TaError(
      `"${other.file}" has a column "${more}", which "${first.file}" does not have`,
    );
  }
}

/** What an error says, without the plan or the stack that polars may add. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n", 1)[0] ?? "";
}
