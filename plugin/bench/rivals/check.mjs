// Our check of bars, which should cost less than ten indicators over them.
import { ta } from "nodejs-polars-ta";
import { withTimes } from "../times.mjs";

export const input = "frame";

/**
 * @param {any} spec
 * @param {import("nodejs-polars").DataFrame} frame
 */
export function call({ shape, over, shuffled }, frame) {
  const bars = withTimes(shape, frame, shuffled);
  return () => ta.check(bars, over ? { over } : {});
}

/** The memory of a report is negligible. */
export const bytes = () => 0;
