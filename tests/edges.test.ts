/** What every indicator does with edge inputs, by loop over the catalog. */

import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import {
  type Bars,
  bars,
  evaluate,
  head,
  mapColumns,
  PRICES,
  ROWS,
  repeated,
  scaled,
  usualInputs,
  withoutRow,
  withValue,
} from "./support/bars.js";
import { type Column, excerpt, type Value } from "./support/columns.js";
import {
  byFunction,
  compare,
  expectedOutput,
  inputFrame,
  manifest,
  within,
} from "./support/golden.js";

const good = bars(ROWS);

/** Rows without a value at the start, and at the end. */
const edges = ({ semantics }: IndicatorMeta) =>
  [semantics.default_lookback, semantics.lookahead] as const;

/** What holds for any input: shape, names, types, and values finite and within their bounds. */
function malformed(meta: IndicatorMeta, columns: readonly Column[], rows: number): string[] {
  const shape = (list: readonly { name: string; dtype: string }[]) =>
    list.map((c) => `${c.name} ${c.dtype}`).join(", ");
  // A single output is a column with the alias the test gave it.
  const named =
    columns.length === 1
      ? columns.map((c) => ({ ...c, name: meta.outputs[0]?.name ?? "" }))
      : columns;
  if (shape(named) !== shape(meta.outputs)) {
    return [`${meta.id}: ${shape(named)} instead of ${shape(meta.outputs)}`];
  }
  return columns.flatMap(({ name, values }, index) => {
    if (values.length !== rows) return `${meta.id} ${name}: ${values.length} rows`;
    const row = values.findIndex((v) => typeof v === "number" && !within(v, meta.outputs[index]));
    return row < 0 ? [] : `${meta.id} ${name}: infinite or out of bounds, ${excerpt(values, row)}`;
  });
}

/** Nulls in the warm-up and look-ahead rows, and, if `complete`, nowhere else but in sparse outputs. */
function wrongNulls(meta: IndicatorMeta, columns: readonly Column[], complete: boolean): string[] {
  const [warm, ahead] = edges(meta);
  return columns.flatMap(({ name, values }, output) => {
    const dense = complete && !meta.outputs[output]?.sparse;
    const row = values.findIndex((value, index) => {
      const outside = index < warm || index >= values.length - ahead;
      return outside ? value !== null : dense && value === null;
    });
    return row < 0 ? [] : `${meta.id} ${name}: lookback ${warm}, ${excerpt(values, row)}`;
  });
}

/** Everything wrong with one scenario; `check` adds to what holds for any input. */
function problems(
  source: Bars,
  check: (meta: IndicatorMeta, columns: Column[]) => string[],
  wanted?: (meta: IndicatorMeta) => boolean,
): string[] {
  const rows = source.close?.length ?? 0;
  return evaluate(source, wanted).flatMap(([meta, columns]) => {
    const wrong = malformed(meta, columns, rows);
    return wrong.length > 0 ? wrong : check(meta, columns);
  });
}

const same = (a: readonly Value[], b: readonly Value[]) =>
  a.length === b.length && a.every((v, i) => Object.is(v, b[i]));

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

describe("missing input", () => {
  test.each([null, Number.NaN])("every row %s: every row null", (value) => {
    const missing = mapColumns(good, (_, values) => values.map(() => value));
    const check = (meta: IndicatorMeta, columns: Column[]) =>
      columns.flatMap(({ name, values }) =>
        values.every((v) => v === null) ? [] : `${meta.id} ${name} has a value`,
      );
    expect(problems(missing, check)).toEqual([]);
  });

  const row = 120;
  const whole = new Map(evaluate(good).map(([meta, columns]) => [meta.id, columns]));
  const rest = new Map(
    evaluate(withoutRow(good, row)).map(([meta, columns]) => [meta.id, columns]),
  );

  test.each(
    Object.keys(good).flatMap((name) =>
      [null, Number.NaN, -Infinity].map((v) => [name, v] as const),
    ),
  )(
    "one row of %s is %s: that row is null, the others are as if it were not there",
    (column, value) => {
      const check = (meta: IndicatorMeta, columns: Column[]) => {
        const hit = Object.values(usualInputs(meta)).includes(column);
        return columns.flatMap(({ name, values }, index) => {
          const plain = (hit ? rest : whole).get(meta.id)?.[index]?.values ?? [];
          const wanted = hit ? plain.toSpliced(row, 0, null) : plain;
          if (same(values, wanted)) return [];
          const at = values.findIndex((v, i) => !Object.is(v, wanted[i]));
          return `${meta.id} ${name}: ${excerpt(values, at)}; without the row ${excerpt(wanted, at)}`;
        });
      };
      expect(problems(withValue(good, column, row, value), check)).toEqual([]);
    },
  );
});
