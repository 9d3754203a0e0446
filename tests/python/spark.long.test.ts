/** Indicators in Spark: a small cluster on this machine, with the cases of the Python package. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildWheel, installWheel } from "../../plugin/tools/wheel.mjs";
import { root } from "../support/child.js";
import { writeCases } from "../support/python-cases.js";
import { sparkMissing } from "../support/spark.js";

/** Why nothing can be tested; on CI there is no reason. */
const reason = process.env.CI ? "" : sparkMissing();
const skipped = reason && ` (skipped: ${reason})`;

describe.skipIf(reason !== "")(`indicators in Spark${skipped}`, () => {
  const cases = mkdtempSync(join(tmpdir(), "ta-spark-"));
  let python = "";

  beforeAll(async () => {
    python = await installWheel(await buildWheel(), "spark");
    writeCases(cases);
  }, 900_000);
  afterAll(() => rmSync(cases, { recursive: true }));

  test("groups, values, dead workers and errors", { timeout: 900_000 }, () => {
    const tests = join(root, "crates/ta-polars/python/tests");
    const files = ["test_spark_groups.py", "test_spark.py"].map((name) => join(tests, name));
    const options = ["--quiet", "-p", "no:cacheprovider", "--strict-markers", "-rs"];
    const run = spawnSync(python, ["-m", "pytest", ...options, ...files], {
      encoding: "utf8",
      env: { ...process.env, TA_CASES: cases, PYTHONDONTWRITEBYTECODE: "1" },
    });
    expect(run.status === 0 ? "" : `${run.stdout}${run.stderr}`.slice(-5000)).toBe("");
    expect(run.stdout).not.toMatch(/SKIPPED/);
  });
});
