/** What `ta.compute` refuses, in one sentence that says what to change. */

import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { refusal } from "../support/refusals.js";
import { camelCase } from "../support/surface.js";

const series = Float64Array.from({ length: 60 }, (_, row) => 100 + ((row * 7) % 13));
const long = Float64Array.from({ length: 10_000 }, (_, row) => 100 + ((row * 7) % 13));

/** A call with anything for anything. */
const compute = ta.compute as (name: unknown, inputs?: unknown, params?: unknown) => unknown;
const sma = (inputs: unknown, params?: unknown) => refusal(() => compute("sma", inputs, params));

/** Inputs that every slot of an indicator takes. */
const inputsOf = (meta: ReturnType<typeof ta.catalog>[number]) =>
  Object.fromEntries(meta.semantics.input_slots.map(({ name }) => [name, series]));

describe("names", () => {
  test("unknown, with the nearest ones", () => {
    expect(refusal(() => compute("smaa", { series }))).toMatch(
      /^unknown indicator "smaa" \(did you mean "sma"/,
    );
    expect(refusal(() => compute("", { series }))).toMatch(/^unknown indicator ""/);
  });

  test.each([undefined, null, 5, {}, [], Symbol("sma")])("that are no text: %s", (name) => {
    expect(refusal(() => compute(name, { series }))).toMatch(/indicator/);
  });
});

describe("parameters", () => {
  test("unknown, with the nearest and all there are", () => {
    expect(sma({ series }, { perod: 3 })).toBe(
      'sma: unknown parameter "perod" (did you mean "period"?); it takes period',
    );
    for (const name of ["constructor", "__proto__", "toString", "over", "series"]) {
      const params = JSON.parse(`{ ${JSON.stringify(name)}: 3 }`);
      expect(sma({ series }, params)).toContain(`unknown parameter "${name}"`);
    }
  });

  test("twice, in two spellings", () => {
    const params = { fast_period: 3, fastPeriod: 4 };
    expect(refusal(() => compute("macd", { series }, params))).toContain("given twice");
  });

  test("of every indicator: unknown, and out of range", () => {
    for (const meta of ta.catalog()) {
      const call = (params: object) => refusal(() => compute(meta.id, inputsOf(meta), params));
      expect(call({ nonsense: 1 })).toContain(`${meta.id}: unknown parameter "nonsense"`);
      for (const { name, kind, min, max } of meta.params) {
        const outside = [Number.NaN, "nonsense", null, {}, kind === "enum" ? 1 : [3]];
        if (min !== undefined) outside.push(min - Math.max(1, Math.abs(min)));
        if (max !== undefined) outside.push(max + Math.max(1, Math.abs(max)));
        for (const value of outside) {
          expect(call({ [name]: value })).toMatch(
            new RegExp(`^${meta.id}: ${camelCase(name)} must be `),
          );
        }
      }
    }
  });

  const odd: Record<string, unknown> = {
    "a function": () => 3,
    "a symbol": Symbol("3"),
    "an object that turns to a number": new Number(3),
    "an object with toJSON": { toJSON: () => 3 },
    "an object in itself": (() => {
      const circle: Record<string, unknown> = {};
      circle.circle = circle;
      return circle;
    })(),
    "a Date": new Date(),
    infinity: Infinity,
    "a fraction": 3.5,
    text: "3",
    true: true,
  };

  test.each(Object.entries(odd))(
    "that are %s, before and after a call that is right",
    (_, value) => {
      const said = /^sma: period must be a whole number from 1 to 100000, got /;
      expect(sma({ series }, { period: value })).toMatch(said);
      // What such a value looks like as JSON is no reason to take it for one that was right.
      compute("sma", { series });
      compute("sma", { series }, { period: 3 });
      expect(sma({ series }, { period: value })).toMatch(said);
    },
  );

  test("a bigint is a number, as it is in a frame", () => {
    const column = pl.DataFrame({ close: series }).select(pl.col("close").ta.sma(3n as never));
    const made = compute("sma", { series }, { period: 3n }) as { value: Float64Array };
    expect([...made.value]).toEqual(
      column
        .toSeries()
        .toArray()
        .map((v) => v ?? Number.NaN),
    );
  });

  test.each([null, 5, "period", [3], new Map([["period", 3]]), new Date(), () => 3, series])(
    "that are no object: %s",
    (params) => {
      for (let time = 0; time < 2; time += 1) {
        expect(sma({ series }, params)).toMatch(/^sma: params must be an object of values by name/);
        compute("sma", { series });
      }
    },
  );

  test("missing", () => {
    for (const missing of ["never", null, 1, {}, () => "skip"]) {
      expect(sma({ series }, { missing })).toMatch(
        /^missing must be "skip", "propagate" or "error", got /,
      );
    }
    for (const values of [series, long]) {
      const gaps = values.with(17, Number.NaN);
      expect(sma({ series: gaps }, { missing: "error" })).toBe(
        'sma: column "series" has a missing value in row 17',
      );
      const bars = { high: values, low: gaps, close: values };
      const atr = () => compute("atr", bars, { missing: "error" });
      expect(refusal(atr)).toBe('atr: column "low" has a missing value in row 17');
    }
  });
});

describe("inputs", () => {
  test("missing", () => {
    expect(sma({})).toMatch(/^sma: series must be a Float64Array or another array of numbers/);
    expect(refusal(() => compute("atr", { high: series, close: series }))).toMatch(
      /^atr: low must be a Float64Array or another array of numbers/,
    );
  });

  test("missing in every indicator", () => {
    for (const meta of ta.catalog()) {
      for (const { name } of meta.semantics.input_slots) {
        const { [name]: _, ...others } = inputsOf(meta);
        expect(refusal(() => compute(meta.id, others))).toContain(`${meta.id}: ${name} must be`);
      }
    }
  });

  test("another than there is", () => {
    expect(sma({ serie: series })).toBe(
      'sma: unknown input "serie" (did you mean "series"?); it takes series',
    );
  });

  test("more than there are", () => {
    expect(sma({ series, high: series })).toBe('sma: unknown input "high"; it takes series');
    for (const meta of ta.catalog()) {
      const inputs = { ...inputsOf(meta), nonsense: series };
      expect(refusal(() => compute(meta.id, inputs))).toContain(
        `${meta.id}: unknown input "nonsense"`,
      );
    }
  });

  test.each([60, 10_000])("of other lengths than %i", (rows) => {
    const high = (rows === 60 ? series : long).slice();
    for (const low of [high.subarray(1), new Float64Array(0), [1, 2, 3], new Int8Array(rows + 1)]) {
      expect(refusal(() => compute("atr", { high, low, close: high }))).toBe(
        `atr: inputs must have the same length, low has ${low.length} values where others have ${rows}`,
      );
    }
    expect(refusal(() => compute("atr", { high, low: high, close: [] }))).toContain("close has 0");
  });

  test("numbers alone", () => {
    expect(sma({ series: 3 })).toMatch(/^sma: series must be .*, got 3$/);
    expect(refusal(() => compute("atr", { high: 1, low: 2, close: 3 }))).toMatch(
      /^atr: high must be/,
    );
  });

  test.each<[string, unknown]>([
    ["a column name", "close"],
    ["a Series", pl.Series("x", [1, 2, 3])],
    ["an expression", pl.col("close")],
    ["a DataFrame", pl.DataFrame({ close: [1] })],
    ["null", null],
    ["a function", () => series],
    ["an object", { 0: 1, length: 1 }],
    ["a Map", new Map()],
    ["a DataView", new DataView(new ArrayBuffer(16))],
    ["an ArrayBuffer", series.buffer],
    ["true", true],
    ["a bigint", 3n],
  ])("%s in the place of an array", (_, value) => {
    expect(sma({ series: value })).toMatch(
      /^sma: series must be a Float64Array or another array of numbers, got /,
    );
    expect(refusal(() => compute("add", { series, other: value }))).toMatch(/^add: other must be /);
  });

  test.each([undefined, null, 5, "close", series, [series], pl.DataFrame({ close: [1] })])(
    "that are no object: %s",
    (inputs) => {
      expect(sma(inputs)).toMatch(/^sma: (inputs|series) must be /);
    },
  );
});

test("after each refusal the next call is right", () => {
  const { value: wanted } = compute("sma", { series }, { period: 5 }) as { value: Float64Array };
  const wrong: (() => unknown)[] = [
    () => compute("sma", { series }, { period: 0 }),
    () => compute("sma", { series: series.with(3, Number.NaN) }, { period: 5, missing: "error" }),
    () => compute("sma", { series: "close" }, { period: 5 }),
    () => compute("sma", { series: long.with(3, Number.NaN) }, { period: 5, missing: "error" }),
  ];
  for (const call of wrong) {
    refusal(call);
    expect(compute("sma", { series }, { period: 5 })).toEqual({ value: wanted });
  }
});
