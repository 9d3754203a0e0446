/** The options of charts, and their checks. */

import type { Expr } from "nodejs-polars";
import { describe, isOptions } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { type Allowed, checkOptions, count, type OptionTypes, word } from "../core/options.js";
import { isExpr } from "../polars/native.js";
import { BAR_STYLES, type BarStyle, PRICE_SCALES, type PriceScale } from "./styles.js";

/** A column or expression to draw, if its name does not say what it is. */
export interface ChartIndicator {
  /** The column's name, or an expression. */
  readonly column: string | Expr;
  /**
   * Id or alias of the indicator in it. Default: the one that its name or expression says, else it
   * is a plain line.
   */
  readonly id?: string;
  /** The output of that indicator in it, if the indicator has several. */
  readonly output?: string;
  /**
   * Its pane: `"price"`, `"volume"`, or any other name; columns with the same name share a pane.
   * Default: as the catalog says.
   */
  readonly pane?: string;
  /**
   * How a column of conditions is marked: an arrow below the bar to buy, above it to sell. Default:
   * a diamond below the bar, or as the catalog says.
   */
  readonly mark?: "buy" | "sell";
}

/** Options of a chart; all have defaults. */
export interface ChartOptions {
  /**
   * What to draw besides the bars: names of columns, ids of indicators to compute with their
   * defaults, texts in the language of `ta.expr` such as `"rsi(7)"`, expressions, or objects that
   * describe a column. Conditions are drawn as marks at the bars. Default: all columns with default
   * names of `.ta`.
   */
  readonly indicators?: readonly (string | Expr | ChartIndicator)[];
  /** The symbol to draw. Required if the frame has several. */
  readonly symbol?: string | number;
  /**
   * Other symbols, drawn as lines beside the bars. The axis of the prices then has the changes in
   * percent: in a page from the first bar in sight, elsewhere from the first bar drawn. Needs times,
   * and prices above 0. Default: none.
   */
  readonly compare?: readonly (string | number)[];
  /** Column of the symbols. Default `"symbol"`, if there is one. */
  readonly by?: string;
  /**
   * Column of the times: Date or Datetime, or times as text or digits. Default: the one named
   * datetime, timestamp, time or date, else the only column of times. Without times, bars are
   * numbered.
   */
  readonly time?: string;
  /**
   * How the times are written, as a strftime pattern: `"%d/%m/%Y"`. Default: found from all values.
   */
  readonly timeFormat?: string;
  /**
   * First bar drawn: a Date, an ISO text (UTC if it has no offset), or a number if bars are
   * numbered.
   */
  readonly from?: string | Date | number;
  /** Last bar drawn. A text such as `"2024-03"` means the end of that day, month or year. */
  readonly to?: string | Date | number;
  /** How many bars are drawn, counted from the last. Default: all. */
  readonly last?: number;
  /**
   * `"candles"`, `"ohlc"`: bars with ticks at open and close, `"line"`: through the closes,
   * `"area"`: such a line with the area below it, or `"heikinAshi"`: candles of the bars that the
   * method of that name makes. Default: candles, if there are open, high and low, else a line.
   */
  readonly style?: BarStyle;
  /**
   * The axis of the prices: `"linear"`, or `"log"`, where equal distances are equal changes in
   * percent. Log needs prices above 0; other values that are not above 0 are out of sight. Default
   * `"linear"`. A page has a button for it.
   */
  readonly scale?: PriceScale;
  /** Column of the opening prices. Default `"open"`. */
  readonly open?: string;
  /** Column of the highest prices. Default `"high"`. */
  readonly high?: string;
  /** Column of the lowest prices. Default `"low"`. */
  readonly low?: string;
  /** Column of the closing prices. Default `"close"`. */
  readonly close?: string;
  /** Column of the volume, or false to leave it out. Default `"volume"`, if there is one. */
  readonly volume?: string | false;
  /**
   * Default `"auto"`: in a page that of the reader's system, in `spec` and notebooks the background
   * that is there, elsewhere light.
   */
  readonly theme?: "auto" | "light" | "dark";
  /** Width in pixels. Default 1,000, in `spec` and notebooks 800. HTML is as wide as its window. */
  readonly width?: number;
  /** Height in pixels. Default: by the number of panes; a page fills its window. */
  readonly height?: number;
  /** The title. Default: the symbol. */
  readonly title?: string;
  /**
   * Most bars to draw; if there are more, several are merged into one. Default: 4,000 in HTML,
   * 1,500 in `spec` and notebooks, and in pictures one for every two pixels.
   */
  readonly maxBars?: number;
}

/** Checked options, with all defaults that do not depend on the frame. */
export interface Settings extends ChartOptions {
  readonly indicators?: readonly (string | ChartIndicator)[];
  readonly theme: NonNullable<ChartOptions["theme"]>;
}

export const CHART = "chart";

const NAME: Allowed = ["a text", (value) => typeof value === "string"];

const SYMBOL: Allowed = [
  "a text or a number",
  (value) => ["string", "number"].includes(typeof value),
];

const LIMIT: Allowed = [
  "a time as ISO text or Date, or a bar's number",
  (value) => {
    const date = value instanceof Date && !Number.isNaN(value.getTime());
    return typeof value === "string" || date || Number.isFinite(value);
  },
];

const OPTIONS: OptionTypes<ChartOptions> = {
  indicators: ["an array of names, expressions and { column, id }", Array.isArray],
  symbol: SYMBOL,
  compare: ["an array of symbols", (value) => Array.isArray(value) && value.every(SYMBOL[1])],
  by: NAME,
  time: NAME,
  timeFormat: NAME,
  from: LIMIT,
  to: LIMIT,
  last: count(1, 1e9),
  style: word(...BAR_STYLES),
  scale: word(...PRICE_SCALES),
  open: NAME,
  high: NAME,
  low: NAME,
  close: NAME,
  volume: ["a text or false", (value) => value === false || typeof value === "string"],
  theme: word("auto", "light", "dark"),
  width: count(200, 10_000),
  height: count(100, 10_000),
  title: NAME,
  maxBars: count(10, 100_000),
};

const INDICATOR: OptionTypes<ChartIndicator> = {
  column: ["a column name or an expression", (value) => typeof value === "string" || isExpr(value)],
  id: NAME,
  output: NAME,
  pane: NAME,
  mark: word("buy", "sell"),
};

export function settingsOf(given: unknown): Settings {
  const { indicators, ...options } = checkOptions(CHART, given, OPTIONS);
  return {
    theme: "auto",
    ...options,
    ...(indicators && { indicators: indicators.map(indicatorOf) }),
  };
}

function indicatorOf(one: unknown, index: number): string | ChartIndicator {
  const where = `indicators[${index}]`;
  if (typeof one === "string") return one;
  if (isExpr(one)) return { column: one as unknown as Expr };
  if (!isOptions(one) || one.column === undefined) {
    throw new TaError(
      `${CHART}: ${where} must be a name, an expression or { column, id }, got ${describe(one)}`,
    );
  }
  return checkOptions(`${CHART}: ${where}`, one, INDICATOR);
}
