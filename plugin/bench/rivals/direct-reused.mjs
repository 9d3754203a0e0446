// Like direct.mjs, but writes into the same arrays again.
import { ta } from "nodejs-polars-ta";

export { columns, input } from "./direct.mjs";

/**
 * @param {any} spec
 * @param {Record<string, Float64Array>} bars
 */
export function call({ indicators: [{ id, params }] }, bars) {
  const slots = ta.find(id).semantics.input_slots;
  const inputs = Object.fromEntries(slots.map((slot) => [slot.name, bars[slot.default]]));
  const out = ta.compute(id, inputs, params);
  return () => ta.compute(id, inputs, params, out);
}
