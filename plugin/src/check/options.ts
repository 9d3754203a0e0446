/** The options of `ta.check`, and their checks. */

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
  /**
   * Columns of the groups, such as `"symbol"`; each group is checked by itself. Default: one group.
   */
  readonly over?: string | readonly string[];
  /**
   * Column of the times: Date, Datetime, text or whole numbers. Default: the one named datetime,
   * timestamp, time or date, else the only Date or Datetime.
   */
  readonly time?: string;
  /**
   * How times in text are written, as a strftime pattern: `"%d/%m/%Y"`. Default: found from the
   * column.
   */
  readonly timeFormat?: string;
  /** Column of the opening prices. Default `"open"`, if there is one, in any case. */
  readonly open?: string;
  /** Column of the highest prices. Default `"high"`, if there is one. */
  readonly high?: string;
  /** Column of the lowest prices. Default `"low"`, if there is one. */
  readonly low?: string;
  /** Column of the closing prices. Default `"close"`, if there is one. */
  readonly close?: string;
  /** Column of the volume. Default `"volume"`, if there is one. */
  readonly volume?: string;
  /** Throw if anything is found; the error names the worst finding. Default false. */
  readonly strict?: boolean;
  /** Kinds of findings to leave out, such as `["jumps"]` if the splits are known. */
  readonly ignore?: readonly Kind[];
  /** How many places of each finding the report has. Default 3. */
  readonly places?: number;
}

/** Checked options. */
export interface Settings extends Omit<CheckOptions, "over"> {
  readonly over: readonly string[];
  readonly strict: boolean;
  readonly ignore: readonly Kind[];
  readonly places: number;
}

/** The beginning of error messages. */
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
