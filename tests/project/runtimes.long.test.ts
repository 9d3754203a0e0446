/** The packages on other runtimes, installed from a registry: all values are those of this Node. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, runNode } from "../support/child.js";
import { install, oldNode, PACKAGE, Projects, pinned } from "../support/packed.js";
import { noWasm, whyNot } from "../support/wasm.js";
import { WHOLE_CATALOG } from "../support/whole-catalog.js";

const projects = new Projects();
const folder = projects.project("user");
afterAll(() => projects.remove());

/** Prints values over a frame of polars, which has to be loaded as well. */
const FRAME = `
  import pl from "nodejs-polars";
  import { ta } from "nodejs-polars-ta";
  import { stocks } from "nodejs-polars-ta/data";
  const bars = pl.readCSV(stocks);
  const found = bars.ta.rsi(14, { over: "symbol" }).ta.macd({ over: "symbol" });
  const live = ta.stream({ over: "symbol", features: ["rsi(14)"] });
  live.warm(bars);
  console.log(JSON.stringify([found.tail(3).toRecords(), live.toFrame().toRecords(), ta.info().engine]));
`;

let runtimes: Readonly<Record<string, readonly [path: string, ...args: string[]]>> = {};

/** The runtimes, and where their commands are. */
const NAMES = ["Node 22", "Deno 2", "Bun 1"];

beforeAll(() => {
  install(folder, pinned("nodejs-polars"), pinned("apache-arrow"), PACKAGE, "deno@2", "bun@1");
  const command = (name: string) => join(folder, "node_modules/.bin", name);
  runtimes = {
    "Node 22": [oldNode(22)],
    "Deno 2": [command("deno"), "run", "--allow-all", "--node-modules-dir=manual"],
    "Bun 1": [command("bun"), "run"],
  };
  writeFileSync(join(folder, "all.mjs"), WHOLE_CATALOG);
  writeFileSync(join(folder, "frame.mjs"), FRAME);
}, 600_000);

/** Runs a script of the folder; what it prints. */
async function prints(name: string, script: string, env: Record<string, string>): Promise<unknown> {
  const [node = process.execPath, ...args] = runtimes[name] ?? [];
  const ended: Ended = await runNode([...args, script], { cwd: folder, node, env });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(ended.stdout);
}

describe.each(NAMES)("%s", (name) => {
  test("computes the whole catalog as this Node does, by the addon", async () => {
    const env = { TA_WASM: "0" };
    const found = await prints(name, "all.mjs", env);
    expect(found).toMatchObject({ engine: "native" });
    expect(found).toEqual(await prints("here", "all.mjs", env));
  });

  test.skipIf(noWasm)(`and in WebAssembly${whyNot}`, async () => {
    const env = { TA_WASM: "1" };
    const found = await prints(name, "all.mjs", env);
    expect(found).toMatchObject({ engine: "wasm" });
    expect(found).toEqual(await prints("here", "all.mjs", env));
  });

  test("computes frames of polars and streams", async () => {
    const env = { TA_WASM: "0" };
    expect(await prints(name, "frame.mjs", env)).toEqual(await prints("here", "frame.mjs", env));
  });
});
