/** The methods of frames that are not indicators. Their code is loaded on first use. */

import { createRequire } from "node:module";
import type { DataFrame, LazyDataFrame, Series } from "nodejs-polars";
import { chart } from "../chart/load.js";
import { check } from "../check/load.js";
import { type Defaults, isOptions } from "../core/arguments.js";
import { entry } from "../core/catalog.js";
import { barTransforms } from "../generated/transforms.js";
import type { Frame } from "../lazy/frames.js";
import type { Fold } from "./split.js";

const require = createRequire(import.meta.url);

const code = {
  resample: () => require("./resample.js") as typeof import("./resample.js"),
  split: () => require("./split.js") as typeof import("./split.js"),
  sync: () => require("./sync.js") as typeof import("./sync.js"),
  uniqueness: () => require("./uniqueness.js") as typeof import("./uniqueness.js"),
  transform: () => require("./transform.js") as typeof import("./transform.js"),
};

/** `ta.split`. */
export const split = (frame: unknown, options: unknown): Fold[] =>
  code.split().split(frame, options);

/** `ta.uniqueness`. */
export const uniqueness = (frame: unknown, options: unknown): Series =>
  code.uniqueness().uniqueness(frame, options);

/** An operation: the frame before `.ta`, the namespace's defaults, and the arguments. */
export type Operation = (frame: Frame, defaults: Defaults | undefined, args: unknown[]) => unknown;

/** The options of an operation, with the columns that the namespace sets as defaults. */
function withInputs(options: unknown, { inputs = {} }: Defaults = {}): unknown {
  if (options !== undefined && !isOptions(options)) return options;
  const given = Object.entries(options ?? {}).filter(([, value]) => value !== undefined);
  return { ...inputs, ...Object.fromEntries(given) };
}

const transforms = Object.entries(barTransforms).map(([method, id]): [string, Operation] => [
  method,
  (frame, defaults, args) => code.transform().transform(method, entry(id), frame, defaults, args),
]);

/** The methods of `.ta` on frames that are not indicators. */
export const operations: Readonly<Record<string, Operation>> = {
  ...Object.fromEntries(transforms),
  chart: (frame, defaults, [options]) => chart(frame, withInputs(options, defaults)),
  check: (frame, defaults, [options]) => check(frame, withInputs(options, defaults)),
  resample: (frame, defaults, [every, options]) =>
    code.resample().resample(frame, every, withInputs(options, defaults)),
  sync: (frame, _, [other, options]) =>
    code.sync().sync(frame, other as DataFrame | LazyDataFrame, options),
};
