/** The command `live`: its rows are those of `compute`, and what it refuses. */

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { root } from "../support/child.js";
import { Running } from "../support/commands.js";
import { readAny, stocks, temporaryFolder, writeAny } from "../support/files.js";

const { at } = temporaryFolder("live");

const bars = stocks();
writeAny(bars, at("bars.csv"));
const records = pl.readCSV(at("bars.csv")).toRecords() as Record<string, unknown>[];
const lines = records.map((bar) => JSON.stringify(bar));
writeFileSync(at("bars.jsonl"), `${lines.join("\n")}\n`);

const ibm = records.filter(({ symbol }) => symbol === "IBM");
const FEATURES =
  "rsi(14), macd, close / sma(200) - 1 as trend, close > sma(20) as up, -(close * 0) as zero";

/** Runs `live` with some input. */
function live(input: readonly string[], ...args: string[]) {
  const running = new Running(["live", ...args], at("."));
  running.child.stdin.end(input.map((line) => `${line}\n`).join(""));
  return running.end();
}

const rowsIn = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** A row with a member for each output of an indicator. */
const unnested = (row: object) =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      typeof value === "object" && value !== null
        ? Object.entries(value).map(([output, inner]) => [`${name}_${output}`, inner])
        : [[name, value]],
    ),
  );

const json = (bar: object) => JSON.stringify(bar);

describe("rows", () => {
  test.each([[[]], [["--unnest"]], [["--missing", "propagate"]]])(
    "are those of compute, to the last bit, with %j",
    async (flags) => {
      const features = ["--indicators", FEATURES, "--over", "symbol", ...flags];
      const out = ["--unnest", "--keep", "symbol", "--out", "out.parquet"];
      const computed = new Running(["compute", "bars.csv", ...features, ...out], at("."));
      expect(await computed.end()).toMatchObject({ code: 0, stderr: "" });
      const { code, stdout, stderr } = await live([], "bars.jsonl", ...features);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "standard output: 10,006 rows\n" });
      const rows = rowsIn(stdout);
      const flat = rows.map(({ date, ...row }) => unnested(row));
      expect(flat).toEqual(readAny(at("out.parquet")).toRecords());
      expect(rows.map(({ date }) => date)).toEqual(records.map(({ date }) => date));
      expect(rows.some(({ zero }) => Object.is(zero, -0))).toBe(true);
    },
  );

  test("go on after a history, which may end later than the input begins", async () => {
    writeAny(bars.head(4000), at("history.parquet"));
    const flags = ["--indicators", "rsi(14)", "--over", "symbol", "--warm", "history.parquet"];
    const wanted = ta.pipeline({ over: "symbol", features: ["rsi(14)"] }).apply(bars);
    const { code, stdout, stderr } = await live(lines, ...flags);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        "note: history.parquet has 4,000 bars of 3 keys\n" +
        "standard output: 6,006 rows; skipped 4,000 bars known before\n",
    });
    const values = wanted.getColumn("rsi_14").toArray().slice(4000);
    expect(rowsIn(stdout).map(({ rsi_14 }) => rsi_14)).toEqual(values);
  });

  test("come at once, before the next bar", async () => {
    const running = new Running(["live", "--indicators", "sma(2)", "--quiet"], at("."));
    for (const [index, bar] of ibm.slice(0, 5).entries()) {
      running.child.stdin.write(`${json(bar)}\n`);
      await running.printed(index + 1);
      expect(JSON.parse(running.lines[index] ?? "").date).toBe(bar.date);
    }
    running.child.stdin.end();
    expect(await running.end()).toMatchObject({ code: 0, stderr: "" });
  });

  test("wait for a slow reader, with the bars not yet read", async () => {
    const running = new Running(["live", "--indicators", "sma(2)"], at("."));
    running.child.stdout.pause();
    const many = 200_000;
    const text = Array.from({ length: many }, (_, time) => json({ time, close: time }));
    running.child.stdin.end(`${text.join("\n")}\n`);
    await new Promise((done) => setTimeout(done, 1000));
    expect(running.child.stdin.writableLength).toBeGreaterThan(1e6);
    running.child.stdout.resume();
    expect((await running.end()).stderr).toBe("standard output: 200,000 rows\n");
    expect(running.lines.length).toBe(many);
  });

  test.each([
    [["--keep", "none"], { sma_1: 2 }],
    [["--keep", "all"], { time: 1, symbol: "A", close: 2, sma_1: 2 }],
    [["--keep", "close"], { close: 2, sma_1: 2 }],
    [["--no-time"], { symbol: "A", sma_1: 2 }],
    [[], { symbol: "A", time: 1, sma_1: 2 }],
  ])("have the fields that %j asks for", async (flags, row) => {
    const line = json({ time: 1, symbol: "A", close: 2 });
    const features = ["--indicators", "sma(1)", "--over", "symbol"];
    const { stdout } = await live([line], ...features, ...flags);
    expect(rowsIn(stdout)).toEqual([row]);
  });
});

describe("replacements", () => {
  const day = (date: string, close: number) => json({ date, close });
  const input = [day("2024-01-01", 1), day("2024-01-02", 2), day("2024-01-02", 4)];
  const two = ["--indicators", "sma(2)"];

  test("are errors, unless --replace takes them", async () => {
    const refused = await live(input, ...two);
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringMatching(/^.*\n.*\n$/) });
    expect(refused.stderr).toBe(
      "standard input, line 3: the newest bar has the time 2024-01-02T00:00:00.000Z already; " +
        "take it as the next state of that bar with --replace\n",
    );
    const { stdout } = await live([...input, day("2024-01-03", 6)], ...two, "--replace");
    expect(rowsIn(stdout).map(({ sma_2 }) => sma_2)).toEqual([null, 1.5, 2.5, 5]);
  });

  test("reach as far back as --amend says; the row is that of the newest bar", async () => {
    const late = [...input, day("2024-01-01", 8)];
    const { stdout } = await live(late, ...two, "--amend", "1");
    expect(rowsIn(stdout).at(-1)).toEqual({ date: "2024-01-02", sma_2: 6 });
    const { code, stderr } = await live(late, ...two, "--replace");
    expect(code).toBe(1);
    expect(stderr).toContain("line 4: the bar of 2024-01-01T00:00:00.000Z is too far back");
    expect(stderr).toContain("give --amend more than 0");
  });

  test("need times", async () => {
    const { code, stderr } = await live([json({ close: 1 })], ...two, "--replace");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^standard input, line 1: --replace finds .* with --time\n$/);
  });
});

describe("lines with errors", () => {
  const bar = { symbol: "A", date: "2024-01-02", close: 1 };
  const flags = ["--indicators", "sma(1)", "--over", "symbol"];

  test.each([
    ["no JSON", "{", "a bar is a JSON object in one line, got {"],
    ["no object", "[1]", "a bar is an object of fields by name, got [1]"],
    ["text", { close: "1" }, 'close must be a number, or null where it is missing, got "1"'],
    ["an older bar", { date: "2024-01-01" }, 'is older than the newest bar of "A"'],
    ["no time", { date: "soon" }, "date must be"],
    ["no date", { date: undefined }, 'the bar has no "date"'],
    ["no key", { symbol: undefined }, '--over is "symbol", which the bar does not have'],
    ["no price", { close: undefined, close1: 1 }, "say which one it is with --columns close="],
    ["no end", "x".repeat(2 ** 21), "line 3 is longer than 1,048,576 characters"],
  ])("with %s end the run in one sentence", async (_, wrong, sentence) => {
    const line = typeof wrong === "string" ? wrong : json({ ...bar, date: "2024-01-03", ...wrong });
    const { code, stdout, stderr } = await live(["", json(bar), line, json(bar)], ...flags);
    expect({ code, rows: rowsIn(stdout) }).toEqual({
      code: 1,
      rows: [{ symbol: "A", date: "2024-01-02", sma_1: 1 }],
    });
    expect(stderr).toMatch(/^[^\n]*line 3\b[^\n]+\n$/);
    expect(stderr).toContain(sentence);
  });

  test("are skipped and counted with --skip-errors", async () => {
    const next = json({ ...bar, date: "2024-01-03" });
    const { code, stdout, stderr } = await live(
      ["{", json(bar), "null", json(bar), next],
      ...flags,
      "--skip-errors",
    );
    expect(code).toBe(0);
    expect(rowsIn(stdout).length).toBe(2);
    expect(stderr.match(/line \d/g)).toEqual(["line 1", "line 3", "line 4"]);
    expect(stderr).toMatch(/standard output: 2 rows; skipped 3 lines with errors\n$/);
  });
});

test.each([
  [["--indicators", "rsi(14"], 2, "the text ends where"],
  [["--indicators", "rsi", "--amend", "some"], 2, "live: amend must be a whole number from 0 to"],
  [
    ["--indicators", "rsi", "--unknown-keys", "no"],
    2,
    'live: unknownKeys must be "create" or "error"',
  ],
  [["--indicators", "rsi", "--every", "5"], 2, "name its file with --state"],
  [["--indicators", "rsi", "--every", "5h", "--state", "s"], 2, "--every must be a number of bars"],
  [["--indicators", "rsi", "--replace", "--no-time"], 2, "leave out --no-time"],
  [["--indicators", "rsi", "--warm", "-"], 2, "--warm takes a file"],
  [["--indicators", "rsi", "--warm", "none.csv"], 1, 'there is no file "none.csv"'],
  [["--indicators", "rsi", "none.jsonl"], 1, 'there is no file "none.jsonl"'],
  [["--indicators", "rsi", "--state", "none/s"], 1, 'there is no directory "none"'],
  [["--indicators", "rsi", "--warm", "bars.csv"], 1, "compute within it with --over symbol"],
])("%j is refused", async (flags, exit, sentence) => {
  const { code, stdout, stderr } = await live([], ...flags);
  expect({ code, stdout }).toEqual({ code: exit, stdout: "" });
  expect(stderr).toContain(sentence);
});

test("a configuration of a stream has all that it may have", async () => {
  writeFileSync(at("f.yaml"), "over: symbol\namend: 1\nkeep: none\nfeatures: [sma(1)]\n");
  const input = [3, 4, 3].map((time) => json({ symbol: "A", time, close: time }));
  const { code, stdout } = await live(input, "--features", "f.yaml");
  expect({ code, rows: rowsIn(stdout) }).toEqual({
    code: 0,
    rows: [{ sma_1: 3 }, { sma_1: 4 }, { sma_1: 4 }],
  });
});

test("the reader of the rows may close the pipe; the state is written all the same", () => {
  const command = join(root, "plugin/command.mjs");
  const flags = ["live", "bars.jsonl", "--indicators", "rsi", "--over", "symbol", "--state", "s"];
  const script = 'set -o pipefail; "$0" "$@" 2>said | head -1';
  const args = ["-c", script, process.execPath, command, ...flags];
  const row = execFileSync("bash", args, { cwd: at("."), encoding: "utf8" });
  expect(row).toMatch(/^\{"symbol":"AAPL",.*\}\n$/);
  expect(readFileSync(at("said"), "utf8")).toBe("");
  expect(ta.restore(readFileSync(at("s"))).keys).toContain("AAPL");
});
