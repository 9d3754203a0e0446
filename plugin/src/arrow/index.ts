/**
 * Technical indicators over the tables and vectors of apache-arrow, without nodejs-polars.
 *
 * @example
 * ```ts
 * import { tableFromArrays } from "apache-arrow";
 * import { ta } from "nodejs-polars-ta/arrow";
 *
 * const table = tableFromArrays({ close: Float64Array.of(10, 11, 12, 11, 13, 14) });
 * ta.sma(table, 3); // a vector
 * ```
 *
 * @packageDocumentation
 */

import { catalog, entry, find } from "../core/catalog.js";
import { info } from "../core/info.js";
import { ids } from "../generated/ids.js";
import type { Indicators } from "../generated/index.js";
import { taskOf } from "./calls.js";
import { readable } from "./chunks.js";
import { compute } from "./compute.js";
import { evaluate } from "./evaluate.js";
import { subjectOf } from "./subject.js";
import "./surfaces.js";

/** The indicators over Arrow tables and vectors, and functions about them. */
export interface Ta extends ArrowIndicators {
  /** Several indicators at once, as a table. */
  compute: typeof compute;
  /** Every indicator, ordered by category and id. */
  catalog: typeof catalog;
  /** The indicator behind an id or alias, or `undefined`. */
  find: typeof find;
  /** The versions of this package, and how it works in this process. */
  info: typeof info;
}

/** Every indicator, over a table or over a vector. */
export type ArrowIndicators = Indicators<"table"> & Indicators<"vector">;

const methods: Record<string, (...args: unknown[]) => unknown> = {};
for (const id of ids) {
  methods[id] = (first, ...args) =>
    readable(`${id}: what it is given`, () => {
      const subject = subjectOf(first, id);
      return evaluate([taskOf(entry(id), subject, args)], subject.rows)[0];
    });
}

/** Technical indicators over Arrow tables and vectors. */
export const ta = { ...methods, compute, catalog, find, info } as unknown as Ta;

export type { IndicatorMeta } from "../core/catalog.js";
export { TaError } from "../core/errors.js";
export type { Info } from "../core/info.js";
export type * from "../core/types.js";
export type * from "../generated/index.js";
export type { ComputeOptions } from "./compute.js";
export type { Indicator, IndicatorInput } from "./nodes.js";
export type * from "./surfaces.js";
