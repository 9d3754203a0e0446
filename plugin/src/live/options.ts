/** The options of a stream. */

import { checkOptions, count, type OptionTypes, unknownOption, word } from "../core/options.js";
import { PIPELINE_NAMES } from "../pipeline/config.js";

/** Options of `ta.stream` and of a pipeline's `stream`. */
export interface StreamOptions {
  /**
   * How many bars before the newest can be corrected. Each costs the memory of a bar, and all
   * together that of a second state. Default 0: only the newest bar can be replaced.
   */
  readonly amend?: number;
  /**
   * What a bar of a key that the stream does not know does: `"create"`, the default, begins a new
   * series; `"error"` refuses the bar, so that only `warm` adds keys.
   */
  readonly unknownKeys?: "create" | "error";
}

/** The options, all given. */
export type Chosen = Required<StreamOptions>;

/** Most bars that can be corrected. */
const MOST = 10_000;

const OPTIONS: OptionTypes<StreamOptions> = {
  amend: count(0, MOST),
  unknownKeys: word("create", "error"),
};

/** Checks the options of a stream and adds defaults. */
export function streamOptions(given: unknown): Chosen {
  const { amend = 0, unknownKeys = "create" } = checkOptions("stream", given, OPTIONS);
  return { amend, unknownKeys };
}

/** Options of `replace`. */
export interface ReplaceOptions {
  /** How many bars before the newest the bar is. Default: as its time says, else 0. */
  readonly back?: number;
}

const REPLACE: OptionTypes<ReplaceOptions> = { back: count(0, MOST) };

/** Checks the options of `replace`. */
export const replaceOptions = (given: unknown): ReplaceOptions =>
  checkOptions("stream: replace", given, REPLACE);

/**
 * Splits the configuration of `ta.stream` into that of a pipeline and the options.
 *
 * @throws TaError if a name is of neither.
 */
export function splitConfig(config: object): { pipeline: object; options: unknown } {
  const names = Object.keys(OPTIONS);
  const entries = Object.entries(config).filter(([, value]) => value !== undefined);
  const known = [...PIPELINE_NAMES, ...names];
  const unknown = entries.find(([name]) => !known.includes(name));
  if (unknown) throw unknownOption("stream", unknown[0], known);
  const isOption = ([name]: readonly [string, unknown]) => names.includes(name);
  return {
    pipeline: Object.fromEntries(entries.filter((entry) => !isOption(entry))),
    options: Object.fromEntries(entries.filter(isOption)),
  };
}
