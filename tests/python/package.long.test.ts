/** The Python package: the values of Node in every way to run a plan, and what calls refuse. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildWheel, installWheel } from "../../plugin/tools/wheel.mjs";
import { root } from "../support/child.js";
import { writeCases } from "../support/python-cases.js";
import { writePipelines } from "../support/python-pipelines.js";
import { sparkTests } from "./spark.js";

/** Every Python that the package supports; only the one of the project's tools must be there. */
const PYTHONS = ["python3.10", "python3.11", "python3.12", "python3.13", "python3.14"];
const usual = process.platform === "win32" ? "python" : "python3";

/** The version of a Python that can make environments and is not too old; otherwise nothing. */
function versionOf(command: string): string | undefined {
  const program =
    "import sys, venv; print(sys.version_info[:2]); sys.exit(sys.version_info < (3, 10))";
  const { status, stdout } = spawnSync(command, ["-c", program], { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}

const usualVersion = versionOf(usual);

/** Why nothing can be tested; on CI there is no reason. */
const reason = usualVersion || process.env.CI ? "" : ` (skipped: no ${usual} from 3.10 on)`;

describe.skipIf(reason !== "")(`the Python package${reason}`, () => {
  const cases = mkdtempSync(join(tmpdir(), "ta-python-"));
  let wheel = "";

  beforeAll(async () => {
    wheel = await buildWheel();
    writeCases(cases);
    writePipelines(cases);
  }, 900_000);
  afterAll(() => rmSync(cases, { recursive: true }));

  /** Runs the package's tests; returns the end of their report if one fails. */
  async function failures(list: "newest" | "oldest", base?: string): Promise<string> {
    const python = await installWheel(wheel, list, base);
    const tests = join(root, "crates/ta-polars/python/tests");
    const run = spawnSync(python, ["-m", "pytest", "--quiet", "-p", "no:cacheprovider", tests], {
      encoding: "utf8",
      env: { ...process.env, TA_CASES: cases, PYTHONDONTWRITEBYTECODE: "1" },
    });
    return run.status === 0 ? "" : `${run.stdout}${run.stderr}`.slice(-5000);
  }

  test("with the newest polars", async () => expect(await failures("newest")).toBe(""), 900_000);
  test("with the oldest polars", async () => expect(await failures("oldest")).toBe(""), 900_000);

  sparkTests(() => ({ wheel, cases }));

  for (const base of PYTHONS) {
    const version = versionOf(base);
    const isUsual = version === usualVersion ? `it is ${usual}` : "";
    const why = version === undefined ? "it is not installed" : isUsual;
    const skipped = why && ` (skipped: ${why})`;
    test.skipIf(skipped !== "")(`with ${base}${skipped}`, { timeout: 900_000 }, async () => {
      expect(await failures("newest", base)).toBe("");
    });
  }
});
