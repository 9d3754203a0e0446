/** What a chart can be told, and the checks of it. */

import type { Expr } from "nodejs-polars";
import { describe, isOptions } from "../arguments.js";
import { TaError } from "../errors.js";
import { checkOptions, oneOf } from "../frames.js";
import { isExpr } from "../polars.js";

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

const OPTIONS = [
  "indicators",
  "symbol",
  "by",
  "time",
  "timeFormat",
  "from",
  "to",
  "last",
  "style",
  "open",
  "high",
  "low",
  "close",
  "volume",
  "theme",
  "width",
  "height",
  "title",
  "maxBars",
];

const TOLD = ["column", "id", "output", "pane"];

export function settingsOf(given: unknown): Settings {
  const options = checkOptions(CHART, given, OPTIONS) as ChartOptions;
  for (const name of [
    "by",
    "time",
    "timeFormat",
    "open",
    "high",
    "low",
    "close",
    "title",
  ] as const) {
    text(name, options[name]);
  }
  if (options.volume !== false) text("volume", options.volume);
  if (options.style !== undefined) oneOf(CHART, "style", options.style, ["candles", "line"]);
  count("last", options.last, 1, 1e9);
  count("maxBars", options.maxBars, 10, 100_000);
  count("height", options.height, 100, 10_000);
  count("width", options.width, 200, 10_000);
  const { symbol, indicators, from, to, ...rest } = options;
  if (symbol !== undefined && typeof symbol !== "string" && typeof symbol !== "number") {
    throw refused("symbol", "a text or a number", symbol);
  }
  return {
    ...rest,
    ...(symbol === undefined ? {} : { symbol }),
    ...(from === undefined ? {} : { from: limit("from", from) }),
    ...(to === undefined ? {} : { to: limit("to", to) }),
    ...(indicators === undefined ? {} : { indicators: told(indicators) }),
    theme: oneOf(CHART, "theme", options.theme, ["light", "dark"]) as Settings["theme"],
    width: options.width ?? 1000,
  };
}

function told(given: unknown): (string | ChartIndicator)[] {
  if (!Array.isArray(given)) {
    throw refused("indicators", "an array of names, expressions and { column, id }", given);
  }
  return given.map((one: unknown, index) => {
    const where = `indicators[${index}]`;
    if (typeof one === "string") return one;
    if (isExpr(one)) return { column: one as unknown as Expr };
    if (!isOptions(one) || one.column === undefined) {
      throw refused(where, "a name, an expression or { column, id }", one);
    }
    const known = checkOptions(`${CHART}: ${where}`, one, TOLD);
    if (typeof known.column !== "string" && !isExpr(known.column)) {
      throw refused(`${where}.column`, "a column name or an expression", known.column);
    }
    for (const name of TOLD.slice(1)) text(`${where}.${name}`, known[name]);
    return known as unknown as ChartIndicator;
  });
}

function refused(name: string, allowed: string, value: unknown): TaError {
  return new TaError(`${CHART}: ${name} must be ${allowed}, got ${describe(value)}`);
}

function text(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== "string") throw refused(name, "a text", value);
}

function count(name: string, value: unknown, low: number, high: number): void {
  const valid = typeof value === "number" && value >= low && value <= high;
  if (value === undefined || (valid && Number.isInteger(value))) return;
  const range = `from ${low.toLocaleString("en")} to ${high.toLocaleString("en")}`;
  throw refused(name, `a whole number ${range}`, value);
}

function limit(name: string, value: unknown): string | Date | number {
  const date = value instanceof Date && !Number.isNaN(value.getTime());
  if (typeof value === "string" || date || Number.isFinite(value)) {
    return value as string | Date | number;
  }
  throw refused(name, "a time as ISO text or Date, or a bar's number", value);
}
