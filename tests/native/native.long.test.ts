/**
 * Native mode, in a copy of the project with a nodejs-polars that can run plugin expressions:
 * `TA_PLUGIN_HOST` is the path of its binary.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { host, makeNativeCopy } from "../../plugin/tools/native-copy.mjs";
import { writeCases } from "../support/python-cases.js";

const TIMEOUT = 1_200_000;

/** Suites that make `.ta` expressions and look at values. */
const SUITES = [
  "tests/catalog",
  "tests/lazy",
  "tests/api",
  "tests/pipeline",
  "tests/bars",
  "tests/exchange/dtypes.test.ts",
];

/** Tests of those suites that native mode does not pass, and why. */
const DIFFERENT: Record<string, RegExp> = {
  "polars computes what the copying mode refuses":
    /contexts that cannot be right name themselves (a plan as JSON|a stored plan|groupBy|list\.eval)/,
  "polars adds the values of an expression in another order than those of a column: last bits":
    /, over \S+ an aggregate$|, in groupBy \S+ mean$/,
  "the row in the message is the row of the group": /^error within groups: names the column/,
  "they count what is copied, or look at the plan of a copy":
    /^addon calls |is executed once where the frame|^nothing runs before collect (a readable plan|a filter)|^plans print/,
  "the binary for tests is built from a later source than the wrappers":
    /^sinks of a deferred frame (json|parquet)|within the memory that is asked for/,
};

describe.skipIf(host.missing !== "")(
  `native mode${host.missing && ` (skipped: ${host.missing})`}`,
  () => {
    const copy = mkdtempSync(join(tmpdir(), "ta-native-"));
    const cases = mkdtempSync(join(tmpdir(), "ta-native-cases-"));
    beforeAll(async () => {
      await makeNativeCopy(copy);
      writeCases(cases);
    }, TIMEOUT);
    afterAll(() => {
      for (const folder of [copy, cases]) rmSync(folder, { recursive: true, force: true });
    });

    /** Runs Node in the copy. */
    function run(args: readonly string[], native = "1") {
      const env = { ...process.env, TA_NATIVE: native };
      const options = { cwd: copy, env, encoding: "utf8", maxBuffer: 2 ** 28 } as const;
      return spawnSync(process.execPath, args, options);
    }

    test("every case has the bits of the copying mode", { timeout: TIMEOUT }, () => {
      const { stdout, stderr } = run(["tests/support/native-values.mjs", cases]);
      expect(stderr).toBe("");
      const found = JSON.parse(stdout);
      expect([found.mode, found.wrong]).toEqual(["native", []]);
      expect(found.compared).toBeGreaterThan(7_000);
    });

    test("polars computes lists, windows and stored plans", { timeout: TIMEOUT }, () => {
      const { stdout, stderr } = run(["tests/support/native-only.mjs"]);
      expect(stderr).toBe("");
      expect(Number(stdout)).toBeGreaterThan(100);
    });

    test("the suites pass, but for what is listed", { timeout: TIMEOUT }, () => {
      const report = join(copy, "report.json");
      const vitest = ["node_modules/vitest/vitest.mjs", "run", "--project", "short"];
      run([...vitest, "--reporter=json", `--outputFile=${report}`, ...SUITES]);
      const { testResults, numPassedTests } = JSON.parse(readFileSync(report, "utf8"));
      type Result = { status: string; fullName: string };
      const failed = testResults.flatMap((file: { message: string; assertionResults: Result[] }) =>
        file.assertionResults.length === 0
          ? [file.message]
          : file.assertionResults.filter((t) => t.status === "failed").map((t) => t.fullName),
      );
      const listed = Object.values(DIFFERENT);
      expect(failed.filter((name: string) => !listed.some((why) => why.test(name)))).toEqual([]);
      const unused = listed.filter((why) => !failed.some((name: string) => why.test(name)));
      expect(unused).toEqual([]);
      expect(numPassedTests).toBeGreaterThan(1_500);
    });

    test("can be turned off, and says why it is off", () => {
      const print = `import { ta } from "nodejs-polars-ta"; const { mode, modeReason } = ta.info();
      console.log(mode, modeReason)`;
      const script = ["--input-type=module", "--eval", print];
      expect(run(script, "0").stdout.trim()).toBe("copying TA_NATIVE is 0");
      expect(run(script, "").stdout.trim()).toMatch(/^native this nodejs-polars can run/);
    });
  },
);
