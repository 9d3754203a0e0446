/** Pages of polars' results are held from one evaluation to the next, and let go of after a while. */

import { join } from "node:path";
import pl from "nodejs-polars";
import "nodejs-polars-ta";
import { afterEach, describe, expect, test, vi } from "vitest";
import { addon } from "../plugin/dist/addon.js";
import { release } from "../plugin/dist/arenas.js";
import { onEvaluation, type Trace } from "../plugin/dist/trace.js";
import { childScript, root, runNode } from "./support/child.js";

/** Whether this Node runs on glibc, the allocator that gives pages back as soon as it can. */
const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
const glibc = header.glibcVersionRuntime !== undefined;

const MEGABYTE = 2 ** 20;

/** Frames of 1M rows, one after another; faults are pages that the system had to provide. */
const SCRIPT = `
  import pl from "nodejs-polars";
  import { ta } from "nodejs-polars-ta";
  import { release } from "./plugin/dist/arenas.js";
  const close = Float64Array.from({ length: 1e6 }, (_, row) => 100 + ((row * 7919) % 1013) / 8);
  const df = pl.DataFrame({ close, high: close.map((x) => x + 1), low: close.map((x) => x - 1) });
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const tidy = async () => {
    for (let pass = 0; pass < 4; pass++) { gc(); await pause(1); }
  };
  const faults = async (exprs) => {
    await tidy();
    const before = process.resourceUsage().minorPageFault;
    const made = df.select(...exprs());
    const pages = process.resourceUsage().minorPageFault - before;
    return made.height === 1e6 ? pages : NaN;
  };
  const resident = () => process.memoryUsage.rss() / 2 ** 20;
`;

async function run<T>(source: string): Promise<T> {
  const script = childScript(`${SCRIPT}${source}`);
  const { code, stdout, stderr } = await runNode(["--expose-gc", ...script]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as T;
}

describe.runIf(glibc)("in a process of its own", { timeout: 60_000 }, () => {
  const LOOPS: [string, string, number][] = [
    ["one indicator", `[ta.sma(20)]`, 8],
    ["one with several outputs", `[ta.macd()]`, 24],
    ["several indicators", `[ta.sma(5), ta.rsi(14), ta.macd(), ta.atr(14)]`, 48],
  ];

  test.each(LOOPS)(
    "%s: results are written to pages that are there",
    async (_, exprs, megabytes) => {
      const { first, later } = await run<{ first: number; later: number[] }>(`
      const exprs = () => ${exprs};
      const first = await faults(exprs);
      for (let round = 0; round < 3; round++) await faults(exprs);
      const later = [];
      for (let round = 0; round < 5; round++) later.push(await faults(exprs));
      console.log(JSON.stringify({ first, later: later.sort((a, b) => a - b) }));
    `);
      const pages = (megabytes * MEGABYTE) / 4096;
      expect(first).toBeGreaterThan(pages / 2);
      expect(later[2]).toBeLessThan(pages / 20);
    },
  );

  test("release lets go of what has been freed", async () => {
    const { held, after } = await run<{ held: number; after: number }>(`
      const exprs = () => Array.from({ length: 30 }, (_, n) => ta.sma(n + 2));
      for (let round = 0; round < 3; round++) await faults(exprs);
      await tidy();
      const held = resident();
      release();
      let after = resident();
      // Another thread does it.
      for (let wait = 0; wait < 500 && held - after < 200; wait++) {
        await pause(10);
        after = resident();
      }
      console.log(JSON.stringify({ held, after }));
    `);
    // Of 240 MB of results.
    expect(held - after).toBeGreaterThan(200);
  });
});

describe("an evaluation says whether it holds pages", () => {
  let stop = () => {};
  afterEach(() => {
    stop();
    release();
    vi.restoreAllMocks();
  });

  const frame = (rows: number) =>
    pl.DataFrame({ close: Float64Array.from({ length: rows }, (_, row) => row % 97) });

  /** What the evaluations of `work` report, and how often the allocator was touched. */
  async function watch(work: () => unknown): Promise<{ held: unknown[]; calls: number }> {
    const traces: Trace[] = [];
    stop = onEvaluation((trace) => traces.push(trace));
    const hold = vi.spyOn(addon, "hold");
    await work();
    return { held: traces.map(({ held }) => held), calls: hold.mock.calls.length };
  }

  const sma = () => pl.col("close").ta.sma(5);

  test("a small result does not", async () => {
    expect(await watch(() => frame(1000).select(sma()))).toEqual({ held: [false], calls: 0 });
  });

  test("one of some size does, in both ways of calling", async () => {
    const df = frame(300_000);
    const work = async () => [df.select(sma()), await df.lazy().select(sma()).collect()];
    const { held, calls } = await watch(work);
    expect(held).toHaveLength(2);
    if (glibc) expect(held).toContain(true);
    else expect(held).toEqual([false, false]);
    expect(calls).toBe(2);
  });

  test("a large asynchronous one does not: other threads make it", async () => {
    const work = () => frame(3_000_000).lazy().select(sma()).collect();
    expect(await watch(work)).toEqual({ held: [false], calls: 0 });
  });
});

test("any sizes, in several threads at once", { timeout: 60_000 }, async () => {
  const { code, stdout, stderr } = await runNode([join(root, "tests/support/held-pages.mjs")]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [main, ...threads] = JSON.parse(stdout) as string[];
  expect(JSON.parse(main ?? "")).toHaveLength(40);
  expect(threads).toEqual([main, main, main]);
});
