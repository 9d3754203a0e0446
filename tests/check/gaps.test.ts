/** That `ta.check` learns the calendar: what is usual is no gap, and what is not is found. */

import fc from "fast-check";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { barsAt, CALENDARS, frameOf, random } from "../support/calendars.js";
import { runs } from "../support/runs.js";

const calendars = Object.keys(CALENDARS);
const DAY = 86_400_000;

const seeds = fc.integer({ min: 1, max: 1e6 });

const timesOf = (calendar: string, count: number, seed: number): number[] =>
  CALENDARS[calendar]?.(count, seed) ?? [];

describe.each(calendars)("%s", (calendar) => {
  test("has no gaps", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 15, max: 300 }), (seed, count) => {
        const report = ta.check(frameOf(barsAt(timesOf(calendar, count, seed), seed)));
        expect(report.findings).toEqual([]);
        expect(report.every).not.toBeNull();
      }),
      { numRuns: runs(15) },
    );
  });

  test("with a long hole has a gap, which is named", () => {
    fc.assert(
      fc.property(seeds, fc.nat(1e6), (seed, at) => {
        const times = timesOf(calendar, 120, seed);
        // Three weeks, which no holidays last; of longer bars, four of them.
        const step = Math.max(
          4,
          times.findIndex((time) => time > (times[0] ?? 0) + 21 * DAY),
        );
        const begin = 5 + (at % (times.length - step - 10));
        const bars = barsAt(times, seed);
        bars.splice(begin, step);
        const { findings } = ta.check(frameOf(bars), { ignore: ["jumps"] });
        expect(findings.map(({ kind }) => kind)).toEqual(["gaps"]);
        expect(findings[0]?.count).toBe(1);
        expect(findings[0]?.places[0]?.row).toBe(begin);
      }),
      { numRuns: runs(15) },
    );
  });
});

test("the first days after clocks have changed have no gaps, in UTC", () => {
  const calendar = "five minutes of a session in UTC, with days that end early";
  for (let count = 40; count < 60; count += 1) {
    for (let seed = 1; seed < 8; seed += 1) {
      const report = ta.check(frameOf(barsAt(timesOf(calendar, count, seed), seed)));
      expect(report.findings, `${count} days, seed ${seed}`).toEqual([]);
    }
  }
});

/** Bars of several symbols over the same calendar, one after the other. */
function several(calendar: string, count: number, seed: number, symbols: readonly string[]) {
  const times = timesOf(calendar, count, seed);
  const bars = symbols.map((_, index) => barsAt(times, seed + index));
  return { times, bars, frame: () => together(symbols, bars) };
}

const together = (symbols: readonly string[], bars: readonly ReturnType<typeof barsAt>[]) =>
  frameOf(bars.flat(), {
    symbol: symbols.flatMap((name, index) => (bars[index] ?? []).map(() => name)),
  });

describe("of several symbols", () => {
  const symbols = ["A", "B", "C", "D"];
  const sessions = ["daily with weekends and holidays", "five minutes of a session"];

  test.each(sessions)("%s: a bar that the others have is missed", (calendar) => {
    fc.assert(
      fc.property(seeds, fc.nat(1e6), fc.nat(3), (seed, at, which) => {
        const { times, bars, frame } = several(calendar, 40, seed, symbols);
        expect(ta.check(frame(), { over: "symbol" }).findings).toEqual([]);
        const row = 1 + (at % (times.length - 2));
        bars[which]?.splice(row, 1);
        const { findings } = ta.check(frame(), { over: "symbol" });
        expect(findings.map(({ kind, count }) => [kind, count])).toEqual([["gaps", 1]]);
        const [place] = findings[0]?.places ?? [];
        expect(place?.row).toBe(which * times.length + row);
        expect(place?.group).toEqual({ symbol: symbols[which] });
      }),
      { numRuns: runs(15) },
    );
  });

  test("rows of the symbols in turns are the same to it", () => {
    const { bars, frame } = several("five minutes of a session", 8, 5, symbols);
    bars[2]?.splice(100, 3);
    const ordered = ta.check(frame(), { over: "symbol" });
    const turns = ta.check(frame().sort(["date", "symbol"]), { over: "symbol" });
    expect(ordered.findings.map(({ kind }) => kind)).toEqual(["gaps"]);
    const shown = ({ findings }: typeof ordered) =>
      findings.map(({ kind, count, places }) => ({
        kind,
        count,
        places: places.map(({ time, group, values }) => ({ time, group, values })),
      }));
    expect(shown(turns)).toEqual(shown(ordered));
  });
});

test("bars of trades, which come at any time, have no usual step", () => {
  const next = random(5);
  const times = Array.from(
    { length: 500 },
    (_, index) => index * 60_000 + Math.floor(50_000 * next()),
  );
  const report = ta.check(frameOf(barsAt(times)));
  expect(report.findings).toEqual([]);
  expect(report.every).toBeNull();
  expect(String(report)).toContain("at no regular distance");
});

test("of two steps that are as frequent the shorter one is usual, always", () => {
  const days = [1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17, 19, 20, 22, 23, 25].map(
    (day) => day * DAY,
  );
  const frame = frameOf(barsAt(days));
  // Half of the steps are too long for a calendar with this one.
  const reports = Array.from({ length: 20 }, () => ta.check(frame, { ignore: ["gaps"] }).every);
  expect(reports).toEqual(Array(20).fill("1d"));
});

test("clocks that are set make no gaps", () => {
  const hours = Array.from(
    { length: 24 * 400 },
    (_, hour) => Date.parse("2023-01-01") + hour * 3_600_000,
  );
  const zoned = frameOf(barsAt(hours)).withColumns(
    pl.col("date").dt.replaceTimeZone("UTC").dt.convertTimeZone("America/New_York"),
  );
  const report = ta.check(zoned);
  expect(report.findings).toEqual([]);
  expect(report.every).toBe("1h");
  const holed = ta.check(
    zoned.filter(pl.col("date").dt.day().neq(17).or(pl.col("close").isNull())),
  );
  expect(holed.findings.map(({ kind, count }) => [kind, count])).toEqual([["gaps", 13]]);
});

test("too many days that are off are no holidays", () => {
  const times = timesOf("daily with weekends and holidays", 500, 1);
  const next = times.filter((_, index) => index % 9 !== 4);
  const { findings } = ta.check(frameOf(barsAt(next)));
  expect(findings.map(({ kind }) => kind)).toEqual(["gaps"]);
  expect(findings[0]?.count).toBeGreaterThan(50);
});

test("the usual step is told in the words of polars", () => {
  const every = Object.fromEntries(
    calendars.map((name) => [name, ta.check(frameOf(barsAt(timesOf(name, 60, 3)))).every]),
  );
  expect(every).toEqual({
    "daily with weekends and holidays": "1d",
    "daily from Sunday to Thursday": "1d",
    "every day": "1d",
    "daily with a week of holidays every year": "1d",
    weekly: "1w",
    monthly: "1mo",
    "five minutes of a session": "5m",
    "five minutes of a session in UTC, with days that end early": "5m",
    "a quarter of an hour with a break at noon": "15m",
    "hours without an end": "1h",
    "hours from Sunday evening to Friday": "1h",
    "hours but one of each day": "1h",
  });
});
