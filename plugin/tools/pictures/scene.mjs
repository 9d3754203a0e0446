// Chooses the inputs and bars for the picture of an indicator, so that it has something to show.
import pl from "nodejs-polars";
import { barsOf, overStocks, standIns } from "./stocks.mjs";

/**
 * @typedef {import("nodejs-polars").DataFrame} DataFrame
 * @typedef {import("nodejs-polars").Expr} Expr
 * @typedef {import("nodejs-polars-ta").IndicatorMeta} IndicatorMeta
 * @typedef {import("./stocks.mjs").Input} Input
 * @typedef {{ symbol: string, bars: DataFrame, expr: Expr, inputs: Readonly<Record<string, Input>> }} Scene the bars of
 *   one symbol up to the last that is drawn, the indicator over them, and what it reads instead of usual columns
 */

/** Number of bars drawn. */
export const SHOWN = 100;

/** Number of bars drawn after the last event. */
const AFTER = 8;

/** More events than this make no symbol better than another. */
const ENOUGH = 3;

const close = pl.col("close");
const FRACTIONS = [100, 1000].map((by) => ({ label: `close / ${by}`, input: close.div(by) }));
const CHANGES = [
  { label: "close", input: close },
  { label: "close - open", input: close.sub(pl.col("open")) },
];

/**
 * @param {IndicatorMeta} meta
 * @param {DataFrame} stocks
 * @returns {Scene}
 */
export function sceneOf(meta, stocks) {
  const symbols = stocks.getColumn("symbol").unique({ maintainOrder: true }).toArray();
  const scenes = symbols.map((symbol) => {
    const bars = barsOf(stocks, symbol);
    const inputs = showingInputs(meta, bars);
    const expr = overStocks(meta, inputs);
    return { symbol, inputs, expr, ...untilLastEvent(meta, bars, expr) };
  });
  const most = Math.max(...scenes.map(({ events }) => events));
  return scenes.find(({ events }) => events === most) ?? scenes[0];
}

/**
 * The bars until some after the last event, and the number of events in the drawn ones, at most
 * `ENOUGH`. All bars if there is no event, or if the indicator gives none.
 *
 * @param {IndicatorMeta} meta
 * @param {DataFrame} bars
 * @param {Expr} expr
 */
function untilLastEvent(meta, bars, expr) {
  const marks = meta.visual.plots.filter(({ primitive }) => primitive === "marker");
  if (marks.length === 0) return { bars, events: 0 };
  const rows = valuesOf(meta, bars, expr).flatMap((row, index) =>
    marks.some(({ output }) => row[output]) ? [index] : [],
  );
  const last = rows.at(-1);
  if (last === undefined) return { bars, events: 0 };
  const end = Math.min(bars.height, last + 1 + AFTER);
  const events = rows.filter((row) => row >= end - SHOWN).length;
  return { bars: bars.head(end), events: Math.min(events, ENOUGH) };
}

/**
 * Inputs instead of usual columns. Some functions show nothing of interest over closes: an
 * exponential of hundreds of dollars overflows, a sine of them is noise, and no price is negative.
 *
 * @param {IndicatorMeta} meta
 * @param {DataFrame} bars
 * @returns {Readonly<Record<string, Input>>}
 */
function showingInputs(meta, bars) {
  const [slot, more] = meta.semantics.input_slots;
  if (meta.category !== "math" || slot?.name !== "series" || more !== undefined) {
    return standIns(meta);
  }
  const other = meta.outputs.some((output) => output.scale_group === "other");
  const candidates = other ? FRACTIONS : CHANGES;
  const shows = ({ input }) => {
    const given = bars.tail(SHOWN).select(input.alias("given")).getColumn("given").toArray();
    const rows = valuesOf(meta, bars, overStocks(meta, { series: { label: "", input } }));
    return meta.outputs.every(({ name }) => {
      const values = rows.slice(-SHOWN).map((row) => row[name]);
      return new Set(values).size > 1 && values.some((value, index) => value !== given[index]);
    });
  };
  const chosen = candidates.find(shows);
  return chosen === undefined || chosen === CHANGES[0] ? standIns(meta) : { series: chosen };
}

/**
 * The values of an indicator by the names of its outputs, row by row.
 *
 * @param {IndicatorMeta} meta
 * @param {DataFrame} bars
 * @param {Expr} expr
 * @returns {Readonly<Record<string, unknown>>[]}
 */
export function valuesOf(meta, bars, expr) {
  const [only, more] = meta.outputs;
  const frame = bars.select(expr.alias(only?.name ?? ""));
  return (more ? frame.unnest(only?.name ?? "") : frame).toRecords();
}
