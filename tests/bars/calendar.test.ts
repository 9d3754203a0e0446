/** Sessions by calendar unit, on the clocks of a time zone. No indicator is named here. */

import pl from "nodejs-polars";
import { type IndicatorMeta, TaError, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";

const HOUR = 3_600_000;
const START = Date.UTC(2024, 2, 8); // a Friday; clocks in New York go forward on the Sunday

/** Weeks of hours, more than any default period has sessions. */
const rows = 14 * 7 * 24;
const times = Array.from({ length: rows }, (_, i) => START + i * HOUR);
const price = times.map((_, i) => 100 + 10 * Math.sin(i / 7) + (i % 5));
const df = pl.DataFrame({
  ts: pl.Series(
    "ts",
    times.map((t) => new Date(t)),
    pl.Datetime("ms"),
  ),
  open: price,
  high: price.map((p) => p + 1),
  low: price.map((p) => p - 1),
  close: price.map((p) => p + 0.5),
  volume: price.map((_, i) => 100 + (i % 7)),
});

/** Entries with an input that tells sessions apart and needs no more than prices beside it. */
const keyed = ta
  .catalog()
  .flatMap((meta) =>
    meta.semantics.input_slots
      .filter((slot) => slot.kind === "key" && slot.name === "session")
      .map((slot) => [meta.id, meta, slot.name] as const),
  );

function localDay(timeZone: string) {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  return (time: number) => format.format(time);
}

const week = (time: number) => Math.floor((time / (24 * HOUR) + 3) / 7);

/** The results with a session column of numbers made in JavaScript. */
function byNumber(meta: IndicatorMeta, slot: string, unit: (time: number) => unknown) {
  const units = times.map(unit);
  const numbers = units.map((u) => units.indexOf(u));
  const frame = df.withColumns(pl.Series("key", numbers, pl.Int32));
  return frame.select(ta.indicator(meta.id, {}, { [slot]: "key" }).alias("x"));
}

describe.each(keyed)("%s", (_, meta, slot) => {
  const by = (unit: object) => df.select(ta.indicator(meta.id, {}, { [slot]: unit }).alias("x"));

  test("has values within weeks and days", () => {
    for (const every of ["1d", "1w"]) {
      expect(by({ column: "ts", every }).dropNulls().height, every).toBeGreaterThan(0);
    }
  });

  test("by day and week of the column's clocks", () => {
    const day = (time: number) => Math.floor(time / (24 * HOUR));
    expect(by({ column: "ts", every: "1d" }).frameEqual(byNumber(meta, slot, day))).toBe(true);
    const weekly = by({ column: pl.col("ts"), every: "1w" });
    expect(weekly.frameEqual(byNumber(meta, slot, week))).toBe(true);
  });

  test("by day of a time zone, across a change of clocks", () => {
    for (const timeZone of ["America/New_York", "Asia/Kolkata"]) {
      const zoned = by({ column: "ts", every: "1d", timeZone });
      expect(zoned.frameEqual(byNumber(meta, slot, localDay(timeZone))), timeZone).toBe(true);
      expect(zoned.frameEqual(by({ column: "ts", every: "1d" })), timeZone).toBe(false);
    }
  });

  test("what is no unit, no time or no key is refused", () => {
    const sentence = (unit: unknown) => {
      try {
        df.select(ta.indicator(meta.id, {}, { [slot]: unit as string }));
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        return String(error);
      }
      throw new Error("was taken");
    };
    expect(sentence({ column: "ts", every: "day" })).toContain("every must be a duration");
    expect(sentence({ column: "ts", every: "1d", zone: "UTC" })).toContain('unknown option "zone"');
    expect(sentence({ column: "ts", every: "1d", timeZone: 3 })).toContain("timeZone must be");
    expect(sentence({ every: "1d" })).toContain(`${slot}.column must be`);
    expect(sentence("close")).toContain("dtype Float64; a key takes");
    expect(() => df.select(ta.indicator(meta.id, {}, { [slot]: "close" }))).toThrow(TaError);
  });
});

test("there are such entries", () => expect(keyed.length).toBeGreaterThan(1));
