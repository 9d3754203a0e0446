/** Memory that is used again: nothing of what it held shows, in new results or in old ones. */

import fc from "fast-check";
import pl, { type DataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { EXACT, exact, numbers } from "../support/exact.js";
import { EXCHANGES, isSame, select } from "../support/exchanges.js";
import { tidy } from "../support/gc.js";
import { watchMemory } from "../support/memory.js";
import { runs } from "../support/runs.js";

const MiB = 2 ** 20;

beforeEach(() => addon.release());
afterEach(() => {
  vi.restoreAllMocks();
  addon.release();
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
    const memory = watchMemory({ soil: true });
    const kept: (readonly [DataFrame, DataFrame])[] = [];
    for (const [seed, rows] of sizes.entries()) {
      kept.push(await evaluated(rows, seed, exchange));
      if (seed === 7) addon.release();
    }
    // What was made of the memory before is as it was.
    expectAll(kept);
    expect(memory.map(({ isGivenBack }) => isGivenBack)).toEqual(memory.map(() => true));
  });

  // A file has to be as long as its results, and need not be kept.
  const reused = EXCHANGES.filter(({ forced }) => forced !== "file");

  test.each(reused)("$name: the same serves the next one", async (exchange) => {
    const memory = watchMemory();
    const made = () => memory.filter(({ isNew }) => isNew).length;
    await evaluated(20_000, 1, exchange);
    expect(made()).toBe(1);
    for (const seed of [2, 3, 4]) await evaluated(20_000, seed, exchange);
    await evaluated(700, 5, exchange);
    await evaluated(0, 6, exchange);
    await evaluated(20_000, 7, exchange);
    expect([made(), memory.length]).toEqual([1, 7]);
    await evaluated(200_000, 8, exchange);
    expect(made()).toBe(2);
    expect(addon.memoryUsage().kept).toBeGreaterThan(MiB);
    addon.release();
    expect(addon.memoryUsage().kept).toBe(0);
    await evaluated(20_000, 9, exchange);
    expect(made()).toBe(3);
  });
});

test("any evaluations in any order", { timeout: 120_000 }, async () => {
  const step = fc.record({
    rows: fc.noBias(fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 40_000 }))),
    seed: fc.nat({ max: 1000 }),
    exchange: fc.constantFrom(...EXCHANGES),
    names: fc.subarray(Object.keys(EXACT), { minLength: 1 }),
    after: fc.constantFrom("release", "nothing"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
      watchMemory({ soil: true });
      const kept: (readonly [DataFrame, DataFrame])[] = [];
      for (const { rows, seed, exchange, names, after } of steps) {
        kept.push(await evaluated(rows, seed, exchange, names));
        if (after === "release") addon.release();
      }
      expectAll(kept);
      vi.restoreAllMocks();
    }),
    { numRuns: runs(25) },
  );
});

describe("what is kept", () => {
  const kept = () => addon.memoryUsage().kept;

  test.each(["memory", "arrays"])("is bounded: %s", { timeout: 60_000 }, async (forced) => {
    const memory = watchMemory();
    const exchange = EXCHANGES.find((each) => each.forced === forced && !each.isAsync);
    const seen: number[] = [];
    const df = numbers(3_600_000, 1);
    const { indicators, wanted } = exact(1, ["struct"]);
    // Each one is larger than all before it.
    for (let index = 0; index < 12; index += 1) {
      const part = df.head(Math.round(400_000 * 1.22 ** index));
      const [result] = await select(part, indicators, exchange as (typeof EXCHANGES)[number]);
      expect(isSame(result, part.select(...wanted))).toBe(true);
      seen.push(kept());
    }
    const total = memory.reduce((sum, { bytes, isNew }) => sum + (isNew ? bytes : 0), 0);
    expect(total).toBeGreaterThan(256 * MiB);
    expect(Math.max(...seen)).toBeLessThanOrEqual(256 * MiB);
    expect(seen.at(-1)).toBeGreaterThan(0);
    addon.release();
    expect(kept()).toBe(0);
  });

  test("is all under one limit: results, gathered columns, and arrays that came back", async () => {
    const group = Array.from({ length: 400_000 }, (_, row) => row % 3);
    const df = pl.DataFrame({ close: new Float64Array(400_000).fill(1), group });
    const more: number[] = [];
    const add = (work: () => unknown) => {
      const before = kept();
      work();
      more.push(kept() - before);
    };
    add(() => df.select(ta.sma(3)));
    // Inputs are gathered, and results computed in the order of the groups.
    add(() => df.select(ta.sma(3).over("group")));
    await tidy();
    const before = { kept: kept(), borrowed: addon.memoryUsage().borrowed };
    let made: unknown = ta.compute("sma", { series: new Float64Array(3_000_000).fill(1) });
    expect(made).toBeDefined();
    expect(addon.memoryUsage().borrowed - before.borrowed).toBeGreaterThanOrEqual(24_000_000);
    made = undefined;
    await tidy();
    expect(addon.memoryUsage().borrowed).toBe(0);
    more.push(kept() - before.kept);
    for (const bytes of more) expect(bytes).toBeGreaterThan(3 * MiB);
    addon.release();
    expect(kept()).toBe(0);
  });
});
