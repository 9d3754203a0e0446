/** Indicators whose results polars can give too, to the last bit: what memory held before must not show. */

import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";

/** Rows of random-looking numbers, other ones for each seed, some of them missing; `row` counts rows. */
export function numbers(rows: number, seed: number): DataFrame {
  const values = (step: number) =>
    Float64Array.from({ length: rows }, (_, row) => ((row + seed) * step) % 1013);
  const gap = 3 + (seed % 7);
  return pl
    .DataFrame({
      close: pl.Series("close", values(7919 + 2 * seed)),
      open: pl.Series("open", values(31 + seed)),
    })
    .withRowIndex("row")
    .withColumns(
      pl
        .when(pl.col("row").modulo(gap).eq(pl.lit(1)))
        .then(pl.lit(null))
        .otherwise(pl.col("close"))
        .alias("close"),
    );
}

type Pair = readonly [indicator: Expr, same: Expr];

/** Pairs of an indicator and what it is, of every type of output; another indicator for each `k`. */
export const EXACT: Readonly<Record<string, (k: number) => Pair>> = {
  gappy: (k) => [price("close", k).ta.sma(1), price("close", k)],
  complete: (k) => [price("open", k).ta.wma(1), price("open", k)],
  sum: (k) => [ta.add("open", price("close", k)), pl.col("open").add(price("close", k))],
  difference: (k) => [ta.sub(price("open", k), "close"), price("open", k).sub(pl.col("close"))],
  bool: (k) => [price("open", k).ta.falling(), price("open", k).lt(before(k))],
  int: (k) => {
    const row = pl.col("row").cast(pl.Int32);
    const at = pl
      .when(price("open", k).lt(before(k)))
      .then(row.sub(1))
      .otherwise(row);
    return [price("open", k).ta.maxindex(2), withBefore(k, at).cast(pl.Int32)];
  },
  struct: (k) => {
    const here = price("open", k);
    const of = (first: Expr) => pl.when(first).then(here).otherwise(before(k));
    const fields = [of(here.lt(before(k))).alias("min"), of(here.gt(before(k))).alias("max")];
    return [here.ta.minmax(2), withBefore(k, pl.struct(fields))];
  },
};

const before = (k: number): Expr => price("open", k).shift(1);

/** Null in the first row, which has none before it. */
const withBefore = (k: number, expr: Expr): Expr =>
  pl.when(before(k).isNotNull()).then(expr).otherwise(pl.lit(null));

/** Whole numbers, which stay exact. */
const price = (name: string, k: number): Expr => (k === 0 ? pl.col(name) : pl.col(name).add(k));

/** The indicators of all pairs, or of some, and what they should give; so many of each. */
export function exact(
  times = 1,
  names: readonly string[] = Object.keys(EXACT),
): { readonly indicators: Expr[]; readonly wanted: Expr[] } {
  const pairs = Array.from({ length: times }, (_, k) =>
    names.map((name) => {
      const [indicator, same] = (EXACT[name] as (k: number) => Pair)(k);
      return [indicator.alias(`${name} ${k}`), same.alias(`${name} ${k}`)] as const;
    }),
  ).flat();
  return { indicators: pairs.map(([i]) => i), wanted: pairs.map(([, w]) => w) };
}
