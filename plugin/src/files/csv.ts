/** Reads CSV files as polars plans. */

import type { DataType, Expr, LazyDataFrame } from "nodejs-polars";
import { TaError } from "../core/errors.js";
import { columnSaid, sentence, setting } from "../core/sentence.js";
import { pl } from "../polars/native.js";
import type { Dialect } from "./dialect.js";
import { endsBlank } from "./ends.js";
import type { Format } from "./formats.js";
import { isUnusual, numberIn, numberOrFailure } from "./numbers.js";

/** Rows from which the types of columns are inferred. */
const INFERRED_ROWS = 10_000;

/** The purpose of columns in files, which overrides the types that they seem to have. */
export interface Columns {
  /** The columns to read as floats, even if the first rows have whole numbers. */
  readonly numbers: (columns: readonly string[]) => readonly string[];
  /** The columns of groups, to read as text: `000001` is a name. */
  readonly keys: (columns: readonly string[]) => readonly string[];
  /** The column of the dates and that of the times of day, which become one. */
  readonly both?: readonly [string, string];
}

/** A file to read. */
export interface Scanned {
  /** The plan that reads it. */
  readonly plan: LazyDataFrame;
  /** Columns of texts that look like dates or times. */
  readonly dates: readonly string[];
}

/** A CSV file and how it is written. */
export interface CsvFile {
  /** Its name in error messages. */
  readonly name: string;
  readonly path: string;
  readonly format: Format;
  readonly dialect: Dialect;
}

/** The character between the columns. */
export function separatorOf({ separator }: Format, dialect: Dialect): string {
  const usual = dialect.decimalComma && separator === undefined ? ";" : separator;
  return dialect.separator ?? usual ?? ",";
}

/** Polars' options for reading a file. */
function readAs({ format, dialect }: CsvFile) {
  const { nullValue, header, skipLines } = dialect;
  return {
    glob: false,
    sep: separatorOf(format, dialect),
    hasHeader: header === undefined,
    ...(skipLines !== undefined && { skipRows: skipLines }),
    ...(nullValue !== undefined && { nullValues: [nullValue].flat() }),
  };
}

/** A column of a CSV file, and the type that its first rows show. */
interface Inferred {
  readonly name: string;
  readonly dtype: DataType;
}

function inferred(file: CsvFile, rows: number): Inferred[] {
  const { decimalComma, header } = file.dialect;
  const frame = pl
    .scanCSV(file.path, {
      ...readAs(file),
      ...(decimalComma && { decimalComma }),
      parseDates: true,
      inferSchemaLength: rows,
    })
    .limit(0)
    .collectSync();
  const { columns, dtypes } = frame;
  if (header !== undefined && header.length > columns.length) {
    throw new TaError(
      sentence`${setting("header")} has ${header.length} names, but ${file.name} has ${columns.length} columns`,
    );
  }
  return columns.map((column, index) => ({
    name: header?.[index] ?? column,
    dtype: dtypes[index] as DataType,
  }));
}

/** The plan that reads columns with these types. */
function scan(file: CsvFile, columns: readonly Inferred[]): LazyDataFrame {
  const reading = (names: readonly string[]): LazyDataFrame => {
    const types = columns.map(({ dtype }, index) => [names[index] as string, dtype] as const);
    return pl.scanCSV(file.path, { ...readAs(file), schema: Object.fromEntries(types) });
  };
  const names = columns.map(({ name }) => name);
  if (!names.some(isIndex)) return reading(names);
  const others = names.map((_, index) => `column ${index + 1}`);
  return reading(others).select(
    ...names.map((name, index) => pl.col(others[index] as string).alias(name)),
  );
}

/**
 * Whether a name is a whole number. As keys of an object such names come first, and polars takes the
 * names of a schema in their order.
 */
const isIndex = (name: string): boolean => /^\d+$/.test(name);

/** Reads all columns of a CSV file as text. */
export const scanTexts = (file: CsvFile): LazyDataFrame =>
  scan(
    file,
    inferred(file, 0).map(({ name }) => ({ name, dtype: pl.Utf8 })),
  );

const isTime = ({ variant }: DataType): boolean => /^(Date|Datetime|Time)$/.test(variant);

const isNumber = ({ variant }: DataType): boolean => /^(U?Int|Float)/.test(variant);

/** The plan that reads a CSV file. */
export async function scanCsv(
  file: CsvFile,
  { numbers, keys, both = ["", ""] }: Columns,
): Promise<Scanned> {
  const found = inferred(file, INFERRED_ROWS);
  const names = found.map(({ name }) => name);
  const [read, apart] = [new Set(numbers(names)), new Set([...keys(names), ...both])];
  refuseTwice(file, names, read);
  const asNumber = new Set<string>();
  const typeOf = async ({ name, dtype }: Inferred): Promise<DataType> => {
    if (apart.has(name)) return pl.Utf8;
    // Times stay text until all rows show their form: 03/04/2013 alone does not.
    if (isTime(dtype)) return pl.Utf8;
    const [number, unusual] = [isNumber(dtype), isUnusual(file.dialect)];
    const wanted = read.has(name) || (unusual && dtype.variant === "Float64");
    if (!wanted || !(number || dtype.variant === "String")) return dtype;
    if (number && !unusual) return pl.Float64;
    if (number || (await allNumbers(file, name))) asNumber.add(name);
    return pl.Utf8;
  };
  const typed = await Promise.all(
    found.map(async (column) => ({ name: column.name, dtype: await typeOf(column) })),
  );
  const converted = [...asNumber].map((name) =>
    numberOrFailure(pl.col(name), file.dialect).alias(name),
  );
  const texts = withoutBlankEnd(file, scan(file, typed), names);
  return {
    plan: converted.length > 0 ? texts.withColumns(...converted) : texts,
    dates: found.filter(({ dtype }) => isTime(dtype)).map(({ name }) => name),
  };
}

/** Whether all texts of a column are numbers in another way of writing, such as `$1.5`. */
async function allNumbers(file: CsvFile, name: string): Promise<boolean> {
  const text = pl.col(name);
  const wrong = scanTexts(file)
    .select(text.alias("text"), numberIn(text, file.dialect).alias("number"))
    .filter(pl.col("text").isNotNull().and(pl.col("number").isNull()))
    .limit(1);
  return (await wrong.collect()).height === 0;
}

/** Polars' name of a column whose name an earlier one has. */
const second = (name: string): string => `${name}_duplicated_0`;

function refuseTwice({ name: file }: CsvFile, names: readonly string[], read: Iterable<string>) {
  const twice = [...read].find((name) => names.includes(second(name)));
  if (twice === undefined) return;
  const usual = twice.toLowerCase().replaceAll(/\W/g, "");
  throw new TaError(
    sentence`${file} has more than one column "${twice}"; keep one of them, or take the second with ${columnSaid(usual, second(twice))}`,
  );
}

/** Leaves out rows without any value, which are empty lines at the end of a file. */
function withoutBlankEnd(
  { path, format, dialect }: CsvFile,
  plan: LazyDataFrame,
  names: readonly string[],
): LazyDataFrame {
  if (names.length < 2 || !endsBlank(path, separatorOf(format, dialect))) return plan;
  const some = names.map((name) => pl.col(name).isNotNull());
  return plan.filter(some.reduce((any: Expr, one) => any.or(one)));
}
