/** Checks objects of options: unknown names and values of the wrong type. Needs no polars. */

import { missingPolicies } from "../generated/options.js";
import { describe, isOptions } from "./arguments.js";
import { TaError } from "./errors.js";
import { inQuotes, type Said, sentence } from "./sentence.js";
import { unknownName } from "./unknown.js";

/** The values that an option allows: a phrase for error messages, and the test. */
export type Allowed = readonly [what: string, test: (value: unknown) => boolean];

/** The options of a function, by name. */
export type OptionTypes<T extends object> = { readonly [Name in keyof T & string]-?: Allowed };

/** The words for an object of options in error messages, and its required names. */
export interface Words {
  /** Default `"options"`. */
  readonly object?: string;
  /** Default `"option"`. */
  readonly one?: string;
  /** Names that the caller must give. */
  readonly required?: readonly string[];
  /** Describes a value in error messages. Default {@link describe}. */
  readonly shown?: (value: unknown) => string;
  /** Names an option in error messages. Default: its name. */
  readonly said?: (name: string) => Said;
}

/**
 * Checks an object of options. An undefined value counts as not given.
 *
 * @param where The function that takes the options; error messages begin with it.
 */
export function checkOptions<T extends object>(
  where: string,
  given: unknown,
  types: OptionTypes<T>,
  words: Words = {},
): T {
  const { object = "options", one, required = [], shown = describe, said = String } = words;
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
      throw new TaError(
        sentence`${where}: ${said(name)} must be ${allowed[0]}, got ${shown(value)}`,
      );
    }
  }
  const absent = required.find((name) => !checked.some(([there]) => there === name));
  if (absent !== undefined) {
    throw new TaError(`${where}: ${absent} is missing: ${known[absent]?.[0]}`);
  }
  return Object.fromEntries(checked) as T;
}

/** The error for an unknown name. */
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

/** One of the given words. */
export const word = (...words: readonly [string, ...string[]]): Allowed => {
  const last = inQuotes(words.slice(-1));
  const what = words.length > 1 ? `${inQuotes(words.slice(0, -1))} or ${last}` : last;
  return [what, (value) => words.includes(value as string)];
};

/** A whole number in a range. */
export function count(low: number, high: number): Allowed {
  const [from, to] = [low, high].map((limit) => limit.toLocaleString("en"));
  const within = (value: unknown) => Number.isInteger(value) && Number(value) >= low;
  return [
    `a whole number from ${from} to ${to}`,
    (value) => within(value) && Number(value) <= high,
  ];
}

/** Types that many options share. */
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
/** Anything; the function that uses the option checks it. */
export const ANY: Allowed = ["anything", () => true];

/** An object with values of one type. */
export const byName = (what: string, test: (value: unknown) => boolean): Allowed => [
  what,
  (value) => isOptions(value) && Object.values(value).every(test),
];
