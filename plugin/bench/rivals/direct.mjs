// Our calls without frames: typed arrays in and out, through `ta.compute`.
import { ta } from "nodejs-polars-ta";

if (typeof ta.compute !== "function") throw new Error("there is no ta.compute()");

export const input = "typed";

/**
 * @param {any} spec
 * @param {Record<string, Float64Array>} bars
 */
export function call({ indicators: [{ id, params }] }, bars) {
  const slots = ta.find(id).semantics.input_slots;
  const inputs = Object.fromEntries(slots.map((slot) => [slot.name, bars[slot.default]]));
  return () => ta.compute(id, inputs, params);
}

/**
 * The columns of a result: one array, or one for each output.
 *
 * @param {any} result
 * @param {any} spec
 */
export function columns(result, { indicators: [{ id }] }) {
  if (ArrayBuffer.isView(result)) return [result];
  return ta.find(id).outputs.map(({ name }) => result[name]);
}
