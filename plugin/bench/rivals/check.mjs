// Our check of bars, which should cost less than ten indicators over them.
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";

export const input = "frame";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Bars per day, on five days of the week. */
const A_DAY = 390;

/**
 * Adds a column of times: the minutes of sessions.
 *
 * @param {import("../data.mjs").Shape} shape
 * @param {pl.DataFrame} frame
 */
function withTimes({ rows, groups = 1, order }, frame) {
  const each = rows / groups;
  const times = Float64Array.from({ length: rows }, (_, row) => {
    const bar = order === "interleaved" ? Math.floor(row / groups) : row % each;
    const day = Math.floor(bar / A_DAY);
    const monday = 4 + 7 * Math.floor(day / 5);
    return (monday + (day % 5)) * DAY + (570 + (bar % A_DAY)) * MINUTE;
  });
  const time = pl.Series("time", times, pl.Float64).cast(pl.Int64).cast(pl.Datetime("ms"));
  return frame.withColumns(time);
}

/**
 * @param {any} spec
 * @param {pl.DataFrame} frame
 */
export function call({ shape, over }, frame) {
  const bars = withTimes(shape, frame);
  return () => ta.check(bars, over ? { over } : {});
}

/** The memory of a report is negligible. */
export const bytes = () => 0;
