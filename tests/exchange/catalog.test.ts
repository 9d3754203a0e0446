/** The whole catalog over real bars, in every way to exchange data, alone and in groups: the same to the last bit. */

import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { beforeAll, describe, expect, test } from "vitest";
import { EXCHANGES, expectTaken, select, taken } from "../support/exchanges.js";
import { inputFrame } from "../support/golden.js";
import {
  differences,
  everything,
  type Results,
  results,
  scattered,
} from "../support/random-frames.js";

const SYMBOLS = 4;

/** Unforced, frames of this length go as arrays. */
const FORCED_EXCHANGES = EXCHANGES.filter(({ forced }) => forced !== undefined);

/** Real bars of symbols that follow each other, and of ones that take turns. */
const bars = (): DataFrame => {
  const stocks = inputFrame("stocks");
  const row = pl.col("row");
  const each = stocks.height / SYMBOLS;
  return stocks
    .withRowIndex("row")
    .withColumns(
      row.sub(row.modulo(each)).cast(pl.String).alias("symbol"),
      row.modulo(SYMBOLS).cast(pl.String).alias("turns"),
    )
    .drop("row");
};

/** Some rows are missing, in every way in which they can be. */
const gappy = (): DataFrame => {
  const at = (column: string, every: number, value: Expr) =>
    pl
      .when(
        pl
          .col("row")
          .modulo(every)
          .eq(every - 2),
      )
      .then(value)
      .otherwise(pl.col(column))
      .alias(column);
  return bars()
    .withRowIndex("row")
    .withColumns(
      at("close", 17, pl.lit(null)),
      at("high", 41, pl.lit(Number.NaN)),
      at("volume", 53, pl.lit(Number.POSITIVE_INFINITY)),
      at("session", 67, pl.lit(null)),
    )
    .drop("row");
};

/** How the catalog is computed, and what it should be by the plainest of ways. */
const PLACES: Readonly<
  Record<
    string,
    { key?: string; groups: readonly ("runs" | "rows")[]; wanted: (frame: DataFrame) => Results }
  >
> = {
  "all rows": { groups: [], wanted: (frame) => computed(frame) },
  "symbols that follow each other": {
    key: "symbol",
    groups: ["runs"],
    wanted: (frame) => bySymbol(frame, "symbol"),
  },
  "symbols that take turns": {
    key: "turns",
    groups: ["rows"],
    wanted: (frame) => bySymbol(frame, "turns"),
  },
};

const computed = (frame: DataFrame): Results =>
  results(frame.select(...everything.map(({ expr }) => expr)));

/** Each symbol computed alone. */
function bySymbol(frame: DataFrame, key: string): Results {
  const symbols = frame.getColumn(key).toArray();
  const rows = Map.groupBy(symbols.keys(), (row) => symbols[row]);
  const parts = [...rows].map(([symbol, own]) => ({
    rows: own,
    results: computed(frame.filter(pl.col(key).eq(pl.lit(symbol)))),
  }));
  return scattered(frame.height, parts);
}

const exprs = (key: string | undefined): Expr[] =>
  everything.map(({ meta, expr }) => (key ? expr.over(key).alias(meta.id) : expr));

/** Made once: polars takes its time to make an expression with `over`. */
const EXPRS = Object.fromEntries(
  Object.entries(PLACES).map(([place, { key }]) => [place, exprs(key)]),
);

describe.each(Object.entries({ complete: bars, "with gaps": gappy }))("bars, %s", (_, make) => {
  const frame = make();

  describe.each(Object.entries(PLACES))("%s", (place, { groups, wanted }) => {
    let expected: Results;
    beforeAll(() => {
      expected = wanted(frame);
    });

    test.each(FORCED_EXCHANGES)("$name", { timeout: 60_000 }, async (exchange) => {
      const [made, traces] = await select(frame, EXPRS[place] ?? [], exchange);
      expectTaken(traces, { ...taken(exchange), indicators: everything.length, groups });
      expect(traces).toHaveLength(1);
      expect(differences(results(made), expected)).toEqual([]);
    });
  });
});

test("every entry of the catalog is there, and has values", () => {
  const made = computed(bars());
  expect([...made.keys()]).toEqual(ta.catalog().map(({ id }) => id));
  const empty = [...made].filter(([, columns]) =>
    columns.some(({ values }) => values.every((value) => value === null)),
  );
  // Some patterns and phases do not occur in these bars.
  expect(empty.length).toBeLessThan(everything.length / 10);
  expect(computed(gappy()).get("sma")?.[0]?.values).not.toEqual(made.get("sma")?.[0]?.values);
});
