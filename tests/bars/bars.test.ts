/** `df.ta.resample` and the bar transforms, against bars made by brute force. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl, { type DataFrame, type LazyDataFrame } from "nodejs-polars";
import { type ResampleOptions, TaError, ta } from "nodejs-polars-ta";
import { stocks as stocksFile } from "nodejs-polars-ta/data";
import { afterAll, describe, expect, test } from "vitest";
import { childScript, root, runNode } from "../support/child.js";
import { expectSame } from "../support/contexts.js";
import {
  barsOf,
  DAY,
  expectRows,
  HOUR,
  MINUTE,
  minutes,
  monthOf,
  multipleOf,
  rowsOf,
  stocks,
  times,
  UNITS,
  weekOf,
} from "../support/timeframes.js";

/** The same frame eagerly, lazily and with `await`. */
async function everyWay(
  frame: DataFrame,
  use: (frame: DataFrame & LazyDataFrame) => DataFrame | LazyDataFrame,
): Promise<DataFrame> {
  const eager = use(frame as never) as DataFrame;
  const lazy = () => use(frame.lazy() as never) as LazyDataFrame;
  expect(lazy().columns).toEqual(eager.columns);
  expectSame(lazy().collectSync(), eager);
  expectSame(await lazy().collect(), eager);
  return eager;
}

describe("resample", () => {
  test.each([
    ["1w", weekOf],
    ["1mo", monthOf],
    ["1d", multipleOf(DAY)],
  ])("real days to %s, per symbol", async (every, startOf) => {
    const bars = await everyWay(stocks(), (f) => f.ta.resample(every, { over: "symbol" }));
    expect(bars.columns).toEqual(["symbol", "date", "open", "high", "low", "close", "volume"]);
    expect(bars.schema.date?.variant).toBe("Date");
    expectRows(rowsOf(bars, "date"), barsOf(rowsOf(stocks(), "date"), startOf));
  });

  describe.each(UNITS)("minutes with gaps, in %s", (unit) => {
    test.each([
      ["5m", 5 * MINUTE, false],
      ["1h", HOUR, true],
      ["1h30m", 1.5 * HOUR, false],
    ])("to %s", async (every, length, stacked) => {
      const frame = minutes(["B", null, "A"], 700, { unit, stacked });
      const bars = await everyWay(frame, (f) => f.ta.resample(every, { over: "symbol" }));
      expect(String(bars.schema.ts)).toBe(String(frame.schema.ts));
      expectRows(rowsOf(bars, "ts"), barsOf(rowsOf(frame, "ts"), multipleOf(length)));
    });
  });

  test("text dates of a Datetime parsed with polars", () => {
    const frame = pl
      .DataFrame({
        t: ["2024-01-01 09:30", "2024-01-01 09:34", "2024-01-01 09:35"],
        close: [1, 2, 3],
      })
      .withColumns(pl.col("t").str.strptime(pl.Datetime("ms"), "%Y-%m-%d %H:%M"));
    expect(frame.ta.resample("5m").getColumn("close").toArray()).toEqual([2, 3]);
  });

  test("without groups", async () => {
    const frame = minutes(["A"], 500).drop("symbol");
    const bars = await everyWay(frame, (f) => f.ta.resample("15m"));
    expectRows(rowsOf(bars, "ts"), barsOf(rowsOf(frame, "ts"), multipleOf(15 * MINUTE), []));
  });

  test("over several keys, also expressions", async () => {
    const frame = minutes(["B", "A"], 300).withColumns(
      pl.col("ts").dt.minute().cast(pl.Float64).ltEq(40).alias("early"),
    );
    const expected = barsOf(rowsOf(frame, "ts"), multipleOf(HOUR), ["symbol", "early"]);
    const options: ResampleOptions[] = [
      { over: ["symbol", "early"] },
      {
        over: [pl.col("symbol"), pl.col("ts").dt.minute().cast(pl.Float64).ltEq(40).alias("early")],
      },
    ];
    for (const option of options) {
      const bars = await everyWay(frame, (f) => f.ta.resample("1h", option));
      expectRows(rowsOf(bars, "ts"), expected);
    }
  });

  test("the columns that there are, under their own names, and those that agg makes", async () => {
    const frame = minutes(["A", "B"], 200).select(
      "symbol",
      "ts",
      pl.col("close").alias("last"),
      "volume",
      pl.col("open").alias("vwap"),
    );
    const bars = await everyWay(frame, (f) =>
      f.ta.resample("1h", {
        over: "symbol",
        close: "last",
        agg: { vwap: pl.col("vwap").mean(), rows: pl.len(), volume: pl.col("volume").max() },
      }),
    );
    expect(bars.columns).toEqual(["symbol", "ts", "last", "volume", "vwap", "rows"]);
    const groups = Map.groupBy(rowsOf(frame, "ts"), (row) =>
      JSON.stringify([row.symbol, multipleOf(HOUR)(row.time)]),
    );
    for (const bar of rowsOf(bars, "ts")) {
      const rows = groups.get(JSON.stringify([bar.symbol, bar.time])) ?? [];
      expect(bar.rows).toBe(rows.length);
      expect(bar.last).toBe(rows.at(-1)?.last);
      expect(bar.volume).toBe(Math.max(...rows.map((row) => row.volume as number)));
      const sum = rows.reduce((total, row) => total + (row.vwap as number), 0);
      expect(bar.vwap).toBeCloseTo(sum / rows.length, 10);
    }
    expect(bars.height).toBe(groups.size);
  });

  test("the time among several, and one not taken for a group", () => {
    const frame = minutes(["A"], 50).withColumns(pl.col("ts").cast(pl.Date).alias("session"));
    expect(() => frame.ta.resample("5m")).toThrow(/"ts", "session"; say which with time$/);
    const bars = frame.ta.resample("1h", { time: "ts" });
    expectSame(frame.ta.resample("1h", { over: "session" }).drop("session"), bars);
  });

  test.each<ResampleOptions>([
    { closed: "right" },
    { closed: "right", label: "right" },
    { closed: "both" },
    { closed: "none", label: "datapoint" },
    { startBy: "datapoint" },
    { startBy: "monday", label: "right" },
    { offset: "2m" },
    { offset: "-90s", label: "right" },
  ])("%o as polars' own group-by has it", async (options) => {
    const frame = minutes(["B", "A"], 300);
    const bars = await everyWay(frame, (f) => f.ta.resample("7m", { over: "symbol", ...options }));
    const own = frame
      .groupByDynamic({
        indexColumn: "ts",
        every: "7m",
        by: "symbol",
        startBy: "window",
        ...options,
      } as never)
      .agg(
        pl.col("open").first(),
        pl.col("high").max(),
        pl.col("low").min(),
        pl.col("close").last(),
        pl.col("volume").sum(),
      );
    expectSame(bars, own.sort(["symbol", "ts"]));
  });

  test("days that begin with a session", () => {
    const frame = minutes(["A"], 3000);
    const bars = frame.ta.resample("1d", { over: "symbol", offset: "9h30m" });
    expectRows(rowsOf(bars, "ts"), barsOf(rowsOf(frame, "ts"), multipleOf(DAY, 9.5 * HOUR)));
  });

  test("days of a time zone, over a change of clocks", async () => {
    const hours = Array.from({ length: 72 }, (_, hour) => Date.UTC(2024, 2, 9, 5) + hour * HOUR);
    const frame = pl
      .DataFrame([times("ts", hours), pl.Series("volume", hours.fill(1), pl.Float64)])
      .withColumns(pl.col("ts").dt.replaceTimeZone("UTC").dt.convertTimeZone("America/New_York"));
    const bars = await everyWay(frame, (f) => f.ta.resample("1d"));
    expect(bars.getColumn("volume").toArray()).toEqual([24, 23, 24, 1]);
    expect(rowsOf(bars, "ts").map(({ time }) => new Date(time).getUTCHours())).toEqual([
      5, 5, 4, 4,
    ]);
    expect((bars.schema.ts as unknown as { inner: string[] }).inner[1]).toBe("America/New_York");
  });

  test("nulls as polars aggregates them", () => {
    const frame = pl.DataFrame([
      times(
        "ts",
        [0, 1, 2, 5, 6].map((minute) => minute * MINUTE),
      ),
      pl.Series("open", [null, 2, 3, null, null], pl.Float64),
      pl.Series("high", [null, 2, 3, null, null], pl.Float64),
      pl.Series("close", [1, 2, null, null, null], pl.Float64),
      pl.Series("volume", [1, null, 3, null, null], pl.Float64),
    ]);
    expect(frame.ta.resample("5m").drop("ts").toRecords()).toEqual([
      { open: null, high: 3, close: null, volume: 4 },
      { open: null, high: null, close: null, volume: 0 },
    ]);
  });

  test("no rows", async () => {
    const bars = await everyWay(stocks().head(0), (f) => f.ta.resample("1w", { over: "symbol" }));
    expect(bars.height).toBe(0);
    expect(bars.width).toBe(7);
  });

  test("with indicators before and after", async () => {
    const rsi = (f: DataFrame & LazyDataFrame) => f.ta.rsi(3, { over: "symbol" });
    const whole = (f: DataFrame & LazyDataFrame) =>
      (
        rsi(f).ta.resample("1w", {
          over: "symbol",
          agg: { top: pl.col("rsi_3").max() },
        }) as unknown as typeof f
      ).ta
        .sma(2, { over: "symbol", series: "top" })
        .filter(pl.col("sma_2").gt(pl.col("close").ta.sma(5)));
    const made = await everyWay(stocks(), whole as never);
    const before = stocks().withColumns(pl.col("close").ta.rsi(3).over("symbol"));
    const bars = before.ta.resample("1w", { over: "symbol", agg: { top: pl.col("rsi_3").max() } });
    const after = bars.withColumns(
      pl.col("top").ta.sma(2).over("symbol"),
      pl.col("close").ta.sma(5).alias("s"),
    );
    expectSame(made, after.filter(pl.col("sma_2").gt(pl.col("s"))).drop("s"));
    expect(made.height).toBeGreaterThan(100);
  });

  test("a plan can be read, and is not run before collect", () => {
    const folder = mkdtempSync(join(tmpdir(), "ta-bars-"));
    afterAll(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "bars.parquet");
    const sorted = minutes(["A"], 100);
    sorted.reverse().writeParquet(path);
    const lazy = pl.scanParquet(path).ta.rsi(2).ta.resample("5m");
    expect(lazy.columns).toEqual(["ts", "open", "high", "low", "close", "volume"]);
    expect(lazy.describePlan()).toContain('col("high").max()');
    expect(() => lazy.collectSync()).toThrow(
      /has the newest time first; sort the frame first, df.sort\("ts"\)$/,
    );
    sorted.writeParquet(path);
    expectSame(lazy.collectSync(), sorted.ta.resample("5m"));
  });

  test("leaves the event loop free", async () => {
    const count = 400_000;
    const frame = pl.DataFrame([
      times(
        "ts",
        Array.from({ length: count }, (_, i) => i * MINUTE),
      ),
      pl.Series(
        "close",
        Array.from({ length: count }, (_, i) => i),
        pl.Float64,
      ),
    ]);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const bars = await frame.lazy().ta.resample("5m").collect();
    clearInterval(timer);
    expect(bars.height).toBe(count / 5);
    expect(turns).toBeGreaterThan(0);
  });

  const day = stocks();
  const text = day.withColumns(pl.col("date").cast(pl.String));
  const any = (frame: DataFrame) =>
    frame.ta as unknown as Record<string, (...a: unknown[]) => unknown>;
  test.each<[string, DataFrame, unknown[], RegExp]>([
    ["no length", day, [], /every must be the length of a bar, such as .* got undefined/],
    ["a length of 0", day, ["0m"], /got "0m"/],
    ["an unknown unit", day, ["5x"], /got "5x"/],
    ["mixed units", day, ["1d12h"], /got "1d12h"/],
    ["rows", day, ["5i"], /got "5i"/],
    ["options of another kind", day, ["1w", "symbol"], /options must be an object, got "symbol"/],
    [
      "an unknown option",
      day,
      ["1w", { by: "symbol" }],
      /unknown option "by"; it takes over, time,/,
    ],
    [
      "an unknown group",
      day,
      ["1w", { over: "sym" }],
      /over is "sym", which is no column; .*"symbol"/,
    ],
    ["no group", day, ["1w", { over: [] }], /over must be one or more columns/],
    [
      "a group of another kind",
      day,
      ["1w", { over: 3 }],
      /over must be column names or expressions, got 3/,
    ],
    ["an unknown time", day, ["1w", { time: "ts" }], /time is "ts", which is no column/],
    [
      "text times",
      text,
      ["1w", { time: "date" }],
      /"date" has dtype String, .*parse it first: pl\.col\("date"\)/,
    ],
    [
      "only text times",
      text,
      ["1w"],
      /no column is a Date or Datetime; if "symbol", "date" has one as text/,
    ],
    [
      "times of another type",
      day,
      ["1w", { time: "open" }],
      /"open" has dtype Float64, times are Date/,
    ],
    ["no times", day.select("open"), ["1w"], /no column is a Date or Datetime$/],
    ["an unknown price", day, ["1w", { close: "last" }], /close is "last", which is no column/],
    [
      "a price of another kind",
      day,
      ["1w", { close: pl.col("close") }],
      /close must be a column name, got an expr/,
    ],
    ["a price twice", day, ["1w", { close: "open" }], /column "open" is given twice/],
    [
      "an agg of another kind",
      day,
      ["1w", { agg: pl.len() }],
      /agg must be an object of expressions/,
    ],
    [
      "an agg of no expression",
      day,
      ["1w", { agg: { x: "open" } }],
      /agg\.x must be an expression, got "open"/,
    ],
    [
      "an agg of the time",
      day,
      ["1w", { agg: { date: pl.len() } }],
      /"date" is a group or the time/,
    ],
    [
      "an indicator in agg",
      day,
      ["1w", { agg: { x: ta.sma(2).last() } }],
      /cannot be computed in the agg of resample/,
    ],
    [
      "an indicator in over",
      day,
      ["1w", { over: ta.sma(2) }],
      /cannot be computed in the over of resample/,
    ],
    [
      "nothing to aggregate",
      day.select("date"),
      ["1w"],
      /has none of open, high, low, close, volume/,
    ],
    [
      "an unknown end",
      day,
      ["1w", { closed: "rigt" }],
      /closed must be "left", "right", "both" or "none", got "rigt"/,
    ],
    [
      "an unknown label",
      day,
      ["1w", { label: "both" }],
      /label must be "left", "right" or "datapoint"/,
    ],
    ["an unknown start", day, ["1w", { startBy: "friday" }], /startBy must be "window",/],
    ["no offset", day, ["1w", { offset: 3 }], /offset must be a duration, such as .* got 3/],
  ])("refuses %s", (_, frame, args, message) => {
    for (const one of [frame, frame.lazy() as unknown as DataFrame]) {
      let error: unknown;
      try {
        any(one).resample?.(...args);
      } catch (caught) {
        error = caught;
      }
      expect(error).toBeInstanceOf(TaError);
      expect(String(error)).toMatch(message);
      expect(String(error)).toMatch(/resample/);
    }
  });

  test.each<[string, (number | null)[], string | undefined, RegExp]>([
    [
      "goes back",
      [0, 1, 5, 4, 6],
      undefined,
      /column "ts" goes back from "[^"]+:05:00" to "[^"]+:04:00" in row 3; .*over: "symbol"/,
    ],
    [
      "goes back in a group",
      [0, 1, 5, 4, 2],
      "symbol",
      /goes back within symbol B from .* in row 4; sort the frame first, df.sort\(\["symbol", "ts"\]\)$/,
    ],
    ["is null", [0, 1, null, 4, 6], "symbol", /column "ts" is null in row 2; every bar/],
  ])("refuses time that %s", async (_, minute, over, message) => {
    const frame = pl.DataFrame([
      times(
        "ts",
        minute.map((value) => value && value * MINUTE),
      ),
      pl.Series("symbol", ["A", "A", "B", "A", "B"]),
      pl.Series("close", [1, 2, 3, 4, 5], pl.Float64),
    ]);
    const options = over === undefined ? {} : { over };
    expect(() => frame.ta.resample("5m", options)).toThrow(message);
    const lazy = frame.lazy().ta.resample("5m", options);
    expect(() => lazy.collectSync()).toThrow(TaError);
    await expect(lazy.collect()).rejects.toThrow(message);
  });

  test("equal times, and groups that follow one another, are in order", () => {
    const frame = pl.DataFrame([
      times(
        "ts",
        [3, 3, 4, 0, 0].map((value) => value * MINUTE),
      ),
      pl.Series("symbol", ["B", "B", "B", "A", "A"]),
      pl.Series("close", [1, 2, 3, 4, 5], pl.Float64),
    ]);
    const bars = frame.ta.resample("2m", { over: "symbol" });
    expect(bars.getColumn("symbol").toArray()).toEqual(["A", "B", "B"]);
    expect(bars.getColumn("close").toArray()).toEqual([5, 2, 3]);
  });
});

const PRICES = ["open", "high", "low", "close"];
const transforms = ta
  .catalog()
  .filter(({ outputs }) => outputs.map(({ name }) => name).join() === PRICES.join());
const camel = (snake: string) => snake.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

describe("bar transforms", () => {
  test("are in the catalog, under the name that is known", () => {
    expect(transforms.map(({ aliases }) => camel(aliases[0] ?? ""))).toContain("heikinAshi");
  });

  test.each(transforms.map((meta) => [camel(meta.aliases[0] ?? ""), meta] as const))(
    "%s is the struct in the place of the prices",
    async (method, meta) => {
      type Any = Record<string, (options?: object) => DataFrame>;
      const on = (frame: DataFrame) => frame.ta as unknown as Any;
      const made = await everyWay(
        stocks(),
        (f) => on(f)[method]?.({ over: "symbol" }) as DataFrame,
      );
      expect(made.columns).toEqual(stocks().columns);
      const struct = stocks().select(ta.indicator(meta.id).over("symbol").alias("x")).unnest("x");
      expectSame(made.select(...PRICES), struct.select(...PRICES));
      expectSame(made.drop(PRICES), stocks().drop(PRICES));
    },
  );
});

describe("heikinAshi", () => {
  test("takes columns of other names, over the whole frame", async () => {
    const frame = stocks().rename({ open: "o", close: "c" });
    const made = await everyWay(frame, (f) => f.ta.heikinAshi({ open: "o", close: "c" }));
    expectSame(made.rename({ o: "open", c: "close" }), stocks().ta.heikinAshi());
  });

  test("does with missing prices what it is told", () => {
    const frame = minutes(["A"], 40).withColumns(
      pl.when(pl.col("volume").gt(700)).then(pl.lit(null)).otherwise(pl.col("low")).alias("low"),
    );
    for (const missing of ["skip", "propagate"] as const) {
      const id = transforms.find(({ aliases }) => aliases[0] === "heikin_ashi")?.id ?? "";
      const struct = frame.select(ta.indicator(id, { missing }).alias("x")).unnest("x");
      expectSame(frame.ta.heikinAshi({ missing }).select(...PRICES), struct);
      expectSame(
        ta(frame, { missing })
          .heikinAshi()
          .select(...PRICES),
        struct,
      );
    }
    expect(() => frame.ta.heikinAshi({ missing: "error" })).toThrow(/column "low" has a missing/);
  });

  test("after resample", async () => {
    const made = await everyWay(stocks(), (f) =>
      (f.ta.resample("1mo", { over: "symbol" }) as DataFrame).ta.heikinAshi({ over: "symbol" }),
    );
    expectSame(
      made,
      stocks().ta.resample("1mo", { over: "symbol" }).ta.heikinAshi({ over: "symbol" }),
    );
  });

  test.each<[string, object, RegExp]>([
    [
      "a price that is no name",
      { open: pl.col("open") },
      /open must be a column name, got an expr/,
    ],
    ["a price that is not there", { open: "o" }, /open is "o", which is no column/],
    ["a name", { as: "x" }, /unknown parameter "as"/],
    ["no group", { over: [] }, /over must be one or more columns/],
  ])("refuses %s", (_, options, message) => {
    for (const frame of [stocks(), stocks().lazy()]) {
      expect(() => frame.ta.heikinAshi(options as never)).toThrow(message);
    }
  });
});

test.each(["bars/operations.ts", "generated/transforms.ts"])("the examples in %s run", (file) => {
  const text = readFileSync(join(root, "plugin/src", file), "utf8");
  const blocks = [...text.matchAll(/^ +\* ```ts\n(.*?)^ +\* ```$/gms)].map(([, code = ""]) => code);
  expect(blocks.length).toBe(text.match(/@example/g)?.length);
  process.chdir(root);
  for (const block of blocks) {
    const lines = block.split("\n").map((line) => line.replace(/^ +\* ?/, ""));
    const code = lines.filter((line) => !line.startsWith("import ")).join("\n");
    const printed: unknown[][] = [];
    new Function("pl", "ta", "stocks", "console", code)(pl, ta, stocksFile, {
      log: (...all: unknown[]) => printed.push(all),
    });
    const shown = [...code.matchAll(/console\.log.*\/\/ (.*)/g)].map(([, words]) => words);
    expect(printed.map((values) => values.flat().join(", "))).toEqual(shown);
  }
});

test("only frames have these methods", () => {
  for (const one of [pl.col("close").ta, pl.Series("close", [1]).ta, ta]) {
    for (const name of ["resample", "sync", "heikinAshi"]) expect(name in one, name).toBe(false);
  }
});

test("their code is loaded when one is first called", async () => {
  const script = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { default: pl } = await import("nodejs-polars");
    await import("nodejs-polars-ta");
    const count = () => loaded.filter((url) => /dist\\/(bars\\/(?!load)|times\\/)/.test(url)).length;
    const before = count();
    pl.DataFrame({ date: [new Date(0)], close: [1] }).ta.resample("1d");
    console.log(before, count() > 0);`;
  expect((await runNode(childScript(script))).stdout).toBe("0 true\n");
});
