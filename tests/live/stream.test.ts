/** Streams over real bars: every row is the pipeline's, to the last bit. */

import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { stocks } from "nodejs-polars-ta/data";
import { expect, test } from "vitest";

const FEATURES = [
  "rsi(14)",
  "macd.signal",
  "close / sma(200) - 1 as trend",
  "close > sma(20) and rsi(14) < 70 as calm",
  "crossup(ema(12), ema(26))",
  "atr(14) / close as volatility",
  "maxindex(close, 10) as top",
  'symbol == "IBM" as ibm',
];

const bars = pl.readCSV(stocks);
const pipeline = ta.pipeline({ over: "symbol", features: FEATURES });
const expected = pipeline.apply(bars, { keep: "none" }).toRecords();

test("each update gives the row of the pipeline", () => {
  const live = pipeline.stream();
  const rows = bars.toRecords().map((bar) => live.update(bar));
  expect(rows).toEqual(expected);
});

test("a warm stream has the rows of the newest bars, and goes on after a restart", () => {
  const records = bars.toRecords();
  const half = bars.slice(0, 5000);
  const live = pipeline.stream();
  live.warm(half);
  const again = ta.restore(live.snapshot());
  for (const [row, bar] of records.entries()) {
    if (row >= 5000) expect(again.update(bar)).toEqual(expected[row]);
  }
  expect(again.keys).toEqual(["AAPL", "FB", "IBM", "MSFT"]);
  expect(again.toFrame().columns).toEqual(["symbol", ...pipeline.columns]);
});
