/** Messages about unknown names: what is wrong, the nearest names, the known names. */

import { addon } from "./addon.js";
import { ask } from "./ask.js";
import { columnList, type Said, type Sentence, sentence } from "./sentence.js";

/**
 * The message about an unknown name.
 *
 * @param wrong What is wrong, with the name.
 * @param has The words before the list of known names; without it they are not listed.
 */
export function unknownName(
  wrong: Said,
  name: string,
  known: readonly string[],
  has?: Said,
): Sentence {
  const there = has === undefined ? "" : sentence`; ${has} ${known.join(", ") || "none"}`;
  return sentence`${wrong}${addon.hint(name, [...known])}${there}`;
}

/** The parts of a message about an unknown column. */
export interface AboutColumn {
  /** The words before the list of columns. */
  readonly has: Said;
  /** Other names that the caller may have meant. */
  readonly others?: readonly string[];
  /** Words in place of the nearest names. */
  readonly note?: string | undefined;
  /** How the caller names another column; gets the nearest one. */
  readonly remedy?: ((nearest: string) => Said) | undefined;
}

/** The message about an unknown column. Columns that contain the name count as the nearest. */
export function unknownColumn(
  wrong: Said,
  name: string,
  columns: readonly string[],
  { has, others = [], note, remedy }: AboutColumn,
): Sentence {
  const question = { ask: "near", name, known: [...columns, ...others] };
  const { hint, nearest } = ask<{ hint: string; nearest: string }>(question);
  const end = remedy ? sentence`; ${remedy(nearest)}` : "";
  return sentence`${wrong}${note ?? hint}; ${has} ${columnList(columns)}${end}`;
}
