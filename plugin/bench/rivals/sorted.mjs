// Our indicators of bars in no order, which have to be sorted first.
import { withTimes } from "../times.mjs";
import { call as callOurs } from "./ours.mjs";

export const input = "frame";

/**
 * @param {any} spec
 * @param {import("nodejs-polars").DataFrame} frame
 */
export function call(spec, frame) {
  const bars = withTimes(spec.shape, frame, true);
  return () => callOurs(spec, bars.sort("time"))();
}

/** Not measured. */
export const bytes = () => 0;
