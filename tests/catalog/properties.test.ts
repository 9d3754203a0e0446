/** What holds for every indicator on any frame, however it is reached. */

import fc from "fast-check";
import pl, { type DataFrame, type Series } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { type Bars, frameOf, usualInputs } from "../support/bars.js";
import {
  type Case,
  cases,
  compute,
  differences,
  everything,
  exprs,
  Random,
  randomBars,
  randomGroups,
  results,
  rowsOf,
  scattered,
} from "../support/random-frames.js";
import { runs } from "../support/runs.js";
import { methods } from "../support/surface.js";

/** Tries a property on random cases; fast-check prints seed and case when it fails. */
const holds = (
  tries: number,
  rows: number,
  property: (given: Case) => string[] | Promise<string[]>,
) =>
  fc.assert(
    fc.asyncProperty(cases(rows), async (given) => {
      expect(await property(given)).toEqual([]);
    }),
    { numRuns: runs(tries) },
  );

const SLOW = { timeout: 240_000 };

test("over: as if each group were computed alone and put back", SLOW, () =>
  holds(6, 150, (given) => {
    const source = randomBars(given, true);
    const { keys, groups } = randomGroups(given);
    const [first = "", ...others] = keys.map((key) => key.name);
    const whole = pl.DataFrame([...frameOf(source).getColumns(), ...keys]);
    const over = whole.select(
      ...everything.map(({ meta, expr }) => expr.over(first, ...others).alias(meta.id)),
    );
    const parts = groups.map((rows) => ({ rows, results: compute(frameOf(rowsOf(source, rows))) }));
    const empty = { rows: [], results: compute(frameOf(rowsOf(source, []))) };
    return differences(results(over), scattered(given.rows, [...parts, empty]));
  }),
);

/** Every indicator through the `.ta` of its primary Series. */
function throughSeries(source: DataFrame): DataFrame {
  const columns = everything.map(({ meta }) => {
    const { [meta.semantics.primary_input]: primary = "", ...others } = usualInputs(meta);
    const inputs = Object.entries(others).map(([slot, name]) => [slot, source.getColumn(name)]);
    const method = methods<Series>(source.getColumn(primary).ta)(meta.id);
    return method(Object.fromEntries(inputs)).alias(meta.id);
  });
  return pl.DataFrame(columns);
}

test("a Series, a LazyFrame and a DataFrame give the same", SLOW, () =>
  holds(4, 150, async (given) => {
    const source = frameOf(randomBars(given, true));
    const wanted = compute(source);
    const lazy = source.lazy().select(...exprs());
    return [
      ...differences(results(lazy.collectSync()), wanted),
      ...differences(results(await lazy.collect()), wanted),
      ...differences(results(throughSeries(source)), wanted),
    ];
  }),
);

test("skip: as if incomplete rows were not there", SLOW, () =>
  holds(4, 150, (given) => {
    const source = randomBars(given, true);
    const whole = frameOf(source);
    const finite = (row: number, names: readonly string[]) =>
      names.every((name) => Number.isFinite(source[name]?.[row]));
    const rows = Array.from({ length: given.rows }, (_, row) => row);
    const byInputs = Map.groupBy(everything, ({ inputs }) => [...new Set(inputs)].sort().join());
    const parts = [...byInputs].map(([names, indicators]) => {
      const complete = rows.filter((row) => finite(row, names.split(",")));
      const kept = frameOf(rowsOf(source, complete)).select(...indicators.map(({ expr }) => expr));
      return { rows: complete, results: results(kept) };
    });
    return differences(compute(whole), scattered(given.rows, parts));
  }),
);

/** The rows of a frame in pieces, each of them a slice of something longer. */
function pieces(source: Bars, given: Case): DataFrame[] {
  const random = new Random(given, 3);
  const cut: DataFrame[] = [];
  for (let row = 0; row < given.rows; ) {
    const size = Math.min(given.rows - row, 1 + random.below(random.pick([3, 40])));
    const before = random.below(20);
    const around = Array.from({ length: before + size + random.below(20) }, (_, index) =>
      // What lies around the slice is from anywhere.
      index >= before && index < before + size ? row + index - before : random.below(given.rows),
    );
    cut.push(frameOf(rowsOf(source, around)).slice(before, size));
    row += size;
  }
  return cut.length === 0 ? [frameOf(source)] : cut;
}

test("chunks and slices change nothing", SLOW, () =>
  holds(6, 150, (given) => {
    const source = randomBars(given, true);
    const wanted = compute(frameOf(source));
    const cut = pieces(source, given);
    const stacked = cut.reduce((all, piece) => all.vstack(piece));
    const joined = pl.concat(cut, { how: "vertical", rechunk: false }) as DataFrame;
    const around = new Random(given, 4).below(30);
    const rows = Array.from({ length: given.rows + 2 * around }, (_, index) =>
      Math.min(Math.max(0, index - around), Math.max(0, given.rows - 1)),
    );
    const sliced = frameOf(rowsOf(source, given.rows === 0 ? [] : rows)).slice(around, given.rows);
    return [stacked, joined, sliced].flatMap((same) => differences(compute(same), wanted));
  }),
);

/** Runs with results and inputs exchanged through files. */
function throughFiles<T>(run: () => T): T {
  process.env.TA_EXCHANGE = "file";
  try {
    return run();
  } finally {
    delete process.env.TA_EXCHANGE;
  }
}

test("files and memory give the same", SLOW, () =>
  holds(4, 150, (given) => {
    const source = frameOf(randomBars(given, true));
    return differences(
      throughFiles(() => compute(source)),
      compute(source),
    );
  }),
);

describe("the tests themselves", () => {
  test("reach every indicator, with values", () => {
    const computed = compute(frameOf(randomBars({ seed: 1, rows: 320 }, false)));
    const empty = [...computed].filter(([, columns]) =>
      columns.some(({ values }) => values.every((value) => value === null)),
    );
    expect([...computed.keys()]).toEqual(ta.catalog().map(({ id }) => id));
    expect(empty.map(([id]) => id)).toEqual([]);
  });
});
