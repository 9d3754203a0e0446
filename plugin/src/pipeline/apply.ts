/** The options of a pipeline's `apply` and `tail`. */

import { checkOptions, FLAG, type OptionTypes } from "../core/options.js";
import { KEEP, type Keep, type PipelineConfig } from "./config.js";

/** Options of `Pipeline.tail`. */
export interface TailOptions {
  /**
   * Columns of the frame to keep in the result. Default: as the configuration says, else `"all"`.
   */
  readonly keep?: Keep;
}

/** Options of `Pipeline.apply`. */
export interface ApplyOptions {
  /**
   * Columns of the frame to keep in the result. Default: as the configuration says, else `"all"`.
   */
  readonly keep?: Keep;
  /**
   * Whether to add the labels of the configuration too, which use later rows, and for each the time
   * at which it is known. Default false.
   */
  readonly labels?: boolean;
}

const TAIL: OptionTypes<TailOptions> = { keep: KEEP };
const APPLY: OptionTypes<ApplyOptions> = { keep: KEEP, labels: FLAG };

/** The checked options of `tail`; what is not given is as in the configuration. */
export function tailOptions(given: unknown, config: PipelineConfig): Required<TailOptions> {
  const { keep = config.keep ?? "all" } = checkOptions("pipeline", given, TAIL);
  return { keep };
}

/** The checked options of `apply`; what is not given is as in the configuration. */
export function applyOptions(given: unknown, config: PipelineConfig): Required<ApplyOptions> {
  const { keep = config.keep ?? "all", labels = false } = checkOptions("pipeline", given, APPLY);
  return { keep, labels };
}
