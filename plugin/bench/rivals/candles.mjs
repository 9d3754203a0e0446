// The bars of a benchmark as objects, made before the measurement.

/** The candles of each set of columns. */
const made = new WeakMap();

/** @param {any} bars columns of bars */
export function candlesOf(bars) {
  if (!made.has(bars)) {
    const { open, high, low, close, volume } = bars;
    const candle = (_, row) => ({
      open: open[row],
      high: high[row],
      low: low[row],
      close: close[row],
      volume: volume[row],
    });
    made.set(bars, Array.from(close, candle));
  }
  return made.get(bars);
}

/**
 * Which bar a symbol has in a row: each reads the same bars, from another one on.
 *
 * @param {number} row
 * @param {number} symbol
 * @param {number} count the number of bars
 */
export const barOf = (row, symbol, count) => (row + 37 * symbol) % count;
