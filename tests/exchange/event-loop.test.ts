/** While a long frame is collected, nothing keeps the JavaScript thread: by what is called there, not by time. */

import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { native } from "../../plugin/dist/polars/native.js";
import { expectTaken, isSame, traced } from "../support/exchanges.js";
import { long, withKeys } from "../support/long.js";

afterEach(() => vi.restoreAllMocks());

/** What may be copied on the JavaScript thread, as `exchange.ts` says. */
const QUICK_BYTES = 16 * 2 ** 20;

type Owner = Record<string, (...args: unknown[]) => unknown>;

const prototype = (value: unknown) => (value as { prototype: Owner }).prototype;
const lazy = prototype(native.JsLazyFrame);
const evaluation = prototype(addon.Evaluation);

/** What would run or copy a whole frame on the JavaScript thread. */
const BLOCKING: readonly (readonly [Owner, string])[] = [
  [lazy, "collectSync"],
  [lazy, "fetchSync"],
  [evaluation, "start"],
  [evaluation, "wait"],
  [native as unknown as Owner, "readIpc"],
];

interface Seen {
  /** Blocking functions that were called. */
  readonly blocking: string[];
  /** Turns of the event loop during each call that runs elsewhere. */
  readonly turns: Record<string, number[]>;
  /** Bytes that became typed arrays. */
  copied: number;
}

/** Watches what `work` calls. */
async function watched<T>(work: () => Promise<T>): Promise<[Awaited<T>, Seen]> {
  const seen: Seen = { blocking: [], turns: {}, copied: 0 };
  for (const [owner, name] of BLOCKING) {
    const original = owner[name] as (...args: unknown[]) => unknown;
    vi.spyOn(owner, name).mockImplementation(function (this: unknown, ...args: unknown[]) {
      seen.blocking.push(name);
      return original.apply(this, args);
    });
  }
  let ticks = 0;
  let running = true;
  const turn = () => {
    ticks += 1;
    if (running) setImmediate(turn);
  };
  setImmediate(turn);
  for (const [owner, name] of [
    [lazy, "collect"],
    [evaluation, "compute"],
  ] as const) {
    const original = owner[name] as (...args: unknown[]) => unknown;
    vi.spyOn(owner, name).mockImplementation(async function (this: unknown, ...args: unknown[]) {
      const before = ticks;
      const result = await original.apply(this, args);
      const list = seen.turns[name] ?? [];
      list.push(ticks - before);
      seen.turns[name] = list;
      return result;
    });
  }
  const series = prototype(native.JsSeries);
  const read = series.toTypedArray as (...args: unknown[]) => ArrayBufferView;
  vi.spyOn(series, "toTypedArray").mockImplementation(function (this: unknown) {
    const array = read.call(this);
    seen.copied += array.byteLength;
    return array;
  });
  try {
    return [await work(), seen];
  } finally {
    running = false;
    vi.restoreAllMocks();
  }
}

describe("a long frame", { timeout: 120_000 }, () => {
  let df: DataFrame;
  beforeAll(() => {
    df = withKeys(long(1_300_000), 1000);
  });

  const features = (): Expr[] => [
    ta.sma(50),
    ta.atr(14),
    ta.macd(),
    pl.col("close").ta.ema(20).ta.rsi(14).alias("nested"),
  ];

  test("is written, computed and read back elsewhere", async () => {
    const [[made, traces], { blocking, turns, copied }] = await watched(() =>
      traced(() =>
        df
          .lazy()
          .select(...features())
          .collect(),
      ),
    );
    expectTaken(traces, { inputs: "file", results: "scan" });
    expect([blocking, copied]).toEqual([[], 0]);
    // An evaluation for each level of nesting, and a computation for each of its rounds.
    expect(traces).toHaveLength(2);
    expect(turns.compute).toHaveLength(traces.reduce((sum, { rounds }) => sum + rounds, 0));
    // How many turns there are is up to the scheduler. A call that computed before it returned would leave none.
    expect(Math.min(...(turns.compute ?? []))).toBeGreaterThan(0);
    expect(isSame(made, df.select(...features()))).toBe(true);
  });

  test("in several rounds too", async () => {
    const many = Array.from({ length: 20 }, (_, index) => ta.sma(index + 2));
    const [[made, traces], { blocking, turns, copied }] = await watched(() =>
      traced(() =>
        df
          .lazy()
          .select(...many)
          .collect(),
      ),
    );
    expectTaken(traces, { inputs: "file", results: "scan" });
    expect(traces[0]?.rounds).toBeGreaterThan(2);
    expect([blocking, copied]).toEqual([[], 0]);
    expect(turns.compute).toHaveLength(traces[0]?.rounds ?? 0);
    expect(isSame(made, df.select(...many))).toBe(true);
  });

  test("computed inputs and keys are evaluated elsewhere", async () => {
    const twice = pl.col("close").mul(2);
    const exprs = () => [
      ta.atr(5, { high: twice }),
      twice.ta.ema(3).over(pl.col("run").add(1)).alias("own"),
    ];
    const [[made, traces], { blocking }] = await watched(() =>
      traced(() =>
        df
          .lazy()
          .select(...exprs())
          .collect(),
      ),
    );
    expectTaken(traces, { inputs: "file", results: "scan", groups: ["runs"] });
    expect(blocking).toEqual([]);
    expect(isSame(made, df.select(...exprs()))).toBe(true);
  });

  test("frames that are filtered, sorted and grouped by results", async () => {
    const [[made, traces], { blocking }] = await watched(() =>
      traced(() =>
        df
          .lazy()
          .filter(ta.rsi(14).gt(40))
          .sort(ta.sma(5))
          .groupBy(pl.col("run"), true)
          .agg(ta.ema(3).last())
          .collect(),
      ),
    );
    expect(traces.map(({ inputs }) => inputs)).toContain("file");
    // What is left of the rows is little enough to be read there.
    expect(blocking.filter((name) => name !== "readIpc")).toEqual([]);
    expect(made.height).toBe(1000);
  });

  test("short frames may be copied there, as they are quick", async () => {
    const short = df.head(1000);
    const [[, traces], { blocking, copied }] = await watched(() =>
      traced(() => short.lazy().select(ta.sma(50), ta.atr(3).over("mixed")).collect()),
    );
    expectTaken(traces, { inputs: "arrays", results: "bytes" });
    expect(blocking).toEqual(["readIpc"]);
    expect(copied).toBeGreaterThan(0);
  });
});

test.each(["run", "mixed"])(
  "groups of many rows are not copied there: %s",
  {
    timeout: 120_000,
  },
  async (key) => {
    const close = new Float64Array(6_000_000).fill(1);
    const df = withKeys(pl.DataFrame({ close: pl.Series("close", close) }), 1000);
    const [[, traces], { blocking, copied }] = await watched(() =>
      traced(() => df.lazy().select(ta.ema(5).over(key)).collect()),
    );
    expectTaken(traces, { inputs: "file", results: "scan" });
    expect(blocking).toEqual([]);
    expect(copied).toBeLessThan(QUICK_BYTES);
  },
);
