/** What `ta.bars` takes: when a bar closes, and options. */

import { describe, isOptions } from "../../core/arguments.js";
import { PRICES } from "../../core/bar.js";
import { TaError } from "../../core/errors.js";
import { COLUMN, COLUMNS, checkOptions, type OptionTypes, TEXT, word } from "../../core/options.js";
import { BAR_LENGTH, BAR_OFFSET } from "../../lazy/frames.js";

/** A bar closes after so many ticks. */
export interface TickCount {
  /** The number of ticks, 1 or more. */
  readonly ticks: number;
}

/** A bar closes once it has so much volume. */
export interface TickVolume {
  /** The volume, more than 0. */
  readonly volume: number;
}

/** When a bar closes: after a length of time, such as `"1m"`, or by its ticks. */
export type BarRule = string | TickCount | TickVolume;

/** Options of `ta.bars`. */
export interface TickBarsOptions {
  /** Make separate bars for each value of this field, or of these fields. */
  readonly over?: string | readonly string[];
  /**
   * Field of the times. Default: the one named `datetime`, `timestamp`, `time` or `date`, in any
   * case, the first of this list; else the only one that is a Date, or text with a time.
   */
  readonly time?: string;
  /** Field of a trade's price. Default `"price"`, in any case. */
  readonly price?: string;
  /**
   * Field of the open, if the ticks are bars themselves, such as bars of a minute of which bars of
   * five minutes are made. Default `"open"`, in any case.
   */
  readonly open?: string;
  /** Field of the high, if the ticks are bars. Default `"high"`. */
  readonly high?: string;
  /** Field of the low, if the ticks are bars. Default `"low"`. */
  readonly low?: string;
  /** Field of the close, if the ticks are bars. Default `"close"`. */
  readonly close?: string;
  /**
   * Field of the volume. Default `"volume"`, in any case; without that field, bars of time or of
   * ticks have no volume.
   */
  readonly volume?: string;
  /**
   * What a tick does whose bar is already closed: it is an error, or is left out and counted by
   * {@link TickBars.dropped}. Default `"error"`.
   */
  readonly late?: "error" | "drop";
  /**
   * What an interval without ticks is: no bar, or a bar that repeats the close before it, with
   * volume 0 and ticks 0. Default `"skip"`. Only for bars of time.
   */
  readonly empty?: "skip" | "fill";
  /** Which end of its span of time belongs to a bar of time. Default `"left"`. */
  readonly closed?: "left" | "right";
  /**
   * The time of a bar: its start, its end, or the time of its oldest tick. Bars of ticks or volume
   * start with their oldest tick and end with their newest. Default `"left"`.
   */
  readonly label?: "left" | "right" | "datapoint";
  /**
   * Where bars of time start: at whole multiples of their length, at the first tick of their key,
   * or on its Monday. Default `"window"`.
   */
  readonly startBy?: "window" | "datapoint" | "monday";
  /** A duration by which the starts of bars of time are moved, such as `"9h30m"`. */
  readonly offset?: string;
  /**
   * Zone on whose clocks bars of time start, such as `"America/New_York"`. Default: UTC; text
   * without an offset is then taken as it stands.
   */
  readonly timeZone?: string;
}

const OPTIONS: OptionTypes<TickBarsOptions> = {
  over: COLUMNS,
  time: COLUMN,
  price: COLUMN,
  open: COLUMN,
  high: COLUMN,
  low: COLUMN,
  close: COLUMN,
  volume: COLUMN,
  late: word("error", "drop"),
  empty: word("skip", "fill"),
  closed: word("left", "right", "both", "none"),
  label: word("left", "right", "datapoint"),
  startBy: word("window", "datapoint", "monday"),
  offset: BAR_OFFSET,
  timeZone: ['a name such as "America/New_York"', TEXT[1]],
};

/** Options that only bars of time have. */
const OF_TIME = ["empty", "closed", "startBy", "offset", "timeZone"] as const;

/** Checked arguments of `ta.bars`. */
export interface Asked {
  readonly every: BarRule;
  readonly options: TickBarsOptions;
  readonly over: readonly string[];
}

export function checkAsked(every: unknown, given: unknown): Asked {
  const rule = checkRule(every);
  const options = checkOptions<TickBarsOptions>("bars", given, OPTIONS);
  const over = [options.over ?? []].flat();
  if (new Set(over).size < over.length) throw new TaError("bars: over names a field twice");
  const price = PRICES.find((name) => options[name] !== undefined);
  if (options.price !== undefined && price !== undefined) {
    throw new TaError(
      `bars: price is for trades and ${price} for ticks that are bars; give one of them`,
    );
  }
  if (typeof rule === "string") checkSpans(options);
  else refuseSpans(rule, options);
  return { every: rule, options, over };
}

function checkRule(every: unknown): BarRule {
  const [, isLength] = BAR_LENGTH;
  if (isLength(every)) return every as string;
  if (isOptions(every) && Object.keys(every).length === 1) {
    const { ticks, volume } = every;
    if (ticks !== undefined && Number.isSafeInteger(ticks) && Number(ticks) > 0) {
      return { ticks: Number(ticks) };
    }
    if (typeof volume === "number" && Number.isFinite(volume) && volume > 0) return { volume };
  }
  const shown = isOptions(every) ? JSON.stringify(every, plainly) : describe(every);
  throw new TaError(
    `bars: the first argument must be the length of a bar, such as "5m", "1h30m", "1d" or "1mo", or { ticks: 100 } or { volume: 10000 }, got ${shown}`,
  );
}

/** Makes every value one that JSON has. */
const plainly = (name: string, value: unknown): unknown =>
  name === "" || typeof value === "string" || Number.isFinite(value) ? value : describe(value);

function checkSpans({ closed, startBy, offset }: TickBarsOptions): void {
  const given: string | undefined = closed;
  if (given === "both" || given === "none") {
    const bars = given === "both" ? "both, also after the first has closed" : "neither";
    throw new TaError(
      `bars: closed must be "left" or "right", got "${given}": a tick at the border of two bars would belong to ${bars}`,
    );
  }
  if (startBy !== "datapoint") return;
  if (closed === "right") {
    throw new TaError(
      'bars: startBy: "datapoint" needs closed: "left", else the first tick would belong to no bar',
    );
  }
  if (offset !== undefined) {
    throw new TaError('bars: startBy: "datapoint" starts at the first tick and takes no offset');
  }
}

function refuseSpans(rule: object, options: TickBarsOptions): void {
  const name = OF_TIME.find((option) => options[option] !== undefined);
  if (name === undefined) return;
  throw new TaError(`bars: ${name} is for bars of time; bars of ${Object.keys(rule)} take none`);
}
