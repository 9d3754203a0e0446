/**
 * The check of every object of options: names that are not known, and values of the wrong type.
 * Nothing here needs polars.
 */

import { missingPolicies } from "../generated/options.js";
import { describe, isOptions } from "./arguments.js";
import { TaError } from "./errors.js";
import { inQuotes } from "./sentence.js";
import { unknownName } from "./unknown.js";

/** What an option may be: the words of a sentence about it, and the test. */
export type Allowed = readonly [what: string, test: (value: unknown) => boolean];

/** What a function takes by name: each option of its type, and no other. */
export type OptionTypes<T extends object> = { readonly [Name in keyof T & string]-?: Allowed };

/** How sentences call an object of options and its parts, and what must be in it. */
export interface Words {
  /** Default `"options"`. */
  readonly object?: string;
  /** Default `"option"`. */
  readonly one?: string;
  /** Names that must be given. */
  readonly required?: readonly string[];
  /** A value, short enough for a sentence. */
  readonly shown?: (value: unknown) => string;
}

/**
 * An object of options with known names and values of the right types. One that is undefined
 * counts as not given.
 *
 * @param where What takes the options; it begins each sentence.
 */
export function checkOptions<T extends object>(
  where: string,
  given: unknown,
  types: OptionTypes<T>,
  words: Words = {},
): T {
  const { object = "options", one, required = [], shown = describe } = words;
  if (given === undefined && required.length === 0) return {} as T;
  if (!isOptions(given)) {
    throw new TaError(`${where}: ${object} must be an object, got ${describe(given)}`);
  }
  const known: Readonly<Record<string, Allowed>> = types;
  const checked = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of checked) {
    const allowed = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!allowed) throw unknownOption(where, name, Object.keys(known), one);
    if (!allowed[1](value)) {
      throw new TaError(`${where}: ${name} must be ${allowed[0]}, got ${shown(value)}`);
    }
  }
  const absent = required.find((name) => !checked.some(([there]) => there === name));
  if (absent !== undefined) {
    throw new TaError(`${where}: ${absent} is missing: ${known[absent]?.[0]}`);
  }
  return Object.fromEntries(checked) as T;
}

/** The sentence for a name that is not known. */
export function unknownOption(
  where: string,
  name: string,
  known: readonly string[],
  one = "option",
): TaError {
  const wrong = `${where}: unknown ${one} ${inQuotes([name])}`;
  return new TaError(unknownName(wrong, name, known, "it takes"));
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** One of some words. */
export const word = (...words: readonly [string, ...string[]]): Allowed => {
  const last = inQuotes(words.slice(-1));
  const what = words.length > 1 ? `${inQuotes(words.slice(0, -1))} or ${last}` : last;
  return [what, (value) => words.includes(value as string)];
};

/** A number in a range, or a whole one. */
export function count(low: number, high: number): Allowed {
  const [from, to] = [low, high].map((limit) => limit.toLocaleString("en"));
  const within = (value: unknown) => Number.isInteger(value) && Number(value) >= low;
  return [
    `a whole number from ${from} to ${to}`,
    (value) => within(value) && Number(value) <= high,
  ];
}

/** What many options are. */
export const FLAG: Allowed = ["true or false", (value) => typeof value === "boolean"];
export const TEXT: Allowed = ["a string that is not empty", isText];
export const COLUMN: Allowed = ["the name of a column", isText];
export const NAMES: Allowed = [
  "a list of names",
  (value) => Array.isArray(value) && value.every(isText),
];
/** A column, or several. */
export const COLUMNS: Allowed = [
  "a column or a list of columns",
  (value) => isText(value) || (NAMES[1](value) && (value as unknown[]).length > 0),
];
export const FUNCTION: Allowed = ["a function", (value) => typeof value === "function"];
export const MISSING: Allowed = word(...missingPolicies);
/** What is looked at closely where it is used. */
export const ANY: Allowed = ["anything", () => true];

/** An object whose values are all of one kind, by name. */
export const byName = (what: string, test: (value: unknown) => boolean): Allowed => [
  what,
  (value) => isOptions(value) && Object.values(value).every(test),
];
