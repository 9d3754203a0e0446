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

/** The columns of a CSV file with the types that its first rows have. */
function csvSchema(path: string, numbers: ReadonlySet<string>): Record<string, DataType> {
  const options = { parseDates: true, inferSchemaLength: INFERRED_ROWS, glob: false };
  const inferred: Record<string, DataType> = pl
    .scanCSV(path, options)
    .limit(0)
    .collectSync().schema;
  const typed = Object.entries(inferred).map(([name, dtype]) => {
    // Whole numbers in the first rows do not make a column whole.
    const whole = numbers.has(name) && /^U?Int/.test(dtype.variant);
    return [name, whole ? pl.Float64 : dtype];
  });
  return Object.fromEntries(typed);
}

/**
 * A file as a plan; nothing of its rows is read yet.
 *
 * @param numbers Columns that are read as numbers.
 */
export function scanFile(
  path: string,
  format: Format,
  numbers: ReadonlySet<string>,
): LazyDataFrame {
  switch (format) {
    case "csv":
      return pl.scanCSV(path, {
        parseDates: true,
        glob: false,
        schema: csvSchema(path, numbers),
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
