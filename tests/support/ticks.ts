/** Random ticks, and the bars that `resample` makes of them. */

import fc from "fast-check";
import pl from "nodejs-polars";
import type { ResampleOptions, TickBar } from "nodejs-polars-ta";

export interface Trade {
  readonly symbol: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly price: number;
  readonly volume: number;
}

type Row = Readonly<Record<string, unknown>>;

/** Zones, and a time not long before their clocks change. */
export const ZONES: readonly (readonly [zone: string | undefined, start: number])[] = [
  [undefined, Date.UTC(2024, 1, 27, 22)],
  ["UTC", Date.UTC(1969, 11, 30)],
  ["America/New_York", Date.UTC(2024, 2, 8, 3)],
  ["America/New_York", Date.UTC(2024, 10, 1, 3)],
  ["Europe/Dublin", Date.UTC(2023, 2, 24)],
  ["Europe/Dublin", Date.UTC(2023, 9, 27)],
  ["Australia/Lord_Howe", Date.UTC(2024, 3, 5)],
  ["Australia/Lord_Howe", Date.UTC(2024, 9, 4)],
  // Clocks go forward at midnight.
  ["America/Sao_Paulo", Date.UTC(2018, 10, 2)],
  ["Asia/Kolkata", Date.UTC(2024, 5, 1)],
];

/** Lengths of bars. */
export const EVERY = ["7m", "1h", "1h30m", "4h", "1d", "3d", "1w", "2w", "1mo", "1q", "1y"];

const minutes = (count: number): number => count * 60;

/** Gaps in seconds, most of them short. */
const gap = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: minutes(20) }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 30 * 60 }).map(minutes) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0, max: 24 * 40 }).map((hours) => minutes(hours * 60)),
  },
);

/** Trades of three symbols in order of time, from a start on. Sums of their volumes are exact. */
export const trades = (start: number): fc.Arbitrary<Trade[]> => {
  const step = fc.record({
    gap,
    symbol: fc.constantFrom("A", "B", "C"),
    price: fc.integer({ min: 1, max: 4000 }).map((price) => price / 8),
    volume: fc.integer({ min: 0, max: 1000 }),
  });
  return fc.array(step, { minLength: 1, maxLength: 150 }).map((steps) => {
    let time = start;
    return steps.map(({ gap: seconds, ...trade }) => {
      time += seconds * 1000;
      return { ...trade, time };
    });
  });
};

/** Where the bars of `resample` start, and what belongs to them. */
export interface Calendar {
  readonly every: string;
  readonly zone: string | undefined;
  readonly options: ResampleOptions;
}

/** Calendars that `ta.bars` takes, with trades. */
export const cases: fc.Arbitrary<Calendar & { readonly made: readonly Trade[] }> = fc
  .record({
    every: fc.constantFrom(...EVERY),
    where: fc.constantFrom(...ZONES),
    closed: fc.constantFrom("left" as const, "right" as const),
    label: fc.constantFrom("left" as const, "right" as const, "datapoint" as const),
    startBy: fc.constantFrom("window" as const, "monday" as const, "datapoint" as const),
    offset: fc.constantFrom(undefined, "9h30m", "-90s", "2d", "-1mo12h"),
  })
  .chain(({ every, where: [zone, start], offset, closed, ...rest }) => {
    const anchored = rest.startBy !== "datapoint";
    const options: ResampleOptions = {
      ...rest,
      closed: anchored ? closed : "left",
      ...(anchored && offset !== undefined && { offset }),
    };
    return trades(start).map((made) => ({ every, zone, options, made }));
  });

/**
 * Leaves a case out where the first bar would begin in an hour that the clocks leave out: polars
 * refuses it, `ta.bars` does not.
 */
function possible<T>(resample: () => T): T {
  try {
    return resample();
  } catch (error) {
    fc.pre(!/is non-existent in time zone/.test(String(error)));
    throw error;
  }
}

/** The bars that `resample` makes, by symbol and time. Times are milliseconds. */
export function resampled(made: readonly object[], { every, zone, options }: Calendar): Row[] {
  const rows = made as readonly Row[];
  const given = Object.keys(rows[0] ?? {}).filter((name) => name !== "price");
  const values = (name: string) => rows.map((row) => row[name] as number);
  const prices = ["open", "high", "low", "close"].map((name) => [
    name,
    values(given.includes(name) ? name : "price"),
  ]);
  const others = given.map((name) => [name, values(name)]);
  const naive = pl.DataFrame({
    ...Object.fromEntries([...others, ...prices]),
    time: pl.Series("time", values("time"), pl.Int64),
  });
  const times = pl.col("time").cast(pl.Datetime("ms"));
  const zoned = zone ? times.dt.replaceTimeZone("UTC").dt.convertTimeZone(zone) : times;
  const trades = naive.withColumns(zoned);
  return possible(() => trades.ta.resample(every, { over: "symbol", ...options }))
    .withColumns(pl.col("time").cast(pl.Int64).cast(pl.Float64))
    .toRecords()
    .map((row) => ({ ...row }));
}

/** Bars as `resampled` has them. */
export const asRows = (bars: readonly TickBar[]): Row[] =>
  bars
    .map(({ ticks, ...row }): Row => ({ ...row, time: Number(row.time) }))
    .sort((a, b) => compare(a.symbol, b.symbol) || compare(a.time, b.time));

const compare = (a: unknown, b: unknown): number =>
  Number((a as number) > (b as number)) - Number((a as number) < (b as number));

/** The same rows with Dates: numbers of 1973 and before are refused. */
export const dated = <T extends { readonly time: number }>(rows: readonly T[]) =>
  rows.map((row) => ({ ...row, time: new Date(row.time) }));
