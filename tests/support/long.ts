/** Long frames, made up. */

import pl, { type DataFrame } from "nodejs-polars";

/** A frame of one column for each name, long enough to be written in several record batches. */
export function long(rows: number): DataFrame {
  const walk = Float64Array.from(
    { length: rows },
    (_, row) => 100 + 20 * Math.sin(row / 50) + (row % 7),
  );
  return pl.DataFrame({
    close: pl.Series("close", walk),
    high: pl.Series(
      "high",
      walk.map((value, row) => value + (row % 3)),
    ),
    low: pl.Series(
      "low",
      walk.map((value, row) => value - (row % 5)),
    ),
    volume: pl.Series(
      "volume",
      walk.map((_, row) => 1000 + (row % 101)),
    ),
  });
}

/** The frame with columns of keys more: `run` has equal ones together, `mixed` has not. */
export const withKeys = (source: DataFrame, groups: number): DataFrame => {
  const row = pl.col("row");
  const inRun = Math.max(1, Math.ceil(source.height / groups));
  return source
    .withRowIndex("row")
    .withColumns(
      row.sub(row.modulo(inRun)).div(inRun).cast(pl.Int32).alias("run"),
      row.modulo(groups).cast(pl.Int32).alias("mixed"),
    )
    .drop("row");
};
