// talib-web: TA-Lib's C as WebAssembly, arrays in and out.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import library from "talib-web";
import { arraySide } from "./arrays.mjs";

export const input = "arrays";

// The library fetches its code, but Node's fetch does not read files.
const binary = createRequire(import.meta.url).resolve("talib-web/lib/talib.wasm");
await library.init(`data:application/wasm;base64,${readFileSync(binary, "base64")}`);

const { SMA, EMA, RSI, MACD, BBANDS, ATR, ADX, STOCH, CCI, OBV } = library;
const output = (/** @type {any} */ result) => [result.output];

export const { call, columns, because } = arraySide({
  sma: { run: ({ close }, { period }) => SMA({ inReal: close, timePeriod: period }), read: output },
  ema: { run: ({ close }, { period }) => EMA({ inReal: close, timePeriod: period }), read: output },
  rsi: { run: ({ close }, { period }) => RSI({ inReal: close, timePeriod: period }), read: output },
  macd: {
    run: ({ close }, { fast_period, slow_period, signal_period }) =>
      MACD({
        inReal: close,
        fastPeriod: fast_period,
        slowPeriod: slow_period,
        signalPeriod: signal_period,
      }),
    read: (result) => [result.MACD, result.MACDSignal, result.MACDHist],
  },
  bbands: {
    run: ({ close }, { period, nb_dev_up, nb_dev_dn }) =>
      BBANDS({ inReal: close, timePeriod: period, nbDevUp: nb_dev_up, nbDevDn: nb_dev_dn }),
    read: ({ upperBand, middleBand, lowerBand }) => [upperBand, middleBand, lowerBand],
  },
  atr: {
    run: ({ high, low, close }, { period }) => ATR({ high, low, close, timePeriod: period }),
    read: output,
  },
  adx: {
    run: ({ high, low, close }, { period }) => ADX({ high, low, close, timePeriod: period }),
    read: output,
  },
  stoch: {
    run: ({ high, low, close }, { fastk_period, slowk_period, slowd_period }) =>
      STOCH({
        high,
        low,
        close,
        fastK_Period: fastk_period,
        slowK_Period: slowk_period,
        slowD_Period: slowd_period,
      }),
    read: ({ slowK, slowD }) => [slowK, slowD],
  },
  cci: {
    run: ({ high, low, close }, { period }) => CCI({ high, low, close, timePeriod: period }),
    read: output,
  },
  obv: { run: ({ close, volume }) => OBV({ inReal: close, volume }), read: output },
});
