/** What a chart can be told, and the checks of it. */

import type { Expr } from "nodejs-polars";
import { describe, isOptions } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { type Allowed, checkOptions, count, type OptionTypes, word } from "../core/options.js";
import { isExpr } from "../polars/native.js";

/** A column or expression to draw, where its name does not say what it is. */
export interface ChartIndicator {
  /** The column's name, or an expression. */
  readonly column: string | Expr;
  /** Id or alias of the indicator that it holds. Default: what its name or expression says, else a plain line. */
  readonly id?: string;
  /** Which output of that indicator it holds, if it is one column of several. */
  readonly output?: string;
  /** Where it goes: `"price"`, `"volume"`, or any other name; what has the same name shares a pane. Default: what the catalog says. */
  readonly pane?: string;
}

/** Options of a chart; all have defaults. */
export interface ChartOptions {
  /**
   * What is drawn beside the bars: names of columns, ids of indicators to compute with their
   * defaults, texts in the language of `ta.expr` such as `"rsi(7)"`, expressions, or objects that
   * say what a column is. Conditions are marks at the bars. Default: all columns that have the
   * names that `.ta` gives.
   */
  readonly indicators?: readonly (string | Expr | ChartIndicator)[];
  /** Whose bars are drawn. Needed if the frame has those of several. */
  readonly symbol?: string | number;
  /** Column that tells symbols apart. Default `"symbol"`, if there is one. */
  readonly by?: string;
  /**
   * Column of the times: dates or times of a dtype, as text or as digits. Default: the one called
   * datetime, timestamp, time or date, or else the only one of those; without one, bars are numbered.
   */
  readonly time?: string;
  /** How the times are written, as a pattern of strftime: `"%d/%m/%Y"`. Default: told from all of them. */
  readonly timeFormat?: string;
  /** First bar drawn: a time as Date or ISO text, in UTC unless it says otherwise, or a number if bars are numbered. */
  readonly from?: string | Date | number;
  /** Last bar drawn. A text such as `"2024-03"` stands for its whole day, month or year. */
  readonly to?: string | Date | number;
  /** How many bars are drawn, counted from the last. Default: all. */
  readonly last?: number;
  /** Candles, or a line through the closes. Default: candles, if open, high and low are there. */
  readonly style?: "candles" | "line";
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
  /** Default `"light"`. */
  readonly theme?: "light" | "dark";
  /** Width in pixels. Default 1,000. HTML is as wide as its window. */
  readonly width?: number;
  /** Height in pixels. Default: by the number of panes. */
  readonly height?: number;
  /** What the chart is headed with. Default: the symbol. */
  readonly title?: string;
  /** More bars than this are drawn as fewer, longer ones. Default: 4,000 in HTML, 1,500 in `spec` and notebooks, and in pictures one for every two pixels. */
  readonly maxBars?: number;
}

/** Checked options with the defaults that do not depend on the frame. */
export interface Settings extends ChartOptions {
  readonly indicators?: readonly (string | ChartIndicator)[];
  readonly theme: "light" | "dark";
  readonly width: number;
}

export const CHART = "chart";

const NAME: Allowed = ["a text", (value) => typeof value === "string"];

const LIMIT: Allowed = [
  "a time as ISO text or Date, or a bar's number",
  (value) => {
    const date = value instanceof Date && !Number.isNaN(value.getTime());
    return typeof value === "string" || date || Number.isFinite(value);
  },
];

const OPTIONS: OptionTypes<ChartOptions> = {
  indicators: ["an array of names, expressions and { column, id }", Array.isArray],
  symbol: ["a text or a number", (value) => ["string", "number"].includes(typeof value)],
  by: NAME,
  time: NAME,
  timeFormat: NAME,
  from: LIMIT,
  to: LIMIT,
  last: count(1, 1e9),
  style: word("candles", "line"),
  open: NAME,
  high: NAME,
  low: NAME,
  close: NAME,
  volume: ["a text or false", (value) => value === false || typeof value === "string"],
  theme: word("light", "dark"),
  width: count(200, 10_000),
  height: count(100, 10_000),
  title: NAME,
  maxBars: count(10, 100_000),
};

const TOLD: OptionTypes<ChartIndicator> = {
  column: ["a column name or an expression", (value) => typeof value === "string" || isExpr(value)],
  id: NAME,
  output: NAME,
  pane: NAME,
};

export function settingsOf(given: unknown): Settings {
  const { indicators, ...options } = checkOptions(CHART, given, OPTIONS);
  return {
    theme: "light",
    width: 1000,
    ...options,
    ...(indicators && { indicators: indicators.map(told) }),
  };
}

function told(one: unknown, index: number): string | ChartIndicator {
  const where = `indicators[${index}]`;
  if (typeof one === "string") return one;
  if (isExpr(one)) return { column: one as unknown as Expr };
  if (!isOptions(one) || one.column === undefined) {
    throw new TaError(
      `${CHART}: ${where} must be a name, an expression or { column, id }, got ${describe(one)}`,
    );
  }
  return checkOptions(`${CHART}: ${where}`, one, TOLD);
}
