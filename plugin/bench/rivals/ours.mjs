// Our calls over frames: frames in and out, through `.ta`.
import { createRequire } from "node:module";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { bytesOf, flatColumns, valuesOf } from "../inputs.mjs";

const tuned = process.env.BENCH_TUNE === "1";
if (tuned) {
  if (typeof ta.tune !== "function") throw new Error("there is no ta.tune()");
  if (!ta.tune()) throw new Error("not with this system's allocator");
}

export const input = "frame";

/** @param {any} spec */
function expressions({ indicators, over }) {
  return indicators.map(({ id, params, inputs, name }) => {
    const expr = ta.indicator(id, params, inputs).alias(name);
    return over ? expr.over(over) : expr;
  });
}

/**
 * @param {any} spec
 * @param {pl.DataFrame} frame
 */
export function call(spec, frame) {
  if (spec.build) return () => frame.select(...expressions(spec));
  const made = expressions(spec);
  return () => frame.select(...made);
}

/** The same call, off the JavaScript thread. */
export function later(spec, frame) {
  return frame
    .lazy()
    .select(...expressions(spec))
    .collect();
}

/** @param {pl.DataFrame} frame */
export const columns = (frame) => flatColumns(frame).map(valuesOf);

export const bytes = bytesOf;

export function versions() {
  const require = createRequire(import.meta.url);
  const versionOf = (name) => require(`${name}/package.json`).version;
  return {
    "nodejs-polars": versionOf("nodejs-polars"),
    "nodejs-polars-ta": versionOf("nodejs-polars-ta"),
  };
}
