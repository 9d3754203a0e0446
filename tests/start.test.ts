/** `npm start`: real bars in, features as Parquet out, and one sentence when that cannot be. */

import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl, { type DataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, root, runNode } from "./support/child.js";
import { columns as bars, expectValues } from "./support/formulas.js";

const golden = join(root, "golden/data/stocks.csv");
const folder = mkdtempSync(join(tmpdir(), "ta-start-"));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

/** Runs the tool in the temporary directory. */
const start = (...args: string[]) =>
  runNode([join(root, "plugin/tools/start.mjs"), ...args], { cwd: folder });

/** The columns that each indicator the issue asks for must have left, by its outputs. */
function missingFeatures(made: readonly string[]): string[] {
  const ids = "sma ema rsi macd bbands atr adx stoch obv supertrend cdl_engulfing ht_trendmode";
  return ids.split(" ").flatMap((id) => {
    const outputs = ta.find(id)?.outputs ?? [];
    if (outputs.length > 1) {
      const names = outputs.map((output) => (output.name === id ? id : `${id}_${output.name}`));
      return names.filter((name) => !made.includes(name));
    }
    return made.some((name) => name === id || new RegExp(`^${id}_\\d+$`).test(name)) ? [] : [id];
  });
}

/** That each feature is what the API gives for the bars beside it. */
function expectFeatures(features: DataFrame, grouped: boolean): void {
  const group = <T extends { over(key: string): unknown }>(expr: T) =>
    (grouped ? expr.over("symbol") : expr) as T;
  const again = features.withColumns(
    group(pl.col("close").ta.rsi(14)).alias("again_rsi"),
    group(ta.atr(14)).alias("again_atr"),
    group(ta.macd()).struct.field("histogram").alias("again_macd"),
    group(ta.cdl_engulfing()).alias("again_cdl"),
    group(ta.obv()).alias("again_obv"),
  );
  const pairs = {
    rsi_14: "rsi",
    atr_14: "atr",
    macd_histogram: "macd",
    cdl_engulfing: "cdl",
    obv: "obv",
  };
  for (const [name, other] of Object.entries(pairs)) {
    expectValues(
      again.getColumn(name),
      again.getColumn(`again_${other}`).toArray() as (number | null)[],
    );
  }
}

describe("on golden data", () => {
  let ended: Ended;
  beforeAll(async () => {
    ended = await start();
  });

  test("writes the bars and every feature", () => {
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const features = pl.readParquet(at("features.parquet"));
    const source = pl.readCSV(golden);
    expect(features.height).toBe(source.height);
    expect(features.columns).toEqual(expect.arrayContaining(source.columns));
    expect(missingFeatures(features.columns)).toEqual([]);
    expectFeatures(features, true);
    expect(features.getColumn("rsi_14").nullCount()).toBe(4 * 14);
  });

  test("prints a table of every symbol and what it took", () => {
    for (const symbol of pl.readCSV(golden).getColumn("symbol").unique().toArray()) {
      expect(ended.stdout).toMatch(new RegExp(`\\b${symbol}\\b`));
    }
    expect(ended.stdout).toMatch(/10,006 rows, 4 symbols, 12 indicators in \d+ ms/);
    expect(ended.stdout).toMatch(/features\.parquet: \d+ columns, [\d.]+ MB/);
  });
});

test("writes a chart of the features beside them, and says where", async () => {
  const { stdout } = await start("--out", "drawn.parquet");
  expect(stdout).toMatch(/^drawn\.html: a chart of AAPL with 12 indicators$/m);
  const page = readFileSync(at("drawn.html"), "utf8");
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain("AAPL");
  const names = ["rsi_14", "macd", "bbands", "supertrend", "cdl_engulfing", "ht_trendmode"];
  for (const name of names) expect(page).toContain(`"title":"${name}"`);
});

describe("on a file given", () => {
  const { adj_close, symbol, ...prices } = bars;
  const volume = prices.close.map((_, row) => 1000 + row);

  test("as Parquet, without symbols", async () => {
    pl.DataFrame({ ...prices, volume, note: symbol }).writeParquet(at("plain.parquet"));
    const ended = await start("plain.parquet", "--out", at("plain-features.parquet"));
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const features = pl.readParquet(at("plain-features.parquet"));
    expect(features.columns).not.toContain("note");
    expect(missingFeatures(features.columns)).toEqual([]);
    expectFeatures(features, false);
  });

  test("as CSV, newest bars first", async () => {
    const rows = prices.close.map((_, row) => row).reverse();
    const lines = rows.map((row) => {
      const { open, high, low, close } = prices;
      return [
        `2024-01-${row + 10}`,
        open[row],
        high[row],
        low[row],
        close[row],
        volume[row],
      ].join();
    });
    writeFileSync(at("bars.csv"), ["Date,Open,High,Low,Close,Volume", ...lines].join("\n"));
    const ended = await start(at("bars.csv"), "--out", "csv-features.parquet");
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const features = pl.readParquet(at("csv-features.parquet"));
    expectValues(features.getColumn("close"), prices.close);
    expectFeatures(features, false);
  });
});

describe("refuses in one sentence", () => {
  beforeAll(() => {
    const header = "symbol,date,open,high,low,close,volume";
    const line = (close: string) => `A,2024-01-02,1,2,0.5,${close},100`;
    writeFileSync(at("no-high.csv"), "symbol,open,low,close,volume\nA,1,1,1,1\n");
    writeFileSync(at("text.csv"), [header, line("1"), line("n/a"), line("2")].join("\n"));
    writeFileSync(
      at("late.csv"),
      [header, ...Array(3000).fill(line("1")), line("oops")].join("\n"),
    );
    writeFileSync(at("empty.csv"), "");
    writeFileSync(at("header.csv"), `${header}\n`);
    writeFileSync(at("broken.parquet"), "this is no Parquet");
    copyFileSync(golden, at("stocks.xlsx"));
    const text = pl.DataFrame({ open: [1], high: ["a"], low: [1], close: [1], volume: [1] });
    text.writeParquet(at("text.parquet"));
    text.drop("high").writeParquet(at("no-high.parquet"));
  });

  test.each<[string, string[], RegExp]>([
    ["a missing file", ["nowhere.csv"], /nowhere\.csv does not exist/],
    ["a directory", ["."], /is not a file/],
    ["a missing column in CSV", ["no-high.csv"], /no-high\.csv has no column high/],
    ["a missing column in Parquet", ["no-high.parquet"], /no-high\.parquet has no column high/],
    ["text in a CSV price column", ["text.csv"], /text in the column close, row 2: "n\/a"/],
    ["text far down", ["late.csv"], /text in the column close, row 3001: "oops"/],
    ["text in a Parquet price column", ["text.parquet"], /String in the column high/],
    ["an unknown extension", ["stocks.xlsx"], /neither \.csv nor \.parquet/],
    ["an empty file", ["empty.csv"], /empty\.csv/],
    ["no rows", ["header.csv"], /header\.csv has no rows/],
    ["a broken file", ["broken.parquet"], /broken\.parquet cannot be read/],
    ["a directory to write to", [golden, "--out", "."], /cannot be written/],
    ["nowhere to write", [golden, "--out", "no/such/x.parquet"], /cannot be written/],
  ])("%s", async (_, args, says) => {
    const { code, stdout, stderr } = await start(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).not.toMatch(/\bat .*:\d+|node:internal|Error:/);
    expect(stdout).toBe("");
  });

  test("an unknown option, followed by how to call it", async () => {
    const { code, stderr } = await start("--outt", "x");
    expect(code).toBe(1);
    expect(stderr).toMatch(/--outt/);
    expect(stderr).toMatch(/npm start -- \[FILE\]/);
    expect(stderr).not.toMatch(/\bat .*:\d+/);
  });
});
