/** The kinds of files that are read and written, told by their extension. */

import { extname } from "node:path";
import pl, { type DataType, type LazyDataFrame } from "nodejs-polars";
import { TaError } from "../errors.js";

/** A kind of file. */
export type Format = "csv" | "parquet" | "ipc";

const EXTENSIONS: Readonly<Record<string, Format>> = {
  ".csv": "csv",
  ".parquet": "parquet",
  ".pq": "parquet",
  ".arrow": "ipc",
  ".ipc": "ipc",
  ".feather": "ipc",
};

/** The format of a path. */
export function formatOf(path: string): Format {
  const format = EXTENSIONS[extname(path).toLowerCase()];
  if (format) return format;
  throw new TaError(
    `"${path}" is of no known format; its name must end in ${Object.keys(EXTENSIONS).join(", ")}`,
  );
}

/** Rows from which the types of the columns of a CSV file are told. */
const INFERRED_ROWS = 10_000;

/** What columns of a CSV file are for, where its first rows may say something else. */
export interface Columns {
  /** They are read as numbers, of which whole ones may only come first. */
  readonly numbers: ReadonlySet<string>;
  /** They tell groups apart: `000001` is a name. */
  readonly keys: ReadonlySet<string>;
}

const isTime = ({ variant }: DataType): boolean => /^(Date|Datetime|Time)$/.test(variant);

/** The columns of a CSV file with the types that its first rows have. */
function inferred(path: string): [string, DataType][] {
  const options = { parseDates: true, inferSchemaLength: INFERRED_ROWS, glob: false };
  return Object.entries(pl.scanCSV(path, options).limit(0).collectSync().schema);
}

/** The types that columns of a CSV file are read as. */
function csvSchema(
  columns: readonly [string, DataType][],
  { numbers, keys }: Columns,
): Record<string, DataType> {
  const typed = columns.map(([name, dtype]) => {
    // What dates say is told from all of them: the first rows of 03/04/2013 do not.
    if (isTime(dtype)) return [name, pl.Utf8];
    if (!/^(U?Int|Float)/.test(dtype.variant)) return [name, dtype];
    if (keys.has(name)) return [name, pl.Utf8];
    return [name, numbers.has(name) ? pl.Float64 : dtype];
  });
  return Object.fromEntries(typed);
}

/** A file as it is read. */
export interface Scanned {
  /** Nothing of its rows is read yet. */
  readonly plan: LazyDataFrame;
  /** Columns of texts that look like dates or times. */
  readonly dates: readonly string[];
}

/** A file as a plan. */
export function scanFile(path: string, format: Format, columns: Columns): Scanned {
  switch (format) {
    case "csv": {
      const found = inferred(path);
      const dates = found.filter(([, dtype]) => isTime(dtype)).map(([name]) => name);
      const schema = csvSchema(found, columns);
      return { plan: pl.scanCSV(path, { glob: false, schema }), dates };
    }
    case "parquet":
      return { plan: pl.scanParquet(path, { glob: false }), dates: [] };
    case "ipc":
      return { plan: pl.scanIPC(path), dates: [] };
  }
}

/** A plan that writes `plan` to a file when it is collected. */
export function sinkFile(plan: LazyDataFrame, path: string, format: Format): LazyDataFrame {
  switch (format) {
    case "csv":
      return plan.sinkCSV(path);
    case "parquet":
      return plan.sinkParquet(path);
    case "ipc":
      return plan.sinkIpc(path, { compression: "uncompressed" });
  }
}
