/** The frame of a stream is the end of the pipeline's. */

import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { stocks } from "nodejs-polars-ta/data";
import { expect, test } from "vitest";

const pipeline = ta.pipeline({
  over: "symbol",
  features: ["macd", "rsi(14)", "cdl_doji", "close > sma(200) as above", "bbands(300)"],
});

test.each([10_006, 30])("after %i bars", (count) => {
  const bars = pl.readCSV(stocks).head(count);
  const live = pipeline.stream();
  live.warm(bars);
  const whole = pipeline.apply(bars, { keep: ["symbol"] });
  const newest = pl.concat(
    live.keys.map((key) => whole.filter(pl.col("symbol").eq(pl.lit(key))).tail(1)),
  );
  const frame = live.toFrame();
  expect(frame.schema).toEqual(newest.schema);
  expect(frame.frameEqual(newest, true)).toBe(true);
  for (const name of pipeline.columns) {
    expect([name, frame.getColumn(name).nullCount()]).toEqual([
      name,
      newest.getColumn(name).nullCount(),
    ]);
  }
});
