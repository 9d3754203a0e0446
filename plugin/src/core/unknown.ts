/** Sentences about names that are not known: what is wrong, the nearest names, and those there are. */

import { addon } from "./addon.js";
import { columnList, inQuotes, type Said, type Sentence, sentence } from "./sentence.js";

/**
 * The sentence about a name that is not known.
 *
 * @param wrong What is wrong, with the name.
 * @param has What stands before the list of the known names; without it they are not listed.
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

/** What a sentence about an unknown column says beside the nearest columns. */
export interface AboutColumn {
  /** What stands before the list of the columns. */
  readonly has: Said;
  /** Other names that may have been meant. */
  readonly others?: readonly string[];
  /** What is said in the place of the nearest names. */
  readonly note?: string | undefined;
  /** What a caller does who means another column; it takes the nearest one. */
  readonly remedy?: ((nearest: string) => Said) | undefined;
}

/** The same about a column; columns with the name in theirs are the nearest. */
export function unknownColumn(
  wrong: Said,
  name: string,
  columns: readonly string[],
  { has, others = [], note, remedy }: AboutColumn,
): Sentence {
  const { hint, nearest } = near(name, [...columns, ...others]);
  const end = remedy ? sentence`; ${remedy(nearest)}` : "";
  return sentence`${wrong}${note ?? hint}; ${has} ${columnList(columns)}${end}`;
}

function near(name: string, columns: readonly string[]): { hint: string; nearest: string } {
  const having = columns.filter((column) => plain(column).includes(plain(name))).slice(0, 3);
  const named = inQuotes(having, " or ");
  const hint = named ? ` (did you mean ${named}?)` : addon.hint(name, [...columns]);
  const [, first = "…"] = /"([^"]*)"/.exec(hint) ?? [];
  return { hint, nearest: having[0] ?? first };
}

/** A name without what columns of the usual names may differ in. */
export const plain = (name: string): string => name.trim().toLowerCase();
