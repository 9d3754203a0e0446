/** Files as Yahoo and most brokers export them: commands, charts and `computeFiles` over them. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { computeFiles } from "nodejs-polars-ta/files";
import { describe, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { expectFrame, readAny, stocks, temporaryFolder, writeAny } from "../support/files.js";

const { at } = temporaryFolder("names");
const main = join(root, "plugin/command.mjs");
const cli = (...args: string[]) => runNode([main, ...args], { cwd: at(".") });

/** The output of a command that must succeed without a word on standard error. */
async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

const bars = stocks()
  .filter(pl.col("symbol").eq(pl.lit("IBM")))
  .tail(400)
  .drop("symbol")
  .withColumns(pl.col("close").mul(0.75).alias("adjusted"))
  .select("date", "open", "high", "low", "close", "adjusted", "volume");
const NAMES = { open: "Open", high: "High", low: "Low", close: "Close", volume: "Volume" };
const yahoo = bars.rename({ ...NAMES, date: "Date", adjusted: "Adj Close" });
writeAny(yahoo, at("yahoo.csv"));
writeAny(yahoo, at("yahoo.parquet"));

const features = ["rsi(14)", "atr(14)", "obv", "bbands(20, 2).upper as band"];
const wanted = ta.pipeline({ features }).apply(bars, { keep: "none" });

describe("compute", () => {
  test("reads them as they are, and leaves their names", async () => {
    expect(readFileSync(at("yahoo.csv"), "utf8")).toMatch(
      /^Date,Open,High,Low,Close,Adj Close,Volume\n/,
    );
    for (const file of ["yahoo.csv", "yahoo.parquet"]) {
      await output("compute", file, "--indicators", features.join(", "), "--out", "out.parquet");
      const made = readAny(at("out.parquet"));
      expect(made.columns).toEqual([...yahoo.columns, ...wanted.columns]);
      expectFrame(made.select(...wanted.columns), wanted);
    }
  });

  test("reads the columns that --columns says", async () => {
    const columns = ["--columns", "close=Adj Close, volume=Volume"];
    const list = ["--indicators", "rsi(14), close / sma(5) as c, obv", "--keep", "none"];
    await output("compute", "yahoo.csv", ...list, ...columns, "--out", "adjusted.parquet");
    const adjusted = bars.withColumns(pl.col("adjusted").alias("close"));
    const pipeline = ta.pipeline({ features: ["rsi(14)", "close / sma(5) as c", "obv"] });
    expectFrame(readAny(at("adjusted.parquet")), pipeline.apply(adjusted, { keep: "none" }));
  });

  test("says how to name a column that it was told and that is not there", async () => {
    const list = ["--indicators", "close / sma(5)"];
    const { code, stderr } = await cli("compute", "yahoo.csv", ...list, "--out", "x.parquet");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^close \/ sma\(5\) reads "close".*did you mean "Close"/);
    expect(stderr).toContain("--columns close=Close\n");
    const wrong = await cli(
      ...["compute", "yahoo.csv", ...list, "--columns", "clsoe=Close", "--out", "x.parquet"],
    );
    expect(wrong).toMatchObject({
      code: 2,
      stderr: '--columns: clsoe is read by no feature (did you mean "close"?)\n',
    });
  });

  test("reads columns whose names are in quotes, and have commas", async () => {
    writeAny(yahoo.rename({ "Adj Close": 'Close, "adjusted"' }), at("quoted.csv"));
    const wrong = await cli(
      ...["compute", "quoted.csv", "--indicators", "rsi(14)", "--out", "x.parquet"],
      ...["--columns", 'close="Close, adjusted", volume=Volume'],
    );
    expect(wrong.stderr).toMatch(/reads "Close, adjusted", which is no column/);
    const asked = ["--columns", 'close="Adj Close",high="High"'];
    await output(
      ...["compute", "yahoo.csv", "--indicators", "rsi(14), atr(14)", "--keep", "none"],
      ...[...asked, "--out", "adjusted.parquet"],
    );
    const adjusted = bars.withColumns(pl.col("adjusted").alias("close"));
    const pipeline = ta.pipeline({ features: ["rsi(14)", "atr(14)"] });
    expectFrame(readAny(at("adjusted.parquet")), pipeline.apply(adjusted, { keep: "none" }));
  });

  test("reads names in angle brackets, as MetaTrader writes them", async () => {
    const NAMES = {
      date: "<DATE>",
      open: "<OPEN>",
      high: "<HIGH>",
      low: "<LOW>",
      close: "<CLOSE>",
    };
    writeAny(bars.rename({ ...NAMES, volume: "<VOLUME>" }), at("brackets.csv"));
    const list = ["--indicators", features.join(", "), "--keep", "none"];
    await output("compute", "brackets.csv", ...list, "--out", "out.parquet");
    expectFrame(readAny(at("out.parquet")), wanted);
  });

  test("says which option takes expressions", async () => {
    const wrong = await cli(
      ...["compute", "yahoo.csv", "--features", "rsi(14)", "--out", "x.parquet"],
    );
    expect(wrong).toMatchObject({
      code: 2,
      stderr:
        '--features takes a .json, .yaml or .yml file, or alpha158, alpha360, classic, got "rsi(14)"; expressions are for --indicators\n',
    });
  });

  test("reads whole numbers that become others later as numbers", async () => {
    const lines = Array.from({ length: 10_100 }, (_, row) => (row < 10_050 ? "100" : "100.5"));
    writeFileSync(at("late.csv"), `CLOSE\n${lines.join("\n")}\n`);
    const out = at("late.parquet");
    const pipeline = ta.pipeline({ features: ["sma(2)"] });
    await computeFiles({ inputs: at("late.csv"), pipeline, out });
    expect(readAny(out).getColumn("sma_2").toArray().at(-1)).toBe(100.5);
  });

  test("names the file's own column where a value is no number", async () => {
    writeFileSync(at("text.csv"), "Close\n1\n2\nn/a\n4\n");
    const { code, stderr } = await cli(
      ...["compute", "text.csv", "--indicators", "sma(2)", "--out", "x.parquet"],
    );
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has "n/a" in row 3 of column "Close": a number is needed'),
    });
  });
});

test("pipeline check finds them", async () => {
  writeFileSync(at("features.json"), JSON.stringify({ features }));
  expect(await output("pipeline", "check", "features.json", "--files", "yahoo.csv")).toContain(
    "4 features",
  );
});

describe("chart", () => {
  const indicators = ["rsi(14)", "atr(14)"];
  const drawn = async (...args: string[]) => {
    const list = ["--indicators", indicators.join(", "), "--out", "chart.json"];
    await output("chart", "yahoo.csv", ...list, ...args);
    return JSON.parse(readFileSync(at("chart.json"), "utf8"));
  };
  const plain = (spec: unknown) => JSON.parse(JSON.stringify(spec));

  test("draws them", async () => {
    expect(await drawn()).toEqual(plain(bars.ta.chart({ indicators }).spec));
  });

  test("takes symbols for names, however their column is spelt", async () => {
    writeAny(yahoo.withColumns(pl.lit("000001").alias("Symbol")), at("symbols.csv"));
    const args = ["--symbol", "000001", "--out", "symbol.svg"];
    expect(await output("chart", "symbols.csv", ...args)).toContain("symbol.svg: a chart");
    expect(readFileSync(at("symbol.svg"), "utf8")).toContain("000001");
  });

  test("draws the columns that --columns says", async () => {
    const adjusted = bars.withColumns(pl.col("adjusted").alias("close"));
    expect(await drawn("--columns", "close=Adj Close")).toEqual(
      plain(adjusted.ta.chart({ indicators }).spec),
    );
    const wrong = await cli("chart", "yahoo.csv", "--columns", "clsoe=Close", "--out", "x.json");
    expect(wrong).toMatchObject({
      code: 2,
      stderr:
        '--columns: unknown name "clsoe" (did you mean "close"?); it takes open, high, low, close, volume\n',
    });
  });
});
