/** What `ta.compute` takes and gives: arrays of every kind, neither changed nor copied. */

import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterEach, describe, expect, test, vi } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { childScript, runNode } from "../support/child.js";
import { arraysOf, inputsFrom } from "../support/direct.js";
import { tidy } from "../support/gc.js";
import { inputFrame } from "../support/golden.js";

afterEach(() => vi.restoreAllMocks());

const LONG = 10_000;
const series = (rows: number, step = 7919) =>
  Float64Array.from({ length: rows }, (_, row) => 50 + ((row * step) % 37));

describe.each([60, LONG])("arrays of %i rows", (rows) => {
  const plain = series(rows);
  const wanted = ta.compute("bbands", { series: plain }, { period: 4 });
  const given = (input: unknown) =>
    ta.compute("bbands", { series: input as number[] }, { period: 4 });

  const kinds: Record<string, (values: Float64Array) => unknown> = {
    "a plain array": (v) => [...v],
    Float32Array: (v) => Float32Array.from(v),
    Int8Array: (v) => Int8Array.from(v),
    Int16Array: (v) => Int16Array.from(v),
    Int32Array: (v) => Int32Array.from(v),
    Uint8Array: (v) => Uint8Array.from(v),
    Uint8ClampedArray: (v) => Uint8ClampedArray.from(v),
    Uint16Array: (v) => Uint16Array.from(v),
    Uint32Array: (v) => Uint32Array.from(v),
    BigInt64Array: (v) => BigInt64Array.from([...v].map(BigInt)),
    BigUint64Array: (v) => BigUint64Array.from([...v].map(BigInt)),
    "a Buffer": (v) => Buffer.from(v),
    "memory that is shared": (v) => {
      const shared = new Float64Array(new SharedArrayBuffer(v.byteLength));
      shared.set(v);
      return shared;
    },
    "a part of an array": (v) => {
      const around = new Float64Array(v.length + 20).fill(Number.NaN);
      around.set(v, 13);
      return around.subarray(13, 13 + v.length);
    },
    "memory at an odd place": (v) => {
      const bytes = new ArrayBuffer(v.byteLength + 16);
      const view = new Float64Array(bytes, 8, v.length);
      view.set(v);
      return view;
    },
    "a class of one's own": (v) => new (class extends Float64Array {})(v),
    "what an indicator gave": (v) => ta.compute("sma", { series: v }, { period: 1 }).value,
    "a column": (v) => pl.Series("x", v).toTypedArray(),
  };

  test.each(Object.entries(kinds))("%s", (_, make) => {
    expect(given(make(plain))).toEqual(wanted);
  });

  test("fractions and missing values of other arrays", () => {
    const odd = plain.map((value, row) => (row % 9 === 4 ? Number.NaN : value + 0.25));
    const same = given(odd);
    expect(given([...odd])).toEqual(same);
    expect(given(Float32Array.from(odd))).toEqual(same);
    const holes = [...odd] as (number | undefined)[];
    for (const row of odd.keys()) if (Number.isNaN(odd[row])) holes[row] = undefined;
    expect(given(holes)).toEqual(same);
  });

  test("null in a plain array is missing, or refused, but no zero", () => {
    const gaps = plain.map((value, row) => (row % 9 === 4 ? Number.NaN : value));
    const nulls = [...gaps].map((value) => (Number.isNaN(value) ? null : value));
    let made: unknown;
    try {
      made = given(nulls);
    } catch (error) {
      expect((error as Error).message).toMatch(/null/);
      return;
    }
    expect(made).toEqual(given(gaps));
  });

  test("results are written to the arrays that are given, and other outputs get new ones", () => {
    const around = new Float64Array(2 * rows + 1).fill(7);
    const [upper, lower] = [around.subarray(0, rows), around.subarray(rows + 1)];
    const params = { period: 4 };
    const made = ta.compute("bbands", { series: plain }, params, { upper, lower });
    expect(made).toEqual(wanted);
    expect([made.upper, made.lower]).toEqual([upper, lower]);
    expect(made.upper).toBe(upper);
    expect(made.lower).toBe(lower);
    expect(around[rows]).toBe(7);
    for (const meta of ta.catalog()) {
      const arrays = arraysOf(inputFrame("stocks").head(rows));
      const inputs = inputsFrom(meta, arrays);
      const expected = ta.compute(meta.id, inputs);
      const length = Object.values(expected)[0]?.length ?? 0;
      const out = Object.fromEntries(
        Object.keys(expected).map((name) => [name, new Float64Array(length).fill(7)]),
      );
      expect(ta.compute(meta.id, inputs, {}, out), meta.id).toEqual(expected);
      expect(out, meta.id).toEqual(expected);
    }
  });

  test("an array that results cannot be written to is refused, and nothing is written", () => {
    const upper = new Float64Array(rows).fill(7);
    const into = (out: unknown) => () =>
      ta.compute("bbands", { series: plain }, {}, out as Record<string, Float64Array>);
    const shared = "must not share memory with an input or another output";
    expect(into({ upper, middle: plain })).toThrow(`bbands: out.middle ${shared}`);
    expect(into({ upper, lower: upper })).toThrow(`bbands: out.lower ${shared}`);
    const odd = new Float64Array(rows + 1);
    expect(into({ upper: odd.subarray(1), lower: odd.subarray(0, rows) })).toThrow(shared);
    expect(into({ upper, lower: odd })).toThrow(
      `bbands: out.lower must be a Float64Array of ${rows} values, got one of ${rows + 1}`,
    );
    expect(into({ upper, lower: [1] })).toThrow(`must be a Float64Array of ${rows} values`);
    expect(into({ value: upper })).toThrow(
      'bbands: unknown output "value"; it takes upper, middle, lower',
    );
    expect(into(5)).toThrow("bbands: out must be an object of arrays by name, got 5");
    expect(upper.every((value) => value === 7)).toBe(true);
    expect(plain).toEqual(series(rows));
  });

  test("numbers stand for arrays of them", () => {
    const full = (value: number) => new Float64Array(rows).fill(value);
    const arrays = arraysOf(inputFrame("stocks").head(60));
    for (const meta of ta.catalog()) {
      const [first, ...others] = Object.entries(inputsFrom(meta, arrays));
      if (!first || others.length === 0) continue;
      const [name, values] = [
        first[0],
        Float64Array.from(plain, (_, row) => first[1][row % 60] ?? 0),
      ];
      const constant = (make: (value: number) => Float64Array | number) => ({
        ...Object.fromEntries(others.map(([slot, own]) => [slot, make(own[7] ?? 0)])),
        [name]: values,
      });
      const made = ta.compute(meta.id, constant(Number));
      expect(made, meta.id).toEqual(ta.compute(meta.id, constant(full)));
    }
    expect(ta.compute("add", { series: plain, other: Number.NaN }).value).toEqual(full(Number.NaN));
  });

  test("the same array may be several inputs", () => {
    const apart = { high: plain.slice(), low: plain.slice(), close: plain.slice() };
    const one = { high: plain, low: plain, close: plain };
    expect(ta.compute("atr", one, { period: 3 })).toEqual(ta.compute("atr", apart, { period: 3 }));
  });

  test("no input of any indicator is changed", () => {
    const arrays = arraysOf(inputFrame("stocks"));
    const taken = Object.fromEntries(
      Object.entries(arrays).map(([name, values]) => [
        name,
        Float64Array.from(plain, (_, row) => values[row % values.length] ?? 0),
      ]),
    );
    const before = structuredClone(taken);
    for (const meta of ta.catalog()) ta.compute(meta.id, inputsFrom(meta, taken));
    expect(taken).toEqual(before);
  });

  test("results are nobody else's: not each other's, not those of later calls", async () => {
    const results = [1, 2, 3, 4].map((step) => {
      const input = series(rows, step);
      return { input, made: ta.compute("bbands", { series: input }, { period: 4 }) };
    });
    const copies = structuredClone(results);
    for (const { made } of results.slice(0, 2))
      for (const array of Object.values(made)) array.fill(7);
    for (let turn = 0; turn < 20; turn += 1) {
      given(series(rows, turn));
      if (turn % 10 === 0) await tidy();
    }
    expect(results.slice(2)).toEqual(copies.slice(2));
    expect(results.map(({ input }) => input)).toEqual(copies.map(({ input }) => input));
    const buffers = results.flatMap(({ made }) => Object.values(made).map(({ buffer }) => buffer));
    expect(new Set(buffers).size).toBe(buffers.length);
  });

  test("results can be copied to another thread, and moved where the runtime lets them be", () => {
    const { upper, ...others } = given(plain) as Record<"upper", Float64Array>;
    expect(structuredClone(upper)).toEqual(wanted.upper);
    try {
      const moved = structuredClone(upper, { transfer: [upper.buffer as ArrayBuffer] });
      expect([moved, upper.length]).toEqual([wanted.upper, 0]);
    } catch (error) {
      // Node does not move memory that is not its own.
      expect((error as Error).name).toBe("DataCloneError");
      expect(upper).toEqual(wanted.upper);
    }
    expect(others).toEqual({ middle: wanted.middle, lower: wanted.lower });
    expect(given(plain)).toEqual(wanted);
  });
});

describe("long arrays are not copied", () => {
  test("the addon itself refuses outputs that share memory", () => {
    const direct = new addon.Direct("sma", "{}", undefined, undefined, new Float64Array(8));
    const array = series(LONG);
    expect(() => direct.runInto([array], [array])).toThrow("share no memory");
    expect(() => direct.runInto([array], [new Float64Array(3)])).toThrow("as long as inputs");
    expect(array).toEqual(series(LONG));
  });

  test("the addon gets the very arrays that were given, parts of others too", () => {
    const seen: unknown[][] = [];
    const { runInto } = addon.Direct.prototype;
    vi.spyOn(addon.Direct.prototype, "runInto").mockImplementation(function (
      this: never,
      inputs,
      outputs,
    ) {
      seen.push(inputs as unknown[]);
      return runInto.call(this, inputs, outputs);
    });
    const around = series(3 * LONG);
    const [high, low] = [around.subarray(LONG, 2 * LONG), around.subarray(2 * LONG)];
    const close = series(LONG);
    ta.compute("atr", { close, low, high });
    expect(seen).toHaveLength(1);
    for (const [index, array] of [high, low, close].entries()) expect(seen[0]?.[index]).toBe(array);
  });

  test.runIf(process.platform === "linux")("memory grows by results alone", async () => {
    const source = `
      import { ta } from "nodejs-polars-ta";
      const rows = 8_000_000;
      const bar = { open: 10, high: 14, low: 10, close: 13 };
      const filled = Object.entries(bar).map(([name, value]) => [name, new Float64Array(rows).fill(value)]);
      const inputs = Object.fromEntries(filled);
      ta.compute("bop", { open: [1], high: [3], low: [1], close: [2] });
      const before = process.resourceUsage().maxRSS;
      const { value } = ta.compute("bop", inputs);
      console.log((process.resourceUsage().maxRSS - before) / (rows * 8 / 1024), value[rows - 1]);
    `;
    const { code, stdout, stderr } = await runNode(childScript(source));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [times, last] = stdout.split(" ").map(Number);
    expect(last).toBe(0.75);
    // One result, and not the four inputs.
    expect(times).toBeLessThan(2);
  });
});
