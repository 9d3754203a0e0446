/** `ta.split`: train and test sets of labelled rows, without leaks between them. */

import type { DataFrame } from "nodejs-polars";
import { TaError } from "../core/errors.js";
import { checkOptions, count, type OptionTypes, word } from "../core/options.js";
import { frameLike, planOf } from "../lazy/frames.js";
import { type NativeSeries, native, pl } from "../polars/native.js";
import { runSync } from "../polars/steps.js";
import { type FoldRules, fewestTimes, type Rows, rowsOfFolds } from "./folds.js";
import { LABEL_TIMES, type LabelTimes, labelledFrame, spansOf } from "./spans.js";

/** Options of {@link Ta.split}. */
export interface SplitOptions extends LabelTimes {
  /**
   * `"purged"`: each fold tests one span of time, and trains on the rows before and after it.
   * `"walk_forward"`: each fold tests one span of time, and trains on rows before it. Default
   * `"purged"`.
   */
  readonly kind?: "purged" | "walk_forward";
  /** Number of folds. Default 5. */
  readonly folds?: number;
  /**
   * With `"purged"`: how many times after the labels of a test are left out of the train set,
   * because features there still read the test. Default 0.
   */
  readonly embargo?: number;
  /** With `"walk_forward"`: how many times before a test are trained on at most. Default: all. */
  readonly window?: number;
}

/** One fold of a split: the numbers of its rows in the frame, from 0, in the frame's order. */
export interface Fold {
  /** The rows to train on. */
  readonly train: Uint32Array;
  /** The rows to test on. */
  readonly test: Uint32Array;
  /** The same as two frames. */
  frames(): FoldFrames;
}

/** The rows of one fold of a split. */
export interface FoldFrames {
  /** The rows to train on. */
  readonly train: DataFrame;
  /** The rows to test on. */
  readonly test: DataFrame;
}

const SPLIT = "split";
const MOST = 1_000_000_000;

const OPTIONS: OptionTypes<SplitOptions> = {
  ...LABEL_TIMES,
  kind: word("purged", "walk_forward"),
  folds: count(2, 1000),
  embargo: count(0, MOST),
  window: count(1, MOST),
};

/** See `ta.split`. */
export function split(given: unknown, options: unknown): Fold[] {
  const frame = labelledFrame(SPLIT, given);
  const asked = checkOptions(SPLIT, options, OPTIONS, { required: ["knownOn"] });
  const rules = rulesOf(asked);
  const spans = runSync(spansOf(SPLIT, frame, asked));
  const needed = fewestTimes(rules);
  if (spans.times.length < needed) {
    throw new TaError(
      `${SPLIT}: ${rules.folds} folds need ${needed} times, the frame has ${spans.times.length}`,
    );
  }
  const all = rowsOfFolds(spans, rules);
  all.forEach(checkFold);
  return all.map((rows) => foldOf(frame, rows));
}

function rulesOf({ kind = "purged", folds = 5, embargo, window }: SplitOptions): FoldRules {
  const [other, wrong, given] =
    kind === "purged" ? ["walk_forward", "window", window] : ["purged", "embargo", embargo];
  if (given !== undefined) {
    throw new TaError(`${SPLIT}: ${wrong} is for kind: "${other}"; kind is "${kind}"`);
  }
  return { kind, folds, embargo: embargo ?? 0, window };
}

function checkFold({ train, test }: Rows, index: number): void {
  const empty = test.length === 0 ? "test" : "train";
  if (train.length > 0 && test.length > 0) return;
  throw new TaError(
    `${SPLIT}: fold ${index + 1} has no row to ${empty} on${empty === "test" ? "" : " that does not overlap its test"}; take fewer folds`,
  );
}

const foldOf = (frame: DataFrame, { train, test }: Rows): Fold => ({
  train,
  test,
  frames: () => ({ train: rowsOf(frame, train), test: rowsOf(frame, test) }),
});

/** The rows of a frame with these numbers. */
function rowsOf(frame: DataFrame, rows: Uint32Array): DataFrame {
  const chosen = new Array<boolean>(frame.height).fill(false);
  for (const row of rows) chosen[row] = true;
  const { _s: series } = pl.Series("chosen", chosen, pl.Bool) as unknown as { _s: NativeSeries };
  return frameLike(frame, planOf(frame).filter(native.litSeries(series))) as DataFrame;
}
