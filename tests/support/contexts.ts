/** A small market, four kinds of `.ta` expression, and what each is by brute force. */

import pl, { type DataFrame, type Expr, type LazyDataFrame, type Series } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { expect } from "vitest";
import { bars } from "./bars.js";

export const ROWS = 90;

const symbols = ["A", "B", null, "A", "C"];

/** Interleaved groups with a null key, gaps in one price, rows numbered by `i`. */
export function market(rows = ROWS): DataFrame {
  const { open = [], high = [], low = [], close = [], volume = [] } = bars(rows);
  return pl.DataFrame({
    i: pl.Series("i", Array.from(close.keys()), pl.Int64),
    symbol: pl.Series(
      "symbol",
      close.map((_, i) => symbols[(i * i + (i >> 2)) % 5] ?? null),
      pl.String,
    ),
    k2: pl.Series(
      "k2",
      close.map((_, i) => (i >> 3) % 2),
      pl.Int32,
    ),
    open: pl.Series("open", open, pl.Float64),
    high: pl.Series("high", high, pl.Float64),
    low: pl.Series("low", low, pl.Float64),
    close: pl.Series(
      "close",
      close.map((value, i) => (i % 17 === 11 ? null : value)),
      pl.Float64,
    ),
    volume: pl.Series("volume", volume, pl.Float64),
  });
}

/** A `.ta` expression and how to compute it one plain step at a time. */
export interface Form {
  readonly name: string;
  readonly expr: () => Expr;
  /** A frame whose only column is the result. */
  readonly steps: (frame: DataFrame) => DataFrame;
}

export const PLAIN: Form = {
  name: "plain",
  expr: () => pl.col("close").ta.sma(3),
  steps: (frame) => frame.select(pl.col("close").ta.sma(3).alias("x")),
};

export const NESTED: Form = {
  name: "nested",
  expr: () => pl.col("close").ta.sma(2).ta.rsi(3),
  steps: (frame) =>
    frame.select(pl.col("close").ta.sma(2).alias("sma")).select(pl.col("sma").ta.rsi(3).alias("x")),
};

export const FIELD: Form = {
  name: "struct field",
  expr: () => ta.bbands(4).struct.field("upper"),
  steps: (frame) =>
    frame
      .select(ta.bbands(4).alias("bands"))
      .select(pl.col("bands").struct.field("upper").alias("x")),
};

export const SEVERAL: Form = {
  name: "several inputs, one computed",
  expr: () => ta.atr(3, { high: pl.col("high").mul(2) }),
  steps: (frame) =>
    frame
      .select("low", "close", pl.col("high").mul(2).alias("twice"))
      .select(ta.atr(3, { high: "twice" }).alias("x")),
};

export const PARTITIONED: Form = {
  name: "partitioned",
  expr: () => pl.col("close").ta.sma(3).over("symbol"),
  steps: (frame) => pl.DataFrame([inGroups(frame, ["symbol"], PLAIN)]),
};

export const FORMS: readonly Form[] = [PLAIN, NESTED, FIELD, SEVERAL, PARTITIONED];

/** The frame with columns more. */
export const beside = (frame: DataFrame, columns: readonly Series[]): DataFrame =>
  pl.DataFrame([...frame.getColumns(), ...columns]);

/** A form, computed within each group of rows with equal keys, rows in frame order. */
export function inGroups(frame: DataFrame, keys: readonly string[], form: Form): Series {
  const row = frame.withRowIndex("__row");
  const columns = keys.map((name) => frame.getColumn(name).toArray());
  const key = (r: number) => JSON.stringify(columns.map((column) => String(column[r])));
  const groups = Map.groupBy(
    Array.from({ length: frame.height }, (_, r) => r),
    key,
  );
  const parts = [...groups.values()].map((rows) => {
    const part = row.filter(pl.col("__row").isIn(rows));
    return beside(part.select("__row"), form.steps(part).getColumns());
  });
  return pl.concat(parts).sort("__row").getColumn("x");
}

/** The frame with a form's result as a plain column `x`. */
export const withResult = (frame: DataFrame, form: Form): DataFrame =>
  beside(frame, form.steps(frame).getColumns());

export const withGroups = (frame: DataFrame, keys: readonly string[], form: Form): DataFrame =>
  beside(frame, [inGroups(frame, keys, form)]);

/** Equal columns, dtypes and values, to the last bit. */
export function expectSame(actual: DataFrame, expected: DataFrame): void {
  expect(actual.columns).toEqual(expected.columns);
  expect(actual.dtypes.map(String)).toEqual(expected.dtypes.map(String));
  if (actual.frameEqual(expected)) return;
  const rows = expected.toRecords().map((row) => JSON.stringify(row));
  const other = actual.toRecords().map((row) => JSON.stringify(row));
  const at = Math.max(
    0,
    rows.findIndex((row, index) => row !== other[index]),
  );
  expect(`row ${at} of ${other.length}: ${other[at]}`).toBe(
    `row ${at} of ${rows.length}: ${rows[at]}`,
  );
  // Records show less than frameEqual sees.
  expect.unreachable(`${actual}\nis not\n${expected}`);
}

/** The three ways a frame is run. */
export const WAYS = ["eager", "collectSync", "collect"] as const;

type Run = (way: (typeof WAYS)[number], frame: DataFrame, context: Context) => Promise<DataFrame>;

/** Written once for both kinds of frame: they have these methods in common. */
export type Context = (frame: Common) => Common;
export type Common = Pick<
  LazyDataFrame,
  "select" | "withColumn" | "withColumns" | "filter" | "sort" | "head" | "tail" | "slice" | "limit"
> &
  Pick<LazyDataFrame, "rename" | "drop" | "unnest" | "explode" | "unique" | "groupBy" | "reverse">;

export const run: Run = async (way, frame, context) => {
  if (way === "eager") return context(frame as unknown as Common) as unknown as DataFrame;
  const lazy = context(frame.lazy() as unknown as Common) as unknown as LazyDataFrame;
  return way === "collect" ? await lazy.collect() : lazy.collectSync();
};
