// The real bars of golden/data/stocks.csv, and any indicator over them.
import { fileURLToPath } from "node:url";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";

/**
 * @typedef {import("nodejs-polars").DataFrame} DataFrame
 * @typedef {import("nodejs-polars").Expr} Expr
 * @typedef {import("nodejs-polars-ta").IndicatorMeta} IndicatorMeta
 */

/** All symbols, with dates as dates. */
export const stocks = () =>
  pl
    .readCSV(fileURLToPath(new URL("../../../golden/data/stocks.csv", import.meta.url)))
    .withColumn(pl.col("date").str.strptime(pl.Date, "%Y-%m-%d"));

/**
 * The bars of one symbol.
 *
 * @param {DataFrame} bars
 * @param {string} symbol
 */
export const barsOf = (bars, symbol) => bars.filter(pl.col("symbol").eq(pl.lit(symbol)));

const SPAN = 20;
const close = pl.col("close");
const mean = close.rollingMean(SPAN);
const deviation = close.rollingStd(SPAN);

/**
 * @typedef {{ label: string, input: unknown }} Input an input of an indicator, and its name in
 * pictures
 */

/**
 * Prices for inputs without a usual column, by slot. The closes are compared with them.
 *
 * @type {Readonly<Record<string, { label: string, input: Expr }>>}
 */
const PRICES = {
  other: { label: "mean", input: mean },
  upper: { label: "upper", input: mean.add(deviation) },
  lower: { label: "lower", input: mean.sub(deviation) },
};

const CLOSE = { label: "close", input: "close" };

const volume = pl.col("volume");

/** @type {Readonly<Record<string, Input>>} */
const STAND_INS = {
  ...PRICES,
  periods: { label: String(SPAN), input: pl.lit(SPAN) },
  anchor: { label: "heaviest volume", input: volume.eq(volume.rollingMax(3 * SPAN)) },
};

const MONTH = { label: "month", input: { column: "date", every: "1mo" } };

/** @param {IndicatorMeta} meta */
const openSlots = (meta) => meta.semantics.input_slots.filter((slot) => slot.default === undefined);

/**
 * The inputs for slots without a usual column.
 *
 * @param {IndicatorMeta} meta
 * @returns {Readonly<Record<string, Input>>}
 */
export const standIns = (meta) =>
  Object.fromEntries(
    openSlots(meta).map(({ name, kind }) => [
      name,
      STAND_INS[name] ?? (kind === "key" ? MONTH : CLOSE),
    ]),
  );

/**
 * Any indicator over the bars of one symbol, with default parameters.
 *
 * @param {IndicatorMeta} meta
 * @param {Readonly<Record<string, Input>>} [inputs]
 * @returns {Expr}
 */
export const overStocks = (meta, inputs = standIns(meta)) =>
  ta.indicator(
    meta.id,
    {},
    Object.fromEntries(Object.entries(inputs).map(([slot, { input }]) => [slot, input])),
  );

/**
 * The price inputs of an indicator other than those of the bars.
 *
 * @param {IndicatorMeta} meta
 */
export const otherPrices = (meta) =>
  openSlots(meta).flatMap(({ name }) => (PRICES[name] ? [PRICES[name]] : []));
