// trading-signals: objects that get one value or candle after another.
import * as library from "trading-signals";
import { arraySide, fieldsOf } from "./arrays.mjs";
import { candlesOf } from "./candles.mjs";

export const input = "arrays";

const { SMA, EMA, RSI, MACD, BollingerBands, ATR, ADX, StochasticOscillator, CCI, OBV } = library;

/** @param {any} one an indicator that reads prices */
const overPrices = (one, { close }) => one.updates(close, false);
/** @param {any} one an indicator that reads candles */
const overCandles = (one, bars) => one.updates(candlesOf(bars), false);
const numbers = (/** @type {(number | null)[]} */ values) => [values.map((value) => value ?? NaN)];

export const { call, columns, because } = arraySide({
  sma: { run: (bars, { period }) => overPrices(new SMA(period), bars), read: numbers },
  ema: { run: (bars, { period }) => overPrices(new EMA(period), bars), read: numbers },
  rsi: { run: (bars, { period }) => overPrices(new RSI(period), bars), read: numbers },
  macd: {
    run: (bars, { fast_period, slow_period, signal_period }) =>
      overPrices(
        new MACD(new EMA(fast_period), new EMA(slow_period), new EMA(signal_period)),
        bars,
      ),
    read: fieldsOf("macd", "signal", "histogram"),
  },
  bbands: {
    run: (bars, { period, nb_dev_up }) => overPrices(new BollingerBands(period, nb_dev_up), bars),
    read: fieldsOf("upper", "middle", "lower"),
  },
  atr: { run: (bars, { period }) => overCandles(new ATR(period), bars), read: numbers },
  adx: {
    run: (bars, { period }) => overCandles(new ADX(period), bars),
    read: numbers,
    because: "it counts both moves of a tie",
  },
  stoch: {
    run: (bars, { fastk_period, slowk_period, slowd_period }) =>
      overCandles(
        new StochasticOscillator({
          kPeriod: fastk_period,
          kSlowingPeriod: slowk_period,
          dPeriod: slowd_period,
        }),
        bars,
      ),
    read: fieldsOf("stochK", "stochD"),
  },
  cci: { run: (bars, { period }) => overCandles(new CCI(period), bars), read: numbers },
  obv: { run: (bars) => overCandles(new OBV(2), bars), read: numbers },
});
