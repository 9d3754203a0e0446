/** The real bars of golden/data/stocks.csv, for tests that draw them. */

import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { goldenPath } from "./golden.js";

/** All symbols, with dates as dates. */
export const stocks = (): DataFrame =>
  pl
    .readCSV(goldenPath("data/stocks.csv"))
    .withColumn(pl.col("date").str.strptime(pl.Date, "%Y-%m-%d"));

/** The bars of one of them. */
export const stock = (symbol = "IBM"): DataFrame =>
  stocks().filter(pl.col("symbol").eq(pl.lit(symbol)));

/** What inputs without a usual column read here. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  series: "close",
  other: "open",
  periods: pl.lit(20),
  upper: "high",
  lower: "low",
};

/** Any indicator over those bars, with default parameters. */
export function overStocks(meta: IndicatorMeta): Expr {
  const inputs = meta.semantics.input_slots.flatMap((slot) => {
    if (slot.default !== undefined) return [];
    const usual = STAND_INS[slot.name] ?? "close";
    return [[slot.name, slot.kind === "key" ? { column: "date", every: "1mo" } : usual]];
  });
  return ta.indicator(meta.id, {}, Object.fromEntries(inputs));
}
