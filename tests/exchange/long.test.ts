/** Long frames: written in several record batches, computed off the JavaScript thread, several at a time. */

import pl, { type DataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { beforeAll, describe, expect, test } from "vitest";
import { frame } from "../support/formulas.js";
import { long } from "../support/long.js";

describe("a long frame", () => {
  const ROWS = 1_000_000;
  let df: DataFrame;
  const plan = () =>
    df
      .lazy()
      .select(
        ta.sma(50),
        ta.macd(),
        ta.atr(14),
        ta.stoch(),
        pl.col("close").ta.ema(20).ta.rsi(14).alias("nested"),
      );
  beforeAll(() => {
    df = long(ROWS);
  });

  test("leaves the event loop free while it is collected", { timeout: 120_000 }, async () => {
    const events: string[] = [];
    let [immediates, timers] = [0, 0];
    const collected = plan()
      .collect()
      .then((made) => {
        events.push("collected");
        return made;
      });
    events.push("called");
    while (!events.includes("collected")) {
      await new Promise(setImmediate);
      immediates += 1;
      if (immediates % 100 === 0)
        await new Promise((resolve) => setTimeout(resolve)).then(() => {
          timers += 1;
        });
    }
    expect(events).toEqual(["called", "collected"]);
    expect(timers).toBeGreaterThan(10);
    expect((await collected).height).toBe(ROWS);
  });

  test("gives the same as its parts, over the edges of record batches", {
    timeout: 120_000,
  }, () => {
    const whole = df.select(ta.sma(50), ta.willr(14), ta.midprice(10), ta.bop({ open: "low" }));
    const STEP = 99_991;
    for (let start = 0; start < ROWS; start += STEP) {
      const warm = Math.min(start, 60);
      const part = df.slice(start - warm, Math.min(STEP, ROWS - start) + warm);
      const made = part.select(ta.willr(14), ta.midprice(10), ta.bop({ open: "low" }));
      const same = whole.drop("sma_50").slice(start, STEP);
      expect(made.slice(warm, STEP).frameEqual(same, true)).toBe(true);
    }
    const sums = whole.getColumn("sma_50").toArray();
    const close = df.getColumn("close").toArray() as number[];
    for (const row of [49, 124_999, 125_000, 125_020, 500_000, ROWS - 1]) {
      const mean = close.slice(row - 49, row + 1).reduce((sum, value) => sum + value, 0) / 50;
      expect(sums[row]).toBeCloseTo(mean, 8);
    }
    expect(sums[48]).toBeNull();
  });

  test("of several chunks gives the same", { timeout: 120_000 }, () => {
    const cuts = [0, 1, 7, 1000, 125_001, 400_000, ROWS];
    const parts = cuts
      .slice(1)
      .map((end, index) => df.slice(cuts[index] ?? 0, end - (cuts[index] ?? 0)));
    const chunked = pl.concat(parts, { how: "vertical", rechunk: false });
    expect(
      chunked.select(ta.macd(), ta.atr(14)).frameEqual(df.select(ta.macd(), ta.atr(14)), true),
    ).toBe(true);
  });

  test("two at a time do not mix", { timeout: 120_000 }, async () => {
    const other = df.select(pl.col("close").mul(3).alias("close"), pl.col("low"), pl.col("high"));
    const exprs = () => [ta.rsi(14), ta.atr(5), ta.bbands(20)];
    const wanted = [df.select(...exprs()), other.select(...exprs())];
    expect(wanted[0]?.frameEqual(wanted[1] as DataFrame, true)).toBe(false);
    const made = await Promise.all([
      df
        .lazy()
        .select(...exprs())
        .collect(),
      other
        .lazy()
        .select(...exprs())
        .collect(),
      frame()
        .lazy()
        .select(pl.col("symbol").ta.sma(2))
        .collect()
        .catch((error) => error.message),
      frame().lazy().select(ta.sma(3)).collect(),
    ]);
    expect((made[0] as DataFrame).frameEqual(wanted[0] as DataFrame, true)).toBe(true);
    expect((made[1] as DataFrame).frameEqual(wanted[1] as DataFrame, true)).toBe(true);
    expect(made[2]).toContain('column "symbol"');
    expect((made[3] as DataFrame).frameEqual(frame().select(ta.sma(3)), true)).toBe(true);
  });
});
