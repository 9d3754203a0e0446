/** What a stream says about the newest bar of a key, and the keys that it takes. */

import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import type { Stream } from "../support/live.js";
import { refusal } from "../support/refusals.js";

const day = (number: number) => new Date(Date.UTC(2024, 0, number));

/** A stream with three bars of A and one of B. */
function opened(amend = 0): Stream {
  const live = ta.stream({ over: "symbol", features: ["sma(2)"], amend });
  live.warm([
    { symbol: "A", date: day(1), close: 1 },
    { symbol: "B", date: day(1), close: 5 },
    { symbol: "A", date: day(2), close: 2 },
  ]);
  live.update({ symbol: "A", date: day(5), close: 3 });
  return live;
}

const A = { time: day(5).getTime(), bars: 3 };
const B = { time: day(1).getTime(), bars: 1 };

describe("newest", () => {
  test("has the time and the number of bars of each key", () => {
    const live = opened();
    expect([live.newest("A"), live.newest("B")]).toEqual([A, B]);
    expect(live.newest("C")).toBeUndefined();
  });

  test("follows every call that takes a bar, and none that looks at one", () => {
    const live = opened(1);
    live.peek({ symbol: "A", date: day(9), close: 4 });
    live.peekMany(["A", "C"], { date: day(9), close: [4, 4] });
    expect([live.newest("A"), live.newest("C")]).toEqual([A, undefined]);
    live.replace({ symbol: "A", date: day(6), close: 4 }, { back: 0 });
    expect(live.newest("A")).toEqual({ ...A, time: day(6).getTime() });
    live.replace({ symbol: "A", date: day(3), close: 4 }, { back: 1 });
    expect(live.newest("A")).toEqual({ ...A, time: day(6).getTime() });
    live.updateMany(["B", "A"], { date: day(8), close: [6, 7] });
    expect(live.newest("A")).toEqual({ time: day(8).getTime(), bars: 4 });
    expect(live.newest("B")).toEqual({ time: day(8).getTime(), bars: 2 });
    refusal(() => live.update({ symbol: "A", date: day(8), close: 1 }));
    expect(live.newest("A")).toEqual({ time: day(8).getTime(), bars: 4 });
  });

  test.each([0, 2])("is the same in a restored stream and in a copy, amend %i", (amend) => {
    const live = opened(amend);
    const copy = live.clone();
    const restored = ta.restore(live.snapshot());
    live.update({ symbol: "B", date: day(7), close: 1 });
    for (const other of [copy, restored]) {
      expect([other.newest("A"), other.newest("B")]).toEqual([A, B]);
      expect(other.drop("A")).toBe(true);
      expect([other.newest("A"), other.newest("B")]).toEqual([undefined, B]);
      other.update({ symbol: "A", date: day(1), close: 1 });
      expect(other.newest("A")).toEqual({ time: day(1).getTime(), bars: 1 });
    }
    expect(live.newest("A")).toEqual(A);
  });

  test("without over is that of the only series", () => {
    const live = ta.stream({ features: ["sma(2)"] });
    expect(live.newest()).toBeUndefined();
    live.update({ close: 1, time: 17 });
    expect(live.newest()).toEqual({ time: 17, bars: 1 });
  });

  test("has no time if bars have none, and exact times if they have them", () => {
    const plain = ta.stream({ features: ["sma(2)"] });
    plain.update({ close: 1 });
    expect(plain.newest()).toEqual({ time: null, bars: 1 });
    const texts = ta.stream({ features: ["sma(2)"] });
    texts.update({ close: 1, date: "2024-01-05" });
    expect(texts.newest()).toEqual({ time: day(5).getTime(), bars: 1 });
    const frame = ta.stream({ features: ["sma(2)"] });
    const date = pl.Series("date", [day(5)], pl.Datetime("ms"));
    frame.warm(pl.DataFrame([pl.Series("close", [1]), date]));
    expect(frame.newest()).toEqual({ time: day(5).getTime(), bars: 1 });
  });
});

describe("a bar in the place of one whose neighbour is not kept", () => {
  /** Bars of the days 1, 2, 3, … as many as are asked for. */
  const stream = (amend: number, days: number, way: "update" | "warm"): Stream => {
    const live = ta.stream({ features: ["sma(2)"], amend });
    const bars = Array.from({ length: days }, (_, at) => ({ date: day(at + 1), close: at }));
    if (way === "warm") live.warm(bars);
    else for (const bar of bars) live.update(bar);
    return live;
  };

  describe.each(["update", "warm"] as const)("after %s", (way) => {
    test.each([
      ["the newest, amend 0", 0, 0],
      ["the oldest that can be corrected", 2, 2],
      ["the newest, amend 2", 2, 0],
    ])("%s", (_, amend, back) => {
      const made = stream(amend, 6, way);
      const own = 6 - back;
      const wrong = [1, 2, own - 2, own - 1];
      for (const live of [made, made.clone(), ta.restore(made.snapshot())]) {
        const before = live.snapshot();
        for (const number of wrong) {
          const said = refusal(() => live.replace({ date: day(number), close: 9 }, { back }));
          expect(said).toContain("is not later than the one before it");
          expect(Buffer.compare(before, live.snapshot())).toBe(0);
        }
        const late = new Date(day(own - 1).getTime() + 1);
        live.replace({ date: late, close: 9 }, { back });
        expect(live.newest()?.bars).toBe(6);
      }
    });

    test("the first bar may have any time before the next", () => {
      const live = stream(3, 3, way);
      live.replace({ date: new Date(0), close: 4 }, { back: 2 });
      expect(live.last()).toEqual({ sma_2: 1.5 });
      const alone = stream(0, 1, way);
      alone.replace({ date: new Date(0), close: 4 }, { back: 0 });
      expect(alone.newest()).toEqual({ time: 0, bars: 1 });
    });
  });

  test("a correction of the bar that the oldest follows counts", () => {
    const live = stream(1, 3, "update");
    const moved = new Date(day(2).getTime() + 3_600_000);
    live.replace({ date: moved, close: 1 }, { back: 1 });
    live.update({ date: day(4), close: 3 });
    expect(refusal(() => live.replace({ date: moved, close: 3 }, { back: 1 }))).toContain(
      "is not later than the one before it",
    );
    live.replace({ date: new Date(moved.getTime() + 1), close: 3 }, { back: 1 });
    expect(live.last()).toEqual({ sma_2: 3 });
  });
});

test("a first warm-up that is refused leaves nothing", () => {
  const config = { over: "symbol", features: ["rsi(3, missing=error)", "sma(2)"] };
  const bars = Array.from({ length: 3000 }, (_, row) => ({
    symbol: `S${row % 7}`,
    close: 10 + (row % 13),
  }));
  const wrong = bars.map((bar, row) => (row === 2500 ? { ...bar, close: null } : bar));
  for (const amend of [0, 3]) {
    const live = ta.stream({ ...config, amend });
    const empty = live.snapshot();
    expect(refusal(() => live.warm(wrong))).toContain("is missing in this bar");
    expect(live.keys).toEqual([]);
    expect(live.info()).toMatchObject({ keys: 0, bars: 0 });
    expect(Buffer.compare(live.snapshot(), empty)).toBe(0);
    const other = ta.stream({ ...config, amend });
    expect(live.warm(bars)).toEqual(other.warm(bars));
    expect(Buffer.compare(live.snapshot(), other.snapshot())).toBe(0);
  }
});

describe("a key beyond 2^53", () => {
  const SIZES: readonly [string, bigint | number][] = [
    ["a bigint", 2n ** 53n + 1n],
    ["a negative bigint", -(2n ** 53n) - 1n],
    ["a number", 2 ** 53],
  ];

  test.each(SIZES)("that is %s is refused wherever a key passes", (_, key) => {
    const live = ta.stream({ over: "id", features: ["sma(2)"] });
    live.update({ id: 7n, close: 1 });
    const before = live.snapshot();
    const bar = { id: key, close: 1 };
    const calls: (() => unknown)[] = [
      () => live.update(bar),
      () => live.peek(bar),
      () => live.replace(bar),
      () => live.warm([bar]),
      () => live.updateMany([key as number], { close: [1] }),
      () => live.peekMany([key as number], { close: [1] }),
      () => live.last(key as number),
      () => live.newest(key as number),
      () => live.drop(key as number),
    ];
    if (typeof key === "bigint") {
      const ids = pl.Series("id", [String(key)]).cast(pl.Int64);
      calls.push(() => live.warm(pl.DataFrame([ids, pl.Series("close", [1])])));
      calls.push(() => live.updateMany(BigInt64Array.of(key) as never, { close: [1] }));
    }
    for (const call of calls) {
      expect(refusal(call)).toMatch(/id is -?90071992547409\d\d, and numbers beyond .* as texts/);
      expect(Buffer.compare(before, live.snapshot())).toBe(0);
    }
    expect(live.keys).toEqual([7]);
  });

  test("the largest one below is kept exactly, and found however it is written", () => {
    const key = Number.MAX_SAFE_INTEGER;
    const live = ta.stream({ over: "id", features: ["sma(2)"] });
    live.update({ id: BigInt(key), close: 1 });
    live.updateMany(BigInt64Array.of(BigInt(key)) as never, { close: [3] });
    const ids = pl.Series("id", [String(key)]).cast(pl.Int64);
    const frame = pl.DataFrame([ids, pl.Series("close", [5])]);
    expect(live.warm(frame)).toEqual([{ id: key, sma_2: 4 }]);
    const restored = ta.restore(live.snapshot());
    expect(restored.keys).toEqual([key]);
    expect(restored.newest(key)?.bars).toBe(3);
    expect(restored.toFrame().getColumn("id").toArray()).toEqual([key]);
    expect(restored.drop(key)).toBe(true);
  });
});
