/** Bad arguments of every indicator: refused in one sentence that says what is wrong and what is allowed. */

import pl from "nodejs-polars";
import { type IndicatorMeta, type IndicatorParamMeta, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { frame } from "../support/formulas.js";
import { allowed as lookingAhead } from "../support/random.js";
import { refusal } from "../support/refusals.js";
import { camelCase, methods } from "../support/surface.js";

const catalog = ta.catalog();
const on = methods(pl.col("close").ta);

const required = ({ semantics }: IndicatorMeta, except?: string) =>
  semantics.input_slots.filter((slot) => !slot.default && slot.name !== except);

/** Calls the method with what it cannot do without, and `options`. */
const call = (meta: IndicatorMeta, options: object) => {
  const inputs = required(meta, meta.semantics.primary_input).map(({ name }) => [name, "open"]);
  return on(meta.id)({ ...Object.fromEntries(inputs), ...options });
};

/** Each parameter of each indicator. */
const params = catalog.flatMap((meta) => meta.params.map((param) => ({ meta, param })));

const NUMBER = String.raw`-?[\d.e+-]+`;

/** What a message says that a parameter takes. */
function allowed(param: IndicatorParamMeta): RegExp {
  const { kind, enum_values } = param;
  if (kind === "bool") return /must be true or false, got/;
  if (kind === "enum") return new RegExp(`must be one of ${enum_values?.join(", ")}, got`);
  return new RegExp(`must be a (whole )?number from (${NUMBER}) to (${NUMBER}), got`);
}

/** Checks a message about a value: who, which parameter, what is allowed, what was given. */
function expectRefused(
  meta: IndicatorMeta,
  param: IndicatorParamMeta,
  value: unknown,
  given: string,
) {
  const message = refusal(() => call(meta, { [param.name]: value }));
  expect(message.startsWith(`${meta.id}: ${camelCase(param.name)} must be `), message).toBe(true);
  expect(message).toMatch(allowed(param));
  expect(message.split(", got ").at(-1), message).toContain(given);
  const [, whole, low, high] = allowed(param).exec(message) ?? [];
  if (low === undefined) return;
  expect([whole !== undefined, Number(low), Number(high)]).toEqual([
    param.kind === "int",
    param.min,
    param.max,
  ]);
}

describe("a value", () => {
  const numbers = params.filter(({ param }) => param.min !== undefined);

  test("below the minimum or above the maximum", () => {
    expect(numbers.length).toBeGreaterThan(200);
    for (const { meta, param } of numbers) {
      const { min = 0, max = 0, kind } = param;
      const below = kind === "int" ? min - 1 : min - Math.max(1e-3, Math.abs(min) * 1e-3);
      const above = kind === "int" ? max + 1 : max + Math.max(1e-3, Math.abs(max) * 1e-3);
      expectRefused(meta, param, below, "");
      expectRefused(meta, param, above, "");
      const message = refusal(() => call(meta, { [camelCase(param.name)]: above }));
      expect(Number(message.split(", got ").at(-1))).toBe(above);
    }
  });

  test("at the limits is taken, unless values do not go together", () => {
    for (const { meta, param } of numbers) {
      for (const value of [param.min, param.max]) {
        try {
          call(meta, { [param.name]: value });
        } catch (error) {
          expect(String(error)).toMatch(/these parameters do not go together: .*/);
        }
      }
    }
  });

  test.each<[string, unknown, string]>([
    ["NaN", Number.NaN, "NaN"],
    ["infinite", Number.POSITIVE_INFINITY, "Infinity"],
    ["null", null, "null"],
    ["an object", { period: 3 }, "an object"],
    ["an array", [14], "an array"],
    ["a Date", new Date(0), "a Date"],
    ["a Map", new Map(), "an object"],
    ["a function", () => 14, "a function"],
    ["an expression", pl.col("open"), "an expression"],
    ["a Series", pl.Series([1, 2]), "a Series"],
    ["a string of several lines", "no\nsuch", "no\\nsuch"],
  ])("that is %s", (_, value, given) => {
    for (const { meta, param } of params) expectRefused(meta, param, value, given);
  });

  test("that is a number in a string, or a fraction", () => {
    for (const { meta, param } of numbers) {
      expectRefused(meta, param, "14", '"14"');
      if (param.kind === "int") expectRefused(meta, param, 14.5, "14.5");
    }
  });

  test("of the wrong type, by position", () => {
    for (const meta of catalog.filter((entry) => entry.params.length > 0)) {
      const inputs = required(meta, meta.semantics.primary_input).map(() => "open");
      const name = camelCase(meta.params[0]?.name ?? "");
      for (const value of [null, "14", new Date(0), pl.col("open"), [14]]) {
        const message = refusal(() => on(meta.id)(...inputs, value));
        expect(message.startsWith(`${meta.id}: ${name} must be `), message).toBe(true);
      }
    }
  });

  test("of an enum, near to a right one", () => {
    const enums = params.filter(({ param }) => param.kind === "enum");
    expect(enums.length).toBeGreaterThan(10);
    for (const { meta, param } of enums) {
      const right = param.enum_values?.toSorted((a, b) => b.length - a.length)[0] ?? "";
      const wrong = `${right}${right.at(-1)}`;
      expect(refusal(() => call(meta, { [param.name]: wrong }))).toContain(
        `did you mean "${right}"`,
      );
      expectRefused(meta, param, 1, "1");
    }
  });
});

describe("names", () => {
  test("unknown ones name the nearest", () => {
    for (const { meta, param } of params) {
      const right = camelCase(param.name);
      const wrong = `${right}x`;
      const message = refusal(() => call(meta, { [wrong]: param.default }));
      const { input_slots: inputs, primary_input: primary } = meta.semantics;
      const slots = inputs.map((slot) => slot.name).filter((slot) => slot !== primary);
      const options = ["missing", ...Object.keys(lookingAhead(meta))];
      const list = [...meta.params.map((p) => camelCase(p.name)), ...slots, ...options].join(", ");
      expect(
        message.startsWith(`${meta.id}: unknown parameter "${wrong}" (did you mean "${right}"`),
        message,
      ).toBe(true);
      expect(message.endsWith(`; it takes ${list}`), message).toBe(true);
    }
    expect(refusal(() => on("rsi")({ perid: 14 }))).toContain('"perid" (did you mean "period"?)');
  });

  test("of anything else are refused too", () => {
    for (const meta of catalog) {
      for (const name of ["zzz", "constructor", "__proto__", "toString", "over", "as", "unnest"]) {
        const options = JSON.parse(`{"${name}": 1}`);
        const message = refusal(() => call(meta, options));
        expect(message.startsWith(`${meta.id}: unknown parameter "${name}"`), message).toBe(true);
      }
    }
  });

  test("given twice, by position, alias or spelling", () => {
    let aliases = 0;
    for (const { meta, param } of params) {
      const names = meta.param_aliases.filter((a) => a.name === param.name).map((a) => a.alias);
      const spelt = camelCase(param.name) === param.name ? [] : [camelCase(param.name)];
      for (const other of [...names, ...spelt]) {
        const twice = { [param.name]: param.default, [other]: param.default };
        expect(refusal(() => call(meta, twice))).toBe(
          `${meta.id}: ${camelCase(param.name)} is given twice`,
        );
        aliases += 1;
      }
    }
    expect(aliases).toBeGreaterThan(params.length);
    for (const options of [{ period: 14 }, { length: 14 }]) {
      expect(refusal(() => on("rsi")(14, options))).toBe("rsi: period is given twice");
    }
  });

  test("of indicators name the nearest", () => {
    for (const { id } of catalog) {
      const message = refusal(() => ta.indicator(`${id}_q`));
      expect(message).toMatch(new RegExp(`^unknown indicator "${id}_q" \\(did you mean .*"${id}"`));
    }
    const indicator = methods(ta)("indicator");
    for (const name of [undefined, null, 14]) {
      expect(refusal(() => indicator(name))).toMatch(/^unknown indicator /);
    }
  });
});

test("too many positional arguments", () => {
  for (const meta of catalog) {
    const inputs = required(meta, meta.semantics.primary_input).map(({ name }) => name);
    const names = [...inputs, ...meta.params.map((param) => param.name)];
    const args = [...inputs.map(() => "open"), ...meta.params.map((param) => param.default), 1];
    const message = refusal(() => on(meta.id)(...args));
    expect(message).toContain(`${meta.id} got ${args.length} positional argument`);
    for (const name of names)
      expect(message).toMatch(new RegExp(`\\b(${name}|${camelCase(name)})\\b`));
  }
});

test("frames are as they were after all this", () => {
  const df = frame();
  const before = df.clone();
  refusal(() => df.ta.rsi({ period: 1 }));
  expect(df.frameEqual(before)).toBe(true);
  expect(df.select(pl.col("close").ta.sma(1)).toSeries(0).toArray()).toEqual(
    df.getColumn("close").toArray(),
  );
});
