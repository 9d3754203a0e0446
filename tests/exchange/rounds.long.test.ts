/** More results than are computed at once: several rounds, and what happens when one of them fails. */

import pl from "nodejs-polars";
import { TaError, ta } from "nodejs-polars-ta";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { native } from "../../plugin/dist/polars/native.js";
import { EXACT, exact, numbers } from "../support/exact.js";
import { EXCHANGES, expectTaken, isSame, select, taken, traced } from "../support/exchanges.js";
import { watchMemory } from "../support/memory.js";

const ROWS = 300_000;
/** Seven indicators each time, of 19 MB: more than two rounds, however large those are to be. */
const TIMES = 7;

beforeEach(() => addon.release());
afterEach(() => vi.restoreAllMocks());

interface Planned {
  /** What the results of a round should take at most. */
  readonly limit: number;
  /** What those of each round take. */
  readonly bytes: readonly number[];
}

/** The rounds of all evaluations from now on. */
function watchRounds(): Planned[] {
  const planned: Planned[] = [];
  const { Evaluation } = addon;
  vi.spyOn(addon, "Evaluation").mockImplementation(
    class extends Evaluation {
      constructor(plan: string) {
        super(plan);
        planned.push({ limit: JSON.parse(plan).roundBytes, bytes: [...this.rounds] });
      }
    },
  );
  return planned;
}

/** Bytes of a file that are not results. */
const AROUND = 100_000;

describe("several rounds", { timeout: 120_000 }, () => {
  const df = numbers(ROWS, 5);
  const { indicators, wanted } = exact(TIMES);
  const expected = df.select(...wanted);

  test.each(EXCHANGES)("$name: give what one would", async (exchange) => {
    const planned = watchRounds();
    const [made, [trace, ...others]] = await select(df, indicators, exchange);
    expect(others).toEqual([]);
    const [{ limit, bytes } = { limit: 0, bytes: [] }] = planned;
    expect(bytes.length).toBeGreaterThan(1);
    for (const each of bytes) expect(each).toBeLessThan(limit + AROUND);
    expect(trace).toMatchObject({
      ...(exchange.forced === undefined && exchange.isAsync
        ? { inputs: "file", results: "scan" }
        : taken(exchange)),
      indicators: indicators.length,
      rounds: bytes.length,
    });
    expect(isSame(made, expected)).toBe(true);
  });

  test.each(EXCHANGES)("$name: within groups too", async (exchange) => {
    const groups = pl.col("row").modulo(3).eq(0);
    const frame = df.withColumns(groups.alias("group"));
    const names = ["gappy", "sum", "difference"];
    const pairs = exact(18, names);
    const [made, traces] = await select(
      frame,
      pairs.indicators.map((expr, index) =>
        // Every other one over all rows: what one partition needs stays for the later rounds.
        index % 2 === 0 ? expr.over("group").alias(`${index}`) : expr.alias(`${index}`),
      ),
      exchange,
    );
    expectTaken(traces, { groups: ["rows"] });
    expect(traces[0]?.rounds).toBeGreaterThan(1);
    const same = pairs.wanted.map((expr, index) => expr.alias(`${index}`));
    expect(isSame(made, frame.select(...same))).toBe(true);
  });

  test("are only as many as are needed: one is full before the next begins", async () => {
    const planned = watchRounds();
    await traced(() => df.select(...exact(1, ["complete"]).indicators), "arrays");
    const fit = Math.floor((planned[0]?.limit ?? 0) / (8 * ROWS));
    expect(fit).toBeGreaterThan(3);
    for (const [times, count] of [
      [1, 1],
      [fit, 1],
      [fit + 1, 2],
      [2 * fit + 1, 3],
    ] as const) {
      planned.length = 0;
      const pairs = exact(times, ["complete"]);
      const [made, [trace]] = await traced(() => df.select(...pairs.indicators), "arrays");
      expect([times, trace?.rounds, planned[0]?.bytes.length]).toEqual([times, count, count]);
      expect(isSame(made, df.select(...pairs.wanted))).toBe(true);
    }
  });

  test("one is computed while the one before is read, unless both are too large for that", async () => {
    for (const [rows, memories] of [
      [1_500_000, 2],
      [8_500_000, 1],
    ] as const) {
      addon.release();
      const memory = watchMemory();
      const flat = pl.DataFrame({ close: pl.Series("close", new Float64Array(rows).fill(3)) });
      const bands = () => [ta.bbands(4).alias("a"), ta.bbands(5).alias("b")];
      const [made, [trace]] = await traced(() => flat.select(...bands()), "arrays");
      expect([rows, trace?.rounds]).toEqual([rows, 2]);
      expect(memory.filter(({ isNew }) => isNew)).toHaveLength(memories);
      const last = made
        .tail(1)
        .unnest("a")
        .unnest("b", "_" as never);
      expect([...new Set(last.row(0))]).toEqual([3]);
      vi.restoreAllMocks();
    }
  });

  test("an indicator whose outputs alone are more than a round is computed all the same", async () => {
    const long = numbers(4_500_000, 2);
    const { indicators, wanted } = exact(2, ["struct"]);
    for (const exchange of EXCHANGES.filter(({ forced }) => forced !== "file")) {
      const [made, [trace]] = await select(long, indicators, exchange);
      expect(trace?.rounds).toBe(2);
      expect(isSame(made, long.select(...wanted))).toBe(true);
    }
  });
});

describe("after a failure the memory is there for the next evaluation, and that is right", {
  timeout: 120_000,
}, () => {
  const df = numbers(ROWS, 8);
  const { indicators, wanted } = exact(TIMES);
  const expected = df.select(...wanted);
  const ways = EXCHANGES.filter(({ forced }) => forced !== undefined);

  type Exchange = (typeof EXCHANGES)[number];

  /** That memory comes back whenever `fail` has: after some turns there is enough for all of them. */
  async function checkAfter(exchange: Exchange, fail: () => Promise<void>): Promise<void> {
    const memory = watchMemory();
    const made = () => memory.filter(({ isNew }) => isNew).length;
    let enough = 0;
    for (let turn = 0; turn < 4; turn += 1) {
      await fail();
      const [again, traces] = await select(df, indicators, exchange);
      expect(traces[0]?.rounds).toBeGreaterThan(1);
      expect(isSame(again, expected)).toBe(true);
      if (turn === 1) enough = made();
    }
    // A file is not kept: it would stay behind if the process ended.
    if (exchange.forced === "file") expect(made()).toBe(memory.length);
    else expect(made()).toBe(enough);
    expect(memory.filter(({ isGivenBack }) => !isGivenBack)).toEqual([]);
  }

  test.each(ways)("$name: a round is refused", async (exchange) => {
    const refused = df.withColumns(pl.col("close").alias("gaps"));
    await checkAfter(exchange, async () => {
      // Another one of the same size in the first round, and in the last.
      for (const place of [0, indicators.length - Object.keys(EXACT).length]) {
        const wrong = pl.col("gaps").ta.sma(2, { missing: "error" }).alias("wrong");
        const failing = select(refused, indicators.with(place, wrong), exchange);
        await expect(failing).rejects.toThrow(/^sma: column "gaps" has a missing value in row \d$/);
        await expect(failing).rejects.toBeInstanceOf(TaError);
      }
    });
  });

  test.each(ways)("$name: results cannot be read", async (exchange) => {
    const reads = taken(exchange).results === "scan" ? "scanIpc" : "readIpc";
    const original = native[reads] as (...args: unknown[]) => unknown;
    await checkAfter(exchange, async () => {
      for (const failing of [1, 2]) {
        let calls = 0;
        const spy = vi.spyOn(native, reads).mockImplementation(((...args: unknown[]) => {
          calls += 1;
          if (calls === failing) throw new Error("nothing can be read");
          return original(...args);
        }) as never);
        await expect(select(df, indicators, exchange)).rejects.toThrow("nothing can be read");
        spy.mockRestore();
        expect(calls).toBe(failing);
      }
    });
  });

  test.each(ways)("$name: a column is no number", async (exchange) => {
    const text = df.withColumns(pl.lit("text").alias("text"));
    await checkAfter(exchange, async () => {
      const failing = select(text, [...indicators, ta.add("text", "open")], exchange);
      await expect(failing).rejects.toThrow(/^column "text" has dtype String/);
    });
  });

  test.each(ways)("$name: there is no memory for the second round", async (exchange) => {
    const { Memory } = addon;
    let calls = 0;
    const spy = vi.spyOn(addon, "Memory").mockImplementation(
      class extends Memory {
        constructor(bytes: number, hasPath: boolean, backing?: string) {
          calls += 1;
          if (calls === 2) throw new Error("no more memory");
          super(bytes, hasPath, backing);
        }
      },
    );
    const failing = select(df, indicators, exchange);
    await expect(failing).rejects.toThrow("no more memory");
    await expect(failing).rejects.toBeInstanceOf(TaError);
    spy.mockRestore();
    const [again] = await select(df, indicators, exchange);
    expect(isSame(again, expected)).toBe(true);
  });
});

test("the pairs are indicators of every type of output", () => {
  const types = numbers(3, 1).select(...exact().indicators).dtypes;
  expect(types.map(String).join()).toMatch(/Float64.*Bool.*Int32.*Struct/);
  expect(Object.keys(EXACT)).toHaveLength(types.length);
});
