/**
 * Finds the columns that inputs read by default, in any case (`Close` for `close`). A name that the
 * caller wrote is never looked up here. Needs no polars.
 */

import { ask } from "./ask.js";
import { catalog, type InputSlot } from "./catalog.js";
import { TaError } from "./errors.js";
import { type Allowed, checkOptions } from "./options.js";
import { inQuotes, type Said, sentence } from "./sentence.js";
import { unknownColumn } from "./unknown.js";

/**
 * The columns that a usual name may mean: the one with exactly that name, else those that the addon
 * finds.
 */
export const matching = (name: string, columns: readonly string[]): readonly string[] =>
  columns.includes(name) ? [name] : ask({ ask: "matching", name, columns });

/** What error messages about a usual column need. */
export interface About {
  /** The function that reads the column; the message begins with it. */
  readonly where: string;
  /** The object that has the columns. Default: the frame. */
  readonly table?: string;
  /** How the caller names another column; the message ends with it. */
  readonly remedy: (column: string) => Said;
}

/** The column that a usual name means, or undefined if there is none. Throws if several match. */
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

/** The column that a usual name means. Throws if there is none, or several match. */
export function usualColumn(name: string, columns: readonly string[], about: About): string {
  const found = findUsual(name, columns, about);
  if (found !== undefined) return found;
  const { where, table = "the frame", remedy } = about;
  const has = `${table} has`;
  throw new TaError(
    unknownColumn(`${where}: there is no column "${name}"`, name, columns, { has, remedy }),
  );
}

/** The end of a message about an input whose usual column the frame does not have. */
export const inputRemedy =
  (slot: InputSlot) =>
  (column: string): string =>
    `say which one ${slot.name} is, as in { ${slot.name}: ${JSON.stringify(column)} }`;

let names: ReadonlySet<string> | undefined;

/** The names of all columns that inputs of indicators read by default. */
export function usualNames(): ReadonlySet<string> {
  names ??= new Set(
    catalog()
      .flatMap(({ semantics }) => semantics.input_slots)
      .flatMap((slot) => slot.default ?? []),
  );
  return names;
}

/** Checks the `inputs` option: usual names, with values that inputs can have. */
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
