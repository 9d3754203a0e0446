/** The state of the command `live`: over restarts, signals and kills, every bar has its row. */

import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterEach, describe, expect, test } from "vitest";
import { Running } from "../support/commands.js";
import { stocks, temporaryFolder } from "../support/files.js";
import { numbers } from "../support/random.js";

const { at, list } = temporaryFolder("live-restart");

const frame = stocks().sort("date");
frame.writeCSV(at("bars.csv"));
const bars = pl.readCSV(at("bars.csv")).toRecords() as Record<string, unknown>[];
const lines = bars.map((bar) => `${JSON.stringify(bar)}\n`);
const features = ["--indicators", "rsi(14), obv, close / sma(200) - 1 as trend"];
const flags = [...features, "--over", "symbol", "--state", "state"];

const start = (...args: string[]) => new Running(["live", ...args], at("."));

/** Runs `live` with some lines. */
function run(input: readonly string[], ...args: string[]) {
  const running = start(...args);
  running.child.stdin.end(input.join(""));
  return running.end();
}

const linesIn = (text: string) => text.split("\n").slice(0, -1);

/** The rows of a run without interruption. */
const wanted = linesIn((await run(lines, ...features, "--over", "symbol")).stdout);

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** The number of bars in the state; 0 if there is none. */
const saved = () =>
  existsSync(at("state")) ? ta.restore(readFileSync(at("state"))).info().bars : 0;

afterEach(() => rmSync(at("state"), { force: true }));

test("a run goes on where the last one has ended", async () => {
  expect(wanted.length).toBe(lines.length);
  const first = await run(lines.slice(0, 5000), ...flags);
  expect(first).toMatchObject({ code: 0, stderr: "standard output: 5,000 rows\n" });
  const again = await run(lines, ...flags, "--warm", "bars.csv");
  expect(again.stderr).toBe(
    "note: state has 5,000 bars of 3 keys; --warm is not read\n" +
      "standard output: 5,006 rows; skipped 5,000 bars known before\n",
  );
  expect(linesIn(first.stdout + again.stdout)).toEqual(wanted);
  expect(list()).toEqual(["bars.csv", "state"]);
});

test("a history alone makes a state", async () => {
  expect((await run([], ...flags, "--warm", "bars.csv", "--quiet")).stderr).toBe("");
  expect(saved()).toBe(lines.length);
  const { keys } = ta.restore(readFileSync(at("state")));
  expect(keys.toSorted()).toEqual(["AAPL", "FB", "IBM", "MSFT"]);
});

test("an error leaves the state of the bars before it", async () => {
  const { code, stdout } = await run([...lines.slice(0, 300), "{\n", ...lines], ...flags);
  expect(code).toBe(1);
  expect(linesIn(stdout)).toEqual(wanted.slice(0, 300));
  expect(saved()).toBe(300);
  const rest = await run(lines, ...flags);
  expect(linesIn(rest.stdout)).toEqual(wanted.slice(300));
});

test("bars of a key without times are not told apart, and the notice says so", async () => {
  const untimed = lines.slice(0, 100).map((line) => line.replace(/"date":"[^"]*",/, ""));
  const first = await run(untimed.slice(0, 60), ...flags);
  const { stdout, stderr } = await run(untimed.slice(60), ...flags);
  expect(stderr).toMatch(
    /^note: state has 60 bars of 3 keys without times, so the input must begin after them\n/,
  );
  const all = linesIn(first.stdout + stdout);
  expect(all).toEqual(wanted.slice(0, 100).map((row) => row.replace(/"date":"[^"]*",/, "")));
});

test("a forming bar goes on forming after a restart that repeats the input", async () => {
  const [day, next] = ["2024-01-01", "2024-01-02"];
  const states = [5, 7, 9, 8].map((close) => `${JSON.stringify({ date: day, close })}\n`);
  const input = [...states, `${JSON.stringify({ date: next, close: 10 })}\n`];
  const args = ["--indicators", "cumsum(close)", "--replace", "--state", "state", "--quiet"];
  const whole = linesIn((await run(input, ...args)).stdout);
  for (let cut = 1; cut < input.length; cut++) {
    rmSync(at("state"));
    await run(input.slice(0, cut), ...args);
    expect(linesIn((await run(input, ...args)).stdout).slice(-2)).toEqual(whole.slice(-2));
  }
});

describe("a state", () => {
  test.each([
    [["--indicators", "rsi(14), obv", "--over", "symbol"], 'it has "trend" besides'],
    [["--indicators", "rsi(15)", "--over", "symbol"], 'it lacks "rsi_15"'],
    [[...features, "--over", "date"], "it has --over symbol, not --over date"],
    [features, "it has --over symbol, which is not given now"],
    [[...features, "--over", "symbol", "--amend", "2"], "it has --amend 0, not --amend 2"],
    [
      [...features, "--over", "symbol", "--missing", "error"],
      'not rsi(series=close, period=14, missing="error")',
    ],
    [[...features, "--over", "symbol", "--no-time"], "it has --time date, not --no-time"],
    [
      ["--indicators", "obv, rsi(14), close / sma(200) - 1 as trend", "--over", "symbol"],
      "its features are in another order",
    ],
    [
      ["--indicators", "rsi(14), obv, close / sma(100) - 1 as trend", "--over", "symbol"],
      'its "trend" is close / sma(series=close, period=200) - 1, not close / sma(',
    ],
  ])("of other features than %j is refused", async (args, sentence) => {
    await run(lines.slice(0, 10), ...flags);
    const before = readFileSync(at("state"));
    const { code, stdout, stderr } = await run(lines, ...args, "--state", "state");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^"state" is refused: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain("without the file, live begins anew");
    expect(readFileSync(at("state"))).toEqual(before);
  });

  test("that is damaged is refused", async () => {
    writeFileSync(at("state"), "no state");
    const { code, stderr } = await run(lines, ...flags);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^"state" is refused: this is no snapshot/);
  });

  test("may be asked for in other words", async () => {
    writeFileSync(
      at("f.yaml"),
      "over: [symbol]\ntime: date\nmissing: skip\nfeatures: [rsi(period=14), obv]\n",
    );
    const args = ["--over", "symbol", "--state", "state"];
    await run(lines.slice(0, 10), "--indicators", "rsi, obv", ...args);
    expect(await run([], "--features", "f.yaml", "--state", "state")).toMatchObject({ code: 0 });
    rmSync(at("f.yaml"));
  });
});

test.each(["SIGTERM", "SIGINT"] as const)("%s ends a run with its state", async (signal) => {
  const running = start(...flags);
  running.child.stdin.write(lines.slice(0, 2000).join(""));
  // A line that is not complete is no bar yet.
  running.child.stdin.write(lines[2000]?.slice(0, 20));
  await running.printed(2000);
  running.child.kill(signal);
  const ended = await running.end();
  expect(ended).toMatchObject({ code: null, signal, stderr: "standard output: 2,000 rows\n" });
  expect(saved()).toBe(2000);
  const { stdout } = await run(lines, ...flags);
  expect(linesIn(ended.stdout + stdout)).toEqual(wanted);
});

test("a second signal does not wait for the reader of the rows", async () => {
  const running = start(...flags, "--every", "100");
  running.child.stdout.pause();
  running.child.stdin.write(lines.join(""));
  // Until nothing moves: then the pipe is full.
  for (let [last, same] = [0, 0]; same < 5; ) {
    await pause(100);
    const bars = saved();
    same = bars > 0 && bars === last ? same + 1 : 0;
    last = bars;
  }
  expect(saved()).toBeLessThan(lines.length);
  running.child.kill("SIGTERM");
  await pause(200);
  expect(running.child.exitCode ?? running.child.signalCode).toBe(null);
  running.child.kill("SIGTERM");
  running.child.stdout.resume();
  const { signal, stdout } = await running.end();
  expect(signal).toBe("SIGTERM");
  expect(saved()).toBeLessThanOrEqual(linesIn(stdout).length);
});

test("--every so many seconds saves while no bar comes", async () => {
  const running = start(...flags, "--every", "1s");
  running.child.stdin.write(lines.slice(0, 100).join(""));
  await running.printed(100);
  while (saved() === 0) await pause(20);
  running.child.kill("SIGKILL");
  await running.end();
  expect(saved()).toBe(100);
});

const EVERY = 50;

test.each([1, 2, 3])("kills lose no more than the bars since the last save (%i)", async (seed) => {
  const next = numbers(seed * 1000);
  const rows: string[] = [];
  let runs = 0;
  for (let isDone = false; !isDone; runs++) {
    const begun = saved();
    const running = start(...flags, "--every", `${EVERY}`);
    running.child.stdin.end(lines.join(""));
    await running.printed(1 + Math.floor(next() * 4000));
    running.child.kill("SIGKILL");
    const { signal, stdout } = await running.end();
    const printed = linesIn(stdout);
    const after = saved();
    // The rows of this run are those after the state that it has found.
    expect(printed).toEqual(wanted.slice(begun, begun + printed.length));
    // All bars in the state have their rows, and few rows are of bars that the state lacks.
    expect(after).toBeLessThanOrEqual(begun + printed.length);
    expect(begun + printed.length - after).toBeLessThanOrEqual(EVERY);
    rows.push(...printed);
    isDone = signal === null;
  }
  expect(runs).toBeGreaterThan(2);
  const once = new Set(rows);
  expect([...once]).toEqual(wanted);
  expect(rows.length - once.size).toBeLessThanOrEqual(runs * EVERY);
  // What killed runs have left is gone.
  await run([], ...flags);
  expect(list().filter((name) => name.endsWith(".tmp"))).toEqual([]);
});
