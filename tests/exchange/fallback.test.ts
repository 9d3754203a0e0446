/** A runtime that lets no Buffer stand over memory of others: results come through files there. */

import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { native } from "../../plugin/dist/polars/native.js";
import { exact, numbers } from "../support/exact.js";
import { EXCHANGES, isSame, select, taken } from "../support/exchanges.js";
import { watchMemory } from "../support/memory.js";

// The plugin finds it out once, with the first evaluation of the process: this one.
addon.Memory.prototype.buffer = () => null;

beforeEach(() => addon.release());
afterEach(() => vi.restoreAllMocks());

/** What was read, and how. */
function watchReads(): unknown[] {
  const read: unknown[] = [];
  const { readIpc } = native;
  vi.spyOn(native, "readIpc").mockImplementation((file, options) => {
    read.push(file);
    return readIpc(file, options);
  });
  return read;
}

describe("without a Buffer", () => {
  test.each(EXCHANGES)("$name: everything is as it was", async (exchange) => {
    const memory = watchMemory();
    const read = watchReads();
    for (const [seed, rows] of [200, 200, 0, 1, 9000, 200].entries()) {
      const df = numbers(rows, seed);
      const { indicators, wanted } = exact();
      const [made, [trace]] = await select(df, indicators, exchange);
      expect(trace).toMatchObject(taken(exchange));
      expect(isSame(made, df.select(...wanted)), `${rows} rows`).toBe(true);
    }
    const asBytes = taken(exchange).results === "bytes";
    expect(read).toHaveLength(asBytes ? 6 : 0);
    for (const path of read) expect(path).toEqual(expect.stringMatching(/^\/|^[A-Z]:\\/));
    expect(memory.filter(({ hasPath }) => !hasPath).length).toBeLessThanOrEqual(1);
    expect(memory.filter(({ hasPath }) => hasPath).length).toBeGreaterThan(0);
  });

  test.each(EXCHANGES)("$name: in several rounds", { timeout: 60_000 }, async (exchange) => {
    const df = numbers(300_000, 3);
    const { indicators, wanted } = exact(6);
    const [made, [trace]] = await select(df, indicators, exchange);
    expect(trace?.rounds).toBeGreaterThan(1);
    expect(isSame(made, df.select(...wanted))).toBe(true);
  });

  test("several at once", async () => {
    const frames = [3, 50, 4000, 0].map((rows, seed) => numbers(rows, seed));
    const { indicators, wanted } = exact();
    const collected = frames.map((df) =>
      df
        .lazy()
        .select(...indicators)
        .collect(),
    );
    for (const df of frames) {
      expect(isSame(df.select(...indicators), df.select(...wanted))).toBe(true);
    }
    for (const [index, made] of (await Promise.all(collected)).entries()) {
      const df = frames[index] as (typeof frames)[number];
      expect(isSame(made, df.select(...wanted))).toBe(true);
    }
  });

  test("a direct call, which needs none", () => {
    const long = Float64Array.from({ length: 9000 }, (_, row) => row % 31);
    const { value } = ta.compute("ema", { series: long }, { period: 5 });
    const column = pl.DataFrame({ close: long }).select(ta.ema(5)).toSeries().toArray();
    expect([...(value ?? [])]).toEqual(column.map((v) => v ?? Number.NaN));
  });
});
