/** The calls of `ta.bars`: forms of times, late ticks, keys, snapshots, and what is refused. */

import pl from "nodejs-polars";
import { type BarRule, TaError, type TickBars, type TickBarsOptions, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";

const at = (text: string): string => `2024-03-01T09:${text}Z`;

const tick = (time: unknown, price = 10, volume = 1, symbol = "A") => ({
  symbol,
  time,
  price,
  volume,
});

/** The sentence of an error; the bars must be what they were. */
function sentence(bars: TickBars, call: () => unknown): string {
  const before = bars.snapshot();
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(TaError);
    expect(bars.snapshot()).toEqual(before);
    return (error as Error).message;
  }
  throw new Error("was taken");
}

describe("times", () => {
  const noon = Date.UTC(2024, 2, 1, 12);
  const forms: readonly (readonly [form: string, time: unknown, bar: unknown])[] = [
    ["Date", new Date(noon + 90_000), new Date(noon + 60_000)],
    ["milliseconds", noon + 90_000, noon + 60_000],
    ["nanoseconds", BigInt(noon + 90_000) * 1_000_000n + 7n, BigInt(noon + 60_000) * 1_000_000n],
    ["text in UTC", "2024-03-01T12:01:30.5Z", "2024-03-01T12:01:00.000Z"],
    ["text with an offset", "2024-03-01 13:01:30+01:00", "2024-03-01T12:01:00.000Z"],
    ["text without an offset", "2024-03-01T12:01:30", "2024-03-01T12:01:00.000"],
    ["a day", "2024-03-01", "2024-03-01"],
  ];

  test.each(forms)("the time of a bar has the form of the ticks': %s", (_, time, bar) => {
    const bars = ta.bars("1m");
    expect(bars.update(tick(time)).forming?.time).toEqual(bar);
    expect(ta.bars.restore(bars.snapshot()).forming()?.time).toEqual(bar);
  });

  test("nanoseconds are neither lost nor mixed up", () => {
    const noonNs = BigInt(noon) * 1_000_000n;
    const times = [-1n, 0n, 1n, 59_999_999_999n, 60_000_000_000n, 60_000_000_001n].map(
      (ns) => noonNs + ns,
    );
    for (const closed of ["left", "right"] as const) {
      for (const label of ["left", "right", "datapoint"] as const) {
        const bars = ta.bars("1m", { time: "ts", closed, label });
        const price = Float64Array.from(times, (_, row) => row);
        const made = bars.updateMany({ ts: BigInt64Array.from(times), price });
        const found = [...made.closed, ...bars.flush()].map(({ ts, close }) => [ts, close]);
        const frame = pl.DataFrame({
          ts: pl.Series("ts", times.map(String)).cast(pl.Int64).cast(pl.Datetime("ns")),
          close: pl.Series("close", [...price]),
        });
        const own = frame.ta.resample("1m", { closed, label });
        const expected = own.getColumn("ts").cast(pl.Int64).cast(pl.Utf8).toArray() as string[];
        const closes = own.getColumn("close").toArray();
        expect(found).toEqual(expected.map((time, row) => [BigInt(time), closes[row]]));
      }
    }
  });

  test.each<[unknown, RegExp]>([
    [
      1_709_283_000,
      /^bars: time is 1709283000, and a number must be whole milliseconds since 1970/,
    ],
    [1_709_283_000_000.5, /must be whole milliseconds/],
    [1_709_283_000_000_000, /of the years 1900 to 2099$/],
    [1_709_283_000_000n, /a bigint must be nanoseconds since 1970/],
    [new Date(Number.NaN), /^bars: time is Invalid Date, and must be/],
    ["2024-02-30", /^bars: time is "2024-02-30", which is no time$/],
    ["2024-02-01T24:00:00Z", /which is no time$/],
    ["9:30", /^bars: time must be a Date, milliseconds since 1970 as a number, .* got "9:30"$/],
    [null, /got null$/],
  ])("%o is refused", (time, message) => {
    const bars = ta.bars("1m");
    bars.update(tick(at("30:00")));
    expect(sentence(bars, () => bars.update(tick(time)))).toMatch(message);
  });

  test("in a zone, text needs an offset", () => {
    const bars = ta.bars("1d", { timeZone: "America/New_York" });
    expect(sentence(bars, () => bars.update(tick("2024-03-01T12:00")))).toMatch(
      /with timeZone a text needs an offset, such as "2024-03-01T09:30:00-05:00"/,
    );
    const { forming } = bars.update(tick("2024-03-01T23:00:00-05:00"));
    expect(forming?.time).toBe("2024-03-01T05:00:00.000Z");
  });

  test("the field of the time is found as in pipelines", () => {
    const timeOf = (fields: object) =>
      Object.keys(ta.bars("1m").update({ ...fields, price: 1 }).forming ?? {})[0];
    const [time, date] = [at("30:00"), new Date()];
    expect(timeOf({ id: "x", Date: time, timestamp: time })).toBe("timestamp");
    expect(timeOf({ id: "x", when: time })).toBe("when");
    expect(timeOf({ id: time, when: date })).toBe("when");
    expect(() => timeOf({ a: date, b: date })).toThrow(
      'bars: several fields may hold the time, "a", "b"; say which field it is with { time: "a" }',
    );
    expect(() => timeOf({ at: 5 })).toThrow('bars: a tick has no field "time"');
  });
});

describe("late ticks", () => {
  test("are an error", () => {
    const bars = ta.bars("1m", { over: "symbol" });
    bars.update(tick(at("31:30")));
    const late = sentence(bars, () => bars.update(tick(at("30:59"))));
    expect(late).toBe(
      `bars: the tick of "A" at "${at("30:59")}" is late: its bar is already closed; late: "drop" leaves such ticks out`,
    );
    const columns = { symbol: ["A", "B", "A"], time: [at("40:00"), at("20:00"), at("30:00")] };
    const many = { ...columns, price: [1, 2, 3], volume: [1, 1, 1] };
    expect(sentence(bars, () => bars.updateMany(many))).toMatch(/^bars: row 2: the tick of "A"/);
    expect(bars.keys).toEqual(["A"]);
    // In its bar, an older tick is none.
    expect(bars.update(tick(at("31:00"), 7)).forming).toMatchObject({ open: 7, close: 10 });
  });

  test("are dropped and counted on request", () => {
    const bars = ta.bars({ ticks: 2 }, { late: "drop" });
    bars.update(tick(at("30:00")));
    const { closed, forming } = bars.update(tick(at("29:59"), 99));
    expect([closed, forming?.high, bars.dropped]).toEqual([[], 10, 1]);
    const time = [at("30:00"), at("29:00"), at("29:00"), at("31:00")];
    const made = bars.updateMany({
      symbol: time,
      time,
      price: [1, 2, 3, 4],
      volume: time.map(() => null),
    });
    expect(made.closed).toMatchObject([{ open: 10, close: 1, volume: 1, ticks: 2 }]);
    expect(made.forming).toMatchObject([{ open: 4 }]);
    const over = ta.bars("1m", { over: "symbol", late: "drop" });
    over.close(at("30:00"));
    over.updateMany({ symbol: ["A", "B"], time: [at("29:00"), at("30:00")], price: [1, 2] });
    expect([over.keys, over.dropped]).toEqual([["B"], 1]);
    expect([bars.dropped, ta.bars.restore(bars.snapshot()).dropped]).toEqual([3, 3]);
  });

  test("the clock closes the bars of a quiet key", () => {
    const bars = ta.bars("1m", { over: "symbol", empty: "fill" });
    for (const symbol of ["A", "B"]) bars.update(tick(at("30:10"), 10, 1, symbol));
    expect(bars.close(at("30:59.999999999"))).toEqual([]);
    const closed = bars.close(at("32:00"));
    expect(closed.map(({ symbol, time, ticks }) => [symbol, time, ticks])).toEqual(
      ["A", "B"].flatMap((symbol) => [
        [symbol, `${at("30:00").slice(0, -1)}.000Z`, 1],
        [symbol, `${at("31:00").slice(0, -1)}.000Z`, 0],
      ]),
    );
    expect(bars.forming("A")).toBeNull();
    for (const symbol of ["A", "new"]) {
      const late = () => bars.update(tick(at("31:59"), 10, 1, symbol));
      expect(sentence(bars, late)).toContain("its bar is already closed");
    }
    expect(bars.keys).toEqual(["A", "B"]);
    expect(sentence(bars, () => bars.update(tick("2034-01-01T00:00:00Z")))).toBe(
      "bars: more than 1000000 bars without ticks would come before this time",
    );
    const counted = ta.bars({ volume: 5 });
    expect(sentence(counted, () => counted.close(at("30:00")))).toMatch(/use flush/);
  });
});

describe("keys", () => {
  test("are told apart by their type, and several of them together", () => {
    const bars = ta.bars("1m", { over: ["venue", "symbol"] });
    const keys = [
      ["X", 1],
      ["X", "1"],
      [null, true],
      ["X,1", ""],
    ] as const;
    for (const [row, [venue, symbol]] of keys.entries()) {
      bars.update({ venue, symbol, time: at("30:00"), price: row });
    }
    expect(bars.keys).toEqual(keys);
    expect(keys.map((key) => bars.forming(key)?.close)).toEqual([0, 1, 2, 3]);
    expect([bars.drop(["X", 1]), bars.drop(["X", 1])]).toEqual([true, false]);
    bars.update({ venue: "Y", symbol: 2, time: at("29:00"), price: 8 });
    const later = ta.bars.restore(bars.snapshot());
    expect(later.keys).toEqual(bars.keys);
    expect(later.forming(["X", 1])).toBeNull();
    expect(later.forming(["Y", 2])?.close).toBe(8);
    expect(later.flush()).toEqual(bars.flush());
  });

  test("ticks may be objects of a class", () => {
    class Trade {
      readonly time = new Date();
      constructor(readonly price: number) {}
    }
    expect(ta.bars("1m").update(new Trade(5)).forming?.close).toBe(5);
  });

  test("without over there is one", () => {
    const bars = ta.bars("1m");
    expect([bars.forming(), bars.keys, bars.flush(), bars.updateMany({ time: [] }).closed]).toEqual(
      [null, [], [], []],
    );
    const { forming } = bars.update({ time: at("30:00"), Price: 5 });
    expect([forming, bars.keys]).toEqual([bars.forming(), [[]]]);
    expect(forming).not.toHaveProperty("volume");
    expect(bars.drop()).toBe(true);
  });
});

test("a snapshot that was changed or cut off is refused", () => {
  const bars = ta.bars("1m", { over: "symbol", timeZone: "Europe/London" });
  bars.update(tick(at("30:00")));
  const bytes = bars.snapshot();
  for (let place = 0; place < bytes.length; place += 7) {
    const wrong = Uint8Array.from(bytes);
    wrong[place] = (wrong[place] ?? 0) ^ 0x20;
    for (const given of [wrong, bytes.slice(0, place)]) {
      expect(() => ta.bars.restore(given)).toThrow(
        /^bars: (the snapshot is|these bytes are|another)/,
      );
    }
  }
  expect(() => ta.bars.restore("text" as never)).toThrow('must be a Uint8Array, got "text"');
  expect(ta.bars.restore(Uint8Array.from(bytes)).forming("A")).toEqual(bars.forming("A"));
});

describe("one sentence says what is wrong", () => {
  test.each<[object, RegExp]>([
    [{ symbol: "A", time: at("31:00"), volume: 1 }, /^bars: the tick has no field "price"$/],
    [tick(at("31:00"), "11" as never), /^bars: price must be a finite number, got "11"$/],
    [tick(at("31:00"), null as never), /price must be a finite number, got null$/],
    [tick(at("31:00"), Number.NaN), /price must be a finite number, got NaN$/],
    [tick(at("31:00"), 10, Number.POSITIVE_INFINITY), /volume must be a finite number/],
    [tick(at("31:00"), 10, 1, {} as never), /symbol must be a string, a number, .* got an object$/],
    [7 as never, /^bars: a tick must be an object, got 7$/],
  ])("about the tick %o", (wrong, message) => {
    const bars = ta.bars("1m", { over: "symbol" });
    bars.update(tick(at("30:00")));
    expect(sentence(bars, () => bars.update(wrong))).toMatch(message);
  });

  test.each<[object, TickBarsOptions, RegExp]>([
    [
      { time: at("30:00"), last: 5 },
      {},
      /^bars: a tick has no field "price"; it has "time", "last"; say which field it is with { price: "…" }$/,
    ],
    [
      { time: at("30:00"), last: 5 },
      { price: "lst" },
      /price is "lst", .* \(did you mean "last"\?\)/,
    ],
    [{ time: at("30:00"), open: 5, high: 5, low: 5 }, {}, /has no field "close"/],
    [{ open: at("30:00"), price: 5 }, { time: "open" }, /the field "open" is a key or the time/],
    [{ time: at("30:00"), price: 5 }, { over: "time" }, /a key and the time|no field "time"/],
    [
      { time: at("30:00"), price: 5 },
      { over: "sym" },
      /^bars: over is "sym", and a tick has no such field/,
    ],
    [
      { time: at("30:00"), Price: 5, PRICE: 5 },
      {},
      /"Price" and "PRICE" may each be the column "price"/,
    ],
  ])("about the first tick %o with %o", (first, options, message) => {
    const bars = ta.bars("1m", options);
    expect(sentence(bars, () => bars.update(first))).toMatch(message);
  });

  test("about columns, and volumes of bars of volume", () => {
    const bars = ta.bars({ volume: 5 });
    const time = [at("30:00"), at("31:00")];
    const many = (columns: object) => sentence(bars, () => bars.updateMany(columns as never));
    expect(many({ time, price: [1], volume: [1, 2] })).toBe(
      "bars: the columns must have the same length: time 2, price 1, volume 2",
    );
    expect(many({ time, price: 5 })).toBe("bars: price must be an array or a typed array, got 5");
    expect(many({ time, price: [1, 2] })).toMatch(/^bars: a tick has no field "volume"/);
    expect(many({ time, price: [1, 2], volume: [1, -2] })).toBe(
      "bars: row 1: volume must not be negative in bars of volume, got -2",
    );
    expect(many([1])).toBe("bars: columns must be an object of arrays, got an array");
    expect(bars.keys).toEqual([]);
  });

  test.each<[BarRule, object, RegExp]>([
    ["1x", {}, /^bars: the first argument must be the length of a bar, such as .* got "1x"$/],
    [{ ticks: 0 }, {}, /got {"ticks":0}$/],
    [{ ticks: 5, volume: 5 } as never, {}, /got {"ticks":5,"volume":5}$/],
    ["60y", {}, /^bars: every must be at most fifty years, got "60y"$/],
    ["1m", { offset: "999999999d" }, /^bars: offset must be at most fifty years/],
    ["1m", { oevr: "symbol" }, /^bars: unknown option "oevr" \(did you mean "over"\?\)/],
    ["1m", { over: ["a", "a"] }, /over names a field twice/],
    [
      "1m",
      { closed: "both" },
      /closed must be "left" or "right", got "both": a tick at the border/,
    ],
    ["1m", { closed: "none" }, /would belong to neither$/],
    ["1m", { startBy: "datapoint", closed: "right" }, /needs closed: "left"/],
    ["1m", { startBy: "datapoint", offset: "1m" }, /takes no offset$/],
    [
      "1m",
      { timeZone: "Mars/Base" },
      /^bars: timeZone must be the name of a time zone, .* got "Mars\/Base"$/,
    ],
    [
      "1m",
      { price: "p", open: "o" },
      /^bars: price is for trades and open for ticks that are bars/,
    ],
    [
      { ticks: 5 },
      { timeZone: "UTC" },
      /^bars: timeZone is for bars of time; bars of ticks take none$/,
    ],
  ])("about the arguments %o, %o", (every, options, message) => {
    expect(() => ta.bars(every, options)).toThrow(TaError);
    expect(() => ta.bars(every, options)).toThrow(message);
  });
});
