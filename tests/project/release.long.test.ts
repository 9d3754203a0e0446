/** What a release consists of, as far as one machine can make it. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, neededGlibc } from "../../plugin/tools/release.mjs";
import { childScript, root, runNode } from "../support/child.js";
import { readPage } from "../support/pages.js";

const { version } = JSON.parse(readPage("plugin/package.json")) as { version: string };
const isGnu = process.platform === "linux" && process.arch === "x64";

/** All values of the catalog over random walks, as one hash. */
const VALUES = childScript(`
  import { createHash } from "node:crypto";
  import { ta } from "nodejs-polars-ta/arrays";
  let seed = 1;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const walk = Float64Array.from({ length: 3000 }, () => 0);
  for (let row = 0, price = 100; row < walk.length; row++) walk[row] = price += random() - 0.5;
  const bars = { open: walk.map((v) => v + random() - 0.5), close: walk, volume: walk.map(() => 1000 * random()) };
  bars.high = walk.map((v, row) => Math.max(v, bars.open[row]) + random());
  bars.low = walk.map((v, row) => Math.min(v, bars.open[row]) - random());
  const sum = createHash("sha1");
  for (const { id, semantics } of ta.catalog()) {
    const inputs = semantics.input_slots.map(({ name, default: usual }) => [name, bars[usual] ?? walk]);
    const options = semantics.default_lookahead > 0 ? { allowLookahead: true } : {};
    const made = ta.compute(id, Object.fromEntries(inputs), options);
    for (const values of Object.values(made)) {
      sum.update(new Uint8Array(Float64Array.from(values, (v) => (Number.isNaN(v) ? NaN : v)).buffer));
    }
  }
  console.log(ta.info().engine, sum.digest("hex"));
`);

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
      (await runNode(VALUES, { cwd: root, env: { TA_WASM: "0", ...env } })).stdout;
    const usual = await values({});
    expect(usual).toMatch(/^native \w{40}\n$/);
    expect(await values({ NAPI_RS_NATIVE_LIBRARY_PATH: addon })).toBe(usual);
  },
  1_800_000,
);
