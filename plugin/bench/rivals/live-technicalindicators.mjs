// technicalindicators, bar by bar.
import library from "technicalindicators";
import { machineSide } from "./live-machines.mjs";

const { SMA, EMA, WMA, RSI, MACD, BollingerBands, ATR, ADX } = library;
const { Stochastic, CCI, OBV, ROC, WilliamsR, MFI, PSAR } = library;

/** @param {any} Kind @param {any} params */
const ofPrice = (Kind, params) => {
  const one = new Kind({ ...params, values: [] });
  return (/** @type {any} */ bar) => one.nextValue(bar.close);
};
/** @param {any} Kind @param {any} [params] */
const ofCandle = (Kind, params) => {
  const one = new Kind({ ...params, open: [], high: [], low: [], close: [], volume: [] });
  return (/** @type {any} */ bar) => one.nextValue(bar);
};

export const input = "arrays";
export const { call, columns } = machineSide(
  {
    sma: (params) => ofPrice(SMA, params),
    ema: (params) => ofPrice(EMA, params),
    wma: (params) => ofPrice(WMA, params),
    rsi: (params) => ofPrice(RSI, params),
    macd: ({ fast_period, slow_period, signal_period }) =>
      ofPrice(MACD, {
        fastPeriod: fast_period,
        slowPeriod: slow_period,
        signalPeriod: signal_period,
        SimpleMAOscillator: false,
        SimpleMASignal: false,
      }),
    bbands: ({ period, nb_dev_up }) => ofPrice(BollingerBands, { period, stdDev: nb_dev_up }),
    atr: (params) => ofCandle(ATR, params),
    adx: (params) => ofCandle(ADX, params),
    stoch: ({ fastk_period, slowd_period }) =>
      ofCandle(Stochastic, { period: fastk_period, signalPeriod: slowd_period }),
    cci: (params) => ofCandle(CCI, params),
    obv: () => ofCandle(OBV),
    roc: (params) => ofPrice(ROC, params),
    willr: (params) => ofCandle(WilliamsR, params),
    mfi: (params) => ofCandle(MFI, params),
    sar: ({ acceleration, maximum }) => ofCandle(PSAR, { step: acceleration, max: maximum }),
  },
  { macd: "MACD", bbands: "upper", adx: "adx", stoch: "k" },
);
