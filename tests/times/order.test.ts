/** Bars in any order: the values of the sorted bars, or a sentence that says what to do. */

import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import pl, { type DataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { type ComputeFilesOptions, computeFiles } from "nodejs-polars-ta/files";
import { describe, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { expectFrame, readAny, stocks, temporaryFolder, writeAny } from "../support/files.js";
import { said } from "../support/refusals.js";
import { runs } from "../support/runs.js";

const { at } = temporaryFolder("order");
const SLOW = { timeout: 240_000 };
const features = ["ema(3)", "close - shift(close, 1) as change"];
const grouped = ta.pipeline({ over: "symbol", features });
const ungrouped = ta.pipeline({ features });

/** A bar: whose it is, its minute, and its price, which is told by both. */
interface Bar {
  readonly symbol: string | null;
  readonly minute: number;
}

const price = ({ symbol, minute }: Bar): number =>
  100 + Math.sin(minute * 7.3) * 10 + (symbol?.charCodeAt(0) ?? 7);

function frameOf(bars: readonly Bar[]): DataFrame {
  return pl
    .DataFrame({
      symbol: pl.Series(
        "symbol",
        bars.map(({ symbol }) => symbol),
        pl.Utf8,
      ),
      minute: bars.map(({ minute }) => minute * 60_000),
      close: bars.map(price),
    })
    .select(
      pl.col("symbol"),
      pl.col("minute").cast(pl.Int64).cast(pl.Datetime("ms")).alias("time"),
      pl.col("close"),
    );
}

const symbols = fc.uniqueArray(fc.constantFrom("A", "B", "C", "D", null), {
  minLength: 1,
  maxLength: 4,
});

/** Minutes of one symbol, ascending. */
const minutes = fc
  .uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 25 })
  .map((all) => all.sort((a, b) => a - b));

/** The ways in which rows of several series come to stand in a file. */
const arrangement = fc.constantFrom(
  "blocks",
  "by time",
  "interleaved",
  "reversed",
  "shuffled",
  "swapped",
  "repeated",
);

const given = fc
  .record({
    symbols,
    seed: fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true })),
    kind: arrangement,
  })
  .chain(({ symbols, seed, kind }) =>
    fc.tuple(...symbols.map(() => minutes)).map((series) => {
      const random = () => seed.next().value as number;
      const blocks = symbols.map((symbol, index) =>
        (series[index] ?? []).map((minute): Bar => ({ symbol, minute })),
      );
      return arranged(kind, blocks, random);
    }),
  );

function arranged(kind: string, blocks: readonly Bar[][], random: () => number): Bar[] {
  const all = blocks.flat();
  const pick = () => Math.floor(random() * all.length);
  switch (kind) {
    case "by time":
      return all.sort((a, b) => a.minute - b.minute);
    case "interleaved": {
      const left = blocks.map((block) => [...block]);
      return all.map(() => {
        const open = left.filter((block) => block.length > 0);
        return open[Math.floor(random() * open.length)]?.shift() as Bar;
      });
    }
    case "reversed":
      return all.reverse();
    case "shuffled":
      return all
        .map((bar) => ({ bar, key: random() }))
        .sort((a, b) => a.key - b.key)
        .map(({ bar }) => bar);
    case "swapped": {
      const [i, j] = [pick(), pick()];
      [all[i], all[j]] = [all[j] as Bar, all[i] as Bar];
      return all;
    }
    case "repeated":
      return all.toSpliced(pick(), 0, all[pick()] as Bar);
    default:
      return all;
  }
}

const ascending = (bars: readonly Bar[]): boolean =>
  bars.every(({ minute }, index) => index === 0 || (bars[index - 1] as Bar).minute < minute);

const groupsOf = (bars: readonly Bar[]): Bar[][] => [
  ...Map.groupBy(bars, (bar) => bar.symbol).values(),
];

/** The features of each bar, computed over the sorted bars of its symbol alone. */
function wanted(bars: readonly Bar[]): Map<string, unknown> {
  const key = ({ symbol, minute }: Bar) => `${symbol} ${minute}`;
  return new Map(
    groupsOf(bars).flatMap((group) => {
      const sorted = group.toSorted((a, b) => a.minute - b.minute);
      const alone = pl.DataFrame({ close: sorted.map(price) });
      const rows = ungrouped.apply(alone, { keep: "none" }).rows();
      return sorted.map((bar, index) => [key(bar), rows[index]] as const);
    }),
  );
}

const featuresOf = (frame: DataFrame): unknown[] => frame.select("ema_3", "change").rows();

const expected = (bars: readonly Bar[]): unknown[] => {
  const values = wanted(bars);
  return bars.map(({ symbol, minute }) => values.get(`${symbol} ${minute}`));
};

describe("pipelines", () => {
  test("within groups: right values where each group is in order, else refused", SLOW, () =>
    fc.assert(
      fc.asyncProperty(given, async (bars) => {
        const frame = frameOf(bars);
        const fine = groupsOf(bars).every(ascending);
        for (const apply of [
          () => grouped.apply(frame),
          () => grouped.apply(frame.lazy()).collectSync(),
          () => grouped.apply(frame.lazy()).select("ema_3", "change").collect(),
          () => grouped.tail(frame, 1),
        ]) {
          expect((await said(apply)) === undefined).toBe(fine);
        }
        if (fine) expect(featuresOf(grouped.apply(frame))).toEqual(expected(bars));
      }),
      { numRuns: runs(120) },
    ),
  );

  test(
    "without groups: forgotten ones are named, and nothing is to be sorted across them",
    SLOW,
    () =>
      fc.assert(
        fc.asyncProperty(given, async (bars) => {
          const frame = frameOf(bars);
          const message = await said(() => ungrouped.apply(frame));
          expect(message === undefined).toBe(ascending(bars));
          if (message === undefined) return;
          const groups = groupsOf(bars);
          const repeats = new Set(bars.map(({ minute }) => minute)).size < bars.length;
          const apart = groups.every(
            (group) => new Set(group.map(({ minute }) => minute)).size === group.length,
          );
          const several = groups.length > 1 && groups.length * 2 <= bars.length;
          if (repeats && apart && several) expect(message).toContain('with over: "symbol"');
          if (repeats && !message.includes("over:")) expect(message).not.toContain("sort");
        }),
        { numRuns: runs(120) },
      ),
  );

  test("take rows as they are when told so", () => {
    const frame = frameOf([3, 1, 2, 2].map((minute) => ({ symbol: "A", minute })));
    const asTheyAre = ta.pipeline({ time: false, features }).apply(frame);
    expect(featuresOf(asTheyAre)).toEqual(featuresOf(ungrouped.apply(frame.drop("time"))));
  });

  test("read no more columns of a plan than before", () => {
    const frame = frameOf([1, 2, 3].map((minute) => ({ symbol: "A", minute })));
    const wide = frame.withColumns(pl.lit("x").alias("unused"));
    const plan = grouped.apply(wide.lazy()).select("ema_3");
    expect(plan.collectSync().columns).toEqual(["ema_3"]);
    expect(grouped.apply(wide.lazy()).columns).toEqual([...wide.columns, "ema_3", "change"]);
  });

  test("of tables of apache-arrow as well", async () => {
    const tableOf = (bars: readonly Bar[]) =>
      tableFromIPC(frameOf(bars).writeIPC({ compression: "uncompressed" }));
    const bars = ["A", "B"].flatMap((symbol) => [1, 2, 3].map((minute) => ({ symbol, minute })));
    const made = await grouped.apply(tableOf(bars));
    expect(made.schema.names).toEqual(["symbol", "time", "close", "ema_3", "change"]);
    expect(await said(() => ungrouped.apply(tableOf(bars)))).toMatch(
      /^pipeline: column "time" has ".*" more than once, again in row 3; column "symbol" tells series apart: compute within it with over: "symbol"$/,
    );
    expect(await said(() => grouped.apply(tableOf(bars.toReversed())))).toMatch(
      /newest time first/,
    );
  });
});

describe("files", () => {
  const run = (input: string, out: string, more: Partial<ComputeFilesOptions> = {}) =>
    computeFiles({ inputs: at(input), out: at(out), pipeline: grouped, ...more });

  test("in any order: right values, or refused; sorted: right values unless repeated", SLOW, () =>
    fc.assert(
      fc.asyncProperty(given, fc.constantFrom("csv", "parquet"), async (bars, format) => {
        // A CSV file has no text that is null and not empty.
        const named = bars.map((bar) => ({ ...bar, symbol: bar.symbol ?? "E" }));
        const input = `bars.${format}`;
        writeAny(frameOf(named), at(input));
        const groups = groupsOf(named);
        const message = await said(() => run(input, "plain.parquet"));
        expect(message === undefined).toBe(groups.every(ascending));
        if (message === undefined) {
          expect(featuresOf(readAny(at("plain.parquet")))).toEqual(expected(named));
        }
        const once = groups.every(
          (all) => new Set(all.map((bar) => bar.minute)).size === all.length,
        );
        const sorted = await said(() => run(input, "sorted.parquet", { sort: true }));
        expect(sorted === undefined).toBe(once);
        if (sorted !== undefined) return;
        const order = named.toSorted((a, b) =>
          a.symbol === b.symbol ? a.minute - b.minute : a.symbol < b.symbol ? -1 : 1,
        );
        expect(featuresOf(readAny(at("sorted.parquet")))).toEqual(expected(order));
      }),
      { numRuns: runs(40) },
    ),
  );

  test("in pieces: the row of the whole is named", async () => {
    const rows = 6_000;
    const bars = ["A", "B", "C"].flatMap((symbol) =>
      Array.from({ length: rows }, (_, minute) => ({ symbol, minute })),
    );
    const wrong = 2 * rows + 10;
    const broken = bars.with(wrong, { symbol: "C", minute: 3 });
    for (const format of ["csv", "parquet"]) {
      writeAny(frameOf(bars), at(`whole.${format}`));
      writeAny(frameOf(broken), at(`broken.${format}`));
      const { batches } = await run(`whole.${format}`, "pieces.parquet", { memory: 1 });
      expect(batches).toBe(3);
      expect(featuresOf(readAny(at("pieces.parquet")))).toEqual(
        featuresOf(grouped.apply(frameOf(bars))),
      );
      expect(await said(() => run(`broken.${format}`, "x.parquet", { memory: 1 }))).toMatch(
        new RegExp(
          `^compute: column "time" has ".*" within symbol C more than once, again in row ${wrong},`,
        ),
      );
    }
  });
});

/** Bars of two symbols under other names, and what the sentence has to say. */
describe("the column that tells series apart", () => {
  const twice = ["A", "B"].flatMap((symbol) => [1, 2, 3].map((minute) => ({ symbol, minute })));
  const frame = frameOf(twice);
  const say = (df: DataFrame, over?: string) =>
    said(() => ta.pipeline({ features, ...(over !== undefined && { over }) }).apply(df));

  test("is found by what it does, not only by its name", async () => {
    expect(await say(frame.rename({ symbol: "whose" }))).toMatch(
      /more than once, again in row 3; column "whose" tells series apart: compute within it with over: "whose"$/,
    );
  });

  test("is preferred under a usual name", async () => {
    const both = frame.withColumns(pl.col("symbol").alias("aaa"));
    expect(await say(both)).toContain('column "symbol" tells series apart');
  });

  test("may be several", async () => {
    const venues = pl.concat(
      ["X", "Y"].map((venue) => frame.withColumns(pl.lit(venue).alias("venue"))),
    );
    expect(await say(venues)).toContain(
      'columns "symbol" and "venue" tell series apart: compute within them with over: ["symbol", "venue"]',
    );
    expect(await say(venues, "symbol")).toContain(
      'within symbol A more than once, again in row 6; column "venue" tells series apart: compute within it with over: ["symbol", "venue"]',
    );
  });

  test("is named instead of a wrong one", async () => {
    const lots = frame.withColumns(pl.Series("lot", [1, 1, 1, 1, 4, 5], pl.Int64));
    expect(await say(lots, "lot")).toMatch(
      /within lot 1 more than once, again in row 3; column "symbol" tells series apart: compute within it with over: "symbol"$/,
    );
    // Rows that come twice are no matter of groups.
    expect(await say(pl.concat([frame, frame]), "symbol")).toContain(
      "no column tells the rows apart",
    );
  });

  test("may be a number that is named like one", async () => {
    const ids = frame.withColumns(pl.col("symbol").eq(pl.lit("A")).cast(pl.Int64).alias("symbol"));
    expect(await say(ids.rename({ symbol: "instrument_id" }))).toContain('over: "instrument_id"');
    expect(await say(ids.rename({ symbol: "volume" }))).toContain("no column tells the rows apart");
  });

  test("is not one of the rows", async () => {
    const numbered = frame.withColumns(pl.Series("symbol", [..."abcdef"]));
    expect(await say(numbered)).toContain(
      "no column tells the rows apart; keep one row for each time",
    );
  });

  test("is asked for where periods follow one another the wrong way", async () => {
    const apart = frameOf(
      [5, 6, 7, 1, 2, 3].map((minute, i) => ({ symbol: i < 3 ? "A" : "B", minute })),
    );
    expect(await say(apart)).toMatch(
      /goes back .* in row 3; column "symbol" tells series apart: .*over: "symbol"$/,
    );
    expect(await say(apart.rename({ symbol: "whose" }))).toMatch(
      /if column "whose" tells series apart, compute within it with over: "whose", else sort the frame/,
    );
  });

  test("is newest first, too", async () => {
    expect(await say(frame.reverse())).toMatch(
      /column "symbol" tells series apart, each with the newest time first: compute within it with over: "symbol", and sort the frame first, df.sort\(\["symbol", "time"\]\)$/,
    );
  });
});

describe("charts", () => {
  const bars = stocks();
  const aapl = bars.filter(pl.col("symbol").eq(pl.lit("AAPL"))).head(50);

  test("refuse what is not in order", async () => {
    expect(await said(() => aapl.reverse().ta.chart())).toBe(
      'chart: column "date" has the newest time first; sort the frame first, df.sort("date")',
    );
    expect(await said(() => pl.concat([aapl, aapl.tail(1)]).ta.chart())).toMatch(
      /has ".*" more than once, again in row 50, and no column tells the rows apart; keep one row for each time$/,
    );
    const renamed = bars.rename({ symbol: "ticker" });
    expect(await said(() => renamed.ta.chart())).toContain('compute within it with by: "ticker"');
  });
});

describe("commands speak of their options", () => {
  const bars = stocks();
  writeAny(bars, at("stocks.csv"));
  writeAny(bars.reverse(), at("newest.csv"));
  const cli = (...args: string[]) =>
    runNode([join(root, "plugin/command.mjs"), ...args], { cwd: at(".") });
  const compute = (file: string, ...more: string[]) =>
    cli("compute", file, "--indicators", "rsi(14)", "--out", "o.parquet", ...more);

  test("compute", SLOW, async () => {
    const forgotten = await compute("stocks.csv");
    expect(forgotten).toMatchObject({ code: 1, stdout: "" });
    expect(forgotten.stderr).toBe(
      'compute: column "date" has "2012-05-18" more than once, again in row 3270; column "symbol" tells series apart: compute within it with --over symbol\n',
    );
    expect((await compute("newest.csv", "--over", "symbol")).stderr).toBe(
      'compute: column "date" has the newest time first in every group; sort them with --sort\n',
    );
    expect((await compute("newest.csv")).stderr).toMatch(
      /with --over symbol, and sort them with --sort\n$/,
    );
    const sorted = await compute("newest.csv", "--over", "symbol", "--sort");
    expect(sorted).toMatchObject({ code: 0, stderr: "" });
    const rsi = ta.pipeline({ over: "symbol", features: ["rsi(14)"] });
    expectFrame(readAny(at("o.parquet")), rsi.apply(bars.sort(["symbol", "date"])));
    const plain = await compute("newest.csv", "--no-time");
    expect(plain).toMatchObject({ code: 0, stderr: "" });
    const alone = ta.pipeline({ time: false, features: ["rsi(14)"] });
    expectFrame(readAny(at("o.parquet")), alone.apply(bars.reverse()));
  });

  test("chart", SLOW, async () => {
    const chart = (...more: string[]) =>
      cli("chart", "newest.csv", "--symbol", "AAPL", "--out", "c.json", ...more);
    expect(await chart()).toMatchObject({
      code: 1,
      stderr: 'chart: column "date" has the newest time first; sort them with --sort\n',
    });
    expect(await chart("--sort")).toMatchObject({ code: 0, stderr: "" });
  });
});
