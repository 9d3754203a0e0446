/** Bars of real and made-up markets, and longer bars made of them by brute force. */

import { fileURLToPath } from "node:url";
import pl, { type DataFrame } from "nodejs-polars";
import { expect } from "vitest";

export type Row = Record<string, unknown> & { time: number };

const STOCKS = fileURLToPath(new URL("../../golden/data/stocks.csv", import.meta.url));

/** Daily bars of four stocks, stacked. */
export const stocks = (): DataFrame =>
  pl.readCSV(STOCKS).withColumns(pl.col("date").str.strptime(pl.Date, "%Y-%m-%d"));

const PER_MS = { ms: 1, us: 1e3, ns: 1e6 } as const;
export type Unit = keyof typeof PER_MS;
export const UNITS = Object.keys(PER_MS) as Unit[];

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A column of times, given in milliseconds. */
export const times = (name: string, values: readonly (number | null)[], unit: Unit = "us") =>
  pl
    .Series(name, [...values], pl.Float64)
    .cast(pl.Int64)
    .cast(pl.Datetime("ms"))
    .cast(pl.Datetime(unit));

/** Numbers in [0, 1), the same on every run. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** One-minute bars with gaps, from some odd minute on; symbols stacked or by time. */
export function minutes(
  symbols: readonly (string | null)[],
  count: number,
  options: { unit?: Unit; stacked?: boolean; gaps?: number; start?: number } = {},
): DataFrame {
  const {
    unit = "us",
    stacked = false,
    gaps = 0.3,
    start = Date.UTC(2024, 1, 28, 21, 37),
  } = options;
  const next = random(count + symbols.length);
  const rows = symbols.flatMap((symbol) =>
    Array.from({ length: count }, (_, minute) => {
      const [open, close] = [100 + next(), 100 + next()];
      return {
        symbol,
        time: start + minute * MINUTE,
        open,
        high: Math.max(open, close) + next(),
        low: Math.min(open, close) - next(),
        close,
        volume: Math.floor(1000 * next()),
        // Now and then a gap of hours.
        there: next() >= gaps && Math.floor(minute / 97) % 3 !== 1,
      };
    }).filter(({ there }) => there),
  );
  if (!stacked) rows.sort((a, b) => a.time - b.time);
  const column = (name: string) => rows.map((row) => (row as Record<string, unknown>)[name]);
  return pl.DataFrame([
    pl.Series("symbol", column("symbol"), pl.String),
    times("ts", column("time") as number[], unit),
    ...["open", "high", "low", "close", "volume"].map((name) =>
      pl.Series(name, column(name), pl.Float64),
    ),
  ]);
}

/** The rows of a frame, its times in milliseconds as `time`. */
export function rowsOf(frame: DataFrame, time: string): Row[] {
  const dtype = frame.schema[time] as unknown as { variant: string; inner: [Unit, string] };
  const perMs = dtype.variant === "Date" ? 1 / DAY : PER_MS[dtype.inner[0]];
  const number = frame.getColumn(time).cast(pl.Int64).cast(pl.Float64).toArray() as number[];
  const rows = frame.drop(time).toRecords();
  return number.map((value, row) => ({ ...rows[row], time: value / perMs }));
}

export const weekOf = (time: number): number =>
  Math.floor((time / DAY + 3) / 7) * 7 * DAY - 3 * DAY;
export const monthOf = (time: number): number => {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
};
export const multipleOf =
  (length: number, offset = 0) =>
  (time: number): number =>
    Math.floor((time - offset) / length) * length + offset;

/** Longer bars of rows: a bar per group and start, groups in order. */
export function barsOf(
  rows: readonly Row[],
  startOf: (time: number) => number,
  keys: readonly string[] = ["symbol"],
): Row[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(keys.map((key) => row[key])));
  return [...groups.keys()].sort(nullsFirst).flatMap((key) => {
    const inBars = Map.groupBy(groups.get(key) ?? [], ({ time }) => startOf(time));
    return [...inBars].map(([time, list]) => {
      const values = (name: string) => list.map((row) => row[name] as number);
      return {
        ...Object.fromEntries(keys.map((name) => [name, list[0]?.[name]])),
        time,
        open: values("open")[0],
        high: Math.max(...values("high")),
        low: Math.min(...values("low")),
        close: values("close").at(-1),
        volume: values("volume").reduce((sum, value) => sum + value, 0),
      };
    });
  });
}

const nullsFirst = (a: string, b: string): number => {
  const [left, right] = [a, b].map((text) => text.replaceAll("null", "!"));
  return (left ?? "") < (right ?? "") ? -1 : 1;
};

/** Rows with the same values, volume up to the rounding of a sum. */
export function expectRows(actual: readonly Row[], expected: readonly Row[]): void {
  const rounded = (rows: readonly Row[]) =>
    rows.map(({ volume, ...row }) => ({ ...row, volume: Math.round(volume as number) }));
  expect(rounded(actual)).toEqual(rounded(expected));
}
