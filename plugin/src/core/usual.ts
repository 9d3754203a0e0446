/**
 * Columns that nobody has named: those that inputs are read from when a call does not say. They
 * are found in a frame whatever their case. A name that somebody wrote is never looked up here.
 * Nothing here needs polars.
 */

import { addon } from "./addon.js";
import { catalog, type InputSlot } from "./catalog.js";
import { TaError } from "./errors.js";
import { type Allowed, checkOptions } from "./options.js";
import { inQuotes, type Sentence, sentence, type Words } from "./sentence.js";

/** Names in a sentence; of very many, the first. */
export function quoted(names: readonly string[]): string {
  if (names.length === 0) return "no columns";
  const shown = inQuotes(names.slice(0, MOST));
  const others = names.length - MOST;
  return others > 0 ? `${shown} and ${others} others` : shown;
}

const MOST = 40;

const plain = (name: string): string => name.trim().toLowerCase();

/**
 * The columns that a usual name may mean: the one of exactly that name, or else all that differ
 * from it in case or by spaces around them alone.
 */
export function matching(name: string, columns: readonly string[]): readonly string[] {
  return columns.includes(name)
    ? [name]
    : columns.filter((column) => plain(column) === plain(name));
}

/** What a sentence needs about a usual column. */
export interface About {
  /** What reads the column; it begins the sentence. */
  readonly where: string;
  /** What has the columns. Default: the frame. */
  readonly table?: string;
  /** What a caller does who means another column, as the end of a sentence. */
  readonly remedy: (column: string) => string | Sentence | Words;
}

/** The column that a usual name means, or nothing; refused if it may be one of several. */
export function findUsual(
  name: string,
  columns: readonly string[],
  { where, remedy }: About,
): string | undefined {
  const found = matching(name, columns);
  const [first = ""] = found;
  if (found.length < 2) return found[0];
  throw new TaError(
    sentence`${where}: ${found.map((one) => JSON.stringify(one)).join(" and ")} may each be the column "${name}"; ${remedy(first)}`,
  );
}

/** The column that a usual name means. */
export function usualColumn(name: string, columns: readonly string[], about: About): string {
  const found = findUsual(name, columns, about);
  if (found !== undefined) return found;
  const { where, table = "the frame", remedy } = about;
  const { hint, nearest } = near(name, columns);
  throw new TaError(
    sentence`${where}: there is no column "${name}"${hint}; ${table} has ${quoted(columns)}; ${remedy(nearest)}`,
  );
}

/** The columns nearest to a name, for a sentence: those with the name in theirs come first. */
export function near(
  name: string,
  columns: readonly string[],
): { readonly hint: string; readonly nearest: string } {
  const with_ = columns.filter((column) => plain(column).includes(plain(name))).slice(0, 3);
  const named = with_.map((column) => JSON.stringify(column)).join(" or ");
  const hint = named ? ` (did you mean ${named}?)` : addon.hint(name, [...columns]);
  const [, first = "…"] = /"([^"]*)"/.exec(hint) ?? [];
  return { hint, nearest: with_[0] ?? first };
}

/** What to do about an input of an indicator that its usual column is not there for. */
export const inputRemedy =
  (slot: InputSlot) =>
  (column: string): string =>
    `say which one ${slot.name} is, as in { ${slot.name}: ${JSON.stringify(column)} }`;

let names: ReadonlySet<string> | undefined;

/** All columns that inputs of indicators are read from when nothing is given. */
export function usualNames(): ReadonlySet<string> {
  names ??= new Set(
    catalog()
      .flatMap(({ semantics }) => semantics.input_slots)
      .flatMap((slot) => slot.default ?? []),
  );
  return names;
}

/** What the usual columns are for a whole call: known names, with values that inputs can have. */
export function checkUsual<T extends object>(where: string, inputs: unknown, value: Allowed): T {
  const types = Object.fromEntries([...usualNames()].map((name) => [name, value]));
  return checkOptions<T>(`${where}: inputs`, inputs, types, { object: "they", one: "name" });
}
