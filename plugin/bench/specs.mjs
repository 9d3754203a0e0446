// The calls to measure: lists of indicators with parameters, by our names. The files in rivals/
// translate them.

import { barsFile, rawFile } from "./data.mjs";

/**
 * @typedef {{ id: string, params?: Record<string, number>, inputs?: Record<string, string> }} Indicator
 */

export const prices = ["open", "high", "low", "close", "volume"];

/**
 * Fifty features of one symbol, as for a model. Their values take as much memory as 58 columns of
 * Float64.
 */
export const fifty = [
  { id: "sma", params: { period: 10 } },
  { id: "sma", params: { period: 20 } },
  { id: "sma", params: { period: 50 } },
  { id: "ema", params: { period: 10 } },
  { id: "ema", params: { period: 20 } },
  { id: "ema", params: { period: 50 } },
  { id: "wma", params: { period: 20 } },
  { id: "dema", params: { period: 20 } },
  { id: "tema", params: { period: 20 } },
  { id: "trima", params: { period: 20 } },
  { id: "kama", params: { period: 10 } },
  { id: "t3", params: { period: 5 } },
  { id: "midpoint", params: { period: 14 } },
  { id: "midprice", params: { period: 14 } },
  { id: "sar" },
  { id: "bbands", params: { period: 20 } },
  { id: "macd" },
  { id: "rsi", params: { period: 7 } },
  { id: "rsi", params: { period: 14 } },
  { id: "cmo", params: { period: 14 } },
  { id: "mom", params: { period: 10 } },
  { id: "roc", params: { period: 10 } },
  { id: "rocp", params: { period: 10 } },
  { id: "trix", params: { period: 15 } },
  { id: "ppo" },
  { id: "apo" },
  { id: "willr", params: { period: 14 } },
  { id: "cci", params: { period: 20 } },
  { id: "adx", params: { period: 14 } },
  { id: "dx", params: { period: 14 } },
  { id: "plus_di", params: { period: 14 } },
  { id: "minus_di", params: { period: 14 } },
  { id: "aroon", params: { period: 14 } },
  { id: "mfi", params: { period: 14 } },
  { id: "bop" },
  { id: "ultosc" },
  { id: "stoch" },
  { id: "vortex", params: { period: 14 } },
  { id: "atr", params: { period: 14 } },
  { id: "natr", params: { period: 14 } },
  { id: "obv" },
  { id: "ad" },
  { id: "adosc" },
  { id: "linearreg", params: { period: 14 } },
  { id: "linearreg_slope", params: { period: 14 } },
  { id: "stddev", params: { period: 20 } },
  { id: "minmax", params: { period: 30 } },
  { id: "donchian", params: { period: 20 } },
  { id: "cdl_engulfing" },
  { id: "cdl_doji" },
];

/** The indicators for each of many symbols. */
export const perSymbol = [
  { id: "rsi", params: { period: 14 } },
  { id: "ema", params: { period: 20 } },
  { id: "atr", params: { period: 14 } },
  { id: "macd" },
];

/** The functions that all libraries have, with the same parameters for all. */
export const common = [
  { id: "sma", params: { period: 20 } },
  { id: "ema", params: { period: 20 } },
  { id: "rsi", params: { period: 14 } },
  { id: "macd", params: { fast_period: 12, slow_period: 26, signal_period: 9 } },
  { id: "bbands", params: { period: 20, nb_dev_up: 2, nb_dev_dn: 2 } },
  { id: "atr", params: { period: 14 } },
  { id: "adx", params: { period: 14 } },
  { id: "stoch", params: { fastk_period: 14, slowk_period: 3, slowd_period: 3 } },
  { id: "cci", params: { period: 20 } },
  { id: "obv" },
];

/** Twenty features bar by bar that all rivals have. */
export const twenty = [
  { id: "sma", params: { period: 20 } },
  { id: "sma", params: { period: 50 } },
  { id: "sma", params: { period: 200 } },
  { id: "ema", params: { period: 12 } },
  { id: "ema", params: { period: 26 } },
  { id: "ema", params: { period: 50 } },
  { id: "wma", params: { period: 20 } },
  { id: "rsi", params: { period: 7 } },
  { id: "rsi", params: { period: 14 } },
  { id: "macd", params: { fast_period: 12, slow_period: 26, signal_period: 9 } },
  { id: "bbands", params: { period: 20, nb_dev_up: 2, nb_dev_dn: 2 } },
  { id: "atr", params: { period: 14 } },
  { id: "adx", params: { period: 14 } },
  { id: "stoch", params: { fastk_period: 14, slowk_period: 3, slowd_period: 3 } },
  { id: "cci", params: { period: 20 } },
  { id: "obv", params: {} },
  { id: "roc", params: { period: 10 } },
  { id: "willr", params: { period: 14 } },
  { id: "mfi", params: { period: 14 } },
  { id: "sar", params: { acceleration: 0.02, maximum: 0.2 } },
];

/**
 * `count` columns by a trivial expression of polars.
 *
 * @param {number} count
 */
export function plainColumns(count) {
  return Array.from({ length: count }, (_, add) => ({
    id: "plain",
    params: { add: add + 1 },
    name: `f${add}`,
  }));
}

/**
 * A request: indicators over bars of a shape, each with its own name.
 *
 * @param {import("./data.mjs").Shape} shape
 * @param {Indicator[]} indicators
 * @param {{ columns?: string[], chunks?: number, over?: string, build?: boolean }} [options]
 */
export function specOf(shape, indicators, { columns = prices, chunks = 1, over, build } = {}) {
  const named = indicators.map((indicator, index) => ({ ...indicator, name: `f${index}` }));
  const read = over ? [over, ...columns] : columns;
  return { shape, file: barsFile(shape), columns: read, chunks, over, build, indicators: named };
}

/**
 * A request to what takes one bar after another: what it measures, of how many symbols, how many
 * rows each has had before, and how many updates are in a call.
 *
 * @param {{ what: string, symbols: number, warm?: number, updates: number }} live
 * @param {Indicator[]} [indicators]
 * @param {number} [rows] of the bars, which repeat
 */
export function liveSpec(live, indicators = twenty, rows = 1e4) {
  const spec = specOf({ rows }, indicators);
  // More rows than the longest period.
  return { ...spec, raw: rawFile(spec.file), live: { warm: 256, ...live } };
}

/** @param {number} rows */
export function short(rows) {
  if (rows >= 1e6) return `${rows / 1e6}M`;
  return rows >= 1e4 ? `${rows / 1e3}k` : rows.toLocaleString("en-US");
}

/**
 * The same request over fewer bars, if there are too many results to compare.
 *
 * @param {any} spec
 */
export function comparable(spec) {
  const { shape, indicators } = spec;
  if (shape.rows * indicators.length <= 2e8) return spec;
  const smaller = { ...shape, rows: 1e5 };
  return { ...spec, shape: smaller, file: barsFile(smaller) };
}
