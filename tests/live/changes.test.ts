/** Bars that are looked at, replaced, corrected and forgotten. */

import { describe, expect, test } from "vitest";
import {
  type Bar,
  batch,
  difference,
  differing,
  holdsOf,
  keyOf,
  type Play,
  type Row,
  streamFor,
} from "../support/live.js";
import type { Random } from "../support/random-frames.js";
import { message } from "../support/texts.js";

const SLOW = { timeout: 240_000 };

/** Another bar of the same key. */
function other({ bars }: Play, bar: Bar, random: Random): Bar {
  return { ...random.pick(bars), symbol: bar.symbol ?? null };
}

const same = (before: Uint8Array, after: Uint8Array, what: string): string[] =>
  Buffer.compare(before, after) === 0 ? [] : [`${what} changed the stream`];

test("a peek is the next update, and changes nothing", SLOW, () =>
  holdsOf(100, 200, (play, random) => {
    const live = streamFor(play, { amend: random.pick([0, 2]) });
    return play.bars.flatMap((bar, at) => {
      const before = random.onceIn(3) ? live.snapshot() : undefined;
      const wrong: string[] = [];
      if (random.onceIn(2)) live.peek(other(play, bar, random));
      if (random.onceIn(2)) {
        const peeked = difference(live.peek(bar), play.wanted[at]);
        if (peeked !== undefined) wrong.push(`peek ${at}: ${peeked}`);
      }
      if (before) wrong.push(...same(before, live.snapshot(), `a peek at row ${at}`));
      const updated = difference(live.update(bar), play.wanted[at]);
      if (updated !== undefined) wrong.push(`update ${at}: ${updated}`);
      return wrong;
    });
  }),
);

test("of replaced bars only the last counts", SLOW, () =>
  holdsOf(100, 200, (play, random) => {
    const live = streamFor(play, { amend: random.pick([0, 2]) });
    const rows = play.bars.map((bar) => {
      if (random.onceIn(2)) return live.update(bar);
      live.update(other(play, bar, random));
      for (let times = random.below(3); times > 0; times--) {
        live.replace(other(play, bar, random));
        if (random.onceIn(3)) live.peek(other(play, bar, random));
      }
      return live.replace(bar);
    });
    return differing(rows, play.wanted);
  }),
);

test("copies are independent", SLOW, () =>
  holdsOf(80, 200, (play, random) => {
    let live = streamFor(play, { amend: random.pick([0, 2]) });
    return play.bars.flatMap((bar, at) => {
      if (random.onceIn(10)) {
        const copy = live.clone();
        const [stays, moves] = random.onceIn(2) ? [live, copy] : [copy, live];
        const before = stays.snapshot();
        for (let times = random.below(4); times > 0; times--) moves.update(random.pick(play.bars));
        if (moves.keys.length > 0) moves.drop(moves.keys[0] as string);
        const changed = same(before, stays.snapshot(), `the copy at row ${at}`);
        if (changed.length > 0) return changed;
        live = stays;
      }
      const wrong = difference(live.update(bar), play.wanted[at]);
      return wrong === undefined ? [] : [`row ${at}: ${wrong}`];
    });
  }),
);

test("a key that was dropped begins anew", SLOW, () =>
  holdsOf(60, 200, (play, random) => {
    if (play.config.over === undefined) return [];
    const live = streamFor(play, { amend: random.pick([0, 2]) });
    // The bars of each key since it was dropped last, and the rows that were given.
    const since = new Map<string, { bars: Bar[]; rows: Row[] }>();
    for (const bar of play.bars) {
      const key = keyOf(play, bar);
      const known = since.get(key) ?? { bars: [], rows: [] };
      if (random.onceIn(15)) {
        if (live.drop(key) !== known.bars.length > 0) return [`drop of ${key} is wrong`];
        if (live.last(key) !== undefined) return [`${key} is there after it was dropped`];
        since.set(key, { bars: [bar], rows: [live.update(bar)] });
      } else {
        known.bars.push(bar);
        known.rows.push(live.update(bar));
        since.set(key, known);
      }
    }
    return [...since.values()].flatMap(({ bars, rows }) =>
      differing(rows, batch({ ...play, bars })),
    );
  }),
);

describe("amend", () => {
  test("corrections at any depth equal the corrected series", SLOW, () =>
    holdsOf(80, 100, (play, random) => {
      const amend = 1 + random.below(8);
      const live = streamFor(play, { amend });
      const history = new Map<string, Bar[]>();
      const wrong: string[] = [];
      for (const bar of play.bars) {
        const key = keyOf(play, bar);
        const bars = history.get(key) ?? [];
        history.set(key, bars);
        live.update(bar);
        bars.push(bar);
        if (!random.onceIn(8)) continue;
        const back = random.below(amend + 3);
        const corrected = other(play, bar, random);
        if (back > amend || back >= bars.length) {
          const before = live.snapshot();
          const said = message(() => live.replace(corrected, { back }));
          if (!/^TaError: .*\bback\b/.test(said)) wrong.push(`${back} back: ${said}`);
          wrong.push(...same(before, live.snapshot(), "a refused correction"));
          continue;
        }
        const row = live.replace(corrected, { back });
        bars[bars.length - 1 - back] = corrected;
        // Those of one key are as they are among others.
        const differs = difference(row, batch({ ...play, bars }).at(-1));
        if (differs !== undefined) wrong.push(`${back} of ${bars.length} back: ${differs}`);
      }
      for (const [key, bars] of history) {
        const differs = difference(live.last(key), batch({ ...play, bars }).at(-1));
        if (differs !== undefined) wrong.push(`last of ${key}: ${differs}`);
      }
      return wrong.slice(0, 3);
    }),
  );

  test("the time of a bar says how far back it is", () => {
    const live = streamFor({ config: { features: ["sma(3)"] }, bars: [] }, { amend: 2 });
    const bar = (day: number, close: number) => ({ time: new Date(Date.UTC(2024, 0, day)), close });
    for (const day of [1, 2, 3, 4]) live.update(bar(day, day));
    expect(live.replace(bar(3, 9))).toEqual({ sma_3: 5 });
    expect(message(() => live.replace(bar(1, 9)))).toContain("is too far back");
    expect(live.last()).toEqual({ sma_3: 5 });
  });
});
