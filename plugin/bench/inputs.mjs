// The input of a contender: a frame, or its columns as arrays of the type that the contender reads
// fastest.
import pl from "nodejs-polars";
import { readFrame } from "./data.mjs";

/**
 * @param {"frame" | "typed" | "arrays"} kind
 * @param {{ file: string, columns: string[], chunks?: number, rows?: number }} spec
 */
export function openInput(kind, { file, columns, chunks = 1 }) {
  const frame = readFrame(file, columns, chunks);
  if (kind === "frame") return frame;
  return Object.fromEntries(
    columns.map((name) => {
      const values = valuesOf(frame.getColumn(name));
      return [name, kind === "typed" ? values : Array.from(values)];
    }),
  );
}

/**
 * The numbers of a column, NaN for null.
 *
 * @param {pl.Series} series
 * @returns {Float64Array}
 */
export function valuesOf(series) {
  const name = series.name;
  const filled = pl.DataFrame([series]).select(pl.col(name).cast(pl.Float64).fillNull(Number.NaN));
  return Float64Array.from(filled.getColumn(name).toTypedArray());
}

/**
 * The columns of a frame, with the fields of structs as separate columns.
 *
 * @param {pl.DataFrame} frame
 * @returns {pl.Series[]}
 */
export function flatColumns(frame) {
  return frame.getColumns().flatMap((series) => {
    if (series.dtype.variant !== "Struct") return [series];
    return flatColumns(pl.DataFrame([series]).unnest(series.name));
  });
}

/**
 * The bytes of a frame's values.
 *
 * @param {pl.DataFrame} frame
 */
export function bytesOf(frame) {
  const widths = { Float64: 8, Int32: 4, Bool: 1 / 8, Utf8: 16, String: 16 };
  return flatColumns(frame.head(1))
    .map((series) => frame.height * (widths[series.dtype.variant] ?? 8))
    .reduce((sum, bytes) => sum + bytes, 0);
}
