/** The command `check`, as a process of its own: what it prints, what it returns, what it refuses. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterAll, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";

const folder = mkdtempSync(join(tmpdir(), "check-"));
afterAll(() => rmSync(folder, { recursive: true }));

const check = (...args: string[]) => runNode([join(root, "plugin/command.mjs"), "check", ...args]);

const stocks = join(root, "golden/data/stocks.csv");

/** A file of some lines. */
function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

const lines = readFileSync(stocks, "utf8").trim().split("\n");
const ibm = lines.filter((line) => line.startsWith("IBM"));
const head = lines[0] ?? "";

test("prints the report, and fails only if it is strict", async () => {
  const loose = await check(stocks, "--over", "symbol");
  expect(loose).toMatchObject({ code: 0, stderr: "" });
  expect(loose.stdout).toMatch(/^Bars: 1 finding\n\nRows: {4}10,006, 4 series by symbol\n/);
  expect(loose.stdout).toContain("--ignore jumps");
  const strict = await check(stocks, "--over", "symbol", "--strict");
  expect(strict).toEqual({ code: 1, stderr: "", stdout: loose.stdout });
  const known = await check(stocks, "--over", "symbol", "--strict", "--ignore", "jumps");
  expect(known).toMatchObject({ code: 0, stderr: "" });
  expect(known.stdout).toMatch(/^Bars: nothing wrong was found\n/);
});

test("speaks the words of a shell", async () => {
  const { stdout } = await check(stocks);
  expect(stdout).toContain("--over symbol");
  const newest = file("newest.csv", [head, ...ibm.toReversed()]);
  const text = (await check(newest)).stdout.replace(/\s+/g, " ");
  expect(text).toContain("the newest rows come first");
  expect(text).toContain("Use --sort of compute and chart");
  for (const report of [stdout, text]) expect(report).not.toMatch(/[{}]|: "|df\.|pl\./);
});

test("--json is the report of ta.check", async () => {
  const { code, stdout } = await check(stocks, "--over", "symbol", "--places", "2", "--json");
  const bars = pl.readCSV(stocks, { tryParseDates: true });
  const report = JSON.parse(JSON.stringify(ta.check(bars, { over: "symbol", places: 2 })));
  const told = JSON.parse(stdout);
  const without = ({ advice: _, ...finding }: Record<string, unknown>) => finding;
  expect(code).toBe(0);
  expect({ ...told, findings: told.findings.map(without) }).toEqual({
    ...report,
    findings: report.findings.map(without),
  });
});

test("reads files as brokers write them", async () => {
  const rows = ibm.map((line) => {
    const [, date = "", open, high, low, close, volume] = line.split(",");
    const [year, month, day] = date.split("-");
    return [`${month}/${day}/${year}`, open, high, low, close, close, volume].join(",");
  });
  const yahoo = file("yahoo.csv", ["Date,Open,High,Low,Close,Adj Close,Volume", ...rows]);
  const clean = await check(yahoo, "--strict");
  expect(clean).toMatchObject({ code: 0, stderr: "" });
  expect(clean.stdout).toContain("Date, 2000-03-01 to 2013-03-01, every 1d");
  const adjusted = await check(yahoo, "--columns", "close=Adj Close", "--time", "Date");
  expect(adjusted.stdout).toContain("Open, High, Low, Adj Close, Volume");
  const early = file("early.csv", ["Date,Close", "03/01/2013,1", "04/01/2013,2"]);
  expect(await check(early)).toMatchObject({ code: 1, stdout: "" });
  expect((await check(early)).stderr).toMatch(/^check: day and month .*--time-format "%m\/%d\/%Y"/);
  const told = await check(early, "--time-format", "%d/%m/%Y");
  expect(told.stdout).toContain("Date, 2013-01-03 to 2013-01-04");
});

test("finds text among prices", async () => {
  const [first = "", ...rest] = ibm;
  const bad = file("bad.csv", [head, first.replace(/[\d.]+,(\d+)$/, "n/a,$1"), ...rest]);
  const { code, stdout } = await check(bad, "--strict");
  expect(code).toBe(1);
  expect(stdout).toContain('close is text, and "n/a" or the like is no number in 1 row');
});

test("says with which flags numbers can be read, and then they are", async () => {
  const lines = ["Date,Close", '2013-01-02,"9,854.25"', '2013-01-03,"10,120"'];
  const grouped = file("grouped.csv", lines);
  const one = async (...args: string[]) =>
    (await check(grouped, ...args)).stdout.replace(/\s+/g, " ");
  expect(await one()).toContain('If "," stands between thousands, say so with --thousands ,.');
  expect(await one("--thousands", ",")).toContain("nothing wrong was found");
});

test.each([
  [["--ovr", "symbol"], "unknown option '--ovr'"],
  [["--places", "none"], 'check: places must be a whole number from 1 to 1,000, got "none"'],
  [["--skip-lines", "-1"], "--skip-lines must be a whole number from 0, got -1"],
  [["--skip-lines", "x"], '--skip-lines must be a whole number from 0, got "x"'],
  [
    ["--ignore", "splits"],
    'check: ignore: unknown kind of finding "splits"; it takes order, repeats,',
  ],
  [["--columns", "close"], "--columns takes name=column"],
  [
    ["--columns", "price=close"],
    '--columns: unknown name "price"; it takes open, high, low, close, volume',
  ],
])("%j is wrong usage", async (args, sentence) => {
  const { code, stdout, stderr } = await check(stocks, ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(sentence);
});

test("a file or a column that is not there is a failure", async () => {
  expect(await check("nowhere.csv")).toEqual({
    ...{ code: 1, stdout: "" },
    stderr: 'there is no file "nowhere.csv"\n',
  });
  const { code, stderr } = await check(stocks, "--over", "ticker");
  expect(code).toBe(1);
  expect(stderr).toMatch(/^check: --over is "ticker", which is no column; the files have "symbol"/);
});
