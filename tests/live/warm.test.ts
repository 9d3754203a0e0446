/** Bars of the past and single bars, in any order and form, give the same state. */

import { tableFromIPC } from "apache-arrow";
import { expect, test } from "vitest";
import {
  type Bar,
  differing,
  frameOfBars,
  holdsOf,
  keyOf,
  type Play,
  type Row,
  type Stream,
  streamFor,
} from "../support/live.js";

const SLOW = { timeout: 240_000 };

/** Forms of a history. */
const FORMS: readonly ((bars: readonly Bar[]) => Parameters<Stream["warm"]>[0])[] = [
  (bars) => frameOfBars(bars),
  (bars) => frameOfBars(bars).lazy(),
  (bars) => bars,
  (bars) => tableFromIPC(frameOfBars(bars).writeIPC({ compression: "uncompressed" })),
];

/** The last row of each key, in some order, with its key. */
function newest({ config, bars, wanted }: Play & { wanted: readonly Row[] }): Map<string, Row> {
  const keyed = (bar: Bar, row: Row) =>
    config.over === undefined ? row : ({ symbol: bar.symbol, ...row } as Row);
  return new Map(
    bars.map((bar, at) => [keyOf({ config, bars }, bar), keyed(bar, wanted[at] as Row)]),
  );
}

/** What is wrong with the rows that a warm-up gives. */
function wrongRows(rows: readonly Row[], expected: Map<string, Row>): string[] {
  const given = new Map(rows.map((row) => [String(row.symbol ?? ""), row]));
  const keys = [...expected.keys()];
  if (rows.length !== keys.length) return [`${rows.length} rows for ${keys.length} keys`];
  return differing(
    keys.map((key) => given.get(key)),
    keys.map((key) => expected.get(key)),
  );
}

test("one warm-up", SLOW, () =>
  holdsOf(80, 400, (play, random) => {
    if (play.bars.length === 0) return [];
    const live = streamFor(play, { amend: random.pick([0, 3]) });
    return wrongRows(live.warm(random.pick(FORMS)(play.bars)), newest(play));
  }),
);

test("warm-ups and updates in turn", SLOW, () =>
  holdsOf(160, 400, (play, random) => {
    const live = streamFor(play, { amend: random.pick([0, 0, 1, 7]) });
    const wrong: string[] = [];
    for (let at = 0; at < play.bars.length; ) {
      const end = at + 1 + random.below(random.pick([2, 20, 200]));
      const part = {
        config: play.config,
        bars: play.bars.slice(at, end),
        wanted: play.wanted.slice(at, end),
      };
      if (random.onceIn(2)) {
        const form = random.pick(FORMS);
        wrong.push(
          ...wrongRows(live.warm(form(part.bars)), newest(part)).map((w) => `${form}: ${w}`),
        );
      } else {
        wrong.push(
          ...differing(
            part.bars.map((bar) => live.update(bar)),
            part.wanted,
          ),
        );
      }
      at = end;
    }
    return wrong.slice(0, 3);
  }),
);

test("no bars", () => {
  for (const form of FORMS) {
    const live = streamFor({ config: { features: ["sma(2)"] }, bars: [] });
    const empty = form([{ symbol: "A", close: 1, flag: true }]);
    const none = Array.isArray(empty)
      ? []
      : "head" in empty
        ? empty.head(0)
        : (empty as { slice(from: number, to: number): typeof empty }).slice(0, 0);
    expect(live.warm(none as never)).toEqual([]);
    expect(live.info().bars).toBe(0);
  }
});
