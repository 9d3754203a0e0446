/** What `ta.check` can be told, and the checks of it. */

import { describe } from "../arguments.js";
import { TaError } from "../errors.js";
import { checkOptions } from "../frames.js";
import { KINDS, type Kind } from "./kinds.js";

/** Options of {@link Ta.check}; all have defaults. */
export interface CheckOptions {
  /** Columns that tell series apart, such as `"symbol"`: each is checked by itself. Default: one series. */
  readonly over?: string | readonly string[];
  /**
   * Column of the times: Date, Datetime, text or whole numbers. Default: the one called datetime,
   * timestamp, time or date, else the only Date or Datetime.
   */
  readonly time?: string;
  /** How times are written in text, as strftime has it: `"%d/%m/%Y"`. Default: told from the column. */
  readonly timeFormat?: string;
  /** Column of the opening prices. Default `"open"`, if there is one, however it is capitalised. */
  readonly open?: string;
  /** Column of the highest prices. Default `"high"`, if there is one. */
  readonly high?: string;
  /** Column of the lowest prices. Default `"low"`, if there is one. */
  readonly low?: string;
  /** Column of the closing prices. Default `"close"`, if there is one. */
  readonly close?: string;
  /** Column of the volume. Default `"volume"`, if there is one. */
  readonly volume?: string;
  /** Throw at anything that is found, naming the worst. Default false. */
  readonly strict?: boolean;
  /** Kinds of findings that are not looked for, such as `["jumps"]` when the splits are known. */
  readonly ignore?: readonly Kind[];
  /** How many places of each finding are kept, from the first. Default 3. */
  readonly places?: number;
}

/** Inputs that are looked at. */
export const SLOTS = ["open", "high", "low", "close", "volume"] as const;

/** One of them. */
export type Slot = (typeof SLOTS)[number];

/** Checked options. */
export interface Settings extends Omit<CheckOptions, "over"> {
  readonly over: readonly string[];
  readonly strict: boolean;
  readonly ignore: readonly Kind[];
  readonly places: number;
}

/** What sentences begin with. */
export const CHECK = "check";

const OPTIONS = ["over", "time", "timeFormat", ...SLOTS, "strict", "ignore", "places"];

const refused = (name: string, allowed: string, value: unknown): TaError =>
  new TaError(`${CHECK}: ${name} must be ${allowed}, got ${describe(value)}`);

export function settingsOf(given: unknown): Settings {
  const options = checkOptions(CHECK, given, OPTIONS) as CheckOptions;
  if (options.timeFormat !== undefined && typeof options.timeFormat !== "string") {
    throw refused("timeFormat", 'a pattern such as "%d/%m/%Y"', options.timeFormat);
  }
  for (const name of ["time", ...SLOTS] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== "string") {
      throw refused(name, "a column name", value);
    }
  }
  const { strict = false, places = 3, ignore = [] } = options;
  if (typeof strict !== "boolean") throw refused("strict", "true or false", strict);
  if (!Number.isInteger(places) || places < 1 || places > 1000) {
    throw refused("places", "a whole number from 1 to 1,000", places);
  }
  return { ...options, strict, places, over: overOf(options.over), ignore: kindsOf(ignore) };
}

function overOf(over: unknown): string[] {
  const names = over === undefined ? [] : [over].flat();
  if (over !== undefined && names.length === 0) throw refused("over", "one or more columns", over);
  for (const name of names) {
    if (typeof name !== "string") throw refused("over", "column names", name);
  }
  return names as string[];
}

function kindsOf(ignore: unknown): Kind[] {
  if (!Array.isArray(ignore)) throw refused("ignore", "an array of kinds of findings", ignore);
  for (const kind of ignore) {
    if ((KINDS as readonly unknown[]).includes(kind)) continue;
    throw refused("ignore", `of ${KINDS.join(", ")}`, kind);
  }
  return ignore;
}
