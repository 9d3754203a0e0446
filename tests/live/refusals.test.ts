/** Bars that are refused: a sentence, and the stream is what it was. */

import { type PipelineConfig, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import type { Stream } from "../support/live.js";
import { refusal } from "../support/refusals.js";

const config: PipelineConfig = {
  over: "symbol",
  features: ["sma(2)", "side == 'A' as is", "not flag as no", "rsi(3, missing=error) as strict"],
};

const good = { symbol: "A", time: new Date("2024-01-02"), close: 2, side: "A", flag: true };

/** Bars with one thing wrong. */
const WRONG: readonly [string, unknown, string][] = [
  ["an older bar", { ...good, time: new Date("2023-12-31") }, "is older than the newest bar"],
  ["a bar of the same time", { ...good, time: new Date("2024-01-01") }, "use replace to amend it"],
  ["no price", { symbol: "A", time: good.time, side: "A", flag: true }, '"close"'],
  ["an undefined price", { ...good, close: undefined }, '"close"'],
  ["no key", { ...good, symbol: undefined }, "symbol"],
  ["no time", { ...good, time: undefined }, '"time"'],
  ["a time that is none", { ...good, time: "noon" }, "time must be a Date"],
  ["an invalid Date", { ...good, time: new Date(Number.NaN) }, "time must be a Date"],
  ["a text in a price", { ...good, close: "2" }, "close must be a number"],
  ["an object in a price", { ...good, close: {} }, "close must be a number"],
  ["a number in a text", { ...good, side: 2 }, "side must be a string"],
  ["a text in a condition", { ...good, flag: "yes" }, "flag must be true or false"],
  ["an object as a key", { ...good, symbol: {} }, "symbol must be a string"],
  ["NaN as a key", { ...good, symbol: Number.NaN }, "symbol must be finite"],
  ["an infinite key", { ...good, symbol: Infinity }, "symbol must be finite"],
  ["a gap where none is allowed", { ...good, close: null }, 'its missing policy is "error"'],
  ["an unknown key", { ...good, symbol: "B" }, 'the key "B" is unknown'],
  ["null", null, "a bar is an object of fields"],
  ["a number", 3, "a bar is an object of fields"],
  ["nothing", undefined, "a bar is an object of fields"],
];

const open = (amend: number): Stream => {
  const live = ta.stream({ ...config, unknownKeys: "error", amend });
  const time = (day: number) => new Date(Date.UTC(2023, 11, day));
  live.warm([1, 2, 32].map((day) => ({ ...good, time: time(day), close: day })));
  return live;
};

/** The ways in. */
const CALLS: Readonly<Record<string, (live: Stream, bar: never) => unknown>> = {
  update: (live, bar) => live.update(bar),
  peek: (live, bar) => live.peek(bar),
  warm: (live, bar) => live.warm([bar]),
};

describe.each(Object.keys(CALLS))("%s refuses", (name) => {
  // A warm-up adds keys.
  const wrong = WRONG.filter(([what]) => name !== "warm" || what !== "an unknown key");

  test.each(wrong)("%s", (_, bar, part) => {
    for (const amend of [0, 1]) {
      const live = open(amend);
      const before = live.snapshot();
      const last = live.last("A");
      const said = refusal(() => CALLS[name]?.(live, bar as never));
      if (name !== "warm") expect(said).toContain(part);
      expect(Buffer.compare(before, live.snapshot())).toBe(0);
      expect(live.last("A")).toEqual(last);
      expect(live.keys).toEqual(["A"]);
      expect(live.update(good)).toEqual(open(amend).update(good));
    }
  });
});

/** What is refused of a bar in the place of another one. */
const NO_REPLACEMENT: readonly [string, unknown, object | undefined, string][] = [
  ["a later bar", good, undefined, "use update"],
  ["a bar before all others", { ...good, time: new Date("2020-01-01") }, undefined, "too far back"],
  ["a bar between", { ...good, time: new Date("2023-12-20") }, undefined, "to replace"],
  ["a time of the bar before", { ...good, time: new Date("2023-12-02") }, { back: 0 }, "not later"],
  ["a time of the bar after", good, { back: 1 }, "not earlier"],
  ["a key without bars", { ...good, symbol: "B" }, undefined, 'of "B" to replace yet'],
  ["a text in a price", { ...good, close: "2" }, { back: 0 }, "close must be a number"],
  [
    "a gap",
    { ...good, time: new Date("2023-12-02"), close: null },
    { back: 1 },
    'its missing policy is "error"',
  ],
  ["more bars back than there are", good, { back: 7 }, "7 bars back"],
  ["no number of bars back", good, { back: -1 }, "back must be"],
  ["an unknown option", good, { bak: 1 }, 'unknown option "bak"'],
];

test.each(NO_REPLACEMENT)("replace refuses %s", (_, bar, options, part) => {
  const live = open(1);
  const before = live.snapshot();
  expect(refusal(() => live.replace(bar as never, options as never))).toContain(part);
  expect(Buffer.compare(before, live.snapshot())).toBe(0);
});

describe("the first bar of a stream", () => {
  test.each(WRONG.filter(([what]) => !/older|same time|no time|unknown key/.test(what)))(
    "is refused for %s, and tells nothing about the next",
    (_, bar) => {
      const live = ta.stream(config);
      const before = live.snapshot();
      refusal(() => live.update(bar as never));
      refusal(() => live.peek(bar as never));
      expect(Buffer.compare(before, live.snapshot())).toBe(0);
      expect(live.keys).toEqual([]);
      expect(live.info().bars).toBe(0);
      live.update(good);
      expect(live.keys).toEqual(["A"]);
    },
  );

  test("may have another spelling and another time after a peek", () => {
    const live = ta.stream({ features: ["sma(2)"] });
    live.peek({ Close: 1, time: "2024-01-01" });
    live.update({ close: 1, day: 3 });
    expect(live.update({ close: 2, day: 2 })).toEqual({ sma_2: 1.5 });
  });
});

test("numbers of times are times under names that say so, as in frames", () => {
  const bars = [
    { ts: 1.4e12, close: 1 },
    { ts: 1.4e12 - 60_000, close: 2 },
  ] as const;
  const fresh = () => ta.stream({ features: ["sma(2)"] });
  const single = fresh();
  single.update(bars[0]);
  expect(() => single.update(bars[1])).toThrow("is older than the newest bar");
  expect(() => fresh().warm(bars)).toThrow("is not later than the one before");
  const columns = (bar: (typeof bars)[number]) => ({ ts: [bar.ts], close: [bar.close] });
  const keyed = ta.stream({ over: "symbol", features: ["sma(2)"] });
  keyed.updateMany(["A"], columns(bars[0]));
  expect(() => keyed.updateMany(["A"], columns(bars[1]))).toThrow("is not later than the one");
  // Other numbers are no times.
  const counted = fresh();
  for (const lots of [1.4e9, 1.3e9]) counted.update({ lots, close: 1 });
});

test("of several fields with usual names, the most telling has the times, as in frames", () => {
  const live = ta.stream({ features: ["sma(2)"] });
  live.update({ open_time: "2024-01-02", time: "2024-01-01", close: 1 });
  const next = { open_time: "2024-01-01", time: "2024-01-02", close: 3 };
  expect(live.update(next)).toEqual({ sma_2: 2 });
});
