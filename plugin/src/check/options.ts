/** What `ta.check` can be told, and the checks of it. */

import {
  COLUMN,
  COLUMNS,
  checkOptions,
  count,
  FLAG,
  NAMES,
  type OptionTypes,
  TEXT,
  unknownOption,
} from "../core/options.js";
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

const OPTIONS: OptionTypes<CheckOptions> = {
  over: COLUMNS,
  time: COLUMN,
  timeFormat: ['a pattern such as "%d/%m/%Y"', TEXT[1]],
  open: COLUMN,
  high: COLUMN,
  low: COLUMN,
  close: COLUMN,
  volume: COLUMN,
  strict: FLAG,
  ignore: ["a list of kinds of findings", NAMES[1]],
  places: count(1, 1000),
};

export function settingsOf(given: unknown): Settings {
  const options = checkOptions(CHECK, given, OPTIONS);
  const unknown = options.ignore?.find((kind) => !KINDS.includes(kind));
  if (unknown !== undefined) {
    throw unknownOption(`${CHECK}: ignore`, unknown, KINDS, "kind of finding");
  }
  const over = options.over === undefined ? [] : [options.over].flat();
  return { strict: false, places: 3, ignore: [], ...options, over };
}
