/** Checks the columns of a frame before anything is run. */

import { addon } from "../addon.js";
import { find } from "../catalog.js";
import { TaError } from "../errors.js";
import { checkOptions } from "../frames.js";
import { ids } from "../generated/ids.js";
import { columnsOf } from "../language/meaning.js";
import { checkValues, type Keep } from "./config.js";
import type { PipelineFeature } from "./features.js";

const named = (names: readonly string[]): string =>
  names.length > 0 ? names.map((name) => `"${name}"`).join(", ") : "no columns";

/** Refuses a frame without a column that is needed, with the nearest one. */
export function checkColumns(
  columns: readonly string[],
  features: readonly PipelineFeature[],
  over: readonly string[],
  time: string | false | undefined,
): void {
  const has = new Set(columns);
  const refuse = (what: string, name: string, remedy = "", others: readonly string[] = []) => {
    const hint = remedy || addon.hint(name, [...columns, ...others]);
    throw new TaError(
      `${what} "${name}", which is no column of the frame${hint}; it has ${named(columns)}`,
    );
  };
  for (const name of over) if (!has.has(name)) refuse("over is", name);
  if (typeof time === "string" && !has.has(time)) refuse("time is", time);
  for (const feature of features) {
    for (const name of columnsOf(feature.meaning)) {
      if (has.has(name)) continue;
      // A bare word inside an expression is a column, whatever else it may be.
      const remedy = find(name) ? ` (the indicator is written ${name}())` : "";
      // One that stands alone may have been meant for an indicator.
      const alone = feature.meaning.kind === "column";
      refuse(`${feature.name} reads`, name, remedy, alone ? ids : []);
    }
  }
}

/** The columns of the frame that stay; a feature takes the place of a column of its name. */
export function keptColumns(
  columns: readonly string[],
  features: readonly PipelineFeature[],
  keep: Keep,
): string[] {
  const made = new Set(features.map(({ name }) => name));
  const rest = columns.filter((name) => !made.has(name));
  if (keep === "all") return rest;
  if (keep === "none") return [];
  for (const name of keep) {
    if (columns.includes(name) || made.has(name)) continue;
    const hint = addon.hint(name, [...columns]);
    throw new TaError(`keep has "${name}", which is no column of the frame${hint}`);
  }
  return [...new Set(keep)].filter((name) => !made.has(name));
}

/** The columns to keep that a call asks for, or else the pipeline does. */
export function keepOption(options: unknown, fallback: Keep): Keep {
  const given = checkOptions("pipeline", options, ["keep"]);
  checkValues("pipeline", given);
  return (given.keep as Keep | undefined) ?? fallback;
}
