/** A file three times as large as the memory that the process is allowed. */

import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { beforeAll, describe, expect, test } from "vitest";
import { type Ended, root } from "../support/child.js";
import { expectFrame, temporaryFolder } from "../support/files.js";

const { at, list } = temporaryFolder("memory");
const MEBIBYTE = 2 ** 20;
const LIMIT = 256 * MEBIBYTE;
const GROUP_ROWS = 20_000;
const BLOCK_ROWS = 50 * GROUP_ROWS;
const BLOCKS = 21;
const ROWS = BLOCKS * BLOCK_ROWS;

/** Bars of numbers that do not compress; they are never in memory at once. */
async function writeLarge(path: string): Promise<void> {
  const names = ["open", "high", "low", "close", "volume"];
  const noise = () => Float64Array.from({ length: BLOCK_ROWS }, () => 100 + Math.random());
  const columns = Object.fromEntries(names.map((name) => [name, noise()]));
  const group = Int32Array.from({ length: BLOCK_ROWS }, (_, row) => Math.floor(row / GROUP_ROWS));
  pl.DataFrame({ group, ...columns }).writeParquet(at("block.parquet"));
  const blocks = Array.from({ length: BLOCKS }, (_, block) =>
    pl.scanParquet(at("block.parquet")).withColumns(pl.col("group").add(pl.lit(block * 1_000))),
  );
  const options = { compression: "uncompressed", rowGroupSize: 100_000 } as const;
  await pl.concat(blocks).sinkParquet(path, options).collect();
}

/**
 * Computes with so much memory and no more: a larger allocation fails and ends the process.
 * Without a compiler V8 sets no memory aside for code, half a gibibyte that it never uses.
 */
function computeWithin(limit: number, memory: string): Promise<Ended> {
  const main = join(root, "plugin/command.mjs");
  const args = ["--over", "group", "--memory", memory, "--out", at("out.parquet"), "--quiet"];
  const command = [process.execPath, "--jitless", main, "compute", at("large.parquet")];
  const script = `ulimit -d ${limit / 1024}; exec "$0" "$@"`;
  const features = ["--indicators", "rsi(14), ema(20)"];
  const child = spawn("bash", ["-c", script, ...command, ...features, ...args]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

describe.runIf(process.platform === "linux")("with less memory than a third of the file", () => {
  beforeAll(() => writeLarge(at("large.parquet")), 120_000);

  test("the file is that large", () => {
    expect(statSync(at("large.parquet")).size).toBeGreaterThan(3 * LIMIT);
  });

  test("all rows at once are too many", async () => {
    const { code, stderr } = await computeWithin(LIMIT, "64GB");
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/memory/);
    expect(list()).not.toContain("out.parquet");
  }, 120_000);

  test("groups in pieces are computed, and are right", async () => {
    expect(await computeWithin(LIMIT, "240MB")).toEqual({ code: 0, stdout: "", stderr: "" });
    const made = pl.scanParquet(at("out.parquet"));
    expect(Number((await made.select(pl.len()).collect()).row(0)[0])).toBe(ROWS);
    const pipeline = ta.pipeline({ over: "group", features: ["rsi(14)", "ema(20)"] });
    // Two blocks somewhere in it, which begin and end with groups.
    for (const block of [0, BLOCKS - 2]) {
      const rows = (plan: typeof made) => plan.slice(block * BLOCK_ROWS, BLOCK_ROWS);
      const wanted = pipeline.apply(await rows(pl.scanParquet(at("large.parquet"))).collect());
      expectFrame(await rows(made).collect(), wanted, ["group", "rsi_14", "ema_20"]);
    }
  }, 240_000);
});
