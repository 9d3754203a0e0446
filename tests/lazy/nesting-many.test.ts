/** Many indicators of indicators at once: in a pipeline, and over files with little memory. */

import pl, { type DataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { childScript, root, runNode } from "../support/child.js";
import { expectFrame, temporaryFolder } from "../support/files.js";
import { numbers } from "../support/random.js";

const { at } = temporaryFolder("nesting");

/** Groups of bars, one after the other. */
function bars(groups: number, rows: number): DataFrame {
  const next = numbers(3);
  return pl.DataFrame({
    group: Int32Array.from({ length: groups * rows }, (_, row) => Math.floor(row / rows)),
    close: Float64Array.from({ length: groups * rows }, () => 100 + 10 * next()),
  });
}

/** Averages of averages, each of its own. */
const nested = (count: number, levels: number) =>
  Array.from({ length: count }, (_, index) => {
    let expr = "close";
    for (let level = 0; level < levels; level++) expr = `ema(${expr} + ${level + index}, 3)`;
    return { expr, as: `f${index}` };
  });

describe("a pipeline of a thousand nested features", () => {
  test("has the values of its steps", () => {
    const frame = bars(2, 100);
    const features = nested(1_000, 4);
    const made = ta.pipeline({ features, over: "group" }).apply(frame, { keep: "none" });
    expect(made.columns.length).toBe(1_000);
    for (const index of [0, 499, 999]) {
      let steps = frame.withColumns(pl.col("close").alias("x"));
      for (let level = 0; level < 4; level++) {
        steps = steps.withColumns(
          pl
            .col("x")
            .add(pl.lit(level + index))
            .alias("x"),
        );
        steps = steps.withColumns(pl.col("x").ta.ema(3).over("group").alias("x"));
      }
      expect(made.getColumn(`f${index}`).toArray()).toEqual(steps.getColumn("x").toArray());
    }
  }, 120_000);

  test("is written as large as it is", () => {
    const json = (levels: number) =>
      JSON.stringify(ta.pipeline({ features: nested(10, levels) })).length;
    const [ten, twenty, forty] = [10, 20, 40].map(json) as [number, number, number];
    expect(forty - twenty).toBeLessThan(2.2 * (twenty - ten));
  });
});

describe.runIf(process.platform === "linux")("files of bars with nested features", () => {
  const MEBIBYTE = 2 ** 20;
  const GROUPS = 40;
  const ROWS = 1_500;
  const MEMORY = 400 * MEBIBYTE;
  const features = nested(60, 10);

  test("are computed within the memory that is asked for, though plans take some", async () => {
    bars(GROUPS, ROWS).writeParquet(at("bars.parquet"));
    const source = `
      import { ta } from "nodejs-polars-ta";
      import { computeFiles } from "nodejs-polars-ta/files";
      const [inputs, out, features] = ${JSON.stringify([at("bars.parquet"), at("out.parquet"), features])};
      const pipeline = ta.pipeline({ over: "group", features });
      const { batches } = await computeFiles({ inputs, out, pipeline, memory: ${MEMORY} });
      console.log(JSON.stringify({ batches, most: process.resourceUsage().maxRSS * 1024 }));
    `;
    const { stdout, stderr, code } = await runNode(childScript(source), { cwd: root });
    expect([code, stderr]).toEqual([0, ""]);
    const { batches, most } = JSON.parse(stdout) as { batches: number; most: number };
    // All rows at once take half as much again.
    expect(most).toBeLessThan(MEMORY);
    expect(batches).toBeGreaterThan(5);
    const pipeline = ta.pipeline({ over: "group", features });
    const some = (frame: DataFrame) => frame.slice(17 * ROWS, 2 * ROWS);
    const wanted = pipeline.apply(some(pl.readParquet(at("bars.parquet"))));
    expectFrame(some(pl.readParquet(at("out.parquet"))), wanted);
  }, 240_000);
});
