/** How expressions and plans print, and what becomes of struct columns in files and records. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import pl, { type Expr } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterAll, expect, test } from "vitest";

const close = pl.col("close");
const folder = mkdtempSync(join(tmpdir(), "printing-"));
afterAll(() => rmSync(folder, { recursive: true }));

const printed: [Expr, string][] = [
  [close.ta.rsi(14), 'ta.rsi(close, 14).alias("rsi_14")'],
  [ta.rsi(), 'ta.rsi(close, 14).alias("rsi_14")'],
  [close.ta.rsi(14).alias("r"), 'ta.rsi(close, 14).alias("rsi_14").alias("r")'],
  [close.ta.rsi(14).over("symbol"), 'ta.rsi(close, 14).alias("rsi_14").over([col("symbol")])'],
  [
    close.ta.sma(3).gt(ta.atr(14)),
    '[(ta.sma(close, 3).alias("sma_3")) > (ta.atr(high, low, close, 14).alias("atr_14"))]',
  ],
  [
    close.ta.macd().struct.field("signal"),
    'ta.macd(close, 12, 26, 9).alias("macd_12_26_9").struct.field_by_name(signal)()',
  ],
  [
    close.add(1).ta.ema(3).add(1).ta.ema(4),
    'ta.ema([(ta.ema([(col("close")) + (1.0)], 3).alias("ema_3")) + (1.0)], 4).alias("ema_4")',
  ],
  [
    pl.when(close.ta.rsi(14).gt(30)).then(pl.lit(1)).otherwise(pl.lit(0)),
    '.when([(ta.rsi(close, 14).alias("rsi_14")) > (30.0)]).then(1.0).otherwise(0.0)',
  ],
  [pl.col('a"|b').ta.sma(3), 'ta.sma(a"|b, 3).alias("sma_3")'],
  [pl.col("a\nb").ta.sma(3), 'ta.sma(a\nb, 3).alias("sma_3")'],
];

test.each(printed)("%s prints as people would write it", (expr, text) => {
  expect(String(expr)).toBe(text);
  expect(inspect(expr)).toBe(text);
  expect(inspect([expr], { compact: false })).toContain(text.split("\n")[0]);
});

test("what is printed is no other expression", () => {
  const df = pl.DataFrame({ close: [1, 2, 4, 7] });
  const expr = close.ta.sma(2);
  const before = df.select(expr).toRecords();
  expect(String(expr)).toContain("ta.sma(close, 2)");
  const again = pl.Expr.deserialize(expr.serialize("json"), "json");
  expect(df.select(again).toRecords()).toEqual(before);
  expect(String(again)).toBe(String(expr));
});

test("expressions without an indicator print as polars prints them", () => {
  expect(String(close.add(1))).toBe('[(col("close")) + (1.0)]');
  expect(String(pl.col("ta.sma|x"))).toBe('col("ta.sma|x")');
  expect(String(close.alias("ta"))).toBe('col("close").alias("ta")');
});

test("plans print the same words", () => {
  const df = pl.DataFrame({ close: [1, 2, 4, 7] });
  const lazy = df.lazy().withColumns(close.ta.sma(2)).filter(close.ta.rsi(2).gt(50));
  for (const text of [lazy.describePlan(), lazy.describeOptimizedPlan(), inspect(lazy)]) {
    expect(text).toContain("ta.sma(close, 2)");
    expect(text).toContain("ta.rsi(close, 2)");
    expect(text).not.toMatch(/[\w-]{80}/);
  }
});

const bands = pl
  .DataFrame({ close: [1, 2, 4, 7] })
  .withColumns(close.ta.bbands(2).alias("bb"), close.ta.sma(2));

test("records have an object for each value of a struct", () => {
  const [first, second] = bands.toRecords();
  expect(first).toEqual({ close: 1, bb: null, sma_2: null });
  expect(second).toEqual({ close: 2, bb: { upper: 2.5, middle: 1.5, lower: 0.5 }, sma_2: 1.5 });
});

test("CSV has no structs, and unnest is what helps", async () => {
  // Polars' own sentence: the page on struct columns quotes it.
  const sentence = "CSV format does not support nested data";
  expect(() => bands.writeCSV()).toThrow(sentence);
  await expect(bands.lazy().sinkCSV(join(folder, "a.csv")).collect()).rejects.toThrow(sentence);
  const flat = bands.unnest("bb", "_");
  expect(flat.columns).toEqual(["close", "bb_upper", "bb_middle", "bb_lower", "sma_2"]);
  expect(String(flat.writeCSV()).split("\n").slice(0, 3)).toEqual([
    "close,bb_upper,bb_middle,bb_lower,sma_2",
    "1.0,,,,",
    "2.0,2.5,1.5,0.5,1.5",
  ]);
});

test("the other formats take structs as they are", () => {
  const path = (name: string) => join(folder, name);
  bands.writeParquet(path("b.parquet"));
  bands.writeJSON(path("b.json"));
  expect(pl.readParquet(path("b.parquet")).toRecords()).toEqual(bands.toRecords());
  expect(pl.readIPC(bands.writeIPC()).toRecords()).toEqual(bands.toRecords());
  const [, second = ""] = readFileSync(path("b.json"), "utf8").split("\n");
  expect(JSON.parse(second).bb).toEqual({ upper: 2.5, middle: 1.5, lower: 0.5 });
});
