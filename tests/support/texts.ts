/** Indicators as texts of the expression language. */

import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { usualInputs } from "./bars.js";

/** The call of an indicator over the columns it is usually fed from, with its defaults. */
export function usualCall(meta: IndicatorMeta): string {
  const inputs = Object.entries(usualInputs(meta)).map(([slot, name]) => `${slot}=${name}`);
  return `${meta.id}(${inputs.join(", ")})`;
}

/** Every indicator with that call. */
export const calls: readonly { meta: IndicatorMeta; text: string }[] = ta
  .catalog()
  .map((meta) => ({ meta, text: usualCall(meta) }));

/** The ids of those that use rows of the future. */
export const lookingAhead: readonly string[] = ta
  .catalog()
  .filter((meta) => meta.semantics.lookahead > 0)
  .map((meta) => meta.id);

/** The whole message of what `call` throws, carets included. */
export function message(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return String(error);
  }
  return "nothing was thrown";
}
