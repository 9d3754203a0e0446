/** `missing: "skip" | "propagate" | "error"` for every indicator, against the runs between gaps computed alone. */

import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { bars, evaluate, frameOf, mapColumns, usualInputs } from "../support/bars.js";
import { type Column, excerpt, readColumns, type Value } from "../support/columns.js";

type Mode = "skip" | "propagate";

const SIZE = 390;
const NAMES = ["A", "B", "C"];
const good = bars(SIZE);
const columnNames = Object.keys(good);

/** Groups stand interleaved, in no regular order. */
const groupOf = Array.from({ length: SIZE }, (_, row) => NAMES[(row + (row >> 4)) % 3] ?? "");
const rowsOf = (name: string) => [...groupOf.keys()].filter((row) => groupOf[row] === name);
const all = [...groupOf.keys()];

/** Rows without a value, by column. */
type Gaps = Readonly<Record<string, readonly number[]>>;

const everywhere = (rows: readonly number[]): Gaps =>
  Object.fromEntries(columnNames.map((name) => [name, rows]));

const SCENARIOS: Record<string, Gaps> = {
  "no gaps": {},
  leading: everywhere([0, 1, 2, 3, 4]),
  "interior, one row": everywhere([200]),
  "interior, several rows": everywhere([130, 131, 132, 260, 262]),
  trailing: everywhere([SIZE - 2, SIZE - 1]),
  "in one of several inputs only": { close: [140], high: [150, 290], volume: [160], other: [135] },
  "leading and trailing in different inputs": { open: [0, 1], low: [SIZE - 1], close: [2] },
  "every 37th row": everywhere(all.filter((row) => row % 37 === 0)),
  "a whole group": everywhere(rowsOf("B")),
};

const KINDS = [null, Number.NaN, Infinity, -Infinity];

const withGaps = (gaps: Gaps) =>
  mapColumns(good, (name, values) =>
    (gaps[name] ?? []).reduce((list, row, n) => list.with(row, KINDS[n % 4] ?? null), values),
  );

/** The runs of rows that an indicator sees on its own, within one group. */
function runsOf(meta: IndicatorMeta, gaps: Gaps, mode: Mode, group: readonly number[]): number[][] {
  const missing = new Set(Object.values(usualInputs(meta)).flatMap((name) => gaps[name] ?? []));
  if (mode === "skip") return [group.filter((row) => !missing.has(row))];
  const runs: number[][] = [[]];
  for (const row of group) {
    if (missing.has(row)) runs.push([]);
    else runs.at(-1)?.push(row);
  }
  return meta.semantics.memory === "cumulative" ? runs.slice(0, 1) : runs;
}

const computed = new Map<string, Column[]>();

/** The outputs of indicators over some rows of the good bars, as they are without gaps. */
function alone(wanted: readonly { meta: IndicatorMeta; rows: readonly number[] }[]): void {
  const byRows = Map.groupBy(wanted, ({ rows }) => rows.join());
  for (const [key, list] of byRows) {
    const rows = list[0]?.rows ?? [];
    const ids = new Set(list.map(({ meta }) => meta.id));
    const open = (meta: IndicatorMeta) => ids.has(meta.id) && !computed.has(`${meta.id} ${key}`);
    const part = mapColumns(good, (_, values) => rows.map((row) => values[row] ?? null));
    for (const [meta, columns] of evaluate(part, open)) {
      computed.set(`${meta.id} ${key}`, columns);
    }
  }
}

const ungrouped = (mode: Mode): Expr[] =>
  ta
    .catalog()
    .map((meta) => ta.indicator(meta.id, { missing: mode }, usualInputs(meta)).alias(meta.id));

/** The whole catalog, made once: polars takes its time to make an expression with `over`. */
const EXPRS = Object.fromEntries(
  (["skip", "propagate"] as const).map((mode) => [
    mode,
    { all: ungrouped(mode), grouped: ungrouped(mode).map((expr) => expr.over("group")) },
  ]),
) as Record<Mode, { readonly all: Expr[]; readonly grouped: Expr[] }>;

/** What is wrong with all indicators over bars with gaps. */
function wrong(gaps: Gaps, mode: Mode, groups: readonly (readonly number[])[]): string[] {
  const exprs = EXPRS[mode][groups.length > 1 ? "grouped" : "all"];
  const frame = frameOf(withGaps(gaps)).withColumns(pl.Series("group", groupOf));
  const results = readColumns(frame.select(...exprs));
  const plan = ta
    .catalog()
    .flatMap((meta) =>
      groups.flatMap((group) => runsOf(meta, gaps, mode, group).map((rows) => ({ meta, rows }))),
    );
  const runs = plan.filter(({ rows }) => rows.length > 0);
  alone(runs);
  const byId = Map.groupBy(runs, ({ meta }) => meta.id);
  return ta.catalog().flatMap((meta) =>
    (results.get(meta.id) ?? []).flatMap(({ name, values }, index) => {
      const expected: Value[] = Array(SIZE).fill(null);
      for (const { rows } of byId.get(meta.id) ?? []) {
        const part = computed.get(`${meta.id} ${rows.join()}`)?.[index]?.values;
        for (const [at, row] of rows.entries()) expected[row] = part?.[at] ?? null;
      }
      const row = expected.findIndex((value, at) => !Object.is(value, values[at]));
      if (row < 0 && values.length === SIZE) return [];
      return `${meta.id} ${name}: ${excerpt(values, row)}, not ${excerpt(expected, row)}`;
    }),
  );
}

describe.each(["skip", "propagate"] as const)("%s", (mode) => {
  const whole = Object.entries(SCENARIOS).filter(([name]) => name !== "a whole group");
  test.each(whole)("%s", (_, gaps) => {
    expect(wrong(gaps, mode, [all])).toEqual([]);
  });

  test.each(Object.entries(SCENARIOS))("%s, within groups", (_, gaps) => {
    expect(wrong(gaps, mode, NAMES.map(rowsOf))).toEqual([]);
  });
});

test("the catalog has all three kinds of memory", () => {
  const kinds = new Set(ta.catalog().map((meta) => meta.semantics.memory));
  expect([...kinds].sort()).toEqual(["cumulative", "recursive", "window"]);
});

test("propagate, by hand: null while the gap is in the window, a warm-up after it, null to the end", () => {
  const df = pl.DataFrame({ close: [1, 2, 3, null, 5, 7, 9, 11] });
  const close = pl.col("close");
  const missing = "propagate";
  const made = df.select(
    close.ta.sma(2, { missing }),
    close.ta.ema(2, { missing }),
    close.ta.cumsum({ missing }),
  );
  expect(made.getColumn("sma_2").toArray()).toEqual([null, 1.5, 2.5, null, null, 6, 8, 10]);
  expect(made.getColumn("ema_2").toArray()).toEqual([null, 1.5, 2.5, null, null, 6, 8, 10]);
  expect(made.toSeries(2).toArray()).toEqual([1, 3, 6, null, null, null, null, null]);
});

describe("error", () => {
  /** A gap in one input of one indicator. */
  const cases = ta.catalog().flatMap((meta) =>
    [...new Set(Object.values(usualInputs(meta)))].map((column) => ({
      id: meta.id,
      meta,
      column,
    })),
  );

  const frames = new Map(
    columnNames.map((name) => [
      name,
      frameOf(withGaps({ [name]: [177, 301] })).withColumns(pl.Series("group", groupOf)),
    ]),
  );

  test.each(["over all rows", "within groups"])("%s: names the column and its row", (where) => {
    const problems = cases.flatMap(({ id, meta, column }) => {
      const frame = frames.get(column) as DataFrame;
      const expr = ta.indicator(id, { missing: "error" }, usualInputs(meta));
      try {
        frame.select(where === "within groups" ? expr.over("group") : expr);
      } catch (error) {
        const text = String(error);
        const wanted = `TaError: ${id}: column "${column}" has a missing value in row 177`;
        return text === wanted ? [] : [`${text} instead of ${wanted}`];
      }
      return [`${id} took a gap in ${column}`];
    });
    expect(problems).toEqual([]);
  });

  test("complete inputs are computed, gaps in other columns are not looked at", () => {
    const frame = frameOf(withGaps({ volume: [5] }));
    const strict = frame.select(ta.rsi(14, { missing: "error" }), ta.atr(5, { missing: "error" }));
    expect(strict.frameEqual(frame.select(ta.rsi(14), ta.atr(5)))).toBe(true);
  });

  test("the process and the frame go on", async () => {
    const df = pl.DataFrame({ close: [1, null, 3, 4] });
    const lazy = df.lazy().select(ta.sma(2, { missing: "error" }));
    await expect(lazy.collect()).rejects.toThrow(/column "close" has a missing value in row 1/);
    expect(() => lazy.collectSync()).toThrow(/column "close" has a missing value in row 1/);
    expect(df.select(ta.sma(2)).toSeries().toArray()).toEqual([null, null, 2, 3.5]);
  });
});

describe("as an option of a namespace", () => {
  const df = pl.DataFrame({ close: [1, 2, null, 4, 6, 8] });
  const values = (name: string, frame: { getColumn(name: string): { toArray(): unknown } }) =>
    frame.getColumn(name).toArray();
  const skipped = [null, 1.5, null, 3, 5, 7];
  const cut = [null, 1.5, null, null, 5, 7];
  const propagate = { missing: "propagate" } as const;

  test("on every kind of object", () => {
    const close = pl.col("close");
    expect(values("sma_2", ta(df, propagate).sma(2))).toEqual(cut);
    expect(values("sma_2", ta(df.lazy(), propagate).sma(2).collectSync())).toEqual(cut);
    expect(values("sma_2", df.select(ta(close, propagate).sma(2)))).toEqual(cut);
    expect(ta(df.getColumn("close"), propagate).sma(2).toArray()).toEqual(cut);
    expect(values("sma_2", ta(df).sma(2))).toEqual(skipped);
    expect(() => ta(df, { missing: "error" }).sma(2)).toThrow(/row 2/);
  });

  test("a call has the last word", () => {
    expect(values("sma_2", ta(df, propagate).sma(2, { missing: "skip" }))).toEqual(skipped);
    expect(values("sma_2", ta(df, { missing: "error" }).sma(2, propagate))).toEqual(cut);
    expect(ta(df.getColumn("close"), propagate).sma(2, { missing: "skip" }).toArray()).toEqual(
      skipped,
    );
  });

  test("two options of one indicator stand side by side", () => {
    const close = pl.col("close");
    const made = df.select(
      close.ta.sma(2).alias("skip"),
      close.ta.sma(2, propagate).alias("cut"),
      close.ta.sma(2, { missing: "skip" }).alias("explicit"),
    );
    expect(values("skip", made)).toEqual(skipped);
    expect(values("cut", made)).toEqual(cut);
    expect(values("explicit", made)).toEqual(skipped);
  });
});
