/** Made-up bars for edge inputs, the same on every run, and what to feed each indicator from them. */

import pl, { type DataFrame } from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { type Column, readColumns } from "./columns.js";
import { inputsOf, manifest } from "./golden.js";

export type Bars = Record<string, (number | null)[]>;

/** The columns that hold prices. */
export const PRICES = ["open", "high", "low", "close", "other"];

/** More rows than any default lookback, and enough after it for recursions to move. */
export const ROWS = 340;

/** Columns whose values lie in (-1, 1), count bars, or tell sessions apart, besides prices and volume. */
export function bars(rows: number): Bars {
  const columns: Bars = Object.fromEntries(
    [...PRICES, "volume", "periods", "unit", "session", "anchor"].map((name) => [name, []]),
  );
  let seed = 42;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  let close = 100;
  for (let row = 0; row < rows; row++) {
    const open = close * (0.99 + 0.02 * random());
    close = open * (0.97 + 0.06 * random());
    const bar = {
      open,
      high: Math.max(open, close) * (1.001 + 0.02 * random()),
      low: Math.min(open, close) * (0.999 - 0.02 * random()),
      close,
      volume: Math.round(1000 + 9000 * random()),
      other: 50 + 10 * random(),
      periods: 2 + (row % 29),
      unit: 1.8 * random() - 0.9,
      session: Math.floor(row / 20),
      anchor: row % 50 === 10 ? 1 : 0,
    };
    for (const [name, value] of Object.entries(bar)) columns[name]?.push(value);
  }
  return columns;
}

/** The same bars at another price level. */
export const scaled = (source: Bars, factor: number): Bars =>
  mapColumns(source, (name, values) =>
    PRICES.includes(name) ? values.map((v) => (v === null ? null : v * factor)) : values,
  );

/** Bars that are all like one bar. */
export const repeated = (bar: Record<string, number>, rows: number): Bars =>
  Object.fromEntries(Object.entries(bar).map(([name, v]) => [name, Array(rows).fill(v)]));

/** The bars with `value` in one row of one column. */
export const withValue = (source: Bars, column: string, row: number, value: number | null): Bars =>
  mapColumns(source, (name, values) => (name === column ? values.with(row, value) : values));

/** The bars without some rows. */
export const withoutRows = (source: Bars, rows: readonly number[]): Bars =>
  mapColumns(source, (_, values) => values.filter((_, row) => !rows.includes(row)));

/** The first rows. */
export const head = (source: Bars, rows: number): Bars =>
  mapColumns(source, (_, values) => values.slice(0, rows));

export function mapColumns(
  source: Bars,
  change: (name: string, values: (number | null)[]) => (number | null)[],
): Bars {
  return Object.fromEntries(Object.entries(source).map(([n, values]) => [n, change(n, values)]));
}

/** The columns that tell rows apart: whole numbers, where what is not one is missing. */
const KEYS = new Set(
  ta
    .catalog()
    .flatMap((meta) => meta.semantics.input_slots)
    .flatMap((slot) => (slot.kind === "key" ? [slot.name] : [])),
);

/** A frame of Float64 columns, whatever is in them, but for the keys. */
export function frameOf(source: Bars): DataFrame {
  const column = (name: string, values: (number | null)[]) => {
    const numbers = pl.Series(name, values, pl.Float64);
    return KEYS.has(name) ? numbers.cast(pl.Int32) : numbers;
  };
  return pl.DataFrame(Object.entries(source).map(([name, values]) => column(name, values)));
}

const defaultCases = new Map(
  manifest.cases.filter((c) => c.id.endsWith("/default")).map((c) => [c.function, c.columns]),
);

/** Columns for slots that none is named after; the bounds of a channel are crossed now and then. */
const STAND_INS: Readonly<Record<string, string>> = {
  series: "close",
  upper: "open",
  lower: "other",
  series0: "close",
  series1: "other",
  benchmark: "other",
};

/** The column of each input slot: the golden default case's, else the one the slot is named after. */
export function usualInputs(meta: IndicatorMeta): Record<string, string> {
  const golden = defaultCases.get(meta.reference.function ?? "");
  const named = meta.semantics.input_slots.map(
    (slot) => slot.default ?? STAND_INS[slot.name] ?? slot.name,
  );
  return inputsOf(meta, golden ?? named);
}

/** Every indicator with its default parameters, made once: expressions can be used again. */
const everything = ta
  .catalog()
  .map((meta) => ({ meta, expr: ta.indicator(meta.id, {}, usualInputs(meta)).alias(meta.id) }));

/** The outputs of indicators with default parameters, all in one frame. */
export function evaluate(
  source: Bars,
  wanted: (meta: IndicatorMeta) => boolean = () => true,
): [IndicatorMeta, Column[]][] {
  const chosen = everything.filter(({ meta }) => wanted(meta));
  const results = readColumns(frameOf(source).select(...chosen.map(({ expr }) => expr)));
  return chosen.map(({ meta }) => [meta, results.get(meta.id) ?? []]);
}
