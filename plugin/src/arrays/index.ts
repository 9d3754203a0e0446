/**
 * Technical indicators over arrays of numbers, without nodejs-polars: for browsers, and for programs
 * that have no frames.
 *
 * @example
 * ```ts
 * import { ta } from "nodejs-polars-ta/arrays";
 *
 * const { value } = ta.compute("sma", { series: Float64Array.of(10, 11, 12, 11) }, { period: 3 });
 * ```
 *
 * @packageDocumentation
 */

import { catalog, find } from "../core/catalog.js";
import { info } from "../core/info.js";
import { compute } from "./compute.js";

/** Computes indicators, and tells about them. */
export interface Ta {
  /** Computes an indicator over arrays of numbers. */
  compute: typeof compute;
  /** Every indicator, ordered by category and id. */
  catalog: typeof catalog;
  /** The indicator behind an id or alias, or `undefined`. */
  find: typeof find;
  /** The versions of this package, and how it works in this process. */
  info: typeof info;
}

/** Technical indicators over arrays of numbers. */
export const ta: Ta = { compute, catalog, find, info };

export type { IndicatorMeta } from "../core/catalog.js";
export { TaError } from "../core/errors.js";
export type { Info } from "../core/info.js";
export type * from "../core/types.js";
export type { ArrayCalls } from "../generated/calls.js";
