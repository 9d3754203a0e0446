// Draws the picture of an indicator, as the catalog describes it.
import { SHOWN, sceneOf } from "./scene.mjs";
import { shrink } from "./shrink.mjs";
import { otherPrices } from "./stocks.mjs";

/**
 * @typedef {import("nodejs-polars").DataFrame} DataFrame
 * @typedef {import("nodejs-polars-ta").IndicatorMeta} IndicatorMeta
 * @typedef {import("./scene.mjs").Scene} Scene
 */

const WIDTH = 480;

/** Pixels of height for each pane and for the time axis. */
const PANE = 110;
const AXIS = 120;

/**
 * @param {IndicatorMeta} meta
 * @param {DataFrame} stocks
 * @returns {Promise<string>} SVG
 */
export const pictureOf = async (meta, stocks) => shrink(await chartOf(meta, stocks).toSVG());

/**
 * The chart of an indicator, before it is shrunk.
 *
 * @param {IndicatorMeta} meta
 * @param {DataFrame} stocks
 */
export function chartOf(meta, stocks) {
  const scene = sceneOf(meta, stocks);
  const { frame, ...contents } = makesBars(meta) ? barsOfBars(meta, scene) : beside(meta, scene);
  const options = { ...contents, last: SHOWN, width: WIDTH, volume: false };
  const panes = frame.ta.chart(options).spec.vconcat.length;
  return frame.ta.chart({ ...options, height: AXIS + PANE * panes });
}

/**
 * The indicator with the bars that it reads and its other price inputs.
 *
 * @param {IndicatorMeta} meta
 * @param {Scene} scene
 */
function beside(meta, { symbol, bars, expr, inputs }) {
  const labels = Object.values(inputs).map(({ label }) => label);
  const named = labels.length > 0 ? expr.alias(`${meta.id}(${labels.join(", ")})`) : expr;
  const others = meta.visual.pane === "overlay" ? otherPrices(meta) : [];
  const lines = others.map(({ label, input }) => ({ column: input.alias(label), pane: "price" }));
  return {
    frame: bars,
    title: symbol,
    style: meta.category === "pattern" ? "candles" : "line",
    indicators: [...lines, named],
  };
}

const PRICES = ["open", "high", "low", "close"];

/** @param {IndicatorMeta} meta */
const makesBars = ({ outputs }) => outputs.map(({ name }) => name).join() === PRICES.join();

/**
 * The bars that the indicator makes from others.
 *
 * @param {IndicatorMeta} meta
 * @param {Scene} scene
 */
function barsOfBars(meta, { symbol, bars, expr }) {
  const frame = bars.select("date", expr.alias("bars")).unnest("bars");
  return { frame, title: `${symbol} ${meta.id}`, style: "candles", indicators: [] };
}
