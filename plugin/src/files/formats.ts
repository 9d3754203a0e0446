/** The formats of files, by their extensions. */

import type { DataType, Expr, LazyDataFrame } from "nodejs-polars";
import { TaError } from "../core/errors.js";
import { sentence, setting } from "../core/sentence.js";
import { pl } from "../polars/native.js";
import type { Dialect } from "./dialect.js";

/** The format of a file. */
export interface Format {
  readonly kind: "csv" | "parquet" | "ipc";
  /** The character between columns of a CSV file, if it is not the default. */
  readonly separator?: string;
  /** Whether the file is compressed with gzip. */
  readonly gzip?: boolean;
}

/** The formats by name. */
const FORMATS: Readonly<Record<FormatName, Format>> = {
  csv: { kind: "csv" },
  tsv: { kind: "csv", separator: "\t" },
  "csv.gz": { kind: "csv", gzip: true },
  "tsv.gz": { kind: "csv", separator: "\t", gzip: true },
  parquet: { kind: "parquet" },
  arrow: { kind: "ipc" },
};

/** The name of a format, which is also its extension. */
export type FormatName = "csv" | "tsv" | "csv.gz" | "tsv.gz" | "parquet" | "arrow";

/** The names of all formats. */
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

/** Other extensions of a format. */
const ALSO: Readonly<Record<string, FormatName>> = {
  pq: "parquet",
  ipc: "arrow",
  feather: "arrow",
};

/** The format that a caller names. */
export function formatNamed(option: string, name: unknown): Format {
  const known = typeof name === "string" && Object.hasOwn(FORMATS, name);
  if (known) return FORMATS[name as FormatName];
  throw new TaError(
    sentence`${setting(option)} must be one of ${FORMAT_NAMES.join(", ")}, got ${JSON.stringify(name) ?? "nothing"}`,
  );
}

/**
 * The format of a path by its extension.
 *
 * @param option The option that names a format, for the message.
 */
export function formatOf(path: string, option: string): Format {
  const name = /\.((?:\w+\.gz)|\w+)$/.exec(path.toLowerCase())?.[1] ?? "";
  const format = Object.hasOwn(ALSO, name) ? ALSO[name] : (name as FormatName);
  if (format !== undefined && Object.hasOwn(FORMATS, format)) return FORMATS[format];
  const extensions = [...FORMAT_NAMES, ...Object.keys(ALSO)].map((each) => `.${each}`);
  throw new TaError(
    sentence`"${path}" is of no known format; its name must end in ${extensions.join(", ")}, or say which it is with ${setting(option)}`,
  );
}

/** Rows from which the types of CSV columns are inferred. */
const INFERRED_ROWS = 10_000;

/**
 * The purpose of columns in a CSV file, which overrides the types inferred from its first rows.
 */
export interface Columns {
  /** The columns to read as floats, even if the first rows have whole numbers. */
  readonly numbers: (columns: readonly string[]) => readonly string[];
  /** The columns of groups, to read as text: `000001` is a name. */
  readonly keys: (columns: readonly string[]) => readonly string[];
}

/** Polars' options for reading a format. */
function readAs({ separator }: Format, dialect: Dialect) {
  const { nullValue, decimalComma } = dialect;
  const usual = decimalComma && separator === undefined ? ";" : separator;
  return {
    glob: false,
    sep: dialect.separator ?? usual ?? ",",
    ...(nullValue !== undefined && { nullValues: [nullValue].flat() }),
    ...(decimalComma && { decimalComma }),
  };
}

/** Reads all columns of a CSV file as text. */
export const scanTexts = (path: string, format: Format, dialect: Dialect): LazyDataFrame =>
  pl.scanCSV(path, { ...readAs(format, dialect), inferSchemaLength: 0 });

const isTime = ({ variant }: DataType): boolean => /^(Date|Datetime|Time)$/.test(variant);

/** The columns of a CSV file, with types inferred from its first rows. */
function inferred(path: string, format: Format, dialect: Dialect): [string, DataType][] {
  const options = { parseDates: true, inferSchemaLength: INFERRED_ROWS };
  const plan = pl.scanCSV(path, { ...readAs(format, dialect), ...options });
  return Object.entries(plan.limit(0).collectSync().schema);
}

/** The types with which the columns of a CSV file are read. */
function csvSchema(
  columns: readonly [string, DataType][],
  { numbers, keys }: Columns,
): Record<string, DataType> {
  const names = columns.map(([name]) => name);
  const [read, apart] = [new Set(numbers(names)), new Set(keys(names))];
  const typed = columns.map(([name, dtype]) => {
    // Times stay text until all rows show their form: 03/04/2013 alone does not.
    if (isTime(dtype)) return [name, pl.Utf8];
    if (!/^(U?Int|Float)/.test(dtype.variant)) return [name, dtype];
    if (apart.has(name)) return [name, pl.Utf8];
    return [name, read.has(name) ? pl.Float64 : dtype];
  });
  return Object.fromEntries(typed);
}

/** Converts text to numbers, null where it is none. */
export function numberIn(text: Expr, { decimalComma = false }: Dialect): Expr {
  return (decimalComma ? withPoint(text) : text).cast(pl.Float64, false);
}

/** Replaces the decimal comma by a point. A point in the text makes it no number. */
const withPoint = (text: Expr): Expr =>
  text.str.replaceAll(".", "?", true).str.replace(",", ".", true);

/** A file to read. */
export interface Scanned {
  /** The plan that reads it. */
  readonly plan: LazyDataFrame;
  /** Columns of texts that look like dates or times. */
  readonly dates: readonly string[];
}

function scanCsv(path: string, format: Format, dialect: Dialect, columns: Columns): Scanned {
  const found = inferred(path, format, dialect);
  const dates = found.filter(([, dtype]) => isTime(dtype)).map(([name]) => name);
  const schema = csvSchema(found, columns);
  const options = readAs(format, dialect);
  if (!dialect.decimalComma) return { plan: pl.scanCSV(path, { ...options, schema }), dates };
  // With a decimal comma, polars would still read the point of 1.234 as a decimal point.
  const floats = Object.keys(schema).filter((name) => schema[name]?.variant === "Float64");
  const texts = Object.fromEntries(floats.map((name) => [name, pl.Utf8]));
  const plan = pl
    .scanCSV(path, { ...options, schema: { ...schema, ...texts } })
    .withColumns(...floats.map((name) => withPoint(pl.col(name)).cast(pl.Float64, true)));
  return { plan, dates };
}

/** The plan that reads a file. */
export function scanFile(
  path: string,
  format: Format,
  dialect: Dialect,
  columns: Columns,
): Scanned {
  switch (format.kind) {
    case "csv":
      return scanCsv(path, format, dialect, columns);
    case "parquet":
      return { plan: pl.scanParquet(path, { glob: false }), dates: [] };
    case "ipc":
      return { plan: pl.scanIPC(path), dates: [] };
  }
}

/** A plan that writes `plan` to a file when it is collected. */
export function sinkFile(plan: LazyDataFrame, path: string, format: Format): LazyDataFrame {
  switch (format.kind) {
    case "csv":
      return plan.sinkCSV(path, {
        separator: format.separator ?? ",",
        ...(format.gzip && { compression: "gzip", checkExtension: false }),
      });
    case "parquet":
      return plan.sinkParquet(path);
    case "ipc":
      return plan.sinkIpc(path, { compression: "uncompressed" });
  }
}
