// @ixjb94/indicators, its synchronous class: arrays in, an array or several out.
import library from "@ixjb94/indicators";
import { arraySide } from "./arrays.mjs";

export const input = "arrays";

const ta = new library.IndicatorsSync();
const all = (/** @type {number[][]} */ columns) => columns;

export const { call, columns, because } = arraySide({
  sma: { run: ({ close }, { period }) => ta.sma(close, period) },
  ema: { run: ({ close }, { period }) => ta.ema(close, period) },
  rsi: { run: ({ close }, { period }) => ta.rsi(close, period) },
  macd: {
    run: ({ close }, { fast_period, slow_period, signal_period }) =>
      ta.macd(close, fast_period, slow_period, signal_period),
    read: all,
  },
  bbands: {
    run: ({ close }, { period, nb_dev_up }) => ta.bbands(close, period, nb_dev_up),
    read: ([lower, middle, upper]) => [upper, middle, lower],
  },
  atr: { run: ({ high, low, close }, { period }) => ta.atr(high, low, close, period) },
  adx: {
    run: ({ high, low }, { period }) => ta.adx(high, low, period),
    because: "it counts both moves of a tie",
  },
  stoch: {
    run: ({ high, low, close }, { fastk_period, slowk_period, slowd_period }) =>
      ta.stoch(high, low, close, fastk_period, slowk_period, slowd_period),
    read: all,
  },
  cci: { run: ({ high, low, close }, { period }) => ta.cci(high, low, close, period) },
  obv: { run: ({ close, volume }) => ta.obv(close, volume) },
});
