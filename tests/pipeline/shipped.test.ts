/** The pipelines that come with the package. */

import pl from "nodejs-polars";
import { type PipelineOptions, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { shippedNames } from "../../plugin/dist/pipeline/load.js";
import { goldenPath } from "../support/golden.js";
import { message } from "../support/texts.js";

const bars = pl.readParquet(goldenPath("inputs/stocks.parquet"));
const vwap = "(high + low + close) / 3";
/** What stands for a column that the bars do not have. */
const standIn = (name: string): PipelineOptions =>
  ta.pipeline(name).inputs.includes("vwap") ? { inputs: { vwap } } : {};

/** The first row for which pandas' values are stored; all windows are full there. */
const FIRST = 60;

describe.each(["alpha158", "alpha360"])("%s", (name) => {
  const expected = pl.readParquet(goldenPath(`expected/pipeline_${name}.parquet`));
  const made = ta
    .pipeline(name, standIn(name))
    .apply(bars, { keep: "none" })
    .slice(FIRST, expected.height);

  test("has qlib's names in qlib's order", () => {
    const days = (column: string) => Number(/\d+$/.exec(column)?.[0] ?? 0);
    const word = (column: string) => column.replace(/\d+$/, "");
    const sorted = (names: readonly string[]) =>
      [...names].sort((a, b) => word(a).localeCompare(word(b)) || days(a) - days(b));
    expect(sorted(made.columns)).toEqual(sorted(expected.columns));
  });

  test("has the values of pandas", () => {
    const wrong = expected.columns.filter((column) => {
      const given = made.getColumn(column).toArray() as number[];
      const wanted = expected.getColumn(column).toArray() as number[];
      return !wanted.every((value, row) => {
        const difference = Math.abs((given[row] ?? Number.NaN) - value);
        return difference <= 1e-9 + 1e-9 * Math.abs(value);
      });
    });
    expect(wrong).toEqual([]);
  });
});

test.each(shippedNames())("%s is the same row by row, and of each symbol alone", (name) => {
  const pipeline = ta.pipeline(name, { ...standIn(name), over: "symbol" });
  expect(pipeline.lookahead).toBe(0);
  const frame = bars.head(150).withColumns(pl.lit("A").alias("symbol"));
  const two = pl.concat([frame, frame.withColumns(pl.lit("B").alias("symbol"))]);
  const batch = pipeline.apply(two, { keep: "none" });
  const live = pipeline.stream();
  const rows = two.toRecords().map((bar) => live.update(bar as never));
  expect(batch.toRecords().map((row) => ({ ...row }))).toEqual(
    rows.map((row) => Object.fromEntries(batch.columns.map((column) => [column, row[column]]))),
  );
});

test("keys of one's own count instead", () => {
  const pipeline = ta.pipeline("classic", { over: "symbol", keep: ["date"], unnest: false });
  expect(pipeline.over).toEqual(["symbol"]);
  expect(pipeline.toJSON()).toMatchObject({ over: ["symbol"], keep: ["date"] });
  expect(pipeline.columns).toContain("macd");
});

test("a wrong name is refused", () => {
  expect(message(() => ta.pipeline("alpha156"))).toBe(
    'TaError: pipeline: "alpha156" is not the path of a .json, .yaml or .yml file, and not one of the pipelines that come with the package (did you mean "alpha158" or "alpha360"?); they are alpha158, alpha360, classic',
  );
  expect(message(() => ta.pipeline("../schema/x"))).toContain("is not the path of a");
  expect(message(() => ta.pipeline("classic", { ovr: "symbol" } as never))).toBe(
    'TaError: pipeline: unknown option "ovr" (did you mean "over"?); it takes features, labels, over, time, timeFormat, inputs, missing, unnest, keep, allowLookahead, writtenBy, $schema',
  );
  expect(message(() => ta.pipeline("classic", 3 as never))).toBe(
    "TaError: pipeline: the configuration must be an object, got 3",
  );
});
