/** `ta.compute`: indicators over arrays, equal to a frame's columns. */

import pl, { type DataFrame } from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { bars, frameOf } from "../support/bars.js";
import {
  arraysOf,
  type Case,
  differences,
  inputsFrom,
  type Params,
  usual,
} from "../support/direct.js";
import { inputFrame } from "../support/golden.js";
import { drawParams, numbers } from "../support/random.js";
import { randomBars } from "../support/random-frames.js";
import { camelCase } from "../support/surface.js";

const stocks = inputFrame("stocks");

/** Bars that are too many for memory that is kept for short calls. */
const long = (): DataFrame => pl.concat(Array(12).fill(stocks)) as DataFrame;

/** Bars with nulls, NaN and infinities in every column. */
const gappy = (rows: number, seed = 7): DataFrame => frameOf(randomBars({ seed, rows }, true));

/** The catalog with other parameters than the usual ones. */
const drawn = (seed: number): Case[] => {
  const next = numbers(seed);
  return ta.catalog().flatMap((meta) => {
    const names = meta.params.map(({ name }) => name);
    const accept = (params: Params): Case => {
      ta.indicator(meta.id, params, inputsFrom(meta, arraysByName) as never);
      return { meta, params };
    };
    return names.length === 0 ? [] : [drawParams(meta, names, next, accept)];
  });
};

// Only whether parameters go together is asked of it: an input may be any column.
const arraysByName = new Proxy({}, { get: () => "close", has: () => true });

describe("every entry of the catalog equals the frame's columns", { timeout: 120_000 }, () => {
  test("over real bars", () => expect(differences(stocks, usual)).toEqual([]));

  test("over long arrays", () => expect(differences(long(), usual)).toEqual([]));

  test.each([1, 2, 3])("over arrays with gaps, %i", (seed) => {
    expect(differences(gappy(400, seed), usual)).toEqual([]);
  });

  test("over long arrays with gaps", () => {
    const source = pl.concat(Array(30).fill(gappy(300))) as DataFrame;
    expect(differences(source, usual)).toEqual([]);
  });

  test.each([5, 6])("with other parameters, %i", (seed) => {
    const cases = drawn(seed);
    expect(cases.length).toBeGreaterThan(100);
    expect(differences(stocks, cases)).toEqual([]);
    expect(differences(gappy(500, seed), cases)).toEqual([]);
  });

  test.each(["skip", "propagate"])("with missing: %s", (missing) => {
    const cases = usual.map(({ meta }) => ({ meta, params: { missing } }));
    expect(differences(gappy(400), cases)).toEqual([]);
    expect(differences(stocks, cases)).toEqual([]);
  });

  test("with missing: error, where nothing is", () => {
    const cases = usual.map(({ meta }) => ({ meta, params: { missing: "error" } }));
    expect(differences(frameOf(bars(300)), cases)).toEqual([]);
  });

  test.each([0, 1, 2, 3, 10])("over %i rows", (rows) => {
    expect(differences(frameOf(bars(rows)), usual)).toEqual([]);
  });

  test("over as many rows as it takes to the first value, and one more or less", () => {
    const byLookback = Map.groupBy(usual, ({ meta }) => meta.semantics.default_lookback);
    for (const [lookback, cases] of byLookback) {
      for (const rows of [lookback - 1, lookback, lookback + 1].filter((rows) => rows >= 0)) {
        expect(differences(frameOf(bars(rows)), cases)).toEqual([]);
      }
    }
  });

  test("whole numbers and events come out as numbers", () => {
    const kinds = new Map<string, Set<number>>();
    const arrays = arraysOf(stocks);
    for (const { meta } of usual) {
      const made = ta.compute(meta.id, inputsFrom(meta, arrays));
      for (const { name, dtype } of meta.outputs) {
        const seen = kinds.get(dtype) ?? new Set();
        for (const value of made[name] ?? []) seen.add(value);
        kinds.set(dtype, seen);
      }
    }
    expect(kinds.get("Boolean")).toEqual(new Set([Number.NaN, 0, 1]));
    const whole = [...(kinds.get("Int32") ?? [])].filter((value) => !Number.isNaN(value));
    expect(whole.every(Number.isInteger)).toBe(true);
    expect(whole).toEqual(expect.arrayContaining([-100, 0, 100]));
  });
});

describe("names", () => {
  const arrays = arraysOf(stocks.head(120));
  const same = (meta: IndicatorMeta, params: Params, name = meta.id, plain: Params = {}) => {
    const inputs = inputsFrom(meta, arrays);
    expect(ta.compute(name, inputs, params)).toEqual(ta.compute(meta.id, inputs, plain));
  };

  test("of indicators: each alias", () => {
    const aliases = usual.flatMap(({ meta }) =>
      meta.aliases.map((alias) => [meta, alias] as const),
    );
    expect(aliases.length).toBeGreaterThan(50);
    for (const [meta, alias] of aliases) same(meta, {}, alias);
  });

  test("of parameters: as the catalog writes them, in camel case and each alias", () => {
    let count = 0;
    for (const { meta } of usual) {
      const given = meta.params.map((param) => [param.name, param.default] as const);
      same(meta, Object.fromEntries(given));
      same(meta, Object.fromEntries(given.map(([name, value]) => [camelCase(name), value])));
      for (const { alias, name } of meta.param_aliases) {
        count += 1;
        const value = Object.fromEntries(given)[name];
        same(meta, { [alias]: value });
        same(meta, { [camelCase(alias)]: value });
      }
    }
    expect(count).toBeGreaterThan(20);
  });

  test("undefined is as if it were not there", () => {
    const { meta } = usual.find(({ meta }) => meta.id === "macd") as Case;
    same(meta, { fast_period: undefined, missing: undefined });
  });
});

describe("the calls that are kept for the next one", () => {
  const series = Float64Array.from({ length: 300 }, (_, row) => 100 + ((row * 7919) % 101));
  const value = (params: Params) => ta.compute("sma", { series }, params).value;

  test("do not go by the object: it may change", () => {
    const params: { period: number; missing?: string } = { period: 3 };
    const three = value(params);
    params.period = 5;
    expect(value(params)).toEqual(value({ period: 5 }));
    expect(value(params)).not.toEqual(three);
    params.missing = "nonsense";
    expect(() => value(params)).toThrow(/missing must be/);
    delete params.missing;
    params.period = 3;
    expect(value(params)).toEqual(three);
  });

  test("do not go by the order of parameters, or by what another indicator is given", () => {
    const given = { fast_period: 3, slow_period: 8, signal_period: 2 };
    const turned = Object.fromEntries(Object.entries(given).reverse());
    const name: string = "macd";
    expect(ta.compute(name, { series }, turned)).toEqual(ta.compute(name, { series }, given));
    for (const id of ["sma", "ema", "wma", "sma"]) {
      const column = pl.DataFrame({ close: series }).select(ta.indicator(id, { period: 4 }));
      const { value: made = [] } = ta.compute(id, { series }, { period: 4 });
      expect([...made]).toEqual(
        column
          .toSeries()
          .toArray()
          .map((v) => v ?? Number.NaN),
      );
    }
  });

  test("are bounded, and right when they are more", () => {
    const first = value({ period: 2 });
    for (let period = 2; period < 2500; period += 1) value({ period });
    expect(value({ period: 2 })).toEqual(first);
    expect(value({ period: 299 })?.findIndex((v) => !Number.isNaN(v))).toBe(298);
  });

  test("a refused call is refused again", () => {
    for (let time = 0; time < 3; time += 1) expect(() => value({ period: 0 })).toThrow(/period/);
  });
});
