/** Columns of keys in every type, in every order of their groups, and what they mean. */

import pl, { type DataFrame, type Expr, type Series } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { bars, frameOf } from "./bars.js";

/** The group of each row, as numbers from 0. */
export const LAYOUTS: Readonly<Record<string, (rows: number) => number[]>> = {
  "one run each": (rows) => groups(rows, (row) => Math.floor(row / 23)),
  "runs whose key comes back": (rows) => groups(rows, (row) => Math.floor(row / 9) % 4),
  "runs of three rows": (rows) => groups(rows, (row) => Math.floor(row / 3) % 5),
  "mostly runs, single rows between": (rows) =>
    groups(rows, (row) => (row % 11 === 5 ? 7 : Math.floor(row / 40))),
  interleaved: (rows) => groups(rows, (row) => (row * row + (row >> 2)) % 5),
  "one group": (rows) => groups(rows, () => 3),
  "each row its own": (rows) => groups(rows, (row) => row),
};

const groups = (rows: number, of: (row: number) => number): number[] =>
  Array.from({ length: rows }, (_, row) => of(row));

/** How rows are found: as runs where there are few; nobody need care how where there are some. */
export function wayOf(labels: readonly unknown[]): "runs" | "rows" | undefined {
  const starts = labels.filter((label, row) => row > 0 && label !== labels[row - 1]).length;
  if (labels.length > 10 && starts * 2.2 <= labels.length) return "runs";
  return labels.length > 10 && starts * 1.8 >= labels.length ? "rows" : undefined;
}

const day = (group: number) => new Date(Date.UTC(2024, 0, 1 + group));
const nullable =
  <T>(make: (group: number) => T) =>
  (group: number): T | null =>
    group === 0 ? null : make(group);

type Make = (name: string, groups: number[]) => Series;

/** A column by the values of its groups. */
const of =
  (make: (group: number) => unknown, dtype: unknown): Make =>
  (name, groups) =>
    pl.Series(name, groups.map(make) as number[], dtype as never);

const cast =
  (make: Make, dtype: unknown): Make =>
  (name, groups) =>
    make(name, groups).cast(dtype as never) as Series;

/** One key column of each type: other group, other key. */
export const KEYS: Readonly<Record<string, Make>> = {
  String: of((group) => `key ${group}`, pl.String),
  "String and null": of(
    nullable((group) => `${group}`),
    pl.String,
  ),
  Int16: of((group) => (group % 200) - 100, pl.Int16),
  "Int32 and null": of(
    nullable((group) => group * 7 - 3),
    pl.Int32,
  ),
  // Polars takes them as text only.
  "Int64 beyond doubles": cast(
    of((group) => String(2n ** 60n + BigInt(group)), pl.String),
    pl.Int64,
  ),
  UInt64: of((group) => BigInt(group) * 3n, pl.UInt64),
  Float64: of((group) => group / 7, pl.Float64),
  "Float64 and NaN": of((group) => (group === 1 ? Number.NaN : group), pl.Float64),
  "Float64, NaN and null": of(
    nullable((group) => (group === 1 ? Number.NaN : -group)),
    pl.Float64,
  ),
  Float32: of((group) => group / 2, pl.Float32),
  Categorical: cast(
    of((group) => `category ${group}`, pl.String),
    pl.Categorical,
  ),
  "Categorical and null": cast(
    of(
      nullable((group) => `category ${group}`),
      pl.String,
    ),
    pl.Categorical,
  ),
  Date: of(day, pl.Date),
  "Date and null": of(nullable(day), pl.Date),
  Datetime: of(day, pl.Datetime("ms")),
  Duration: (name, groups) => {
    const times = of(day, pl.Datetime("ms"))(name, groups);
    const frame = pl.DataFrame([times]).select(pl.col(name).sub(pl.lit(day(-1))));
    return frame.getColumn(name);
  },
  Time: cast(
    of((group) => group * 1_000_000_000, pl.Int64),
    pl.Time,
  ),
  Decimal: cast(
    of((group) => group * 2, pl.Int64),
    pl.Decimal(20, 3),
  ),
};

/** Keys of which there are only two. */
export const TWO_KEYS: Readonly<Record<string, Make>> = {
  Bool: of((group) => group % 2 === 0, pl.Bool),
  "Bool and null": of((group) => (group % 3 === 0 ? null : group % 3 === 1), pl.Bool),
  // Both zeros are one key.
  "zeros of both signs": of((group) => [0, -0, 1][group % 3], pl.Float64),
  "NaN of both signs": of((group) => [Number.NaN, -Number.NaN, 1][group % 3], pl.Float64),
  "all null": of(() => null, pl.Float64),
};

/** What of some column equals what of it, as polars sees it. */
export const labels = (keys: readonly Series[]): string[] => {
  const columns = keys.map((key) => {
    // What JavaScript has no value for is compared as text.
    const isText = /Decimal|Int64/.test(String(key.dtype));
    return (isText ? key.cast(pl.String) : key).toArray();
  });
  const text = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value));
  return Array.from({ length: keys[0]?.length ?? 0 }, (_, row) =>
    columns.map((column) => text(column[row])).join("|"),
  );
};

/** Prices with gaps, and keys beside them. */
export const keyed = (rows: number, keys: readonly Series[]): DataFrame => {
  const source = bars(rows);
  const close = (source.close ?? []).map((value, row) => (row % 17 === 11 ? null : value));
  return pl.DataFrame([...frameOf({ ...source, close }).getColumns(), ...keys]);
};

/** Some indicators of every shape: one input and many, one output and many, every type of those. */
export const features = (): Record<string, Expr> => ({
  sma: pl.col("close").ta.sma(3),
  atr: ta.atr(2),
  bands: ta.bbands(4),
  up: pl.col("close").ta.crossup("open"),
  index: ta.maxindex(3),
  nested: pl.col("close").ta.ema(2).ta.rsi(3),
});

/** The features within groups. */
export const within = (first: string | Expr, ...others: (string | Expr)[]): Expr[] =>
  Object.entries(features()).map(([name, expr]) => expr.over(first, ...others).alias(name));

/** The same, one group at a time. */
export function byHand(frame: DataFrame, labels: readonly string[]): DataFrame {
  const exprs = Object.entries(features()).map(([name, expr]) => expr.alias(name));
  const numbered = frame.withRowIndex("__row");
  const rows = Map.groupBy(labels.keys(), (row) => labels[row]);
  const parts = [...rows.values()].map((own) => {
    const part = numbered.filter(pl.col("__row").isIn(own));
    return part.select("__row", ...exprs);
  });
  if (parts.length === 0) return frame.select(...exprs);
  return pl.concat(parts).sort("__row").drop("__row");
}
