/** `ta.bars`: bars from ticks, against `df.ta.resample` of the same ticks. */

import fc from "fast-check";
import pl, { type DataFrame } from "nodejs-polars";
import { type ResampleOptions, type TickBar, type TickBarsOptions, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { runs } from "../support/runs.js";

interface Trade {
  readonly symbol: string;
  readonly time: number;
  readonly price: number;
  readonly volume: number;
}

const [SECOND, HOUR, DAY] = [1000, 3_600_000, 86_400_000];

/** Zones, and a time not long before their clocks change. */
const ZONES: readonly (readonly [zone: string | undefined, start: number])[] = [
  [undefined, Date.UTC(2024, 1, 27, 22)],
  ["UTC", Date.UTC(1969, 11, 30)],
  ["America/New_York", Date.UTC(2024, 2, 8, 3)],
  ["America/New_York", Date.UTC(2024, 10, 1, 3)],
  ["Europe/Dublin", Date.UTC(2023, 2, 24)],
  ["Europe/Dublin", Date.UTC(2023, 9, 27)],
  ["Australia/Lord_Howe", Date.UTC(2024, 3, 5)],
  ["Australia/Lord_Howe", Date.UTC(2024, 9, 4)],
  ["Asia/Kolkata", Date.UTC(2024, 5, 1)],
];

const EVERY = ["7m", "1h", "1h30m", "4h", "1d", "3d", "1w", "2w", "1mo", "1q", "1y"];

/** Ticks in order, at most some weeks long; most gaps are short. */
const steps = fc.array(
  fc.record({
    gap: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 20 * 60 }) },
      { weight: 3, arbitrary: fc.integer({ min: 0, max: 30 * 60 }).map((minutes) => minutes * 60) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 24 * 40 }).map((hours) => hours * 3600) },
    ),
    symbol: fc.constantFrom("A", "B", "C"),
    price: fc.integer({ min: 1, max: 4000 }).map((price) => price / 8),
    volume: fc.integer({ min: 0, max: 1000 }),
  }),
  { minLength: 1, maxLength: 150 },
);

const calendar = fc.record({
  every: fc.constantFrom(...EVERY),
  zone: fc.constantFrom(...ZONES),
  closed: fc.constantFrom("left", "right"),
  label: fc.constantFrom("left", "right", "datapoint"),
  startBy: fc.constantFrom("window", "monday", "datapoint"),
  offset: fc.constantFrom(undefined, "9h30m", "-90s", "2d", "-1mo12h"),
});

function tradesOf(made: readonly (Omit<Trade, "time"> & { gap: number })[], start: number) {
  let time = start;
  return made.map(({ gap, ...trade }): Trade => {
    time += gap * SECOND;
    return { ...trade, time };
  });
}

const column = <T>(rows: readonly Record<string, unknown>[], name: string): T[] =>
  rows.map((row) => row[name] as T);

/** The bars that `resample` makes, by symbol and time. */
function resampled(
  trades: readonly Trade[],
  every: string,
  zone: string | undefined,
  options: ResampleOptions,
): Record<string, unknown>[] {
  const price = column<number>(trades as never, "price");
  const naive = pl.DataFrame({
    symbol: column<string>(trades as never, "symbol"),
    time: pl.Series("time", column<number>(trades as never, "time"), pl.Int64),
    ...{ open: price, high: price, low: price, close: price },
    volume: column<number>(trades as never, "volume"),
  });
  const times = pl.col("time").cast(pl.Datetime("ms"));
  const zoned = zone ? times.dt.replaceTimeZone("UTC").dt.convertTimeZone(zone) : times;
  const bars = naive.withColumns(zoned).ta.resample(every, { over: "symbol", ...options });
  return rowsOf(bars);
}

const rowsOf = (bars: DataFrame): Record<string, unknown>[] =>
  bars
    .withColumns(pl.col("time").cast(pl.Int64).cast(pl.Float64))
    .toRecords()
    .map((row) => ({ ...row }));

/** Bars as rows of `resample`, by symbol and time. */
const asRows = (bars: readonly TickBar[]): Record<string, unknown>[] =>
  bars
    .map(({ ticks, ...row }): Record<string, unknown> => ({ ...row, time: Number(row.time) }))
    .sort(
      (a, b) =>
        Number((a.symbol as string) > (b.symbol as string)) -
          Number((a.symbol as string) < (b.symbol as string)) ||
        (a.time as number) - (b.time as number),
    );

/** Ticks of years before 1973 are no numbers. */
const dated = (trades: readonly Trade[]) =>
  trades.map((trade) => ({ ...trade, time: new Date(trade.time) }));

describe("bars of time are those of resample", () => {
  test("for any length, zone, side, label, start and offset", () => {
    fc.assert(
      fc.property(steps, calendar, (made, { every, zone: [zone, start], ...rest }) => {
        const datapoint = rest.startBy === "datapoint";
        const closed = datapoint ? "left" : (rest.closed as "left" | "right");
        const given: ResampleOptions = {
          closed,
          label: rest.label as "left",
          startBy: rest.startBy as "window",
          ...(rest.offset !== undefined && !datapoint && { offset: rest.offset }),
        };
        const trades = tradesOf(made, start);
        const options = { over: "symbol", ...given, ...(zone && { timeZone: zone }) };
        const bars = ta.bars(every, options as TickBarsOptions);
        const closedBars = dated(trades).flatMap((trade) => bars.update(trade).closed);
        const all = [...closedBars, ...bars.flush()];
        expect(asRows(all)).toEqual(resampled(trades, every, zone, given));
      }),
      { numRuns: runs(800) },
    );
  });
});

export { DAY, HOUR };
