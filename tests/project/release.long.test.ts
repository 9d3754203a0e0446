/** What a release consists of, as far as one machine can make it. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, neededGlibc } from "../../plugin/tools/release.mjs";
import { childScript, runNode } from "../support/child.js";
import { readPage } from "../support/pages.js";
import { WHOLE_CATALOG } from "../support/whole-catalog.js";

const { version } = JSON.parse(readPage("plugin/package.json")) as { version: string };
const isGnu = process.platform === "linux" && process.arch === "x64";

test.skipIf(!isGnu)(
  "the packages of this machine, for systems from glibc 2.17 on",
  async () => {
    const args = ["plugin/tools/bootstrap.mjs", "release", "--dry-run"];
    const { code, stdout, stderr } = await runNode(args);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("today's catalog and values may be released");
    expect(stdout).toContain("ta-node.linux-x64-gnu.node needs GLIBC_2.");
    expect(stdout).toContain("the packages of the other 8 platforms");
    const tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    expect(tarballs.sort()).toEqual([
      `nodejs-polars-ta-${version}.tgz`,
      `nodejs-polars-ta-linux-x64-gnu-${version}.tgz`,
    ]);
    const addon = join(folder, "copy/plugin/native/ta-node.linux-x64-gnu.node");
    expect(Number(neededGlibc(addon).replace("GLIBC_2.", ""))).toBeLessThanOrEqual(17);
    const values = async (env: Record<string, string>) =>
      (await runNode(childScript(WHOLE_CATALOG), { env: { TA_WASM: "0", ...env } })).stdout;
    const usual = await values({});
    expect(JSON.parse(usual)).toMatchObject({ engine: "native" });
    expect(await values({ NAPI_RS_NATIVE_LIBRARY_PATH: addon })).toBe(usual);
  },
  1_800_000,
);
