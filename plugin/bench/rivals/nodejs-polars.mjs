// nodejs-polars without the plugin: what it computes natively, and trivial expressions for as many
// columns.
import pl from "nodejs-polars";
import { bytesOf, flatColumns, valuesOf } from "../inputs.mjs";

export const input = "frame";

const functions = {
  sma: ({ period }) => pl.col("close").rollingMean(period),
  // It has no option span; alpha is equivalent.
  ema: ({ period }) =>
    pl.col("close").ewmMean({ alpha: 2 / (period + 1), adjust: false, minPeriods: period }),
  plain: ({ add }) => pl.col("close").add(add),
};

/** @param {any} spec */
function expressions({ indicators, over }) {
  return indicators.map(({ id, params, name }) => {
    const expr = functions[id](params).alias(name);
    return over ? expr.over(over) : expr;
  });
}

/**
 * @param {any} spec
 * @param {pl.DataFrame} frame
 */
export function call(spec, frame) {
  if (!spec.indicators.every(({ id }) => Object.hasOwn(functions, id))) return undefined;
  if (spec.build) return () => frame.select(...expressions(spec));
  const made = expressions(spec);
  return () => frame.select(...made);
}

/** @param {pl.DataFrame} frame */
export const columns = (frame) => flatColumns(frame).map(valuesOf);

export const bytes = bytesOf;

/** The same call, off the JavaScript thread. */
export function later(spec, frame) {
  return frame
    .lazy()
    .select(...expressions(spec))
    .collect();
}
