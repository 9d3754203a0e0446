/** Indicators in Spark: a small cluster on this machine, and a server to which Node gives a job. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { installWheel } from "../../plugin/tools/wheel.mjs";
import { bars, frameOf } from "../support/bars.js";
import { root } from "../support/child.js";
import { blocksIn } from "../support/pages.js";
import { sparkMissing, startServer } from "../support/spark.js";

const timeout = 900_000;

/** Why nothing can be tested; on CI there is no reason. */
const reason = process.env.CI ? "" : sparkMissing();
const skipped = reason && ` (skipped: ${reason})`;

/**
 * The tests of Spark, in the file that builds the wheel.
 *
 * @param made the wheel, and the folder with the cases
 */
export function sparkTests(made: () => { wheel: string; cases: string }): void {
  describe.skipIf(reason !== "")(`indicators in Spark${skipped}`, () => {
    test("groups, values, dead workers and errors", { timeout }, async () => {
      const { wheel, cases } = made();
      const python = await installWheel(wheel, "spark");
      const tests = join(root, "crates/ta-polars/python/tests");
      const files = ["test_spark_groups.py", "test_spark.py"].map((name) => join(tests, name));
      const options = ["--quiet", "-p", "no:cacheprovider", "-rs"];
      const run = spawnSync(python, ["-m", "pytest", ...options, ...files], {
        encoding: "utf8",
        env: { ...process.env, TA_CASES: cases, PYTHONDONTWRITEBYTECODE: "1" },
      });
      expect(run.status === 0 ? "" : `${run.stdout}${run.stderr}`.slice(-5000)).toBe("");
      expect(run.stdout).not.toMatch(/SKIPPED/);
    });

    test("Node gives a job to a server and reads Arrow", { timeout }, async () => {
      const python = await installWheel(made().wheel, "spark");
      const folder = mkdtempSync(join(tmpdir(), "ta-connect-"));
      const server = await startServer(python, folder);
      try {
        await submit(python, server.remote, folder);
      } finally {
        await server.end();
        rmSync(folder, { recursive: true });
      }
    });
  });
}

/** Runs the script of the page, and calls that the server refuses. */
async function submit(python: string, remote: string, folder: string): Promise<void> {
  const input = join(folder, "bars.parquet");
  const symbols = ["A", "B", "C"].map((symbol, index) =>
    frameOf(bars(40 + 10 * index))
      .withRowIndex("row")
      .select(
        pl.lit(symbol).alias("symbol"),
        pl.col("row").cast(pl.Int64).alias("ts"),
        ...["high", "low", "close"].map((name) => pl.col(name).mul(index + 1)),
      ),
  );
  const frame = pl.concat(symbols);
  frame.sample({ frac: 1, seed: 3 }).writeParquet(input);

  const [block] = blocksIn("docs/distributed.md", "mts");
  const script = `${block?.code}
    writeFileSync("features.arrow", Buffer.concat(chunks));\n`;
  writeFileSync(join(folder, "submit.mjs"), script);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const env = { ...process.env, PYTHON: python, SPARK_REMOTE: remote, BARS: input };
  const run = spawnSync(process.execPath, ["submit.mjs"], { cwd: folder, env, encoding: "utf8" });
  expect(run.stderr).toBe("");
  const names = "symbol ts high low close rsi_14 momentum range";
  expect(run.stdout).toBe(`${frame.height} ${names}\n`);

  const config = join(folder, "features.json");
  const wanted = ta.pipeline(config).apply(frame, {}).sort(["symbol", "ts"]);
  const found = pl
    .readIPCStream(readFileSync(join(folder, "features.arrow")))
    .sort(["symbol", "ts"])
    .select(...wanted.columns);
  expect(found.toObject()).toEqual(wanted.toObject());

  const command = (...args: string[]) => {
    const all = ["-m", "polars_ta.spark", "--pipeline", config, ...args];
    const { status, stdout, stderr } = spawnSync(python, all, { env, encoding: "utf8" });
    expect([status, stdout]).toEqual([1, ""]);
    return stderr;
  };
  const sql = `SELECT *, 1 AS one FROM parquet.\`${input}\``;
  expect(command("--sql", sql, "--order-by", "one")).toBe(
    'group symbol="A": "one" repeats 1; each row of a group needs its own\n',
  );
  expect(command("--sql", sql, "--by", "symbl")).toMatch(/^by: "symbl" is no column .*\n$/);
  expect(command("--sql", "SELECT * FROM nowhere")).toMatch(/^\[TABLE_OR_VIEW_NOT_FOUND\].*\n$/);
  expect(command("--sql", sql, "--remote", "sc://127.0.0.1:1")).toMatch(
    /^no Spark Connect server answers at "sc:\/\/127\.0\.0\.1:1": .*\n$/,
  );
}
