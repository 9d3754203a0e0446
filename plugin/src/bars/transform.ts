/** Indicators that transform bars into bars, as methods of frames. */

import type { DataFrame } from "nodejs-polars";
import { type Defaults, parseCall } from "../core/arguments.js";
import type { IndicatorMeta } from "../core/catalog.js";
import type { BarTransformOptions } from "../core/surfaces.js";
import { columnRequest } from "../lazy/call.js";
import { columnOf, columnTypes, type Frame, keysOf, planOf, usualIn } from "../lazy/frames.js";
import { placeholder } from "../lazy/placeholder.js";
import { wrappers } from "../polars/native.js";

/** The one option besides inputs, parameters and common options. */
const OVER = "over" satisfies keyof BarTransformOptions;

/** Replaces prices by the outputs of an indicator that reads them. */
export function transform(
  method: string,
  meta: IndicatorMeta,
  frame: Frame,
  defaults: Defaults | undefined,
  args: unknown[],
): Frame {
  const call = parseCall(meta, args, undefined, defaults, [OVER]);
  const schema = columnTypes(planOf(frame));
  const prices = meta.outputs.map(({ name }) => {
    const { default: usual } = meta.semantics.input_slots.find((slot) => slot.name === name) ?? {};
    const asked = call.inputs[name] ?? usualIn(method, usual ?? name, schema) ?? usual;
    return { name, column: columnOf(method, name, asked, schema) };
  });
  const { [OVER]: over } = call.own;
  const keys = keysOf(method, OVER, over);
  const bars = placeholder(columnRequest(meta, call));
  const whole = keys.length > 0 ? bars.over(keys) : bars;
  const columns = prices.map(({ name, column }) =>
    wrappers.expr._Expr(whole.structFieldByName(name).alias(column)),
  );
  return (frame as DataFrame).withColumns(...columns);
}
