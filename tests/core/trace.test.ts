/** What each evaluation tells of itself: to listeners, and on stderr where `TA_TRACE=1` asks for it. */

import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { describeTrace, onEvaluation, type Trace } from "../../plugin/dist/core/trace.js";
import { childScript, runNode } from "../support/child.js";

const df = pl.DataFrame({
  close: [1, 2, 4, 3, 5, 8, 7, 6],
  run: ["a", "a", "a", "a", "b", "b", "b", "b"],
  turn: [0, 1, 0, 1, 0, 1, 0, 1],
});

/** The traces of `work`. */
function traces(work: () => unknown): Trace[] {
  const seen: Trace[] = [];
  const stop = onEvaluation((trace) => seen.push(trace));
  work();
  stop();
  return seen;
}

describe("a listener", () => {
  test("is told of each evaluation", () => {
    const work = () =>
      df.select(
        ta.sma(2),
        ta.sma(2).alias("same"),
        ta.ema(2).over("run"),
        ta.rsi(2).over("turn"),
        ta.wma(2).ta.sma(2).alias("nested"),
      );
    expect(traces(work)).toEqual([
      {
        indicators: 4,
        rows: 8,
        inputs: "arrays",
        results: "bytes",
        groups: ["runs", "rows"],
        rounds: 1,
        times: expect.any(Array),
      },
      expect.objectContaining({ indicators: 1, rows: 8, groups: [] }),
    ]);
    expect(traces(() => df.select(pl.col("close").mean()))).toEqual([]);
    expect(traces(() => df.lazy().select(ta.sma(2)))).toEqual([]);
    expect(traces(() => ta.compute("sma", { series: [1, 2] }))).toEqual([]);
  });

  test("is not told of one that fails", () => {
    const failing = () => expect(() => df.select(pl.col("run").ta.sma(2))).toThrow(/dtype String/);
    expect(traces(failing)).toEqual([]);
  });

  test("is told no more once it has stopped, and others go on", () => {
    const [one, two]: Trace[][] = [[], []];
    const stop = onEvaluation((trace) => one?.push(trace));
    const stopTwo = onEvaluation((trace) => two?.push(trace));
    df.select(ta.sma(2));
    stop();
    stop();
    df.select(ta.sma(2));
    stopTwo();
    df.select(ta.sma(2));
    expect([one?.length, two?.length]).toEqual([1, 2]);
  });

  test("is told where the time went: parts of the whole, and the addon's own among them", () => {
    const [trace] = traces(() => df.select(ta.sma(2), ta.ema(2).over("turn")));
    const names = trace?.times.map(([name]) => name) ?? [];
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.startsWith("ta "))).toEqual(
      expect.arrayContaining(["ta take inputs", "ta groups", "ta gather", "ta kernels"]),
    );
    for (const [, milliseconds] of trace?.times ?? [])
      expect(milliseconds).toBeGreaterThanOrEqual(0);
  });
});

test("a trace is one line, whose sum leaves out what the addon's parts count twice", () => {
  const trace: Trace = {
    indicators: 3,
    rows: 1000,
    inputs: "file",
    results: "scan",
    groups: ["runs", "rows", "runs"],
    rounds: 2,
    times: [
      ["plan", 0.5],
      ["compute", 2],
      ["ta kernels", 1.25],
    ],
  };
  expect(describeTrace(trace)).toBe(
    "ta: 3 over 1000 rows in 2.50 ms (inputs as file, results as scan, rounds: 2, groups by runs and rows): plan 0.50 ms, compute 2.00 ms, ta kernels 1.25 ms",
  );
  expect(describeTrace({ ...trace, groups: [] })).not.toContain("groups");
});

describe("TA_TRACE", () => {
  const source = `
    import pl from "nodejs-polars";
    import { ta } from "nodejs-polars-ta";
    const df = pl.DataFrame({ close: [1, 2, 4, 3, 5, 8], key: [1, 2, 1, 2, 1, 2] });
    df.select(ta.sma(2));
    df.select(ta.sma(2).ta.ema(2));
    await df.lazy().select(ta.sma(2).over("key")).collect();
    ta.compute("sma", { series: [1, 2, 3] });
    console.log("done");
  `;
  const line =
    /^ta: 1 over 6 rows in \d+\.\d\d ms \(inputs as arrays, results as bytes, rounds: 1(, groups by rows)?\): .+ ms$/;

  test("of 1 prints one line for each evaluation, on stderr alone", async () => {
    const ended = await runNode(childScript(source), { env: { TA_TRACE: "1" } });
    expect(ended).toMatchObject({ code: 0, stdout: "done\n" });
    const lines = ended.stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    for (const each of lines) expect(each).toMatch(line);
    expect(lines.map((each) => each.includes("groups by rows"))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test.each(["", "0"])("of %o prints nothing", async (value) => {
    const ended = await runNode(childScript(source), { env: { TA_TRACE: value } });
    expect(ended).toEqual({ code: 0, stdout: "done\n", stderr: "" });
  });
});
