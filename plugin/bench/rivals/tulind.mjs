// tulind: Tulip Indicators in C. It calls its callback synchronously.
import library from "tulind";
import { arraySide } from "./arrays.mjs";

export const input = "arrays";

/**
 * @param {string} name
 * @param {number[][]} inputs
 * @param {number[]} options
 */
function compute(name, inputs, options) {
  let outputs;
  library.indicators[name].indicator(inputs, options, (error, results) => {
    if (error) throw error;
    outputs = results;
  });
  return outputs;
}

const all = (/** @type {number[][]} */ columns) => columns;

export const { call, columns, because } = arraySide({
  sma: { run: ({ close }, { period }) => compute("sma", [close], [period]), read: all },
  ema: { run: ({ close }, { period }) => compute("ema", [close], [period]), read: all },
  rsi: { run: ({ close }, { period }) => compute("rsi", [close], [period]), read: all },
  macd: {
    run: ({ close }, { fast_period, slow_period, signal_period }) =>
      compute("macd", [close], [fast_period, slow_period, signal_period]),
    read: all,
  },
  bbands: {
    run: ({ close }, { period, nb_dev_up }) => compute("bbands", [close], [period, nb_dev_up]),
    read: ([lower, middle, upper]) => [upper, middle, lower],
  },
  atr: {
    run: ({ high, low, close }, { period }) => compute("atr", [high, low, close], [period]),
    read: all,
  },
  adx: {
    run: ({ high, low, close }, { period }) => compute("adx", [high, low, close], [period]),
    read: all,
  },
  stoch: {
    run: ({ high, low, close }, { fastk_period, slowk_period, slowd_period }) =>
      compute("stoch", [high, low, close], [fastk_period, slowk_period, slowd_period]),
    read: all,
  },
  cci: {
    run: ({ high, low, close }, { period }) => compute("cci", [high, low, close], [period]),
    read: all,
  },
  obv: { run: ({ close, volume }) => compute("obv", [close, volume], []), read: all },
});
