/** `df.ta.sync` against a search, for every row, of the newest bar that is closed. */

import pl, { type DataFrame, type LazyDataFrame } from "nodejs-polars";
import { type SyncOptions, TaError } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { expectSame } from "../support/contexts.js";
import {
  DAY,
  HOUR,
  MINUTE,
  minutes,
  type Row,
  random,
  rowsOf,
  stocks,
  times,
  UNITS,
} from "../support/timeframes.js";

/** When a bar closes; undefined while it is open. */
type Closes = (bar: Row, next: Row | undefined) => number | undefined;

const lasting =
  (length: number): Closes =>
  ({ time }) =>
    time + length;
const atNext: Closes = (_, next) => next?.time;
const monthAfter: Closes = ({ time }) => {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
};

/** For every row, the newest bar of its group that is closed; no bar matches a null group. */
function newestClosed(
  rows: readonly Row[],
  bars: readonly Row[],
  closes: Closes,
  forwardFill = true,
): (Row | undefined)[] {
  const groups = Map.groupBy(bars, ({ symbol }) => symbol);
  const met = new Map<unknown, Row>();
  return rows.map((row) => {
    const group = row.symbol === null ? [] : (groups.get(row.symbol) ?? []);
    const closed = group.filter((bar, i) => {
      const close = closes(bar, group[i + 1]);
      return close !== undefined && close <= row.time;
    });
    const newest = closed.at(-1);
    const known = newest !== undefined && met.get(row.symbol) === newest;
    if (newest) met.set(row.symbol, newest);
    return known && !forwardFill ? undefined : newest;
  });
}

/** That columns with `suffix` are those of the newest closed bars, and all others as they were. */
async function expectSync(
  lower: DataFrame,
  higher: DataFrame,
  options: SyncOptions & { on: string; suffix: string },
  closes: Closes,
): Promise<void> {
  const made = lower.ta.sync(higher, options);
  const keys: readonly string[] = [options.on, ...[options.by ?? []].flat()];
  const added = higher.columns.filter((name) => !keys.includes(name));
  expect(made.columns).toEqual([...lower.columns, ...added.map((name) => name + options.suffix)]);
  expectSame(made.select(...lower.columns), lower);
  const rows = rowsOf(lower, options.on);
  const bars = rowsOf(higher, options.on);
  const expected = newestClosed(rows, bars, closes, options.forwardFill);
  for (const name of added) {
    const values = made.getColumn(name + options.suffix).toArray();
    expect(values, name).toEqual(expected.map((bar) => bar?.[name] ?? null));
  }
  const lazy = () => lower.lazy().ta.sync(higher.lazy(), options);
  expect(lazy().columns).toEqual(made.columns);
  expectSame(lazy().collectSync(), made);
  expectSame(await lazy().collect(), made);
  expectSame(await lower.lazy().ta.sync(higher, options).collect(), made);
}

const OPTIONS = { on: "ts", by: "symbol", suffix: "_h" };

describe.each([true, false])("forwardFill: %s", (forwardFill) => {
  describe.each(UNITS)("minutes in %s", (unit) => {
    test.each([
      ["5m", 5 * MINUTE, false],
      ["1h", HOUR, true],
      ["90s", 1.5 * MINUTE, false],
    ])("beside %s", async (every, length, stacked) => {
      const lower = minutes(["B", "A", null, "C"], 400, { unit, stacked });
      // A symbol without bars, and bars without rows.
      const higher = lower
        .filter(pl.col("symbol").notEquals(pl.lit("C")).or(pl.col("symbol").isNull()))
        .ta.resample(every, { over: "symbol" });
      const options = { ...OPTIONS, forwardFill };
      await expectSync(lower, higher, { ...options, every }, lasting(length));
      await expectSync(lower, higher, options, atNext);
      await expectSync(lower.slice(100, 50), higher, { ...options, every }, lasting(length));
    });
  });

  test("one group, rows at any time and several at once", async () => {
    const next = random(5);
    const ticks = Array.from({ length: 500 }, () => Math.floor(next() * 300) * 10_000);
    const lower = pl.DataFrame([
      times(
        "ts",
        ticks.sort((a, b) => a - b),
      ),
      pl.Series("price", Array.from(ticks.keys()), pl.Float64),
    ]);
    const starts = Array.from({ length: 40 }, (_, i) => i * MINUTE).filter(() => next() > 0.4);
    const higher = pl
      .DataFrame([
        times("ts", starts, "ns"),
        pl.Series("close", Array.from(starts.keys()), pl.Float64),
      ])
      .rename({ close: "price" });
    const options = { on: "ts", suffix: "_h", forwardFill };
    await expectSync(lower, higher, options, atNext);
    await expectSync(lower, higher, { ...options, every: "1m" }, lasting(MINUTE));
  });

  test("real days beside weeks and months", async () => {
    const lower = stocks();
    const options = { on: "date", by: "symbol", suffix: "_h", forwardFill };
    const weeks = lower.ta.resample("1w", { over: "symbol" });
    await expectSync(lower, weeks, { ...options, every: "1w" }, lasting(7 * DAY));
    const months = lower.ta.resample("1mo", { over: "symbol" });
    await expectSync(lower, months, { ...options, every: "1mo" }, monthAfter);
  });
});

test("no row sees what comes after it", () => {
  const whole = minutes(["A", "B"], 150);
  const view = (rows: DataFrame) =>
    rows.ta.sync(
      rows.ta.resample("5m", { over: "symbol" }).ta.ema(3, { over: "symbol", as: "slow" }),
      { ...OPTIONS, every: "5m" },
    );
  const all = view(whole);
  for (let rows = 1; rows < whole.height; rows += 7) {
    expectSame(view(whole.head(rows)), all.head(rows));
  }
});

test("days beside bars within them, and dates beside times", async () => {
  const lower = minutes(["A"], 4000).select("symbol", "ts", "close");
  const higher = lower.ta
    .resample("1d", { over: "symbol" })
    .withColumns(pl.col("ts").cast(pl.Date));
  await expectSync(lower, higher, { ...OPTIONS, every: "1d" }, lasting(DAY));
  await expectSync(lower, higher, OPTIONS, atNext);
  // A bar of a Date may be shorter than a day.
  const dates = higher.head(2);
  await expectSync(dates, dates, { ...OPTIONS, every: "12h" }, lasting(DAY / 2));
});

test("days of a time zone close at midnight there", async () => {
  const hours = Array.from({ length: 96 }, (_, hour) => Date.UTC(2024, 10, 1, 12) + hour * HOUR);
  const lower = pl
    .DataFrame([times("ts", hours), pl.Series("close", Array.from(hours.keys()), pl.Float64)])
    .withColumns(pl.col("ts").dt.replaceTimeZone("UTC").dt.convertTimeZone("America/New_York"));
  const higher = lower.ta.resample("1d");
  // The starts of the next days, of which one comes 25 hours later.
  const starts = rowsOf(higher, "ts").map(({ time }) => time);
  expect(starts.slice(1).map((time, i) => (time - (starts[i] ?? 0)) / HOUR)).toContain(25);
  const closes: Closes = (bar, next) => next?.time ?? bar.time + DAY;
  await expectSync(lower, higher, { on: "ts", suffix: "_h", every: "1d" }, closes);
  const utc = higher.withColumns(pl.col("ts").dt.convertTimeZone("UTC"));
  expect(() => lower.ta.sync(utc, { on: "ts" })).toThrow(
    'column "ts" has dtype Datetime(us, America/New_York), and Datetime(us, UTC) in the other frame',
  );
});

test("columns are chosen and named", () => {
  const lower = minutes(["A", "B"], 60);
  const higher = lower.ta.resample("5m", { over: "symbol" }).ta.sma(2, { over: "symbol" });
  const names = (options: SyncOptions) =>
    lower.ta
      .sync(higher, { by: "symbol", ...options })
      .columns.slice(lower.width)
      .join(" ");
  expect(names({})).toBe("open_right high_right low_right close_right volume_right sma_2");
  expect(names({ columns: "sma_2" })).toBe("sma_2");
  expect(names({ columns: ["close", "ts"], suffix: "_5m" })).toBe("close_5m ts_5m");
  const started = lower.ta.sync(higher, { by: "symbol", every: "5m", columns: "ts" });
  const late = rowsOf(started.filter(pl.col("ts_right").isNotNull()), "ts");
  const label = rowsOf(started.filter(pl.col("ts_right").isNotNull()), "ts_right");
  expect(late.length).toBeGreaterThan(50);
  expect(late.every(({ time }, i) => (label[i]?.time ?? 0) + 5 * MINUTE <= time)).toBe(true);
});

test("several groups", () => {
  const lower = minutes(["A", "B"], 200).withColumns(
    pl.concatString([pl.col("symbol"), pl.col("ts").dt.hour()], "-").alias("both"),
    pl.col("ts").dt.hour().alias("hour"),
  );
  const by = ["symbol", "hour"];
  const two = lower.ta.sync(lower.ta.resample("5m", { over: by }), { by, columns: "close" });
  const one = lower.ta.sync(lower.ta.resample("5m", { over: "both" }), {
    by: "both",
    columns: "close",
  });
  expectSame(two, one);
});

test("with indicators before and after, on frames that wait", async () => {
  const lower = stocks();
  const use = (frame: DataFrame | LazyDataFrame) => {
    const days = frame.ta.rsi(3, { over: "symbol" }) as LazyDataFrame;
    const weeks = days.ta.resample("1w", { over: "symbol" }).ta.sma(4, { over: "symbol" });
    return days.ta
      .sync(weeks, { by: "symbol", every: "1w", columns: ["sma_4", "close"] })
      .filter(pl.col("close").ta.ema(2).gt(pl.col("sma_4")));
  };
  const eager = use(lower) as unknown as DataFrame;
  expectSame(await use(lower.lazy()).collect(), eager);
  expect(eager.columns).toEqual([...lower.columns, "rsi_3", "sma_4", "close_right"]);
  expect(eager.height).toBeGreaterThan(1000);
});

test("no rows, no bars", () => {
  const lower = minutes(["A"], 60);
  const higher = lower.ta.resample("5m", { over: "symbol" });
  for (const forwardFill of [true, false]) {
    const options = { ...OPTIONS, forwardFill };
    expect(lower.head(0).ta.sync(higher, options).shape).toEqual({ height: 0, width: 12 });
    const made = lower.ta.sync(higher.head(0), options);
    expect(made.height).toBe(lower.height);
    expect(made.getColumn("close_h").nullCount()).toBe(lower.height);
  }
});

const days = stocks();
const weeks = days.ta.resample("1w", { over: "symbol" });
test.each<[string, unknown[], RegExp]>([
  ["nothing", [], /the other frame must be a DataFrame, got undefined/],
  ["options of another kind", [weeks, "date"], /options must be an object, got "date"/],
  [
    "an unknown option",
    [weeks, { over: "symbol" }],
    /unknown option "over" .*; it takes on, by, every,/,
  ],
  ["an unknown time", [weeks, { on: "ts" }], /on is "ts", which is no column/],
  ["a time of another type", [weeks, { on: "open" }], /"open" has dtype Float64, times are Date/],
  [
    "a time not in the other",
    [weeks.drop("date"), { on: "date" }],
    /on is "date", which is no column/,
  ],
  ["an unknown group", [weeks, { by: "sym" }], /by is "sym", which is no column/],
  [
    "a group not in the other",
    [weeks.drop("symbol"), { by: "symbol" }],
    /by is "symbol", which is no/,
  ],
  [
    "a group that is no name",
    [weeks, { by: pl.col("symbol") }],
    /by must be a column name, got an expr/,
  ],
  ["no length", [weeks, { every: "1 week" }], /every must be the length of a bar, .* got "1 week"/],
  ["no flag", [weeks, { forwardFill: "no" }], /forwardFill must be true or false, got "no"/],
  ["an unknown column", [weeks, { columns: ["rsi"] }], /columns is "rsi", which is no column/],
  ["no suffix", [weeks, { suffix: "" }], /suffix must be a string/],
])("refuses %s", (_, args, message) => {
  for (const frame of [days, days.lazy()]) {
    const method = frame.ta as unknown as Record<string, (...args: unknown[]) => unknown>;
    let error: unknown;
    try {
      method.sync?.(...args);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(TaError);
    expect(String(error)).toMatch(message);
  }
});

test("refuses names that are taken, and a plan beside a frame", () => {
  const taken = days.withColumns(pl.col("close").alias("close_right"));
  expect(() => taken.ta.sync(weeks, { by: "symbol" })).toThrow(/column "close_right" already/);
  const twice = weeks.withColumns(pl.col("close").alias("close_right"));
  expect(() => days.ta.sync(twice, { by: "symbol" })).toThrow(/column "close_right" already/);
  expect(() => days.ta.sync(weeks.lazy() as never, { by: "symbol" })).toThrow(
    /must be a DataFrame, got a LazyDataFrame; collect it, or make this frame lazy/,
  );
});

test.each<[string, (number | null)[], (number | null)[], RegExp]>([
  [
    "rows that go back",
    [0, 2, 1],
    [0, 1, 2],
    /column "ts" goes back from "[^"]+:02:00" to "[^"]+:01:00" in row 2; sort the frame first, df.sort\("ts"\)$/,
  ],
  ["a row without time", [0, null, 1], [0, 1, 2], /column "ts" is null in row 1;/],
  [
    "bars that go back",
    [0, 1, 2],
    [0, 2, 1],
    /column "ts" of the other frame goes back from .* in row 2; sort/,
  ],
  [
    "bars at one time",
    [0, 1, 1],
    [0, 1, 1],
    /"ts" of the other frame has "[^"]+:01:00" more than once, again in row 2, and no column tells/,
  ],
  ["a bar without time", [0, 1, 1], [null, 1, 2], /"ts" of the other frame is null in row 0;/],
])("refuses %s", async (_, lower, higher, message) => {
  const frame = (minute: (number | null)[]) =>
    pl.DataFrame([
      times(
        "ts",
        minute.map((value) => value && value * MINUTE),
      ),
      pl.Series("close", [1, 2, 3], pl.Float64),
    ]);
  expect(() => frame(lower).ta.sync(frame(higher))).toThrow(message);
  const lazy = frame(lower).lazy().ta.sync(frame(higher).lazy());
  expect(() => lazy.collectSync()).toThrow(TaError);
  await expect(lazy.collect()).rejects.toThrow(message);
  const grouped = (f: DataFrame) => f.withColumns(pl.lit("A").alias("symbol"));
  expect(() => grouped(frame(lower)).ta.sync(grouped(frame(higher)), { by: "symbol" })).toThrow(
    TaError,
  );
});
