/** What every indicator does with nulls, NaN and infinities, by loop over the catalog. */

import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import {
  type Bars,
  evaluate,
  mapColumns,
  ROWS,
  usualInputs,
  withoutRows,
  withValue,
} from "../support/bars.js";
import { type Column, excerpt, type Value } from "../support/columns.js";
import { good, problems } from "../support/edges.js";

/** A value that is missing, and the row it is missing in. */
interface Gap {
  readonly column: string;
  readonly row: number;
  readonly value: number | null;
}

const MISSING = [null, Number.NaN, Infinity, -Infinity];

/** Longer than every lookback, so that all have values around it. */
const ROW = ROWS - 40;

/** Nothing moves or trades, and `unit` is outside of every domain: results are not all finite. */
const hopeless = mapColumns(good, (name, values) =>
  values.map(() => ({ volume: 0, periods: 5, unit: 1000 })[name] ?? 100),
);

/**
 * Checks that a row with a gap in one of an indicator's inputs is null, and the others as if it
 * were not there.
 */
function gapChecker(bars: Bars): (gaps: readonly Gap[]) => string[] {
  const computed = new Map<string, Map<string, Column[]>>();
  const without = (rows: readonly number[], { id }: IndicatorMeta) => {
    const key = rows.join();
    const found =
      computed.get(key) ??
      new Map(evaluate(withoutRows(bars, rows)).map(([meta, columns]) => [meta.id, columns]));
    computed.set(key, found);
    return found.get(id) ?? [];
  };
  return (gaps) => {
    const source = gaps.reduce((all, gap) => withValue(all, gap.column, gap.row, gap.value), bars);
    return problems(source, (meta, columns) => {
      const inputs = Object.values(usualInputs(meta));
      const rows = gaps.filter((gap) => inputs.includes(gap.column)).map((gap) => gap.row);
      return columns.flatMap(({ name, values }, index) => {
        const rest = without(rows, meta)[index]?.values ?? [];
        const wanted = rows.reduce<Value[]>((list, row) => list.toSpliced(row, 0, null), [...rest]);
        const at = values.findIndex((v, i) => !Object.is(v, wanted[i]));
        if (at < 0 && values.length === wanted.length) return [];
        return `${meta.id} ${name}: ${excerpt(values, at)}; without the rows ${excerpt(wanted, at)}`;
      });
    });
  };
}

const gapProblems = gapChecker(good);

describe("missing input", () => {
  test("the gaps stand after every lookback, and the bars go on behind them", () => {
    const needed = ta.catalog().map(({ semantics: s }) => s.default_lookback + s.lookahead);
    expect(Math.max(...needed)).toBeLessThan(ROW);
    expect(good.close?.length).toBeGreaterThan(ROW + 30);
  });

  test.each(MISSING)("every row %s: every row null", (value) => {
    const missing = mapColumns(good, (_, values) => values.map(() => value));
    const check = (meta: IndicatorMeta, columns: Column[]) =>
      columns.flatMap(({ name, values }) =>
        values.every((v) => v === null) ? [] : `${meta.id} ${name} has a value`,
      );
    expect(problems(missing, check)).toEqual([]);
  });

  const single = Object.keys(good).flatMap((column) => MISSING.map((value) => ({ column, value })));

  test.each(single)(
    "one row of $column is $value: null, the others as if it were not there",
    ({ column, value }) => {
      expect(gapProblems([{ column, row: ROW, value }])).toEqual([]);
    },
  );

  test("in a different row of every column: each indicator skips the rows of its own inputs", () => {
    const gaps = Object.keys(good).map((column, index) => ({
      column,
      row: ROW + 2 * index,
      value: MISSING[index % MISSING.length] ?? null,
    }));
    expect(gapProblems(gaps)).toEqual([]);
  });

  test("among rows without a finite result: those are null all the same", () => {
    const empty = evaluate(hopeless).filter(([, columns]) =>
      columns.every(({ values }) => values.every((v) => v === null)),
    );
    expect(empty.length).toBeGreaterThan(0);
    const gaps = Object.keys(good).map((column) => ({ column, row: ROW, value: null }));
    const check = gapChecker(hopeless);
    expect(gaps.flatMap((gap) => check([gap]))).toEqual([]);
  });

  test("in the first row: the warm-up is one row longer", () => {
    for (const column of Object.keys(good)) {
      expect(gapProblems([{ column, row: 0, value: null }])).toEqual([]);
    }
  });
});
