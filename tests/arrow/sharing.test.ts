/** Buffers are read where they stand, results are views of what the kernels wrote. */

import { join } from "node:path";
import {
  type Data,
  Float32,
  Float64,
  makeData,
  Table,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { ta } from "nodejs-polars-ta/arrow";
import { afterEach, describe, expect, test, vi } from "vitest";
import { addon, type Evaluation } from "../../plugin/dist/core/addon.js";
import { onEvaluation, type Trace } from "../../plugin/dist/core/trace.js";
import { arrowMethod, child, difference, tableOf } from "../support/arrow.js";
import { bars, frameOf, usualInputs } from "../support/bars.js";
import { root, runNode } from "../support/child.js";
import { tidy } from "../support/gc.js";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const numbers = (rows: number) => Float64Array.from({ length: rows }, (_, row) => (row * 29) % 31);
const over = (
  data: Float64Array,
  more: Partial<{ nullBitmap: Uint8Array; nullCount: number }> = {},
) => new Vector([makeData({ type: new Float64(), data, length: data.length, ...more })]);
const valuesOf = (vector: Vector) => (vector.data[0] as Data).values as Float64Array;

/** Where the kernels read the columns of the last evaluation in `work`. */
function addresses(work: () => unknown): readonly number[] {
  let last: Trace | undefined;
  const stop = onEvaluation((trace) => {
    last = trace;
  });
  work();
  stop();
  return last?.addresses ?? [];
}

describe("inputs", () => {
  test("of Float64 are read at the address that they have in JavaScript", () => {
    const whole = over(numbers(500));
    const gappy = over(numbers(500), { nullBitmap: new Uint8Array(63).fill(0xfb), nullCount: 62 });
    const table = new Table({ high: whole, low: gappy, close: whole });
    for (const vector of [whole, gappy, whole.slice(37, 400), gappy.slice(13)]) {
      expect(addresses(() => ta.sma(vector, 3))).toEqual([addon.addressOf(valuesOf(vector))]);
    }
    const [high, low] = [whole, gappy].map((vector) => addon.addressOf(valuesOf(vector)));
    expect(addresses(() => ta.atr(table, 3))).toEqual([high, low, high]);
  });

  test("in pieces or of other types are somewhere else", () => {
    const whole = over(numbers(500));
    const pieces = new Vector([...whole.slice(0, 100).data, ...whole.slice(100).data]);
    const narrow = vectorFromArray([...numbers(50)], new Float32());
    for (const vector of [pieces, narrow]) {
      const [at] = addresses(() => ta.sma(vector, 3));
      expect(at).toBeGreaterThan(0);
      expect(at).not.toBe(addon.addressOf(valuesOf(vector)));
    }
  });

  test("are seen as they are when a call is made", () => {
    const values = numbers(100);
    const vector = over(values);
    const before = ta.sma(vector, 3);
    values[50] = 1_000;
    const after = ta.sma(vector, 3);
    expect(difference(after, ta.sma(over(values.slice()), 3))).toBeUndefined();
    expect([before.get(50), after.get(50)].map((v) => (v as number) > 300)).toEqual([false, true]);
    expect(after.get(49)).toBe(before.get(49));
  });
});

describe("results", () => {
  /** The stretches of memory that results were written to in `work`, in bytes. */
  function written<T>(work: () => T): [T, (view: ArrayBufferView) => boolean] {
    const stretches: [number, number][] = [];
    const prototype: Evaluation = addon.Evaluation.prototype;
    const { runColumns } = prototype;
    const spy = vi.spyOn(prototype, "runColumns").mockImplementation(function (
      this: Evaluation,
      ...args
    ) {
      for (const memory of args[2]) stretches.push([addon.addressOf(memory), memory.byteLength]);
      return runColumns.apply(this, args);
    });
    const made = work();
    spy.mockRestore();
    const isInside = (view: ArrayBufferView) => {
      const at = addon.addressOf(view);
      return stretches.some(
        ([start, bytes]) => at >= start && at + view.byteLength <= start + bytes,
      );
    };
    return [made, isInside];
  }

  const leaves = (data: Data): Data[] =>
    data.children.length === 0 ? [data] : data.children.flatMap(leaves);

  test.each(["addon", "runtime"])(
    "of the whole catalog are where they were written, memory of the %s",
    (memory) => {
      if (memory === "runtime") vi.stubEnv("TA_MEMORY", memory);
      const borrow = vi.spyOn(addon, "borrow");
      expect(ta.info().resultMemory).toBe(memory);
      borrow.mockClear();
      const table = tableOf(frameOf(bars(300)));
      const copied = ta.catalog().flatMap((meta) => {
        const [vector, isInside] = written(() => arrowMethod(meta.id)(table, usualInputs(meta)));
        const [data] = vector.data as [Data];
        const views = [data, ...leaves(data)].flatMap((d) => [d.values, d.nullBitmap]);
        const filled = views.filter((view) => view && view.byteLength > 0);
        return filled.length > 0 && filled.every(isInside) ? [] : meta.id;
      });
      expect(copied).toEqual([]);
      expect(borrow).toHaveBeenCalledTimes(memory === "addon" ? ta.catalog().length : 0);
    },
  );

  test("are the same in memory of either", () => {
    const table = tableOf(frameOf(bars(300)));
    const made = ta.macd(table);
    vi.stubEnv("TA_MEMORY", "runtime");
    expect(difference(ta.macd(table), made)).toBeUndefined();
  });

  test("go to memory of the runtime where no buffer may stand over memory of others", () => {
    vi.spyOn(addon, "borrow").mockReturnValue(null);
    const table = tableOf(frameOf(bars(300)));
    const made = ta.macd(table);
    vi.restoreAllMocks();
    expect(difference(made, ta.macd(table))).toBeUndefined();
  });

  test("of a large table are kept each on its own", () => {
    const table = new Table({ close: over(numbers(200_000)) });
    const made = ta.compute(table, ["sma(5)", "ema(5)", "macd"]);
    const buffers = ["sma_5", "ema_5"].map((name) => valuesOf(child(made, name)).buffer);
    expect(new Set(buffers).size).toBe(2);
    expect(buffers.map((buffer) => buffer.byteLength < 2 ** 21)).toEqual([true, true]);
  });

  test("come back when JavaScript lets go of all their views", async () => {
    await tidy();
    const before = addon.memoryUsage().borrowed;
    const vector = over(numbers(300_000));
    let made: Vector | undefined = ta.sma(vector, 3);
    let view: unknown = valuesOf(made).subarray(7, 9);
    made = undefined;
    await tidy();
    expect(addon.memoryUsage().borrowed - before).toBeGreaterThan(2_400_000);
    expect(view).toEqual(valuesOf(ta.sma(vector, 3)).subarray(7, 9));
    view = undefined;
    await tidy();
    expect(addon.memoryUsage().borrowed).toBe(before);
  });

  test("are not borrowed without end", () => {
    expect(addon.borrow(2 ** 30 + 1)).toBeNull();
  });
});

describe.runIf(process.platform === "linux")("resident memory", () => {
  const measure = async (kind: string) => {
    const script = join(root, "tests/support/arrow-memory.mjs");
    const ended = await runNode(["--expose-gc", script, kind]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    return JSON.parse(ended.stdout) as Record<string, number>;
  };

  test("grows by the results alone, and shrinks when they are let go", {
    timeout: 120_000,
  }, async () => {
    const { results, grown, released } = await measure("growth");
    // A copy of an input would double what is grown.
    expect((grown as number) / (results as number)).toBeGreaterThan(0.95);
    expect((grown as number) / (results as number)).toBeLessThan(1.25);
    expect((released as number) / (results as number)).toBeLessThan(0.25);
  });

  test("is bounded in a loop that never waits", { timeout: 120_000 }, async () => {
    const { results, peak } = await measure("loop");
    expect(results).toBeGreaterThan(3 * 2 ** 30);
    expect(peak).toBeLessThan(2.2 * 2 ** 30);
  });
});
