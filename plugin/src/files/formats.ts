/** The kinds of files that are read and written, told by their extension. */

import { extname } from "node:path";
import type { DataType, LazyDataFrame } from "nodejs-polars";
import { TaError } from "../errors.js";
import { pl } from "../polars.js";

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

/** The columns of a CSV file with the types that its first rows have. */
function csvSchema(path: string, { numbers, keys }: Columns): Record<string, DataType> {
  const options = { parseDates: true, inferSchemaLength: INFERRED_ROWS, glob: false };
  const inferred: Record<string, DataType> = pl
    .scanCSV(path, options)
    .limit(0)
    .collectSync().schema;
  const typed = Object.entries(inferred).map(([name, dtype]) => {
    if (!/^(U?Int|Float)/.test(dtype.variant)) return [name, dtype];
    if (keys.has(name)) return [name, pl.Utf8];
    return [name, numbers.has(name) ? pl.Float64 : dtype];
  });
  return Object.fromEntries(typed);
}

/** A file as a plan; nothing of its rows is read yet. */
export function scanFile(path: string, format: Format, columns: Columns): LazyDataFrame {
  switch (format) {
    case "csv":
      return pl.scanCSV(path, {
        parseDates: true,
        glob: false,
        schema: csvSchema(path, columns),
      });
    case "parquet":
      return pl.scanParquet(path, { glob: false });
    case "ipc":
      return pl.scanIPC(path);
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
