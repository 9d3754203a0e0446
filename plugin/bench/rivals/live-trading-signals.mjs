// trading-signals, bar by bar.
import * as library from "trading-signals";
import { machineSide } from "./live-machines.mjs";

const { SMA, EMA, WMA, RSI, MACD, BollingerBands, ATR, ADX } = library;
const { StochasticOscillator, CCI, OBV, ROC, WilliamsR, MFI, PSAR } = library;

/** @param {any} one an indicator that reads prices */
const ofPrice = (one) => (/** @type {any} */ bar) => one.update(bar.close, false);
/** @param {any} one an indicator that reads candles */
const ofCandle = (one) => (/** @type {any} */ bar) => one.update(bar, false);

export const input = "arrays";
export const { call, columns } = machineSide(
  {
    sma: ({ period }) => ofPrice(new SMA(period)),
    ema: ({ period }) => ofPrice(new EMA(period)),
    wma: ({ period }) => ofPrice(new WMA(period)),
    rsi: ({ period }) => ofPrice(new RSI(period)),
    macd: ({ fast_period, slow_period, signal_period }) =>
      ofPrice(new MACD(new EMA(fast_period), new EMA(slow_period), new EMA(signal_period))),
    bbands: ({ period, nb_dev_up }) => ofPrice(new BollingerBands(period, nb_dev_up)),
    atr: ({ period }) => ofCandle(new ATR(period)),
    adx: ({ period }) => ofCandle(new ADX(period)),
    stoch: ({ fastk_period, slowk_period, slowd_period }) =>
      ofCandle(
        new StochasticOscillator({
          kPeriod: fastk_period,
          kSlowingPeriod: slowk_period,
          dPeriod: slowd_period,
        }),
      ),
    cci: ({ period }) => ofCandle(new CCI(period)),
    obv: () => ofCandle(new OBV(2)),
    roc: ({ period }) => ofPrice(new ROC(period)),
    willr: ({ period }) => ofCandle(new WilliamsR(period)),
    mfi: ({ period }) => ofCandle(new MFI(period)),
    sar: ({ acceleration, maximum }) =>
      ofCandle(new PSAR({ accelerationStep: acceleration, accelerationMax: maximum })),
  },
  { macd: "macd", bbands: "upper", stoch: "stochK" },
);
