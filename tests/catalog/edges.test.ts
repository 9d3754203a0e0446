/** What every indicator does with short input and unusual prices, by loop over the catalog. */

import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { evaluate, head, PRICES, ROWS, repeated, scaled, usualInputs } from "../support/bars.js";
import { type Column, excerpt } from "../support/columns.js";
import { edges, good, problems, wrongNulls } from "../support/edges.js";
import { byFunction, compare, expectedOutput, inputFrame, manifest } from "../support/golden.js";

/** The catalog's entries by the rows their first value needs, looked ahead included. */
const byEdge = Map.groupBy(ta.catalog(), (meta) => edges(meta)[0] + edges(meta)[1]);

describe("short input", () => {
  test.each([0, 1])("%i rows", (rows) => {
    const check = (meta: IndicatorMeta, columns: Column[]) => wrongNulls(meta, columns, true);
    expect(problems(head(good, rows), check)).toEqual([]);
  });

  test("lookback rows are all null, and with one more the first value is there", () => {
    const found = [...byEdge].flatMap(([edge, metas]) =>
      [edge, edge + 1].flatMap((rows) =>
        problems(
          head(good, rows),
          (meta, columns) => wrongNulls(meta, columns, true),
          (meta) => metas.includes(meta),
        ),
      ),
    );
    expect(found).toEqual([]);
  });
});

describe("prices", () => {
  test("the test data outlasts every lookback", () => {
    expect(Math.max(...byEdge.keys())).toBeLessThan(ROWS - 40);
    expect(ta.catalog().length).toBeGreaterThan(200);
  });

  test.each([
    ["ordinary", 1],
    ["around 1e-8", 1e-10],
    ["around 1e9", 1e7],
  ])("%s: warm-up rows are null, all others have values", (_, factor) => {
    const check = (meta: IndicatorMeta, columns: Column[]) => wrongNulls(meta, columns, true);
    expect(problems(scaled(good, factor), check)).toEqual([]);
  });

  // Powers of two scale without rounding: what differs is a constant hidden in a formula.
  test.each([2 ** -33, 2 ** 23])("times %f: outputs scale as their scale group says", (factor) => {
    const exponents: Record<string, number> = { price: 1, price_squared: 2, price_volume: 1 };
    const plain = new Map(evaluate(good).map(([meta, columns]) => [meta.id, columns]));
    const check = (meta: IndicatorMeta, columns: Column[]) =>
      columns.flatMap(({ name, dtype, values }, index) => {
        const scale = meta.outputs[index]?.scale_group ?? "";
        if (scale === "other") return [];
        const moved = Object.values(usualInputs(meta)).some((input) => PRICES.includes(input));
        const unit = moved ? factor ** (exponents[scale] ?? 0) : 1;
        const back = values.map((v) => (typeof v === "number" ? v / unit : v));
        const wanted = plain.get(meta.id)?.[index]?.values ?? [];
        const { worst, row } = compare(back, wanted, dtype);
        return worst <= 1
          ? []
          : `${meta.id} ${name}: ${excerpt(back, row)}; ${excerpt(wanted, row)}`;
      });
    expect(problems(scaled(good, factor), check)).toEqual([]);
  });

  test("flat: finite or null", () => {
    for (const price of [1e-8, 100, 1e9]) {
      const bar = { open: price, high: price, low: price, close: price, other: price, volume: 500 };
      const flat = repeated({ ...bar, periods: 5, unit: 0.5, session: 1, anchor: 1 }, ROWS);
      expect(problems(flat, (meta, columns) => wrongNulls(meta, columns, false))).toEqual([]);
    }
  });

  test("flat: what the golden case says after as many flat bars as the window holds", () => {
    // The 25 rows before 75 of that input are one bar over and over; older ones do not matter.
    const [first, last] = [50, 74];
    const frame = inputFrame("degenerate");
    const names = frame.columns.filter((name) => {
      const values = frame.getColumn(name).toArray();
      return values.slice(first, last + 1).every((v) => v === values[last]);
    });
    expect(names.length).toBeGreaterThan(4);
    const bar = Object.fromEntries(
      frame.columns.map((name) => [name, Number(frame.getColumn(name).get(last))]),
    );
    const cases = manifest.cases.filter((golden) => {
      const meta = byFunction.get(golden.function);
      return (
        golden.id.endsWith("/degenerate") &&
        meta?.semantics.memory === "window" &&
        meta.semantics.default_lookback <= last - first &&
        Object.values(usualInputs(meta)).every((name) => names.includes(name))
      );
    });
    expect(cases.length).toBeGreaterThan(100);
    const byId = new Map(cases.map((golden) => [byFunction.get(golden.function)?.id, golden]));
    const check = (meta: IndicatorMeta, columns: Column[]) =>
      columns.flatMap(({ name, dtype, values }, index) => {
        const golden = byId.get(meta.id);
        const wanted = golden && expectedOutput(golden, index).values[last];
        const { worst } = compare([values[last] ?? null], [wanted ?? null], dtype);
        return worst <= 1 ? [] : `${meta.id} ${name}: ${values[last]}, golden ${wanted}`;
      });
    expect(problems(repeated(bar, last + 1), check, (meta) => byId.has(meta.id))).toEqual([]);
  });
});
