/** Memory that is used again: nothing of what it held shows, in new results or in old ones. */

import fc from "fast-check";
import type { DataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addon } from "../plugin/dist/addon.js";
import { release } from "../plugin/dist/arenas.js";
import { type Made, watchArenas } from "./support/arenas.js";
import { childScript, runNode } from "./support/child.js";
import { EXACT, exact, numbers } from "./support/exact.js";
import { EXCHANGES, isSame, select } from "./support/exchanges.js";
import { runs } from "./support/runs.js";

const MiB = 2 ** 20;

beforeEach(() => release());
afterEach(() => {
  vi.restoreAllMocks();
  release();
});

/** Evaluates in a way, and checks the result. */
async function evaluated(
  rows: number,
  seed: number,
  exchange: (typeof EXCHANGES)[number],
  names?: readonly string[],
): Promise<readonly [made: DataFrame, wanted: DataFrame]> {
  const df = numbers(rows, seed);
  const { indicators, wanted } = exact(1, names);
  const pair = [(await select(df, indicators, exchange))[0], df.select(...wanted)] as const;
  expect(isSame(...pair), `${rows} rows, ${exchange.name}`).toBe(true);
  return pair;
}

const expectAll = (pairs: readonly (readonly [DataFrame, DataFrame])[]) =>
  expect(pairs.map((pair) => isSame(...pair))).toEqual(pairs.map(() => true));

describe("memory", () => {
  const sizes = [5000, 5000, 300, 1, 0, 4999, 5000, 9000, 70_000, 12, 70_000];

  test.each(EXCHANGES)("$name: larger and smaller ones after each other", async (exchange) => {
    const arenas = watchArenas();
    const kept: (readonly [DataFrame, DataFrame])[] = [];
    for (const [seed, rows] of sizes.entries()) {
      kept.push(await evaluated(rows, seed, exchange));
      for (const arena of arenas) arena.soil();
      if (seed === 7) release();
    }
    // What was made of the memory before is as it was.
    expectAll(kept);
  });

  // A file has to be as long as its results, and need not be kept.
  const reused = EXCHANGES.filter(({ forced }) => forced !== "file");

  test.each(reused)("$name: the same serves the next one", async (exchange) => {
    const arenas = watchArenas();
    await evaluated(20_000, 1, exchange);
    expect(arenas).toHaveLength(1);
    for (const seed of [2, 3, 4]) await evaluated(20_000, seed, exchange);
    expect(arenas).toHaveLength(1);
    await evaluated(700, 5, exchange);
    await evaluated(0, 6, exchange);
    await evaluated(20_000, 7, exchange);
    expect(arenas).toHaveLength(1);
    await evaluated(200_000, 8, exchange);
    expect(arenas.length).toBe(2);
    expect(arenas.map(({ rests }) => rests)).toEqual([0, 0]);
    release();
    expect(arenas.map(({ rests }) => rests)).toEqual([1, 1]);
    await evaluated(20_000, 9, exchange);
    expect(arenas.length).toBe(3);
  });
});

test("any evaluations in any order", { timeout: 120_000 }, async () => {
  const step = fc.record({
    rows: fc.noBias(fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 40_000 }))),
    seed: fc.nat({ max: 1000 }),
    exchange: fc.constantFrom(...EXCHANGES),
    names: fc.subarray(Object.keys(EXACT), { minLength: 1 }),
    after: fc.constantFrom("soil", "release", "nothing"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
      const arenas = watchArenas();
      const kept: (readonly [DataFrame, DataFrame])[] = [];
      for (const { rows, seed, exchange, names, after } of steps) {
        kept.push(await evaluated(rows, seed, exchange, names));
        if (after === "release") release();
        if (after === "soil") for (const arena of arenas) arena.soil();
      }
      expectAll(kept);
      vi.restoreAllMocks();
    }),
    { numRuns: runs(25) },
  );
});

describe("what is kept", () => {
  const held = (arenas: readonly Made[]) =>
    arenas.reduce((sum, { bytes, rests }) => sum + (rests === 0 ? bytes : 0), 0);

  test.each(["memory", "arrays"])("is bounded: %s", { timeout: 60_000 }, async (forced) => {
    const arenas = watchArenas();
    const exchange = EXCHANGES.find((each) => each.forced === forced && !each.isAsync);
    const made: number[] = [];
    const df = numbers(3_600_000, 1);
    const { indicators, wanted } = exact(1, ["struct"]);
    // Each one is larger than all before it.
    for (let index = 0; index < 12; index += 1) {
      const part = df.head(Math.round(400_000 * 1.22 ** index));
      const [result] = await select(part, indicators, exchange as (typeof EXCHANGES)[number]);
      expect(isSame(result, part.select(...wanted))).toBe(true);
      made.push(held(arenas));
    }
    const total = arenas.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total).toBeGreaterThan(256 * MiB);
    expect(Math.max(...made)).toBeLessThanOrEqual(256 * MiB);
    expect(made.at(-1)).toBeGreaterThan(0);
    release();
    expect(held(arenas)).toBe(0);
  });

  test("is the addon's too, and given back when released", () => {
    const released = vi.spyOn(addon, "release");
    numbers(1000, 1).select(ta.sma(3).over("row"));
    expect(released).not.toHaveBeenCalled();
    release();
    expect(released).toHaveBeenCalledOnce();
  });

  test("is given back after idleness, which keeps no process alive", async () => {
    // The first timer of the plugin is the one; the process ends without waiting for it.
    const source = `
      import pl from "nodejs-polars";
      const timers = [];
      const { setTimeout: real } = globalThis;
      let refreshed = 0;
      globalThis.setTimeout = (call, ms) => {
        const timer = real(call, ms);
        const { unref, refresh } = timer;
        const noted = { call, ms, alive: true };
        timer.unref = () => { noted.alive = false; return unref.call(timer); };
        timer.refresh = () => { refreshed += 1; return refresh.call(timer); };
        timers.push(noted);
        return timer;
      };
      const { ta } = await import("nodejs-polars-ta");
      const { addon } = await import("./plugin/dist/addon.js");
      let [rests, released] = [0, 0];
      const { rest } = addon.Arena.prototype;
      addon.Arena.prototype.rest = function () { rests += 1; return rest.call(this); };
      const { release } = addon;
      addon.release = () => { released += 1; release(); };
      const df = pl.DataFrame({ close: [1, 2, 4, 3, 5, 8] });
      const counts = () => [timers.length, refreshed, rests, released].join(" ");
      console.log(counts());
      df.select(ta.sma(2));
      console.log(counts(), timers[0].ms, timers[0].alive);
      await df.lazy().select(ta.ema(2)).collect();
      console.log(counts());
      timers[0].call();
      console.log(counts());
      console.log(df.select(ta.sma(2)).toSeries().toArray().map(String).join(), counts());
    `;
    const { code, stdout, stderr } = await runNode(childScript(source));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.trim().split("\n")).toEqual([
      "0 0 0 0",
      "1 0 0 0 5000 false",
      "1 1 0 0",
      "1 1 1 1",
      "null,1.5,3,3.5,4,6.5 1 2 1 1",
    ]);
  });
});
