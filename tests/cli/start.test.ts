/** `npm start`: the commands on real bars, features as Parquet out, and one sentence when that cannot be. */

import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl, { type DataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, root, runNode } from "../support/child.js";
import { expectFrame } from "../support/files.js";
import { columns as bars, expectValues } from "../support/formulas.js";

const golden = join(root, "golden/data/stocks.csv");
const example = join(root, "plugin/examples/start.yaml");
const folder = mkdtempSync(join(tmpdir(), "ta-start-"));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

/** Runs the tool in the temporary directory. */
const start = (...args: string[]) =>
  runNode([join(root, "plugin/tools/start.mjs"), ...args], { cwd: folder });

/** The same by the command itself, with what `npm start` adds for an example. */
const command = (...args: string[]) =>
  runNode([join(root, "plugin/command.mjs"), "compute", ...args, "--features", example], {
    cwd: folder,
  });

/** The columns that each indicator the issue asks for must have left, by its outputs. */
function missingFeatures(made: readonly string[]): string[] {
  const ids = "sma ema rsi macd bbands atr adx stoch obv supertrend cdl_engulfing ht_trendmode";
  return ids.split(" ").flatMap((id) => {
    const outputs = ta.find(id)?.outputs ?? [];
    if (outputs.length > 1) {
      const names = outputs.map((output) => `${id}_${output.name}`);
      return names.filter((name) => !made.includes(name));
    }
    return made.some((name) => name === id || new RegExp(`^${id}_\\d+$`).test(name)) ? [] : [id];
  });
}

/** That each feature is what the API gives for the bars beside it. */
function expectFeatures(features: DataFrame, grouped: boolean): void {
  const group = <T extends { over(key: string): unknown }>(expr: T) =>
    (grouped ? expr.over("symbol") : expr) as T;
  const again = features.select(
    group(ta.rsi(14)).alias("rsi_14"),
    group(ta.atr(14)).alias("atr_14"),
    group(ta.macd()).struct.field("histogram").alias("macd_histogram"),
    group(ta.cdl_engulfing()).alias("cdl_engulfing"),
    group(ta.obv()).alias("obv"),
  );
  for (const name of again.columns) {
    expectValues(features.getColumn(name), again.getColumn(name).toArray() as (number | null)[]);
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

  test("writes what the command writes", async () => {
    const same = await command(golden, "--over", "symbol", "--out", "command.parquet");
    expect(same).toMatchObject({ code: 0, stderr: "" });
    expectFrame(pl.readParquet(at("features.parquet")), pl.readParquet(at("command.parquet")));
  });

  test("prints the last row of every symbol with all its columns", () => {
    const features = pl.readParquet(at("features.parquet"));
    const symbols = features.getColumn("symbol").unique().toArray();
    expect(symbols).toHaveLength(4);
    const line = (name: string) => new RegExp(`^${name} .*$`, "m").exec(ended.stdout)?.[0] ?? "";
    for (const name of features.columns) expect(line(name).split(/ {2,}/)).toHaveLength(5);
    expect(line("symbol").split(/ {2,}/).slice(1).sort()).toEqual(symbols.sort());
    const last = features
      .filter(pl.col("symbol").eq(pl.lit("IBM")))
      .tail(1)
      .toRecords()[0];
    expect(line("close")).toContain(String(last?.close));
    expect(line("rsi_14")).toContain(String(Number(Number(last?.rsi_14).toPrecision(7))));
    expect(ended.stdout).toMatch(/^features\.parquet: 10,006 rows, \d+ columns$/m);
    for (const text of ended.stdout.split("\n")) expect(text.length).toBeLessThanOrEqual(100);
  });
});

test("writes a chart of the features beside them, and says where", async () => {
  const { stdout } = await start("--out", "drawn.parquet");
  expect(stdout).toMatch(/^drawn\.html: a chart with 12 indicators$/m);
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
    expect(ended).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^note: the order of the bars is not checked[^\n]*\n$/),
    });
    const features = pl.readParquet(at("plain-features.parquet"));
    expect(missingFeatures(features.columns)).toEqual([]);
    expectFeatures(features, false);
  });

  const dates = prices.close.map((_, row) => `2024-01-${row + 10}`);
  const line = (row: number) => {
    const { open, high, low, close } = prices;
    return [dates[row], open[row], high[row], low[row], close[row], volume[row]].join();
  };
  const header = "Date,Open,High,Low,Close,Volume";
  const rows = prices.close.map((_, row) => row);

  test("as CSV, with the names that most have", async () => {
    writeFileSync(at("bars.csv"), [header, ...rows.map(line)].join("\n"));
    const ended = await start(at("bars.csv"), "--out", "csv-features.parquet");
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const features = pl.readParquet(at("csv-features.parquet"));
    expectValues(features.getColumn("Close"), prices.close);
    expectFeatures(features, false);
  });

  test("as CSV, newest bars first: refused, and sorted when that is asked for", async () => {
    writeFileSync(at("newest.csv"), [header, ...rows.map(line).reverse()].join("\n"));
    const refused = await start(at("newest.csv"), "--out", "newest.parquet");
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^[^\n]*"Date"[^\n]*sort[^\n]*\n$/);
    const ended = await start(at("newest.csv"), "--sort", "--out", "newest.parquet");
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const features = pl.readParquet(at("newest.parquet"));
    expectValues(features.getColumn("Close"), prices.close);
    expectFeatures(features, false);
  });

  test("with features of one's own, as the command takes them", async () => {
    const own = ["--indicators", "rsi(14), sma(close, 5) as mean", "--over", "symbol"];
    const ended = await start(golden, ...own, "--keep", "all", "--out", "own.csv");
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const made = pl.readCSV(at("own.csv"), { inferSchemaLength: 20_000 });
    expect(made.columns.slice(-2)).toEqual(["rsi_14", "mean"]);
    expect(readdirSync(folder)).toContain("own.html");
  });
});

describe("refuses in one sentence, as the command does", () => {
  beforeAll(() => {
    const header = "symbol,date,open,high,low,close,volume";
    const line = (close: string, day = 2) =>
      `A,${new Date(Date.UTC(2000, 0, day)).toISOString().slice(0, 10)},1,2,0.5,${close},100`;
    writeFileSync(at("no-high.csv"), "symbol,open,low,close,volume\nA,1,1,1,1\n");
    writeFileSync(at("text.csv"), [header, line("1"), line("n/a", 3), line("2", 4)].join("\n"));
    const many = Array.from({ length: 3000 }, (_, day) => line("1", day));
    writeFileSync(at("late.csv"), [header, ...many, line("oops", 3000)].join("\n"));
    writeFileSync(at("empty.csv"), "");
    writeFileSync(at("header.csv"), `${header}\n`);
    writeFileSync(at("broken.parquet"), "this is no Parquet");
    copyFileSync(golden, at("stocks.xlsx"));
    const date = pl.Series("date", [new Date("2024-01-02")]);
    const prices = { open: [1], high: ["a"], low: [1], close: [1], volume: [1] };
    const text = pl.DataFrame(prices).withColumn(date);
    text.writeParquet(at("text.parquet"));
    text.drop("high").writeParquet(at("no-high.parquet"));
  });

  test.each<[string, string[], RegExp]>([
    ["a missing file", ["nowhere.csv"], /there is no file "nowhere\.csv"/],
    ["a directory", ["."], /is not a file/],
    ["a missing column in CSV", ["no-high.csv"], /reads "high", which is no column of the files/],
    ["a missing column in Parquet", ["no-high.parquet"], /reads "high", which is no column/],
    ["text in a CSV price column", ["text.csv"], /"n\/a" in row 2 of column "close"/],
    ["text far down", ["late.csv"], /"oops" in row 3001 of column "close"/],
    ["text in a Parquet price column", ["text.parquet"], /"high" .*String/],
    ["an unknown extension", ["stocks.xlsx"], /"stocks\.xlsx" is of no known format/],
    ["an empty file", ["empty.csv"], /empty\.csv/],
    ["no rows", ["header.csv"], /no rows|has dtype/],
    ["a broken file", ["broken.parquet"], /"broken\.parquet" cannot be read/],
    ["a directory to write to", [golden, "--out", ".."], /cannot be written|no known format/],
    ["nowhere to write", [golden, "--out", "no/such/x.parquet"], /cannot be written/],
  ])("%s", async (_, args, says) => {
    const before = readdirSync(folder);
    const { code, stdout, stderr } = await start(...args);
    expect(code).toBe(/format/.test(stderr) && args.includes("..") ? 2 : 1);
    expect(stderr).toMatch(says);
    // An empty column has no type, so it cannot be told that it has times.
    expect(stderr.replace(/^note: the order of the bars is not checked.*\n/, "")).toMatch(
      /^[^\n]+\n$/,
    );
    expect(stderr).not.toMatch(/\bat .*:\d+|node:internal|Error:/);
    expect(stdout).toBe("");
    expect(readdirSync(folder)).toEqual(before);
    const out = args.includes("--out") ? [] : ["--out", "features.parquet"];
    const over = args.some((arg) => /^(text|late|no-high|header)\.csv|stocks/.test(arg));
    const same = await command(...args, ...out, ...(over ? ["--over", "symbol"] : []));
    if (!args.includes("no/such/x.parquet")) expect(same.stderr).toBe(stderr);
    expect(same.code).toBe(code);
  });

  test("an unknown option, with the nearest", async () => {
    const { code, stdout, stderr } = await start("--outt", "x");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^error: unknown option '--outt'\n\(Did you mean --out\?\)\n$/);
    const help = await start("--help");
    expect(help.stdout).toMatch(/^Usage: npm start -- \[options\] \[files\.\.\.\]/);
    expect(help.code).toBe(0);
  });
});
