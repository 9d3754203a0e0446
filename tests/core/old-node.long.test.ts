/** An older Node, and what npm does there: it leaves out polars' binary without a word. */

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { childScript, root, runNode } from "../support/child.js";
import { oldNode, PACKAGE, Projects, pinned, shellWithRegistry } from "../support/packed.js";
import { readPage } from "../support/pages.js";
import { shell } from "../support/shell.js";
import { sentence } from "../support/trees.js";

const projects = new Projects();
const folder = projects.project("user");
afterAll(() => projects.remove());

let old = "";
let version = "";
const polars = JSON.parse(readPage("node_modules/nodejs-polars/package.json"));
const binaries: string[] = Object.keys(polars.optionalDependencies);
const binary = binaries.find((name) => existsSync(join(root, "node_modules", name))) ?? "";
const beside = (name: string) => join(folder, "node_modules", name);

beforeAll(() => {
  old = oldNode(20);
  version = shell(`"${old}" -p process.versions.node`, folder).trim();
  const names = `${pinned("nodejs-polars")} ${PACKAGE}`;
  shellWithRegistry(`npm install --no-audit --no-fund ${names}`, folder, old);
}, 300_000);

const IMPORT = childScript(`await import("nodejs-polars-ta"); console.log("works");`);
const MENDS = "npm install --include=optional";
const without = () =>
  `TaError: nodejs-polars ${polars.version} is installed without ${binary} ${polars.version}, its binary for this machine`;

/** The sentence that importing the package ends with. */
async function refusal(node?: string): Promise<string> {
  const ended = await runNode(IMPORT, { cwd: folder, ...(node !== undefined && { node }) });
  expect(ended.code).toBe(1);
  return sentence(ended.stderr);
}

describe("where npm has left out the binary", () => {
  test("that is so", () => {
    expect(version).toMatch(/^20\./);
    expect(existsSync(beside("nodejs-polars"))).toBe(true);
    expect(existsSync(beside(binary))).toBe(false);
  });

  test("an older Node is told which one is needed, and the command", async () => {
    expect(await refusal(old)).toBe(
      `${without()}, which npm leaves out on Node ${version} because it needs Node 22 or newer; install Node 22.12 or newer and run: ${MENDS}`,
    );
  });

  test("the command line says it and nothing else", async () => {
    const args = [beside("nodejs-polars-ta/command.mjs"), "compute", "bars.csv"];
    const options = ["--indicators", "rsi(14)", "--out", "out.csv"];
    const ended = await runNode([...args, ...options], { cwd: folder, node: old });
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    expect(`TaError: ${ended.stderr.trim()}`).toBe(await refusal(old));
  });

  test("the entry for Arrow does not care", async () => {
    const source = `
      await import("nodejs-polars-ta/arrow").catch((error) => console.log(String(error)));
    `;
    const { stdout } = await runNode(childScript(source), { cwd: folder, node: old });
    expect(stdout).toMatch(/^TaError: nodejs-polars-ta\/arrow needs apache-arrow/);
  });

  // Last, as it mends.
  test("a newer Node is told the command, which mends it", { timeout: 300_000 }, async () => {
    expect(await refusal()).toBe(`${without()}; run: ${MENDS}`);
    shellWithRegistry(`${MENDS} --no-audit --no-fund`, folder);
    expect(existsSync(beside(binary))).toBe(true);
    const works = await runNode(IMPORT, { cwd: folder });
    expect(works).toEqual({ code: 0, stdout: "works\n", stderr: "" });

    // The same where somebody has asked for no optional packages.
    rmSync(beside(""), { recursive: true });
    shellWithRegistry("npm install --omit=optional --no-audit --no-fund", folder);
    expect(await refusal()).toBe(`${without()}; run: ${MENDS}`);
    shellWithRegistry(`${MENDS} --no-audit --no-fund`, folder);
    expect(await runNode(IMPORT, { cwd: folder })).toEqual(works);
  });
});

/** Something of each part of the package. */
const EVERYTHING = `
  import { tableFromArrays } from "apache-arrow";
  import pl from "nodejs-polars";
  import { ta } from "nodejs-polars-ta";
  import { ta as arrow } from "nodejs-polars-ta/arrow";
  import { stocks } from "nodejs-polars-ta/data";
  import { computeFiles } from "nodejs-polars-ta/files";
  const bars = pl.readCSV(stocks);
  const features = ta.pipeline({ over: "symbol", features: ["rsi(14)", "close / sma(200) - 1 as trend"] });
  const ibm = bars.filter(pl.col("symbol").eq(pl.lit("IBM")));
  console.log(ibm.select(pl.col("close").ta.rsi(14)).tail(1).toRecords());
  console.log(features.apply(bars).width, features.tail(bars, 1).height);
  console.log((await bars.lazy().ta.macd({ over: "symbol", unnest: true }).collect()).width);
  console.log(ibm.ta.heikinAshi().width, Object.keys(ta.compute("macd", { series: [1, 2, 3] })));
  console.log(String(ta.explain("rsi")).length > 500, ta.html(bars.head(2)).length > 500);
  const chart = bars.ta.chart({ symbol: "IBM", last: 90, indicators: ["bbands", "ichimoku", "cdl_engulfing", "macd", "dmi"] });
  console.log(chart.indicators.length, (await chart.toSVG()).startsWith("<svg"), (await chart.toHTML()).length > 100000, (await chart.toPNG()).length > 10000);
  console.log([...arrow.sma(tableFromArrays({ close: Float64Array.of(1, 2, 3) }), 2)]);
  const { rows } = await computeFiles({ inputs: stocks, pipeline: features, out: process.argv[1] });
  console.log(rows, ta.catalog().length > 300);
`;

test("where polars can be loaded on an older Node, all works as on this one", async () => {
  const run = (node: string, name: string) =>
    runNode([...childScript(EVERYTHING), join(projects.path, name)], { node });
  const [older, this_] = [
    await run(old, "old.parquet"),
    await run(process.execPath, "new.parquet"),
  ];
  expect(older).toEqual({ code: 0, stdout: this_.stdout, stderr: "" });
  expect(this_.stdout.split("\n").length).toBeGreaterThan(8);
}, 120_000);
