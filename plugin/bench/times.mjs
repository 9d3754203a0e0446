// Times for the bars of the benchmark.
import pl from "nodejs-polars";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Bars per day, on five days of the week. */
const A_DAY = 390;

/**
 * Adds a column of times: the minutes of sessions. If `shuffled`, the rows are in no order.
 *
 * @param {import("../data.mjs").Shape} shape
 * @param {pl.DataFrame} frame
 * @param {boolean} [shuffled]
 */
export function withTimes({ rows, groups = 1, order }, frame, shuffled = false) {
  const each = rows / groups;
  const times = Float64Array.from({ length: rows }, (_, row) => {
    const bar = order === "interleaved" ? Math.floor(row / groups) : row % each;
    const day = Math.floor(bar / A_DAY);
    const monday = 4 + 7 * Math.floor(day / 5);
    return (monday + (day % 5)) * DAY + (570 + (bar % A_DAY)) * MINUTE;
  });
  const time = pl.Series("time", times, pl.Float64).cast(pl.Int64).cast(pl.Datetime("ms"));
  const bars = frame.withColumns(time);
  return shuffled ? bars.sample({ n: rows, shuffle: true, seed: 1 }) : bars;
}
