/** `ta.explain` for indicators. Needs no polars. */

import { checkCall, describe, isOptions, parseCall } from "../core/arguments.js";
import { indicatorNamed } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { missingPolicies } from "../generated/options.js";
import { Explanation } from "./explanation.js";

export { Explanation, Explanations } from "./explanation.js";

/** Explains an indicator by its id or alias, with parameters by name. */
export function explain(name: string, params: Record<string, unknown> = {}): Explanation {
  if (!isOptions(params)) {
    throw new TaError(
      `ta.explain: params must be an object of values by name, got ${describe(params)}`,
    );
  }
  const meta = indicatorNamed(name);
  const parsed = parseCall(meta, [params], undefined);
  // An explanation computes nothing, so look-ahead is allowed.
  const call = checkCall(meta, { ...parsed, allow: undefined });
  const slots = meta.semantics.input_slots;
  const given = slots.flatMap(({ name: slot, default: fallback }) => {
    const value = parsed.inputs[slot] ?? fallback;
    if (value === undefined) return [];
    return [[slot, typeof value === "string" ? value : describe(value)]];
  });
  const inputs: Record<string, string> = Object.fromEntries(given);
  return new Explanation({ meta, call, inputs, missing: parsed.missing ?? missingPolicies[0] });
}
