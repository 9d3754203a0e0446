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

/** Calls that use rows of the future, by the flags that make them. */
export const lookingAhead: readonly { id: string; text: string; flag: string; usual: boolean }[] =
  ta.catalog().flatMap(({ id, params, semantics }) =>
    (semantics.lookahead_params ?? []).map((flag) => {
      const usual = params.find(({ name }) => name === flag)?.default;
      if (typeof usual !== "boolean") throw new Error(`${flag} of ${id} is no flag`);
      return { id, text: `${id}(${flag}=${!usual})`, flag, usual };
    }),
  );

/** The whole message of what `call` throws, carets included. */
export function message(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return String(error);
  }
  return "nothing was thrown";
}
