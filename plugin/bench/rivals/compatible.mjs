// The calls of technicalindicators, and of another library with the same functions.
import { arraySide, fieldsOf } from "./arrays.mjs";

/** @param {any} library */
export function compatible({
  SMA,
  EMA,
  RSI,
  MACD,
  BollingerBands,
  ATR,
  ADX,
  Stochastic,
  CCI,
  OBV,
}) {
  return arraySide({
    sma: { run: ({ close }, { period }) => SMA.calculate({ values: close, period }) },
    ema: { run: ({ close }, { period }) => EMA.calculate({ values: close, period }) },
    rsi: { run: ({ close }, { period }) => RSI.calculate({ values: close, period }) },
    macd: {
      run: ({ close }, { fast_period, slow_period, signal_period }) =>
        MACD.calculate({
          values: close,
          fastPeriod: fast_period,
          slowPeriod: slow_period,
          signalPeriod: signal_period,
          SimpleMAOscillator: false,
          SimpleMASignal: false,
        }),
      read: fieldsOf("MACD", "signal", "histogram"),
    },
    bbands: {
      run: ({ close }, { period, nb_dev_up }) =>
        BollingerBands.calculate({ values: close, period, stdDev: nb_dev_up }),
      read: fieldsOf("upper", "middle", "lower"),
    },
    atr: {
      run: ({ high, low, close }, { period }) => ATR.calculate({ high, low, close, period }),
    },
    adx: {
      run: ({ high, low, close }, { period }) => ADX.calculate({ high, low, close, period }),
      read: fieldsOf("adx"),
    },
    stoch: {
      run: ({ high, low, close }, { fastk_period, slowd_period }) =>
        Stochastic.calculate({
          high,
          low,
          close,
          period: fastk_period,
          signalPeriod: slowd_period,
        }),
      read: fieldsOf("k", "d"),
      because: "it does not slow %K",
    },
    cci: {
      run: ({ high, low, close }, { period }) => CCI.calculate({ high, low, close, period }),
    },
    obv: { run: ({ close, volume }) => OBV.calculate({ close, volume }) },
  });
}
