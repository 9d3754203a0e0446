/** Streams that are stored and restored, in this process and in another. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import {
  type Bar,
  batch,
  difference,
  holdsOf,
  keyOf,
  type Play,
  playOf,
  type Row,
  streamFor,
} from "../support/live.js";
import { refusal } from "../support/refusals.js";

const SLOW = { timeout: 240_000 };

test("a restored stream goes on with the same bits, wherever it was stored", SLOW, () =>
  holdsOf(120, 250, (play, random) => {
    const amend = random.pick([0, 0, 1, 5]);
    let live = streamFor(play, { amend });
    const history = new Map<string, Bar[]>();
    return play.bars.flatMap((bar, at) => {
      if (random.onceIn(random.pick([1, 5, 40]))) {
        const bytes = live.snapshot();
        live = ta.restore(bytes);
        if (Buffer.compare(bytes, live.snapshot()) !== 0) return ["its snapshot is another"];
      }
      const key = keyOf(play, bar);
      const own = history.get(key) ?? [];
      history.set(key, [...own, bar]);
      const wrong = difference(live.update(bar), play.wanted[at]);
      if (wrong !== undefined) return [`row ${at}: ${wrong}`];
      // A correction within the bars that were restored, taken back at once.
      const back = random.below(amend + 1);
      const corrected = own.at(-back);
      if (back === 0 || corrected === undefined || back > own.length) return [];
      live.replace({ ...random.pick(play.bars), symbol: bar.symbol as string }, { back });
      const again = difference(live.replace(corrected, { back }), play.wanted[at]);
      return again === undefined ? [] : [`after corrections ${back} back, row ${at}: ${again}`];
    });
  }),
);

/** A play that uses all that the language has. */
const MIXED: Play = playOf({
  config: {
    features: [
      "macd",
      "close / sma(20) - 1 as trend",
      "rsi(ema(close, 3), 5) > 50 and side != 'A' as strong",
      "session_vwap(session) as vwap",
      "supertrend",
      "side",
    ],
  },
  seed: 8,
  rows: 300,
  keys: 3,
  gaps: true,
});

test("another process goes on with the same bits", SLOW, async () => {
  const folder = mkdtempSync(join(tmpdir(), "streams-"));
  try {
    const live = streamFor(MIXED, { amend: 2 });
    const half = MIXED.bars.length / 2;
    for (const bar of MIXED.bars.slice(0, half)) live.update(bar);
    writeFileSync(join(folder, "state"), live.snapshot());
    writeFileSync(join(folder, "bars"), JSON.stringify(MIXED.bars.slice(half).map(spelled)));
    const script = `
      import { readFileSync } from "node:fs";
      import { ta } from "nodejs-polars-ta";
      const live = ta.restore(readFileSync("state"));
      const bars = JSON.parse(readFileSync("bars", "utf8"), (_, value) =>
        typeof value === "string" && value.startsWith("number ") ? Number(value.slice(7)) : value);
      const rows = bars.map((bar) => live.update(bar));
      const spelled = (_, value) => typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))
        ? "number " + (Object.is(value, -0) ? "-0" : value) : value;
      process.stdout.write(JSON.stringify(rows, spelled));
    `;
    const link = join(root, "node_modules");
    const path = join(folder, "go-on.mjs");
    writeFileSync(
      path,
      script.replace(
        '"nodejs-polars-ta"',
        JSON.stringify(join(link, "nodejs-polars-ta/dist/index.js")),
      ),
    );
    const { code, stdout, stderr } = await runNode([path], { cwd: folder });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const wanted = batch(MIXED).slice(half).map(spelled);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(wanted)));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** A value without numbers that JSON does not have. */
function spelled(value: unknown): unknown {
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, spelled(inner)]));
  }
  if (typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return `number ${Object.is(value, -0) ? "-0" : value}`;
}

describe("what is no snapshot is refused with a sentence", () => {
  const bytes = () => {
    const live = streamFor(MIXED, { amend: 1 });
    for (const bar of MIXED.bars.slice(0, 40)) live.update(bar);
    return live.snapshot();
  };
  const whole = bytes();
  const changed = (at: number) => whole.map((byte, index) => (index === at ? byte ^ 4 : byte));
  const ofFormat = (format: number) => () => {
    const copy = Uint8Array.from(whole);
    copy[8] = format;
    return copy;
  };

  test.each<[string, () => unknown, string]>([
    ["nothing", () => new Uint8Array(0), "it begins with other bytes"],
    ["another file", () => readFileSync(join(root, "package.json")), "it begins with other bytes"],
    ["the beginning of one", () => whole.subarray(0, 14), "is cut off"],
    ["a part of one", () => whole.subarray(0, whole.length - 9), "is"],
    ["one with a flipped bit in its header", () => changed(40), "is damaged"],
    ["one with a flipped bit in a state", () => changed(whole.length - 30), "is damaged"],
    ["one with bytes behind it", () => Buffer.concat([whole, whole]), "is damaged"],
    ["one of a newer format", ofFormat(9), "has format 9 of a newer version"],
    [
      "one of an older format",
      ofFormat(1),
      "has format 1 of an older version.*; warm up from bars",
    ],
    ["a text", () => "bytes", "restore takes the bytes of a snapshot"],
  ])("%s", (_, make, part) => {
    expect(refusal(() => ta.restore(make() as Uint8Array))).toMatch(new RegExp(part));
  });
});

describe("golden snapshots", () => {
  const folder = join(root, "golden/snapshots");
  const versions = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length));

  test("there is one of this version; npm run release writes it", () => {
    const { version } = JSON.parse(readFileSync(join(root, "plugin/package.json"), "utf8"));
    expect(versions).toContain(version);
  });

  test.each(versions)("of %s restores, or is refused by the name of an indicator", (version) => {
    const { bars, rows } = JSON.parse(readFileSync(join(folder, `${version}.json`), "utf8")) as {
      bars: Bar[];
      rows: Row[];
    };
    const stored = readFileSync(join(folder, `${version}.snapshot`));
    let live: ReturnType<typeof ta.restore>;
    try {
      live = ta.restore(stored);
    } catch (error) {
      expect(String(error)).toMatch(/the state of \w+ is another in this version/);
      return;
    }
    expect(bars.map((bar) => live.update(bar))).toEqual(rows);
  });
});
