// indicatorts: arrays in, arrays or a record of arrays out.
import library from "indicatorts";
import { arraySide } from "./arrays.mjs";

export const input = "arrays";

const { sma, ema, rsi, macd, bb, atr, stoch, cci, obv } = library;

export const { call, columns, because } = arraySide({
  sma: { run: ({ close }, { period }) => sma(close, { period }) },
  ema: { run: ({ close }, { period }) => ema(close, { period }) },
  rsi: { run: ({ close }, { period }) => rsi(close, { period }) },
  macd: {
    run: ({ close }, { fast_period, slow_period, signal_period }) =>
      macd(close, { fast: fast_period, slow: slow_period, signal: signal_period }),
    read: ({ macdLine, signalLine }) => [macdLine, signalLine],
    because: "it has no histogram",
  },
  bbands: {
    run: ({ close }, { period }) => bb(close, { period }),
    read: ({ upper, middle, lower }) => [upper, middle, lower],
  },
  atr: {
    run: ({ high, low, close }, { period }) => atr(high, low, close, { period }),
    read: ({ atrLine }) => [atrLine],
    because: "a simple mean of true ranges",
  },
  stoch: {
    run: ({ high, low, close }, { fastk_period, slowd_period }) =>
      stoch(high, low, close, { kPeriod: fastk_period, dPeriod: slowd_period }),
    read: ({ k, d }) => [k, d],
    because: "it does not slow %K",
  },
  cci: {
    run: ({ high, low, close }, { period }) => cci(high, low, close, { period }),
    because: "each deviation from its own mean",
  },
  obv: { run: ({ close, volume }) => obv(close, volume) },
});
