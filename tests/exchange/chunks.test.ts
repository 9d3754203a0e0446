/** Columns in chunks and slices, of no rows and of more than one record batch. */

import pl, { type DataFrame, type Series } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { bars, frameOf, usualInputs } from "../support/bars.js";
import { frame, gappy, results, whole } from "../support/shapes.js";

const close = pl.col("close");

describe("chunks and slices", () => {
  const chunked = (values: readonly (number | null)[], sizes: readonly number[]): DataFrame => {
    let start = 0;
    const parts = sizes.map((size) => {
      start += size;
      return frame(values.slice(start - size, start));
    });
    return parts.reduce((joined, part) => joined.vstack(part));
  };

  test.each([[[20, 20]], [[1, 7, 0, 30, 2]], [[3, 3, 3, 31]]])("chunks of %s rows", (sizes) => {
    for (const values of [whole, gappy]) {
      const frameOfChunks = chunked(values, sizes);
      expect(frameOfChunks.nChunks()).toBeGreaterThan(1);
      expect(results(frameOfChunks)).toEqual(results(frame(values)));
      const concat = pl.concat([frame(values.slice(0, 13)), frame(values.slice(13))], {
        rechunk: false,
        how: "vertical",
      });
      expect(results(concat)).toEqual(results(frame(values)));
    }
  });

  test("inputs that are chunked differently", () => {
    const source = frameOf(bars(60));
    const high = source.getColumn("high");
    const apart = pl.concat(
      [high.slice(0, 7), high.slice(7, 53)] as Series[],
      { rechunk: false, how: "vertical" } as never,
    );
    const mixed = source.drop("high").withColumn(apart as unknown as Series);
    expect(mixed.select(ta.atr(5)).frameEqual(source.select(ta.atr(5)))).toBe(true);
  });

  test.each([
    [1, 39],
    [3, 20],
    [7, 33],
    [8, 8],
    [9, 31],
    [13, 1],
    [39, 1],
    [40, 0],
  ])("rows %i, %i of them", (offset, length) => {
    for (const values of [whole, gappy]) {
      const expected = results(frame(values.slice(offset, offset + length)));
      expect(results(frame(values).slice(offset, length))).toEqual(expected);
      const flags = gappy.map((value) => (value === null ? null : value > 65));
      const bits = pl.DataFrame([pl.Series("close", flags as boolean[], pl.Bool)]);
      const sliced = pl.DataFrame([
        pl.Series("close", flags.slice(offset, offset + length) as boolean[], pl.Bool),
      ]);
      expect(results(bits.slice(offset, length))).toEqual(results(sliced));
    }
  });

  test("a slice of chunks, filtered and sorted", () => {
    const from = (source: DataFrame) =>
      source.slice(5, 30).filter(close.gt(55)).sort("close").slice(1, 20);
    expect(results(from(chunked(gappy, [9, 9, 22])))).toEqual(results(from(frame(gappy))));
  });
});

describe("lengths", () => {
  test.each([0, 1, 2])("%i rows: every indicator has as many", (rows) => {
    const source = frameOf(bars(rows));
    const exprs = ta
      .catalog()
      .map((meta) => ta.indicator(meta.id, {}, usualInputs(meta)).alias(meta.id));
    const made = source.select(...exprs);
    expect(made.height).toBe(rows);
    expect(made.width).toBe(ta.catalog().length);
    const grouped = source
      .withColumns(pl.lit("A").alias("g"))
      .groupBy("g")
      .agg(...exprs);
    expect(grouped.height).toBe(Math.min(rows, 1));
  });

  test("more rows than one record batch holds", () => {
    const rows = 300_000;
    const values = Array.from({ length: rows }, (_, i) =>
      i % 977 === 5 ? null : 100 + ((i * 7919) % 1013) / 8,
    );
    const long = frame(values).withColumns(
      pl.Series(
        "g",
        values.map((_, i) => (i * 31) % 7),
      ),
    );
    const exprs = [
      close.ta.sma(3),
      close.ta.rsi(14),
      close.ta.macd(),
      close.ta.sma(5).over("g").alias("own"),
    ];
    const made = long.select(...exprs);
    const chunks = pl.concat(
      [long.slice(0, 99_999), long.slice(99_999, 1), long.slice(100_000, rows)],
      { rechunk: false, how: "vertical" },
    );
    expect(chunks.select(...exprs).frameEqual(made)).toBe(true);
    // Values are eighths: sums of them are exact.
    const present = values.flatMap((value, row) => (value === null ? [] : [{ value, row }]));
    const expected: (number | null)[] = Array(rows).fill(null);
    for (let i = 2; i < present.length; i++) {
      const [a, b, c] = [present[i - 2], present[i - 1], present[i]].map((p) => p?.value ?? 0);
      expected[present[i]?.row ?? 0] = ((a ?? 0) + (b ?? 0) + (c ?? 0)) / 3;
    }
    const sma = made.getColumn("sma_3").toArray() as (number | null)[];
    const far = (a: number | null, b: number | null) =>
      a === null || b === null ? a !== b : Math.abs(a - b) > 1e-9;
    expect(sma.findIndex((value, row) => far(value, expected[row] ?? null))).toBe(-1);
  });
});
