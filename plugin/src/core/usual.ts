/**
 * Columns that nobody has named: those that inputs are read from when a call does not say. They
 * are found in a frame whatever their case. A name that somebody wrote is never looked up here.
 * Nothing here needs polars.
 */

import { catalog, type InputSlot } from "./catalog.js";
import { TaError } from "./errors.js";
import { type Allowed, checkOptions } from "./options.js";
import { inQuotes, type Said, sentence } from "./sentence.js";
import { plain, unknownColumn } from "./unknown.js";

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
  readonly remedy: (column: string) => Said;
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
    sentence`${where}: ${inQuotes(found, " and ")} may each be the column "${name}"; ${remedy(first)}`,
  );
}

/** The column that a usual name means. */
export function usualColumn(name: string, columns: readonly string[], about: About): string {
  const found = findUsual(name, columns, about);
  if (found !== undefined) return found;
  const { where, table = "the frame", remedy } = about;
  const has = `${table} has`;
  throw new TaError(
    unknownColumn(`${where}: there is no column "${name}"`, name, columns, { has, remedy }),
  );
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
export function checkUsual<T>(
  where: string,
  inputs: unknown,
  value: Allowed,
): Readonly<Record<string, T>> {
  const types = Object.fromEntries([...usualNames()].map((name) => [name, value]));
  return checkOptions<Record<string, T>>(`${where}: inputs`, inputs, types, {
    object: "they",
    one: "name",
  });
}
