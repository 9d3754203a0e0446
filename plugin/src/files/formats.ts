/** The formats of files, by their extensions. */

import type { LazyDataFrame } from "nodejs-polars";
import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { sentence, setting } from "../core/sentence.js";

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
    sentence`${setting(option)} must be one of ${FORMAT_NAMES.join(", ")}, got ${name === undefined ? "nothing" : describe(name)}`,
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
    sentence`${describe(path)} is of no known format; its name must end in ${extensions.join(", ")}, or say which it is with ${setting(option)}`,
  );
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
