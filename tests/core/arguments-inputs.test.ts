/** Bad inputs and options: refused before or while computing, with the frame left as it was. */

import pl, { type Expr } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterEach, describe, expect, test } from "vitest";
import { expectValues, frame, sma } from "../support/formulas.js";
import { polarsError, refusal } from "../support/refusals.js";
import { methods } from "../support/surface.js";

const catalog = ta.catalog();
const col = pl.col("close");
const df = frame();
const untouched = df.clone();

afterEach(() => {
  expect(df.frameEqual(untouched)).toBe(true);
  expectValues(df.select(col.ta.sma(3)).toSeries(0), sma(df.getColumn("close").toArray(), 3));
});

describe("an input", () => {
  test("given again beside what stands before the dot", () => {
    for (const { id, semantics } of catalog) {
      const message = refusal(() => methods(col.ta)(id)({ [semantics.primary_input]: "open" }));
      expect(message).toBe(
        `${id}: ${semantics.primary_input} is what stands before .ta; leave it out of the options`,
      );
    }
  });

  test("required and missing", () => {
    let count = 0;
    for (const { id, semantics } of catalog) {
      const open = semantics.input_slots.filter((slot) => !slot.default);
      const others = open.filter((slot) => slot.name !== semantics.primary_input);
      if (others.length > 0) {
        const says = new RegExp(
          `^${id}: ${others[0]?.name} is required: a column name, an expression or`,
        );
        expect(refusal(() => methods(col.ta)(id)())).toMatch(says);
        const filled = open.length > 1 ? { [semantics.primary_input]: "close" } : {};
        expect(refusal(() => methods(df.lazy().ta)(id)(filled))).toMatch(says);
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(5);
  });

  test.each<[string, unknown]>([
    ["an array", ["open"]],
    ["a Date", new Date(0)],
    ["an object", { column: "open" }],
    ["a function", () => "open"],
    ["null", null],
    ["true", true],
    ["a DataFrame", df],
    ["a LazyDataFrame", df.lazy()],
  ])("that is %s", (given, value) => {
    for (const { id, semantics } of catalog) {
      for (const { name, kind } of semantics.input_slots) {
        const filled = semantics.input_slots.filter((s) => !s.default).map((s) => [s.name, "open"]);
        const options = { ...Object.fromEntries(filled), [name]: value };
        // An object can be a calendar unit of a time column, and this one is half of that.
        const unit = kind === "key" && given === "an object";
        expect(refusal(() => methods(ta)(id)(options))).toBe(
          unit
            ? `${id}: ${name}: every is missing: a duration such as "1d" or "1w"`
            : `${id}: ${name} must be a column name, an expression or a number, got ${given}`,
        );
      }
    }
  });

  const odd = df.withColumns(
    pl.col("symbol").alias("text"),
    pl.lit(new Date(0)).cast(pl.Date).alias("day"),
    pl.lit(new Date(0)).cast(pl.Datetime("ms")).alias("moment"),
    pl.struct([pl.col("open"), pl.col("close")]).alias("pair"),
    pl.concatList([pl.col("open"), pl.col("close")]).alias("list"),
  );

  test.each([
    ["text", "String"],
    ["day", "Date"],
    ["moment", "Datetime"],
    ["pair", "Struct"],
    ["list", "List"],
  ])("column %s of dtype %s", async (name, dtype) => {
    const before = odd.clone();
    const says = (message: string) => {
      expect(message).toContain(`column "${name}"`);
      expect(message).toMatch(new RegExp(`\\b${dtype}\\b.*numeric`));
    };
    const exprs: Expr[] = [
      pl.col(name).ta.sma(2),
      ta.atr({ period: 2, low: name }),
      col.ta.sma(2).add(pl.col(name).ta.ema(2)),
      pl.col(name).ta.sma(2).over("symbol"),
    ];
    for (const expr of exprs) {
      says(refusal(() => odd.select(expr)));
      says(refusal(() => odd.withColumns(expr.alias("x"))));
      says(refusal(() => odd.filter(expr.isNull())));
    }
    says(refusal(() => odd.ta.sma(2, { series: name })));
    says(refusal(() => odd.getColumn(name).ta.sma(2)));
    const { message } = await odd
      .lazy()
      .select(pl.col(name).ta.sma(2))
      .collect()
      .then(
        () => new Error("not refused"),
        (error) => error,
      );
    says(message);
    expect(odd.frameEqual(before)).toBe(true);
  });

  test("column that is not there: polars' own error if it was named", async () => {
    const expr = pl.col("nowhere").ta.sma(2);
    const lazy = df.lazy().ta.sma(2, { series: "nowhere" });
    expect(polarsError(() => df.select(expr)).message).toMatch(/not found.*nowhere/);
    const without = df.drop("high");
    expect(polarsError(() => without.ta.atr(2, { high: "high" })).message).toMatch(
      /not found.*high/,
    );
    expect(refusal(() => without.ta.atr(2))).toMatch(/^atr: there is no column "high"/);
    await expect(lazy.collect()).rejects.toThrow(/not found.*nowhere/);
  });
});

describe("on a Series", () => {
  const series = pl.Series("mine", [1, 2, 3]);
  const on = methods(series.ta);

  test("an input of another length", () => {
    expect(refusal(() => series.ta.crossup(pl.Series("y", [1, 2])))).toBe(
      "crossup: inputs must have the same length, got series: 3, other: 2",
    );
    const high = pl.Series("y", [1, 2, 3, 4]);
    expect(refusal(() => series.ta.atr(2, { high, low: 1 }))).toContain("high: 4, close: 3");
  });

  test.each<[string, unknown]>([
    ["undefined", undefined],
    ['"high"', "high"],
    ["null", null],
    ["an expression", col],
    ["an array", [1, 2, 3]],
  ])("an input that is %s", (given, value) => {
    for (const id of ["atr", "adx"]) {
      expect(refusal(() => on(id)(2, { high: value, low: series }))).toBe(
        `${id}: high must be a Series or a number, got ${given}`,
      );
    }
  });

  test("text, under the Series' own name", () => {
    const text = pl.Series("mine", ["1", "2", "3"]);
    expect(refusal(() => text.ta.sma(2))).toMatch(/column "mine" has dtype String/);
    expect(refusal(() => series.ta.crossup(text.rename("yours")))).toMatch(/column "yours"/);
    expect(refusal(() => pl.Series(["1", "2"]).ta.sma(2))).toMatch(/column "series"/);
  });
});

describe("an option", () => {
  test.each<[unknown, string]>([
    ["nope", '"nope"'],
    ["", '""'],
    [null, "null"],
    [1, "1"],
  ])("missing: %j", (missing, given) => {
    for (const { id, semantics } of catalog) {
      const inputs = semantics.input_slots.filter((s) => !s.default).map((s) => [s.name, "open"]);
      const message = refusal(() => methods(ta)(id)({ ...Object.fromEntries(inputs), missing }));
      expect(message).toMatch(/missing must be "skip", "propagate" or "error", got /);
      expect(message).toContain(given);
    }
    const defaults = { missing } as object;
    expect(refusal(() => ta(col, defaults).sma(2))).toContain(given);
  });

  test("missing: error names the column and the row", () => {
    const gap = pl.DataFrame({ close: [1, 2, null, 4] });
    expect(refusal(() => gap.select(col.ta.sma(2, { missing: "error" })))).toBe(
      'sma: column "close" has a missing value in row 2',
    );
  });

  test.each<[object, string]>([
    [{ as: 3 }, "bbands: as must be a string, got 3"],
    [{ as: null }, "bbands: as must be a string, got null"],
    [{ unnest: "yes" }, 'bbands: unnest must be true or false, got "yes"'],
    [{ over: null }, "bbands: over must be a column name, an expression or a number, got null"],
    [{ over: [] }, "bbands: over must be one or more columns, got an array"],
    [
      { over: [["symbol"]] },
      "bbands: over must be a column name, an expression or a number, got an array",
    ],
    [
      { period: 3, zzz: 3 },
      'bbands: unknown parameter "zzz"; it takes period, nbDevUp, nbDevDn, maType, series, missing, over, as, unnest',
    ],
  ])("of a frame: %j", (options, message) => {
    expect(refusal(() => methods(df.ta)("bbands")(options))).toBe(message);
    expect(refusal(() => methods(df.lazy().ta)("bbands")(options))).toBe(message);
  });

  test("of ta() and ta.indicator()", () => {
    const call = ta as unknown as (value: unknown) => unknown;
    for (const value of [3, null, undefined, "close", [], {}]) {
      expect(refusal(() => call(value))).toMatch(
        /^ta\(\) takes an Expr, Series, DataFrame or LazyDataFrame, got /,
      );
    }
    for (const value of [14, null, [14], "period"]) {
      expect(
        refusal(() => ta.indicator("rsi", value as unknown as Record<string, unknown>)),
      ).toMatch(/^rsi: params must be an object of values by name, got /);
    }
    expect(refusal(() => ta.indicator("rsi", {}, { serie: "open" }))).toContain(
      'unknown parameter "serie"',
    );
  });
});
