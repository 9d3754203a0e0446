/** Commands between pipes: standard input and output, packed files, and what is said where. */

import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { expectFrame, readAny, stocks, temporaryFolder, writeAny } from "../support/files.js";

const { at, list } = temporaryFolder("streams");
const main = join(root, "plugin/command.mjs");
const bars = stocks();
for (const format of ["csv", "parquet", "arrow"]) writeAny(bars, at(`bars.${format}`));
writeFileSync(at("bars.csv.gz"), gzipSync(readFileSync(at("bars.csv"))));

const features = ["--indicators", "rsi(14), macd as m", "--over", "symbol"];
const wanted = ta
  .pipeline({ over: "symbol", features: ["rsi(14)", "macd as m"], unnest: true })
  .apply(bars);

const cli = (...args: string[]) => runNode([main, ...args], { cwd: at(".") });

/** Runs a command with bytes on its standard input; standard output is bytes as well. */
function piped(input: Buffer, ...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], { cwd: at(".") });
  const out: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (chunk) => out.push(chunk));
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  // A command that refuses reads nothing.
  child.stdin.on("error", () => undefined).end(input);
  return new Promise<{ code: number | null; stdout: Buffer; stderr: string }>((done) => {
    child.on("close", (code) => done({ code, stdout: Buffer.concat(out), stderr }));
  });
}

describe("standard input", () => {
  test.each([
    ["bars.csv", []],
    ["bars.csv.gz", []],
    ["bars.csv.gz", ["--format", "csv.gz"]],
    ["bars.parquet", ["--format", "parquet"]],
    ["bars.arrow", ["--format", "arrow"]],
  ])("is %s with %j", async (file, format) => {
    const args = ["compute", "-", ...format, ...features, "--unnest", "--out", "in.parquet"];
    const { code, stdout, stderr } = await piped(readFileSync(at(file)), ...args);
    expect({ code, stderr, said: String(stdout) }).toEqual({
      code: 0,
      stderr: "",
      said: "in.parquet: 10,006 rows, 11 columns\n",
    });
    expectFrame(readAny(at("in.parquet")), wanted);
  });

  test("goes with files", async () => {
    const [ibm, others] = [bars.filter(pl.col("symbol").eq(pl.lit("IBM"))), "others.csv"];
    writeAny(ibm, at(others));
    const only = ["compute", others, "-", "--indicators", "sma(3)", "--out", "both.csv"];
    const text = readFileSync(at(others));
    const { code } = await piped(text, ...only, "--over", "symbol,date");
    expect(code).toBe(0);
    expect(readAny(at("both.csv")).height).toBe(2 * ibm.height);
  });

  test("is read in pieces where it is larger than the memory", async () => {
    const args = [
      "compute",
      "-",
      ...features,
      "--unnest",
      "--memory",
      "1MB",
      "--out",
      "pieces.csv",
    ];
    const { code, stdout } = await piped(readFileSync(at("bars.csv.gz")), ...args);
    expect(code).toBe(0);
    expect(String(stdout)).toMatch(/^pieces\.csv: 10,006 rows, 11 columns, in \d pieces\n$/);
    expectFrame(readAny(at("pieces.csv")), wanted);
  });

  test.each([
    ["nothing", Buffer.from(""), /^standard input cannot be read: /],
    ["a damaged gzip", gzipSync("a,b\n1,2\n").subarray(0, 20), /damaged or cut off/],
  ])("of %s is refused in one sentence", async (_, input, sentence) => {
    const { code, stdout, stderr } = await piped(input, "compute", "-", ...features, "--out", "-");
    expect({ code, said: String(stdout) }).toEqual({ code: 1, said: "" });
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });

  test("is drawn, and checked", async () => {
    const text = readFileSync(at("bars.csv"));
    const drawn = await piped(
      text,
      "chart",
      "-",
      "--symbol",
      "IBM",
      "--last",
      "30",
      "--out",
      "c.svg",
    );
    expect(drawn).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(at("c.svg"), "utf8")).toContain("<svg");
    writeFileSync(at("f.yaml"), "over: symbol\nfeatures: [rsi]\n");
    const checked = await piped(text, "pipeline", "check", "f.yaml", "--files", "-");
    expect(checked).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("standard output", () => {
  test.each([
    ["csv", []],
    ["csv.gz", ["--out-format", "csv.gz"]],
    ["parquet", ["--out-format", "parquet"]],
    ["arrow", ["--out-format", "arrow"]],
  ])("is %s, and nothing else", async (format, flags) => {
    const args = ["compute", "bars.csv", ...features, "--unnest", "--out", "-", ...flags];
    const { code, stdout, stderr } = await piped(Buffer.from(""), ...args, "--progress");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^computing 10006 of 10006/m);
    expect(stderr).toMatch(/^standard output: 10,006 rows, 11 columns\n/m);
    const packed = format.endsWith(".gz");
    const file = `stdout.${format.replace(".gz", "")}`;
    writeFileSync(at(file), packed ? gunzipSync(stdout) : stdout);
    expectFrame(readAny(at(file)), wanted);
  });

  test("gets nothing of a computation that fails", async () => {
    const broken = readFileSync(at("bars.csv"), "utf8").replace(/[^,]*\n$/, "x\n");
    const { code, stdout } = await piped(
      Buffer.from(broken),
      ...["compute", "-", "--indicators", "sma(volume, 3)", "--over", "symbol", "--out", "-"],
    );
    expect({ code, said: String(stdout) }).toEqual({ code: 1, said: "" });
  });

  test("may be closed by who reads it", async () => {
    const child = spawn("bash", [
      "-c",
      'set -o pipefail; "$0" "$@" | head -1',
      ...[process.execPath, main, "compute", at("bars.csv"), ...features, "--quiet", "--out", "-"],
    ]);
    let said = "";
    child.stdout.on("data", (text) => {
      said += text;
    });
    const code = await new Promise((done) => child.on("close", done));
    expect({ code, said: said.slice(0, 12) }).toEqual({ code: 0, said: "symbol,date," });
  });

  test("is a chart", async () => {
    const args = ["chart", "bars.csv", "--symbol", "IBM", "--last", "30", "--out", "-"];
    const page = await cli(...args);
    expect(page.stdout).toMatch(/^<!doctype html>/);
    expect(page.stderr).toBe("standard output: a chart with 0 indicators\n");
    expect((await cli(...args, "--out-format", "svg")).stdout).toMatch(/^<svg/);
    expect(await cli(...args, "--out-format", "pdf")).toMatchObject({ code: 2, stdout: "" });
    const named = await cli(...args.slice(0, -1), "c.svg", "--out-format", "svg");
    expect(named).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("packed files and tabs", () => {
  test.each(["out.csv.gz", "out.tsv", "out.tsv.gz"])("go in and out as %s", async (out) => {
    const first = await cli("compute", "bars.csv.gz", ...features, "--unnest", "--out", out);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const raw = readFileSync(at(out));
    const text = String(out.endsWith(".gz") ? gunzipSync(raw) : raw);
    expect(text.startsWith(out.includes("tsv") ? "symbol\tdate\t" : "symbol,date,")).toBe(true);
    const again = await cli("compute", out, ...features, "--unnest", "--out", "again.parquet");
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expectFrame(readAny(at("again.parquet")), wanted);
  });

  test("that are not packed, or of no known format, are refused", async () => {
    writeFileSync(at("plain.csv.gz"), "a,b\n1,2\n");
    writeFileSync(at("bars.txt"), readFileSync(at("bars.csv")));
    const before = list();
    const plain = await cli("compute", "plain.csv.gz", ...features, "--out", "x.csv");
    expect(plain.stderr).toBe('"plain.csv.gz" cannot be read: it is not packed by gzip\n');
    const unknown = await cli("compute", "bars.txt", ...features, "--out", "x.csv");
    expect(unknown.stderr).toMatch(/^"bars\.txt" is of no known format; .* with --format\n$/);
    const wrong = await cli(
      "compute",
      "bars.txt",
      ...features,
      "--format",
      "xls",
      "--out",
      "x.csv",
    );
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/^--format must be one of csv, tsv, .*, got "xls"\n$/);
    expect(list()).toEqual(before);
    const told = await cli(
      ...["compute", "bars.txt", ...features, "--format", "csv", "--unnest"],
      ...["--out", "x.dat", "--out-format", "parquet", "--quiet"],
    );
    expect(told).toEqual({ code: 0, stdout: "", stderr: "" });
    writeFileSync(at("x.parquet"), readFileSync(at("x.dat")));
    expectFrame(readAny(at("x.parquet")), wanted);
  });
});
