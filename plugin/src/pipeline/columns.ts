/** Checks the columns of a frame before anything is computed. */

import { find } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { checkOptions } from "../core/options.js";
import {
  columnSaid,
  FRAME,
  HAS,
  type Sentence,
  sentence,
  setting,
  type Words,
} from "../core/sentence.js";
import { type AboutColumn, unknownColumn, unknownName } from "../core/unknown.js";
import { findUsual, matching, usualNames } from "../core/usual.js";
import { ids } from "../generated/ids.js";
import { type Column, columnsOf, withUsual } from "../language/meaning.js";
import { print } from "../language/print.js";
import { APPLY_OPTIONS, type Keep } from "./config.js";
import type { PipelineFeature } from "./features.js";

/** The advice how to name another column for a usual name. */
function remedy(name: string, column: string): Words {
  const written = print({ kind: "column", name: column, at: { start: 0, end: 0 } });
  const { shell } = columnSaid(name, column);
  return {
    program: `say which one it is with inputs, as in { ${name}: ${JSON.stringify(written)} }`,
    shell: `say which one it is with ${shell}`,
  };
}

/**
 * The features with the frame's own names for usual columns.
 *
 * @throws TaError if the frame lacks a column; the message suggests the nearest name.
 */
export function inFrame(
  columns: readonly string[],
  features: readonly PipelineFeature[],
  over: readonly string[],
  time: string | false | undefined,
): PipelineFeature[] {
  const has = new Set(columns);
  const refuse = (
    what: Sentence,
    name: string,
    more: Pick<AboutColumn, "note" | "others"> = {},
  ): never => {
    const wrong = sentence`${what} "${name}", which is no column of ${FRAME}`;
    const meant = (nearest: string) => remedy(name, has.has(nearest) ? nearest : "…");
    const about = { has: HAS, remedy: usualNames().has(name) ? meant : undefined, ...more };
    throw new TaError(unknownColumn(wrong, name, columns, about));
  };
  for (const name of over) if (!has.has(name)) refuse(sentence`${setting("over")} is`, name);
  if (typeof time === "string" && !has.has(time)) refuse(sentence`${setting("time")} is`, time);
  const found = features.map((feature) => {
    const find = ({ name }: Column) => {
      const about = { where: feature.name, remedy: (column: string) => remedy(name, column) };
      return findUsual(name, columns, about) ?? refuse([`${feature.name} reads`], name);
    };
    return { ...feature, meaning: withUsual(feature.meaning, find) };
  });
  for (const feature of found) {
    for (const name of columnsOf(feature.meaning)) {
      if (has.has(name)) continue;
      // Inside an expression a bare word is always a column.
      const note = find(name) ? ` (the indicator is written ${name}())` : undefined;
      // A bare word alone may be a misspelled indicator.
      const alone = feature.meaning.kind === "column";
      refuse([`${feature.name} reads`], name, { note, others: alone ? ids : [] });
    }
  }
  return found;
}

/** The columns that features read, in the frame's spelling if it has them. */
export function readColumns(
  columns: readonly string[],
  features: readonly PipelineFeature[],
): string[] {
  const find = ({ name }: Column) => {
    const [found = name, ...others] = matching(name, columns);
    return others.length > 0 ? name : found;
  };
  return inputsOf(
    features.map((feature) => ({ ...feature, meaning: withUsual(feature.meaning, find) })),
  );
}

/** The columns that features read. */
export const inputsOf = (features: readonly PipelineFeature[]): string[] => [
  ...new Set(features.flatMap(({ meaning }) => [...columnsOf(meaning)])),
];

/** The columns of the frame to keep. A feature replaces a column of its name. */
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
    const wrong = sentence`${setting("keep")} has "${name}", which is no column of ${FRAME}`;
    throw new TaError(unknownName(wrong, name, columns));
  }
  return [...new Set(keep)].filter((name) => !made.has(name));
}

/** The option `keep` of a call, else that of the pipeline. */
export function keepOption(options: unknown, fallback: Keep): Keep {
  const { keep } = checkOptions("pipeline", options, APPLY_OPTIONS);
  return keep ?? fallback;
}
