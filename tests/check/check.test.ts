/** That `ta.check` finds what is wrong with bars, where it is, and nothing else. */

import { inspect } from "node:util";
import fc from "fast-check";
import pl, { type DataFrame } from "nodejs-polars";
import { type CheckOptions, type Finding, TaError, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { type Bar, barsAt, CALENDARS, frameOf, random } from "../support/calendars.js";
import { root } from "../support/child.js";
import { runs } from "../support/runs.js";

const stocks = pl.readCSV(`${root}/golden/data/stocks.csv`);
const rows = stocks.toRecords() as Record<string, number | string | null>[];

/** The splits of these years, of which the prices are not adjusted. */
const SPLITS = [78, 1254, 7479];

const kinds = (findings: readonly Finding[]): string[] => findings.map(({ kind }) => kind);

const found = (frame: DataFrame, options: CheckOptions = {}): readonly Finding[] =>
  ta.check(frame, options).findings;

describe("real bars", () => {
  test("have their splits, and nothing else", () => {
    const report = ta.check(stocks, { over: "symbol" });
    expect(report).toMatchObject({ ok: false, rows: 10_006, groups: 4, every: "1d" });
    expect(report).toMatchObject({ from: "2000-03-01", to: "2013-03-01" });
    expect(report.columns).toEqual({
      ...{ open: "open", high: "high", low: "low", close: "close", volume: "volume" },
      ...{ time: "date", over: ["symbol"] },
    });
    expect(kinds(report.findings)).toEqual(["jumps"]);
    const [jumps] = report.findings;
    expect(jumps?.count).toBe(3);
    expect(
      jumps?.places.map(({ row, time, group, values }) => [row, time, group, values.ratio]),
    ).toEqual([
      [78, "2000-06-21", { symbol: "AAPL" }, "2:1"],
      [1254, "2005-02-28", { symbol: "AAPL" }, "2:1"],
      [7479, "2003-02-18", { symbol: "MSFT" }, "2:1"],
    ]);
  });

  test.each(["IBM", "FB"])("of %s have nothing", (symbol) => {
    const report = ta.check(stocks.filter(pl.col("symbol").eq(pl.lit(symbol))));
    expect(report.findings).toEqual([]);
    expect(report.ok).toBe(true);
    expect(String(report)).toMatch(/^Bars: nothing wrong was found\n/);
  });

  test("without over have the column that tells them apart, and the rest within it", () => {
    const report = ta.check(stocks);
    expect(kinds(report.findings)).toEqual(["repeats", "jumps"]);
    const [repeats] = report.findings;
    expect(repeats?.sentence).toContain('"symbol" tells them apart');
    expect(repeats?.advice).toContain('over: "symbol"');
    // All but the dates of one symbol have been there before.
    expect(repeats?.count).toBe(10_006 - new Set(rows.map(({ date }) => date)).size);
    expect(report.columns.over).toEqual(["symbol"]);
  });

  test("in another order are the same to it, but for the order", () => {
    const turns = stocks.sort(["date", "symbol"]);
    const [jumps] = found(turns, { over: "symbol" });
    expect(jumps?.count).toBe(3);
    const row = jumps?.places[0]?.row ?? 0;
    expect(turns.toRecords()[row]).toMatchObject({ symbol: "AAPL", date: "2000-06-21" });
    const newest = stocks.sort("date", true);
    const report = ta.check(newest, { over: "symbol" });
    expect(kinds(report.findings)).toEqual(["order", "jumps"]);
    expect(report.findings[0]?.sentence).toContain("the newest rows come first within symbol");
    expect(report.findings[0]?.count).toBe(10_006 - 4);
    expect(report.findings[1]?.count).toBe(3);
  });
});

type Rows = Record<string, number | string | null>[];

interface Fault {
  readonly name: string;
  readonly change: (rows: Rows) => unknown;
  readonly finds: Partial<Finding>;
  readonly row: number;
  readonly says: string;
  /** What the same fault is as well. */
  readonly also?: string[];
}

const at = (bars: Rows, row: number) => bars[row] as Record<string, number>;

/** One fault in row 5000 or so, which is IBM's, or in another symbol's. */
const FAULTS: Fault[] = [
  {
    name: "two rows that have changed places",
    change: (bars) => bars.splice(5000, 2, bars[5001] as never, bars[5000] as never),
    finds: { kind: "order", column: "date", count: 1 },
    row: 5001,
    says: "go back within symbol in 1 row",
  },
  {
    name: "a row that comes twice",
    change: (bars) => bars.splice(5000, 0, { ...bars[5000] }),
    finds: { kind: "repeats", column: "date", count: 1 },
    row: 5001,
    says: "the same time comes again within symbol in 1 row",
  },
  {
    name: "a price that is null",
    change: (bars) => Object.assign(at(bars, 5000), { close: null }),
    finds: { kind: "missing", column: "close", count: 1 },
    row: 5000,
    says: "close is missing in 1 row (1 null)",
  },
  {
    name: "a price that is NaN",
    change: (bars) => Object.assign(at(bars, 5000), { open: Number.NaN }),
    finds: { kind: "missing", column: "open", count: 1 },
    row: 5000,
    says: "(1 NaN)",
  },
  {
    name: "a volume without an end",
    change: (bars) => Object.assign(at(bars, 5000), { volume: Number.POSITIVE_INFINITY }),
    finds: { kind: "missing", column: "volume", count: 1 },
    row: 5000,
    says: "(1 infinite)",
  },
  {
    name: "a day without a date",
    change: (bars) => Object.assign(at(bars, 5000), { date: null }),
    finds: { kind: "missing", column: "date", count: 1 },
    row: 5000,
    says: "date is null in 1 row",
    also: ["order", "gaps"],
  },
  {
    name: "high and low that have changed places",
    change: (bars) => {
      const { high, low } = at(bars, 5000);
      Object.assign(at(bars, 5000), { high: low, low: high });
    },
    finds: { kind: "range", column: "high, low", count: 1 },
    row: 5000,
    says: "high is below low in 1 row",
  },
  {
    name: "a close above the high",
    change: (bars) => Object.assign(at(bars, 5000), { close: (at(bars, 5000).high ?? 0) * 1.1 }),
    finds: { kind: "outside", column: "close", count: 1 },
    row: 5000,
    says: "close is not between low and high in 1 row",
  },
  {
    name: "an open below the low",
    change: (bars) => Object.assign(at(bars, 5000), { open: (at(bars, 5000).low ?? 0) * 0.9 }),
    finds: { kind: "outside", column: "open", count: 1 },
    row: 5000,
    says: "open is not between low and high in 1 row",
  },
  {
    name: "a price of zero",
    change: (bars) => Object.assign(at(bars, 5000), { low: 0 }),
    finds: { kind: "prices", column: "low", count: 1 },
    row: 5000,
    says: "low is zero or negative in 1 row",
  },
  {
    name: "a negative price",
    change: (bars) => Object.assign(at(bars, 5000), { low: -4 }),
    finds: { kind: "prices", column: "low", count: 1 },
    row: 5000,
    says: "low is zero or negative in 1 row",
  },
  {
    name: "a negative volume",
    change: (bars) => Object.assign(at(bars, 5000), { volume: -1 }),
    finds: { kind: "volume", column: "volume", count: 1 },
    row: 5000,
    says: "volume is negative in 1 row",
  },
  {
    name: "a day that one symbol does not have",
    change: (bars) => bars.splice(5000, 1),
    finds: { kind: "gaps", column: "date", count: 1 },
    row: 5000,
    says: "bars of 1d are missing before 1 row",
  },
  {
    name: "three weeks that are missing",
    change: (bars) => bars.splice(5000, 15),
    finds: { kind: "gaps", column: "date", count: 1 },
    row: 5000,
    says: "bars of 1d are missing before 1 row",
  },
  {
    name: "prices that stand still",
    change: (bars) => {
      const { open, high, low, close } = at(bars, 5000);
      for (let row = 5001; row < 5012; row += 1)
        Object.assign(at(bars, row), { open, high, low, close });
    },
    finds: { kind: "constant", column: "open, high, low, close", count: 1 },
    row: 5000,
    says: "in 1 stretch, at most for 12 bars",
  },
  {
    name: "a price with the characters that people write",
    change: (bars) => {
      for (const bar of bars) bar.close = String(bar.close);
      Object.assign(at(bars, 5000), { close: "1,234.5" });
    },
    finds: { kind: "text", column: "close", count: 1 },
    row: 5000,
    says: 'close is text, and "1,234.5" or the like is no number in 1 row',
  },
];

describe("a fault in real bars", () => {
  test.each(FAULTS)("$name", ({ change, finds, row, says, also = [] }) => {
    const bars = structuredClone(rows);
    change(bars);
    const findings = found(pl.DataFrame(bars) as DataFrame, { over: "symbol" });
    // The splits are there all the same, whatever row they are in now.
    expect(
      kinds(findings)
        .filter((kind) => !also.includes(kind))
        .sort(),
    ).toEqual([finds.kind, "jumps"].sort());
    const finding = findings.find(({ kind }) => kind === finds.kind);
    expect(finding).toMatchObject(finds);
    expect(finding?.places[0]).toMatchObject({ row, group: { symbol: "IBM" } });
    expect(finding?.sentence).toContain(says);
    expect(finding?.sentence).toContain(`row ${row} (`);
  });

  test.each([
    [2, "2:1"],
    [3, "3:1"],
    [1.5, "3:2"],
    [10, "10:1"],
    [0.1, "1:10"],
    [0.5, "1:2"],
    [100, "100:1"],
  ])("prices that are divided by %d", (by, ratio) => {
    const bars = structuredClone(rows);
    for (let row = 5000; bars[row]?.symbol === "IBM"; row += 1) {
      for (const name of ["open", "high", "low", "close"]) {
        at(bars, row)[name] = (at(bars, row)[name] ?? 0) / by;
      }
    }
    const [jumps] = found(pl.DataFrame(bars) as DataFrame, { over: "symbol", places: 9 });
    expect(jumps?.places.map((place) => place.row)).toEqual([
      ...SPLITS.slice(0, 2),
      5000,
      ...SPLITS.slice(2),
    ]);
    expect(jumps?.places[2]?.values.ratio).toBe(ratio);
  });
});

/** Faults at a random row, each with the row in which it is found. */
const INJECTED: Record<string, (bars: Bar[], row: number) => Bar[]> = {
  missing: (bars, row) => bars.with(row, { ...(bars[row] as Bar), close: null }),
  prices: (bars, row) => bars.with(row, { ...(bars[row] as Bar), low: -1 }),
  volume: (bars, row) => bars.with(row, { ...(bars[row] as Bar), volume: -5 }),
  range: (bars, row) => {
    const bar = bars[row] as Bar;
    return bars.with(row, { ...bar, high: bar.low, low: bar.high });
  },
  outside: (bars, row) => bars.with(row, { ...(bars[row] as Bar), close: 1e-3 }),
  repeats: (bars, row) => bars.toSpliced(row, 0, bars[row - 1] as Bar),
  order: (bars, row) => bars.with(row, bars[row - 1] as Bar).with(row - 1, bars[row] as Bar),
  jumps: (bars, row) =>
    bars.map((bar, index) => {
      if (index < row) return bar;
      const [open, high, low, close] = [bar.open, bar.high, bar.low, bar.close].map(
        (price) => (price ?? 0) * 2,
      );
      return { ...bar, open, high, low, close } as Bar;
    }),
  constant: (bars, row) => {
    const { open, high, low, close } = bars[row] as Bar;
    return bars.map((bar, index) =>
      index > row && index < row + 12 ? { ...bar, open, high, low, close } : bar,
    );
  },
};

describe("faults at random", () => {
  const calendars = Object.keys(CALENDARS).filter((name) => !/monthly|weekly/.test(name));

  test.each(Object.keys(INJECTED))("%s", (kind) => {
    const places = {
      seed: fc.integer({ min: 1, max: 1e6 }),
      calendar: fc.constantFrom(...calendars),
    };
    fc.assert(
      fc.property(fc.record({ ...places, at: fc.nat(1e6) }), ({ seed, calendar, at }) => {
        const bars = barsAt(CALENDARS[calendar]?.(40, seed) ?? [], seed);
        const clean = frameOf(bars);
        expect(found(clean)).toEqual([]);
        const row = 2 + (at % (bars.length - 20));
        const faulty = INJECTED[kind]?.(bars, row) ?? [];
        const findings = found(frameOf(faulty));
        expect(kinds(findings)).toContain(kind);
        const finding = findings.find((one) => one.kind === kind);
        expect(finding?.count).toBe(1);
        expect(finding?.places.map((place) => place.row)).toEqual([row]);
        expect(() => ta.check(frameOf(faulty), { strict: true })).toThrow(TaError);
      }),
      { numRuns: runs(20) },
    );
  });

  test("many at once, in groups whose rows stand anyhow, are all found", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 1, max: 40 }),
        (seed, count) => {
          const next = random(seed);
          const times = CALENDARS["every day"]?.(60, seed) ?? [];
          const symbols = ["a", "b", "c"];
          const all = symbols.flatMap((symbol, index) =>
            barsAt(times, seed + index).map((bar) => ({ symbol, bar })),
          );
          const hit = new Set<number>();
          while (hit.size < count) hit.add(Math.floor(next() * all.length));
          for (const row of hit) (all[row] as { bar: Bar }).bar.volume = -1;
          // Times go forward in each group, whatever the groups do.
          const order = all
            .map((one, row) => ({ ...one, row, key: one.bar.date.getTime() + next() * 1000 }))
            .sort((a, b) => a.key - b.key);
          const frame = frameOf(
            order.map(({ bar }) => bar),
            { symbol: order.map(({ symbol }) => symbol) },
          );
          const [finding, ...others] = found(frame, { over: "symbol", places: 1000 });
          expect(others).toEqual([]);
          const expected = order.flatMap(({ row }, index) => (hit.has(row) ? [index] : []));
          expect(finding).toMatchObject({ kind: "volume", count });
          expect(finding?.places.map((place) => place.row)).toEqual(expected);
          expect(finding?.places.map(({ group }) => group?.symbol)).toEqual(
            expected.map((index) => order[index]?.symbol),
          );
        },
      ),
      { numRuns: runs(20) },
    );
  });
});

describe("what is no fault", () => {
  const days = CALENDARS["every day"]?.(50, 1) ?? [];

  test("prices that rounding has put a little outside", () => {
    const bars = barsAt(days).map((bar) => ({
      ...bar,
      high: Math.max(bar.open ?? 0, bar.close ?? 0) * (1 - 1e-9),
    }));
    expect(found(frameOf(bars))).toEqual([]);
  });

  test("a crash that is no split, and a volume of zero", () => {
    const bars = barsAt(days).map((bar, index) => ({
      ...bar,
      volume: index % 3 === 0 ? 0 : bar.volume,
    }));
    for (const bar of bars.slice(20)) {
      // As AAPL opened after its warning of September 2000.
      for (const name of ["open", "high", "low", "close"] as const)
        bar[name] = (bar[name] ?? 0) * 0.545;
    }
    expect(kinds(found(frameOf(bars)))).toEqual([]);
  });

  test("nine bars without a change", () => {
    const bars = barsAt(days);
    const { open, high, low, close } = bars[10] as Bar;
    expect(
      found(
        frameOf(
          bars.map((bar, i) => (i > 10 && i < 19 ? { ...bar, open, high, low, close } : bar)),
        ),
      ),
    ).toEqual([]);
    expect(
      kinds(
        found(
          frameOf(
            bars.map((bar, i) => (i > 10 && i < 20 ? { ...bar, open, high, low, close } : bar)),
          ),
        ),
      ),
    ).toEqual(["constant"]);
  });

  test("frames of no row, and of one", () => {
    const frame = frameOf(barsAt(days));
    expect(ta.check(frame.head(0))).toMatchObject({ ok: true, rows: 0, from: null, every: null });
    expect(ta.check(frame.head(1))).toMatchObject({ ok: true, rows: 1, groups: 1, every: null });
    expect(
      ta.check(frame.head(0).withColumns(pl.lit("a").alias("s")), { over: "s" }),
    ).toMatchObject({ ok: true, groups: 0 });
  });
});

describe("columns", () => {
  const bars = frameOf(barsAt(CALENDARS["daily with weekends and holidays"]?.(100, 1) ?? []));

  test("are found however they are capitalised", () => {
    const capital = bars.rename({
      date: "Date",
      open: "Open",
      high: "HIGH",
      low: "Low",
      close: "Close",
      volume: "Volume",
    });
    const report = ta.check(capital);
    expect(report.ok).toBe(true);
    expect(report.columns).toEqual({
      ...{ open: "Open", high: "HIGH", low: "Low", close: "Close", volume: "Volume" },
      ...{ time: "Date", over: [] },
    });
  });

  test("may have any names, and need not all be there", () => {
    const other = bars.select(
      "date",
      pl.col("close").alias("price"),
      pl.col("volume").mul(-1).alias("turnover"),
    );
    const report = ta.check(other, { close: "price", volume: "turnover" });
    expect(report.columns).toEqual({ close: "price", volume: "turnover", time: "date", over: [] });
    expect(report.findings.map(({ kind, column, count }) => [kind, column, count])).toEqual([
      ["volume", "turnover", 100],
    ]);
    const timeless = ta.check(bars.select("close"));
    expect(timeless).toMatchObject({
      ok: true,
      every: null,
      columns: { close: "close", over: [] },
    });
    expect(String(timeless)).toContain("no column; order and gaps were not looked at");
  });

  const days = bars.select(pl.col("date").cast(pl.Date), "open", "high", "low", "close", "volume");

  test.each(["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%m/%d/%Y"])("hold times as text: %s", (format) => {
    const text = days.withColumns(pl.col("date").dt.strftime(format));
    const report = ta.check(text);
    expect(report).toMatchObject({ ok: true, every: "1d", from: "2015-01-05" });
  });

  test("hold times as numbers, or texts that a pattern explains", () => {
    const seconds = bars.withColumns(pl.col("date").cast(pl.Int64).div(1000).cast(pl.Int64));
    expect(ta.check(seconds)).toMatchObject({ ok: true, every: "1d", from: "2015-01-05" });
    const first = days.head(5).withColumns(pl.col("date").dt.strftime("%d/%m/%Y"));
    expect(() => ta.check(first)).toThrow(/day and month .* timeFormat: "%d\/%m\/%Y"/);
    expect(ta.check(first, { timeFormat: "%d/%m/%Y" })).toMatchObject({
      ok: true,
      from: "2015-01-05",
    });
  });
});

describe("a report", () => {
  const bars = frameOf(barsAt(CALENDARS["every day"]?.(60, 1) ?? []), {
    symbol: Array(60).fill("a<b"),
  });
  const faulty = bars.withColumns(
    pl.when(pl.col("volume").gt(9000)).then(pl.lit(-1)).otherwise(pl.col("volume")).alias("volume"),
    pl
      .when(pl.col("close").eq(pl.col("close").max()))
      .then(pl.lit(null))
      .otherwise(pl.col("close"))
      .alias("close"),
  );
  const report = ta.check(faulty, { over: "symbol", places: 2 });

  test("prints as text, with the worst first", () => {
    expect(kinds(report.findings)).toEqual(["missing", "volume"]);
    const text = String(report);
    expect(text).toMatch(
      /^Bars: 2 findings\n\nRows: {4}60, 1 series by symbol\nTimes: {3}date, 2015-01-05 to 2015-03-05, every 1d\n/,
    );
    expect(text).toMatch(
      /\n {2}finding {2}column {2}count {2}row {2,}time {8}symbol {2}values\n {2}missing/,
    );
    expect(inspect(report)).toBe(text);
    for (const { kind, sentence } of report.findings)
      expect(text.replace(/\s+/g, " ")).toContain(`${kind}: ${sentence}. `);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test("is a table in notebooks", () => {
    const display = Reflect.get(report, Symbol.for("Jupyter.display")) as () => Record<
      string,
      string
    >;
    const shown = display.call(report);
    expect(Object.keys(shown)).toEqual(["text/html", "text/markdown", "text/plain"]);
    expect(shown["text/html"]).toContain("<table>");
    expect(shown["text/html"]).toContain("a&lt;b");
    expect(shown["text/html"]).not.toContain("a<b");
    expect(ta.html(report)).toBe(shown["text/html"]);
  });

  test("is a frame, a row for each place, and JSON", () => {
    const frame = report.toFrame();
    expect(frame.columns).toEqual([
      "kind",
      "column",
      "count",
      "row",
      "time",
      "group",
      "values",
      "sentence",
      "advice",
    ]);
    expect(frame.getColumn("kind").toArray()).toEqual(["missing", "volume", "volume"]);
    expect(frame.getColumn("row").toArray()).toEqual(
      report.findings.flatMap(({ places }) => places.map(({ row }) => row)),
    );
    expect(ta.check(bars, { over: "symbol" }).toFrame().height).toBe(0);
    const plain = JSON.parse(JSON.stringify(report));
    expect(plain).toMatchObject({ ok: false, rows: 60, groups: 1, every: "1d" });
    expect(plain.findings).toEqual(JSON.parse(JSON.stringify(report.findings)));
  });

  test("of a LazyFrame is a promise of the same", async () => {
    const promise = ta.check(faulty.lazy(), { over: "symbol", places: 2 });
    expect(promise).toBeInstanceOf(Promise);
    expect(JSON.stringify(await promise)).toBe(JSON.stringify(report));
    expect(JSON.stringify(await faulty.lazy().ta.check({ over: "symbol", places: 2 }))).toBe(
      JSON.stringify(report),
    );
    expect(JSON.stringify(faulty.ta.check({ over: "symbol", places: 2 }))).toBe(
      JSON.stringify(report),
    );
    const added = faulty.lazy().withColumns(pl.col("close").ta.sma(3).alias("close"));
    expect(kinds((await ta.check(added, { over: "symbol" })).findings)).toContain("missing");
  });

  test("leaves out what is to be ignored", () => {
    expect(kinds(ta.check(faulty, { ignore: ["volume"] }).findings)).toEqual(["missing"]);
    const ignored = ta.check(faulty, { ignore: ["volume", "missing"], strict: true });
    expect(ignored.ok).toBe(true);
    const twice = pl.concat([bars, bars]);
    expect(kinds(found(twice))).toEqual(["order", "repeats"]);
    expect(kinds(found(twice, { ignore: ["repeats", "order"] }))).toEqual([]);
  });
});

describe("strict", () => {
  const bars = barsAt(CALENDARS["every day"]?.(60, 1) ?? []);
  const faulty = frameOf(bars.with(7, { ...(bars[7] as Bar), close: null, volume: -1 }));

  test("throws a sentence about the worst, and names the others", () => {
    expect(() => ta.check(faulty, { strict: true })).toThrow(
      new TaError(
        "check: close is missing in 1 row (1 null), in row 7 (2015-01-12); indicators leave these rows out, and are null there; missing says what else they may do; also found: volume (volume)",
      ),
    );
    expect(ta.check(frameOf(bars), { strict: true }).ok).toBe(true);
  });

  test("rejects the promise of a LazyFrame", async () => {
    await expect(ta.check(faulty.lazy(), { strict: true })).rejects.toThrow(
      /^check: close is missing/,
    );
  });
});

const bars = frameOf(barsAt(CALENDARS["every day"]?.(20, 1) ?? []));

test.each<[string, unknown, string]>([
  [
    "an unknown option",
    { ovr: "symbol" },
    'check: unknown option "ovr" (did you mean "over"?); it takes over, time, timeFormat, open, high, low, close, volume, strict, ignore, places',
  ],
  ["no options", 3, "check: options must be an object, got 3"],
  [
    "a group that is no column",
    { over: "symbol" },
    'check: over is "symbol", which is no column; the frame has "date", "open", "high", "low", "close", "volume"',
  ],
  ["no groups", { over: [] }, "check: over must be a column or a list of columns, got an array"],
  [
    "an expression",
    { over: pl.col("a") },
    "check: over must be a column or a list of columns, got an expression",
  ],
  [
    "another column",
    { close: "Close" },
    'check: close is "Close", which is no column; the frame has "date", "open", "high", "low", "close", "volume"',
  ],
  [
    "a column of times as prices",
    { close: "date" },
    'check: close must be numbers, but column "date" is Datetime(ms)',
  ],
  ["no column's name", { high: 3 }, "check: high must be the name of a column, got 3"],
  ["a word for strict", { strict: "yes" }, 'check: strict must be true or false, got "yes"'],
  [
    "a kind that there is not",
    { ignore: ["jump"] },
    'check: ignore: unknown kind of finding "jump" (did you mean "jumps"?); it takes order, repeats, text, missing, range, outside, prices, volume, gaps, jumps, constant',
  ],
  [
    "one kind alone",
    { ignore: "jumps" },
    'check: ignore must be a list of kinds of findings, got "jumps"',
  ],
  ["no places", { places: 0 }, "check: places must be a whole number from 1 to 1,000, got 0"],
])("%s is refused", async (_, options, sentence) => {
  expect(() => ta.check(bars, options as CheckOptions)).toThrow(new TaError(sentence));
  const lazily = async () => ta.check(bars.lazy(), options as CheckOptions);
  await expect(lazily()).rejects.toThrow(new TaError(sentence));
});

test("what is no frame, or has no bars, is refused", () => {
  expect(() => ta.check([1, 2] as never)).toThrow(
    "check: the first argument must be a DataFrame or a LazyDataFrame, got an array",
  );
  expect(() => ta.check(pl.DataFrame({ a: [1] }))).toThrow(
    'check: there is no column open, high, low, close or volume; the frame has "a"; say which one holds the prices with { close: "…" }',
  );
});

test.each(fc.sample(fc.string({ minLength: 1 }), 20))("an option %j is not known", (name) => {
  const known = [
    "over",
    "time",
    "timeFormat",
    "open",
    "high",
    "low",
    "close",
    "volume",
    "strict",
    "ignore",
    "places",
  ];
  fc.pre(!known.includes(name));
  expect(() => ta.check(bars, { [name]: 1 } as CheckOptions)).toThrow(TaError);
});

test("times as text give the report of the same times as Datetime", () => {
  const stamp = fc.integer({ min: 0, max: 40 }).map((n) => Date.UTC(2024, 0, 1) + n * 3_600_000);
  const property = fc.property(fc.array(fc.option(stamp, { freq: 9 }), { minLength: 1 }), (at) => {
    const close = pl.Series(
      "close",
      at.map((_, row) => 100 + (row % 7)),
      pl.Float64,
    );
    const written = at.map((one) => one && new Date(one).toISOString().slice(0, 19));
    const texts = pl.DataFrame([pl.Series("time", written, pl.Utf8), close]);
    const typed = pl.DataFrame([
      pl.Series("time", at, pl.Float64).cast(pl.Int64).cast(pl.Datetime("ms")),
      close,
    ]);
    const seen = (frame: DataFrame) => {
      const { findings, ...rest } = ta.check(frame);
      // The advice on sorting differs: text must first become times.
      return { ...rest, findings: findings.map(({ advice, ...finding }) => finding) };
    };
    if (at.some((one) => one !== null)) expect(seen(texts)).toEqual(seen(typed));
  });
  fc.assert(property, { numRuns: runs(30) });
});
