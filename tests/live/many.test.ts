/** Cross-sections: many keys in one call. */

import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { runNode } from "../support/child.js";
import {
  type Bar,
  holdsOf,
  keyOf,
  type Play,
  type Row,
  type Stream,
  streamFor,
} from "../support/live.js";
import type { Random } from "../support/random-frames.js";
import { refusal } from "../support/refusals.js";

const SLOW = { timeout: 240_000 };

type Columns = ReturnType<Stream["updateMany"]>;

/** Consecutive bars, none of them of the same key. */
function sections(play: Play, random: Random): Bar[][] {
  const found: Bar[][] = [];
  let section: Bar[] = [];
  for (const bar of play.bars) {
    const isThere = section.some((other) => keyOf(play, other) === keyOf(play, bar));
    if (isThere || random.onceIn(6)) {
      found.push(section);
      section = [];
    }
    section.push(bar);
  }
  return [...found, section].filter((each) => each.length > 0);
}

/** The fields of bars as arrays; numbers in typed ones where no NaN must be told from null. */
function columnsOf(bars: readonly Bar[], typed: boolean): Record<string, unknown> {
  const column = (name: string) => {
    const values = bars.map((bar) => bar[name] ?? null);
    const fits = values.every((value) => typeof value === "number" && !Number.isNaN(value));
    return typed && fits ? Float64Array.from(values as number[]) : values;
  };
  return Object.fromEntries(Object.keys(bars[0] ?? {}).map((name) => [name, column(name)]));
}

/** A value as a typed array holds it. */
const asNumber = (value: unknown): number => (value === null ? Number.NaN : Number(value));

/** The numbers of a lane, in the order of a row. */
const laneOf = (columns: Columns, lane: number): number[] =>
  Object.values(columns).flatMap((column) =>
    column instanceof Float64Array
      ? [column[lane] as number]
      : Object.values(column).map((inner) => inner[lane] as number),
  );

const numbersOf = (row: Row): number[] =>
  Object.values(row).flatMap((value) =>
    typeof value === "object" && value !== null
      ? Object.values(value).map(asNumber)
      : [asNumber(value)],
  );

test("updateMany is one update after the other", SLOW, () =>
  holdsOf(120, 250, (play, random) => {
    if (play.config.over === undefined) return [];
    const live = streamFor(play, { amend: random.pick([0, 2]) });
    let at = 0;
    let out: Columns | undefined;
    for (const section of sections(play, random)) {
      const keys = section.map((bar) => keyOf(play, bar));
      const columns = columnsOf(section, random.onceIn(2));
      const hasText = play.wanted.some((row) => hasTexts(row));
      if (hasText) {
        const before = live.snapshot();
        const said = refusal(() => live.updateMany(keys, columns));
        const same = Buffer.compare(before, live.snapshot()) === 0;
        return said.includes("is a text") && same ? [] : [said];
      }
      const peeked = random.onceIn(3) ? live.peekMany(keys, columns) : undefined;
      const fits = out && laneOf(out, 0).length > 0 && sizeOf(out) === section.length;
      const found = live.updateMany(keys, columns, fits ? out : undefined);
      if (fits && found !== out) return ["the arrays of the caller were not used"];
      for (const lane of section.keys()) {
        const wanted = numbersOf(play.wanted[at + lane] as Row);
        for (const given of [found, ...(peeked ? [peeked] : [])]) {
          const own = laneOf(given, lane);
          const wrong = own.findIndex((value, index) => !Object.is(value, wanted[index]));
          if (wrong >= 0 || own.length !== wanted.length) {
            return [`row ${at + lane}, value ${wrong}: ${own[wrong]}, not ${wanted[wrong]}`];
          }
        }
      }
      out = found;
      at += section.length;
    }
    return [];
  }),
);

/** Whether a row has a text. */
const hasTexts = (row: Row): boolean =>
  Object.values(row).some((value) => typeof value === "string");

/** The length of the arrays. */
function sizeOf(columns: Columns): number {
  const [first] = Object.values(columns).flatMap((column) =>
    column instanceof Float64Array ? [column] : Object.values(column),
  );
  return first?.length ?? 0;
}

describe("what updateMany refuses leaves the stream as it was", () => {
  const opened = () => {
    const live = ta.stream({ over: "symbol", features: ["sma(2)"], unknownKeys: "error" });
    live.warm([
      { symbol: "A", close: 1, time: 1 },
      { symbol: "B", close: 2, time: 1 },
    ]);
    return live;
  };
  const many = (keys: unknown, columns: unknown, out?: unknown) => (live: Stream) =>
    live.updateMany(keys as string[], columns as Record<string, unknown>, out as Columns);

  test.each<[string, (live: Stream) => unknown, string]>([
    ["a key twice", many(["A", "A"], { close: [1, 2], time: 2 }), "is not later than|two bars"],
    ["an unknown key", many(["A", "C"], { close: [1, 2], time: 2 }), 'key "C" is unknown'],
    ["too few values", many(["A", "B"], { close: [1], time: 2 }), "close has 1 values for 2 bars"],
    ["a missing field", many(["A"], { open: [1], time: 2 }), '"close"'],
    ["a missing time", many(["A"], { close: [1] }), '"time"'],
    ["a text for a number", many(["A"], { close: ["1"], time: 2 }), "close must be a number"],
    ["an older bar", many(["A", "B"], { close: [1, 2], time: [2, 1] }), "is not later than"],
    ["no array of keys", many("A", { close: [1] }), "takes an array of keys"],
    ["no columns", many(["A"], null), "takes an object of arrays"],
    [
      "a result array of another length",
      many(["A"], { close: [1], time: 2 }, { sma_2: new Float64Array(2) }),
      "must be a Float64Array of 1 values",
    ],
  ])("%s", (_, call, part) => {
    const live = opened();
    const before = live.snapshot();
    expect(refusal(() => call(live))).toMatch(new RegExp(part));
    expect(Buffer.compare(before, live.snapshot())).toBe(0);
  });
});

test("the number of threads changes no bit", SLOW, async () => {
  const script = `
    import { createHash } from "node:crypto";
    import { ta } from "nodejs-polars-ta";
    const features = ["rsi(5)", "macd(3, 7, 4)", "close / sma(9) - 1 as trend", "atr(6)", "adx(4)",
      "bbands(8)", "ema(close, 3) > close as above", "linearreg(7)", "stoch", "obv", "kama(5)"];
    const live = ta.stream({ over: "symbol", features });
    const symbols = Array.from({ length: 1000 }, (_, key) => "S" + key);
    const hash = createHash("sha256");
    const put = (value) => value instanceof Float64Array ? hash.update(value) : Object.values(value).forEach(put);
    let seed = 1;
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    for (let bar = 0; bar < 60; bar++) {
      const close = Float64Array.from(symbols, () => 50 + 10 * random());
      const columns = { close, open: close.map((v) => v + random() - 0.5), high: close.map((v) => v + 1),
        low: close.map((v) => v - 1), volume: close.map(() => Math.round(1000 * random())) };
      put(live.updateMany(symbols, columns));
    }
    process.stdout.write(hash.digest("hex"));
  `;
  const digests = await Promise.all(
    ["1", "2", "4"].map(async (threads) => {
      const args = ["--input-type=module", "--eval", script];
      const { stdout, stderr } = await runNode(args, { env: { RAYON_NUM_THREADS: threads } });
      expect(stderr).toBe("");
      return stdout;
    }),
  );
  expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(digests).size).toBe(1);
});
