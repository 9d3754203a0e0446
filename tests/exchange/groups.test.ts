/** Groups of rows: found by runs where equal keys stand together, and row by row where they do not. */

import pl, { type DataFrame, type Expr, type Series } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { EXCHANGES, isSame, select, taken } from "../support/exchanges.js";
import { byHand, KEYS, keyed, LAYOUTS, labels, TWO_KEYS, wayOf, within } from "../support/keys.js";

const ROWS = 137;

/** A synchronous way over arrays and an asynchronous one over files. */
const some = EXCHANGES.filter(({ name }) => ["arrays, sync", "memory, async"].includes(name));

/** Checks that the features within groups are what they should be, and how groups were found. */
async function check(
  frame: DataFrame,
  by: readonly [string | Expr, ...(string | Expr)[]],
  groups: readonly string[],
  exchanges = some,
): Promise<void> {
  const wanted = byHand(frame, groups);
  const exprs = within(...by);
  for (const exchange of exchanges) {
    const [made, traces] = await select(frame, exprs, exchange);
    const where = `${exchange.name}, ${groups.length} rows, first ${groups.slice(0, 6)}`;
    expect(isSame(made, wanted), where).toBe(true);
    // Nested indicators are a second evaluation over the same groups.
    expect(traces, where).toHaveLength(2);
    for (const trace of traces) {
      expect(trace, where).toMatchObject(taken(exchange));
      expect([wayOf(groups) ?? trace.groups[0]], where).toEqual(trace.groups);
    }
  }
}

describe.each(Object.entries(LAYOUTS))("%s", (_, layout) => {
  test("in every way", async () => {
    const key = KEYS.String?.("key", layout(ROWS)) as Series;
    await check(keyed(ROWS, [key]), ["key"], labels([key]), [...EXCHANGES]);
  });

  test.each([0, 1, 2, 3])("%i rows", async (rows) => {
    for (const make of [KEYS.String, KEYS["Date and null"], KEYS.Float64]) {
      const key = make?.("key", layout(rows)) as Series;
      await check(keyed(rows, [key]), ["key"], labels([key]));
    }
  });
});

const usual = ["one run each", "runs whose key comes back", "interleaved"];

test.each(Object.entries({ ...KEYS, ...TWO_KEYS }))("a key of type %s", async (_, make) => {
  for (const name of usual) {
    const key = make("key", LAYOUTS[name]?.(ROWS) ?? []);
    await check(keyed(ROWS, [key]), ["key"], labels([key]));
  }
});

describe("several keys", () => {
  const names = Object.keys(LAYOUTS);
  const pairs = names.flatMap((first, index) => {
    const second = names[(index + 2) % names.length] as string;
    return [
      [first, second],
      [second, first],
    ] as const;
  });

  test.each(pairs)("%s and %s", async (first, second) => {
    const one = KEYS["String and null"]?.("one", LAYOUTS[first]?.(ROWS) ?? []) as Series;
    const two = KEYS["Float64, NaN and null"]?.("two", LAYOUTS[second]?.(ROWS) ?? []) as Series;
    await check(keyed(ROWS, [one, two]), ["one", "two"], labels([one, two]));
  });

  test("in another order, or the same one twice, are the same groups", async () => {
    const one = KEYS.String?.("one", LAYOUTS["runs whose key comes back"]?.(ROWS) ?? []) as Series;
    const two = KEYS.Date?.("two", LAYOUTS["one run each"]?.(ROWS) ?? []) as Series;
    const frame = keyed(ROWS, [one, two]);
    const groups = labels([one, two]);
    await check(frame, ["one", "two"], groups);
    await check(frame, ["two", "one"], groups);
    await check(frame, ["one", "two", "one"], groups);
  });

  test("of each type at once", async () => {
    const layout = LAYOUTS["runs whose key comes back"]?.(ROWS) ?? [];
    const columns = Object.entries(KEYS).map(([name, make]) => make(name, layout));
    const [first, ...others] = columns.map((column) => column.name) as [string, ...string[]];
    await check(keyed(ROWS, columns), [first, ...others], labels(columns));
  });
});

describe("keys that are no columns", () => {
  const layout = LAYOUTS["runs whose key comes back"]?.(ROWS) ?? [];
  const key = KEYS["Int32 and null"]?.("key", layout) as Series;
  const text = KEYS.String?.("text", LAYOUTS.interleaved?.(ROWS) ?? []) as Series;
  const frame = keyed(ROWS, [key, text]);

  const exprs: Record<string, readonly [Expr, ...Expr[]]> = {
    "a comparison": [pl.col("key").gt(5)],
    arithmetic: [pl.col("key").mul(2).add(1)],
    "of text": [pl.col("text").str.slice(4, 1)],
    "a price": [pl.col("close").gt(100)],
    "a shift": [pl.col("key").shift(1)],
    "two of them": [pl.col("key").isNull(), pl.col("text").eq(pl.lit("key 1"))],
    "an aggregate": [pl.col("key").max()],
    "a literal": [pl.lit(1)],
    "a literal of text": [pl.lit("x")],
    "a literal and a column": [pl.lit(1), pl.col("key")],
    "an aggregate and a column": [pl.col("close").max(), pl.col("text")],
    renamed: [pl.col("key").alias("close")],
    "a null": [pl.lit(null)],
  };

  test.each(Object.entries(exprs))("%s", async (_, by) => {
    const made = frame.withColumns(...by.map((expr, index) => expr.alias(`made ${index}`)));
    await check(frame, by, labels(by.map((_, index) => made.getColumn(`made ${index}`))));
  });

  test("an indicator", async () => {
    const trend = pl.col("close").ta.sma(5).gt(pl.col("close"));
    const made = frame.withColumns(trend.alias("made"));
    const wanted = byHand(frame, labels([made.getColumn("made")]));
    for (const exchange of some) {
      const [actual] = await select(frame, within(trend), exchange);
      expect(isSame(actual, wanted), exchange.name).toBe(true);
    }
  });
});

describe("a frame", () => {
  const mixed = LAYOUTS.interleaved?.(ROWS) ?? [];
  const runs = LAYOUTS["runs whose key comes back"]?.(ROWS) ?? [];
  const one = KEYS.String?.("one", runs) as Series;
  const two = KEYS["Date and null"]?.("two", mixed) as Series;
  const frame = keyed(ROWS, [one, two]);

  test("may have several partitions: each is found once, in its own way", async () => {
    for (const exchange of EXCHANGES) {
      const exprs = [
        ta.sma(3).alias("all"),
        ta.sma(3).over("one").alias("a"),
        ta.rsi(3).over("one").alias("b"),
        ta.sma(3).over("two").alias("c"),
        ta.atr(3).over("two").alias("d"),
        ta.sma(3).over("one", "two").alias("e"),
      ];
      const [made, [trace, ...others]] = await select(frame, exprs, exchange);
      expect(others).toEqual([]);
      expect(trace?.groups).toEqual(["runs", "rows", "rows"]);
      const wanted = frame.withColumns(
        ta.sma(3).alias("all"),
        ...[exprs[1], exprs[2]].map((expr) => expr as Expr),
      );
      for (const name of ["all", "a", "b"]) {
        expect(made.getColumn(name).seriesEqual(wanted.getColumn(name), true)).toBe(true);
      }
    }
  });

  test("of chunks, sliced and filtered has the groups that it shows", async () => {
    const cuts = [0, 1, 5, 5, 40, 41, 90, ROWS];
    const parts = cuts.slice(1).map((end, index) => {
      const start = cuts[index] ?? 0;
      return frame.slice(start, end - start);
    });
    const chunked = pl.concat(parts, { how: "vertical", rechunk: false });
    expect(chunked.nChunks()).toBeGreaterThan(4);
    const shapes: DataFrame[] = [
      chunked,
      frame.slice(10, 100),
      chunked.slice(3, 99),
      chunked.filter(pl.col("close").gt(95)),
    ];
    for (const shape of shapes) {
      for (const name of ["one", "two"]) {
        await check(shape, [name], labels([shape.getColumn(name)]));
      }
    }
  });

  test("that is grouped has them too", async () => {
    const grouped = frame
      .lazy()
      .groupBy("one", true)
      .agg(ta.sma(3).alias("x"), ta.atr(2).last().alias("y"))
      .collectSync();
    const wanted = [...new Set(one.toArray())].map((name) => {
      const part = frame.filter(pl.col("one").eq(pl.lit(name as string)));
      return part.select(ta.sma(3).implode().alias("x"), ta.atr(2).last().alias("y"));
    });
    expect(isSame(grouped.drop("one"), pl.concat(wanted))).toBe(true);
  });
});
