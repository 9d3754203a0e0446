/** Pages of polars' results are held from one evaluation to the next, and let go of after a while. */

import { totalmem } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import "nodejs-polars-ta";
import { afterEach, describe, expect, test, vi } from "vitest";
import { addon } from "../plugin/dist/addon.js";
import { heldBytes, keepRoom, letGo, makeRoom } from "../plugin/dist/heap.js";
import { onEvaluation, type Trace } from "../plugin/dist/trace.js";
import { childScript, root, runNode } from "./support/child.js";

/** Whether this Node runs on glibc, the allocator that gives pages back as soon as it can. */
const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
const glibc = header.glibcVersionRuntime !== undefined;

/** Frames, one after another; faults are pages that the system had to provide. */
const SCRIPT = (rows: number) => `
  import pl from "nodejs-polars";
  import { ta } from "nodejs-polars-ta";
  import { letGo } from "./plugin/dist/heap.js";
  const rows = ${rows};
  const close = Float64Array.from({ length: rows }, (_, row) => 100 + ((row * 7919) % 1013) / 8);
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
    return made.height === rows ? pages : NaN;
  };
  const resident = () => process.memoryUsage.rss() / 2 ** 20;
`;

async function run<T>(rows: number, source: string): Promise<T> {
  const script = childScript(`${SCRIPT(rows)}${source}`);
  const { code, stdout, stderr } = await runNode(["--expose-gc", ...script]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as T;
}

describe.runIf(glibc)("in a process of its own", { timeout: 60_000 }, () => {
  const LOOPS: [what: string, rows: number, exprs: string, columns: number][] = [
    ["a small one", 50_000, "[ta.macd(), ta.rsi(14), ta.atr(14)]", 8],
    ["one column", 1_000_000, "[ta.sma(20)]", 2],
    ["several outputs", 1_000_000, "[ta.macd()]", 4],
    ["several indicators", 1_000_000, "[ta.sma(5), ta.rsi(14), ta.macd(), ta.atr(14)]", 9],
    // More than what glibc ever keeps by itself.
    ["large columns", 5_000_000, "[ta.sma(20), ta.rsi(14)]", 3],
  ];

  test.each(LOOPS)("%s: results are written to pages that are there", async (_, ...args) => {
    const [rows, exprs, columns] = args;
    const { kept, fresh } = await run<Record<"kept" | "fresh", number[]>>(
      rows,
      `
      const exprs = () => ${exprs};
      const rounds = async (between) => {
        const counts = [];
        for (let round = 0; round < 9; round++) {
          counts.push(await faults(exprs));
          await between();
        }
        return counts.slice(4).sort((a, b) => a - b);
      };
      const kept = await rounds(() => {});
      const fresh = await rounds(async () => {
        await tidy();
        letGo();
        await pause(50);
      });
      console.log(JSON.stringify({ kept, fresh }));
    `,
    );
    const pages = (columns * 8 * rows) / 4096;
    expect(kept[2]).toBeLessThan(pages / 50);
    // Large pages, where the system has some, are one fault each.
    expect(fresh[2]).toBeGreaterThan(pages / 600);
    expect(fresh[2]).toBeGreaterThan(4 * (kept[2] ?? 0));
  });

  test("letGo lets go of what has been freed", async () => {
    const { held, after } = await run<{ held: number; after: number }>(
      1e6,
      `
      const exprs = () => Array.from({ length: 30 }, (_, n) => ta.sma(n + 2));
      for (let round = 0; round < 3; round++) await faults(exprs);
      await tidy();
      const held = resident();
      letGo();
      let after = resident();
      // Another thread does it.
      for (let wait = 0; wait < 500 && held - after < 200; wait++) {
        await pause(10);
        after = resident();
      }
      console.log(JSON.stringify({ held, after }));
    `,
    );
    // Of 240 MB of results.
    expect(held - after).toBeGreaterThan(200);
  });
});

describe("an evaluation says whether it holds pages", () => {
  let stop = () => {};
  afterEach(() => {
    stop();
    letGo();
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

describe("the heap is left alone", () => {
  afterEach(() => vi.restoreAllMocks());

  test("for little", () => {
    const touched = [vi.spyOn(addon, "reserve"), vi.spyOn(addon, "hold")];
    makeRoom(8_000, 80_000);
    expect(keepRoom(8_000, 80_000)).toBe(false);
    for (const calls of touched) expect(calls).not.toHaveBeenCalled();
  });

  test("after results that are too much to keep", () => {
    const [hold, away] = [vi.spyOn(addon, "hold"), vi.spyOn(addon, "letGo")];
    expect(keepRoom(8_000_000, heldBytes() + 1)).toBe(false);
    expect(hold).not.toHaveBeenCalled();
    expect(away).toHaveBeenCalledOnce();
  });

  test("by more than a quarter of the memory", () => {
    expect(heldBytes()).toBeGreaterThan(2 ** 20);
    expect(heldBytes()).toBeLessThanOrEqual(totalmem() / 4);
  });

  test("five seconds after the last evaluation of some size", () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const [hold, away] = [vi.spyOn(addon, "hold").mockReturnValue(true), vi.spyOn(addon, "letGo")];
    expect(keepRoom(8_000_000, 16_000_000)).toBe(true);
    vi.advanceTimersByTime(4_000);
    keepRoom(8_000_000, 16_000_000);
    expect(hold).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(4_000);
    // This one is too small to count.
    keepRoom(8_000, 8_000);
    expect(away).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_001);
    expect(away).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(60_000);
    expect(away).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });
});

test("any sizes, in several threads at once", { timeout: 60_000 }, async () => {
  const { code, stdout, stderr } = await runNode([join(root, "tests/support/held-pages.mjs")]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [main, ...threads] = JSON.parse(stdout) as string[];
  expect(JSON.parse(main ?? "")).toHaveLength(40);
  expect(threads).toEqual([main, main, main]);
});
