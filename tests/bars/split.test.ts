/** `ta.split`: by brute force, no label of a train row overlaps a test. */

import fc from "fast-check";
import pl, { type DataFrame } from "nodejs-polars";
import { type Fold, type SplitOptions, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { expectSame } from "../support/contexts.js";
import { days } from "../support/days.js";
import { goldenPath } from "../support/golden.js";
import { refusal } from "../support/refusals.js";
import { runs } from "../support/runs.js";

interface Row {
  readonly at: number;
  /** Null for a row without a label. */
  readonly on: number | null;
}

/** A frame whose times are days, in any order. */
const frameOf = (rows: readonly Row[]): DataFrame =>
  pl.DataFrame({
    date: days(
      "date",
      rows.map(({ at }) => at),
    ),
    on: days(
      "on",
      rows.map(({ on }) => on),
    ),
  });

const row = fc.record({
  at: fc.integer({ min: 0, max: 60 }),
  length: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(null)),
});
const table = fc
  .array(row, { minLength: 40, maxLength: 120 })
  .map((rows) => rows.map(({ at, length }) => ({ at, on: length === null ? null : at + length })));

const options = fc.oneof(
  fc.record({
    kind: fc.constant("purged" as const),
    folds: fc.integer({ min: 2, max: 4 }),
    embargo: fc.integer({ min: 0, max: 8 }),
  }),
  fc.record({
    kind: fc.constant("walk_forward" as const),
    folds: fc.integer({ min: 2, max: 4 }),
    window: fc.oneof(fc.constant(undefined), fc.integer({ min: 5, max: 30 })),
  }),
);

type Options = typeof options extends fc.Arbitrary<infer T> ? T : never;

/** The folds; undefined if one has no row. */
function foldsOf(rows: readonly Row[], given: Options): Fold[] | undefined {
  try {
    return ta.split(frameOf(rows), { knownOn: "on", ...given } as SplitOptions);
  } catch (error) {
    expect(String(error)).toMatch(/split: fold \d+ has no row to (test|train) on/);
    return undefined;
  }
}

const spansOf = (rows: readonly Row[], numbers: Uint32Array): { at: number; on: number }[] =>
  [...numbers].map((number) => rows[number] as { at: number; on: number });

test("no label of a train row overlaps the test, and nothing else is left out", () => {
  let checked = 0;
  fc.assert(
    fc.property(table, options, (rows, given) => {
      const folds = foldsOf(rows, given);
      if (folds === undefined) return;
      expect(folds).toHaveLength(given.folds);
      const times = [...new Set(rows.map(({ at }) => at))].sort((a, b) => a - b);
      const labelled = rows.flatMap(({ on }, number) => (on === null ? [] : [number]));
      for (const [index, { train, test }] of folds.entries()) {
        checked++;
        const tested = spansOf(rows, test);
        // The border of the blocks, counted in times.
        const blocks = given.kind === "purged" ? given.folds : given.folds + 1;
        const block = blocks - given.folds + index;
        const own = times.slice(
          Math.floor((block * times.length) / blocks),
          Math.floor(((block + 1) * times.length) / blocks),
        );
        const first = own[0] as number;
        const last = Math.max(own.at(-1) as number, ...tested.map(({ on }) => on));
        const forbidden =
          given.kind === "purged"
            ? times.filter((time) => time > last).slice(0, given.embargo)
            : times.filter((time) => time > last);
        const oldest =
          given.kind === "walk_forward" && given.window !== undefined
            ? (times.filter((time) => time < first).at(-given.window) ?? times[0] ?? 0)
            : (times[0] ?? 0);
        const wanted = labelled.filter((number) => {
          const { at, on } = rows[number] as { at: number; on: number };
          const overlaps = at <= last && on >= first;
          return !overlaps && !forbidden.includes(at) && at >= oldest;
        });
        expect([...test]).toEqual(
          labelled.filter((number) => own.includes(rows[number]?.at ?? -1)),
        );
        expect([...train]).toEqual(wanted);
        // Each pair, without any of the above.
        for (const { at, on } of spansOf(rows, train)) {
          expect(tested.some((other) => at <= other.on && on >= other.at)).toBe(false);
        }
      }
    }),
    { numRuns: runs(200) },
  );
  expect(checked).toBeGreaterThan(50);
});

test("every labelled row is tested once, and walking forward never trains on the future", () => {
  fc.assert(
    fc.property(table, options, (rows, given) => {
      const folds = foldsOf(rows, given);
      if (folds === undefined) return;
      const tested = folds.flatMap((fold) => [...fold.test]);
      expect(new Set(tested).size).toBe(tested.length);
      if (given.kind === "purged") {
        const labelled = rows.filter(({ on }) => on !== null);
        expect(tested).toHaveLength(labelled.length);
        return;
      }
      for (const { train, test } of folds) {
        const begin = Math.min(...spansOf(rows, test).map(({ at }) => at));
        for (const { on } of spansOf(rows, train)) expect(on).toBeLessThan(begin);
      }
    }),
    { numRuns: runs(80) },
  );
});

describe("the labels of a pipeline over real bars", () => {
  const bars = pl.readCSV(goldenPath("data/stocks.csv"));
  const labels = ta
    .catalog()
    .filter(({ category }) => category === "label")
    .map(({ id }) => ({ id, as: id }));
  const pipeline = ta.pipeline({ over: "symbol", features: ["rsi(14)"], labels });
  const rows = pipeline.apply(bars, { labels: true });
  const knownOn = labels.map(({ as }) => `${as}_known_on`);

  test.each(["purged", "walk_forward"] as const)("are divided by time: %s", (kind) => {
    const folds = ta.split(rows, { knownOn, kind, folds: 4 });
    const on = knownOn.map((name) => rows.getColumn(name).toArray() as (string | null)[]);
    const date = rows.getColumn("date").toArray() as string[];
    const last = (number: number) =>
      on
        .map((column) => column[number] ?? "")
        .sort()
        .at(-1) ?? "";
    for (const { train, test } of folds) {
      const from = [...test].map((number) => date[number] ?? "").sort()[0] ?? "";
      const to = [...test].map(last).sort().at(-1) ?? "";
      const wrong = [...train].filter(
        (number) => (date[number] ?? "") <= to && last(number) >= from,
      );
      expect(wrong).toEqual([]);
      expect(test.length).toBeGreaterThan(50);
      expect(train.length).toBeGreaterThan(50);
    }
  });

  test("are the same as text and as dates, in any order of rows, as frames or as numbers", () => {
    const name = knownOn[0] as string;
    const given: SplitOptions = { knownOn: name, folds: 3, embargo: 10 };
    const folds = ta.split(rows, given);
    const typed = rows.withColumns(
      ...["date", name].map((column) => pl.col(column).str.strptime(pl.Date, "%Y-%m-%d")),
    );
    expect(ta.split(typed, given).map(({ train, test }) => [train, test])).toEqual(
      folds.map(({ train, test }) => [train, test]),
    );
    const numbered = rows.withRowIndex("row");
    const reversed = ta.split(numbered.reverse(), given).map((fold) => fold.frames());
    for (const [index, { train, test }] of folds.map((fold) => fold.frames()).entries()) {
      expectSame(reversed[index]?.train.sort("row").drop("row") as DataFrame, train);
      expectSame(reversed[index]?.test.sort("row").drop("row") as DataFrame, test);
      expect(train.height).toBe(folds[index]?.train.length);
    }
  });
});

const little = frameOf([0, 1, 2, 3, 4, 5].map((at) => ({ at, on: at })));

test.each<[DataFrame, unknown, string]>([
  [little, undefined, "split: options must be an object, got undefined"],
  [little, {}, "split: knownOn is missing: a column or a list of columns"],
  [little, { knownOn: "onn" }, 'split: knownOn is "onn", which is no column; '],
  [
    little,
    { knownOn: "on", fold: 3 },
    'split: unknown option "fold" (did you mean "folds"?); it takes ',
  ],
  [
    little,
    { knownOn: "on", folds: 1 },
    "split: folds must be a whole number from 2 to 1,000, got 1",
  ],
  [
    little,
    { knownOn: "on", kind: "kfold" },
    'split: kind must be "purged" or "walk_forward", got "kfold"',
  ],
  [little, { knownOn: "on", folds: 7 }, "split: 7 folds need 7 times, the frame has 6"],
  [
    little,
    { knownOn: "on", folds: 6, kind: "walk_forward" },
    "split: 6 folds need 7 times, the frame has 6",
  ],
  [
    little,
    { knownOn: "on", window: 3 },
    'split: window is for kind: "walk_forward"; kind is "purged"',
  ],
  [
    little,
    { knownOn: "on", kind: "walk_forward", embargo: 3 },
    'split: embargo is for kind: "purged"; kind is "walk_forward"',
  ],
  [
    little.withColumns(pl.col("on").cast(pl.Utf8)),
    { knownOn: "on", folds: 2 },
    'split: column "on" has dtype String, the times in "date" have Date',
  ],
  [
    frameOf([
      { at: 0, on: 0 },
      { at: 5, on: 4 },
    ]),
    { knownOn: "on", folds: 2 },
    "split: the label of row 1 is known before the time of the row; knownOn must be a time from then on",
  ],
  [
    frameOf([0, 1, 2, 3].map((at) => ({ at, on: 3 }))),
    { knownOn: "on", folds: 2 },
    "split: fold 1 has no row to train on that does not overlap its test; take fewer folds",
  ],
  [
    frameOf([0, 1, 2, 3].map((at) => ({ at, on: at < 2 ? null : at }))),
    { knownOn: "on", folds: 2 },
    "split: fold 1 has no row to test on; take fewer folds",
  ],
])("%# is refused", (frame, given, sentence) => {
  expect(refusal(() => ta.split(frame, given as SplitOptions))).toContain(sentence);
});

test("only a DataFrame can be split", () => {
  expect(refusal(() => ta.split(little.lazy() as never, { knownOn: "on" }))).toMatch(
    /^split: a DataFrame is needed, got /,
  );
});
