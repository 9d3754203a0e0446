/** What stands in the place of polars' functions looks as they do: stack traces and tools show them. */

import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";

/** By path: name, length, source and the names of what hangs on it. */
type Functions = Record<string, readonly [string, string, string, string]>;

async function functions(...args: string[]): Promise<Functions> {
  const script = join(root, "tests/support/functions.mjs");
  const { stdout, stderr } = await runNode([script, ...args]);
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

let [plain, decorated]: Functions[] = [];
beforeAll(async () => {
  [plain, decorated] = [await functions(), await functions("with-ta")];
}, 60_000);

test("there is much to compare", () => {
  expect(Object.keys(plain ?? {}).length).toBeGreaterThan(1_000);
  expect(plain?.["series.shift"]?.slice(0, 2)).toEqual(["shift", "0"]);
  expect(plain?.["pl.Series"]?.slice(0, 2)).toEqual(["SeriesConstructor", "3"]);
});

test.each([
  ["name", 0],
  ["length", 1],
  ["source", 2],
  ["static properties", 3],
] as const)("every function keeps its %s", (_, index) => {
  const lost = Object.entries(plain ?? {})
    .filter(([path]) => !path.startsWith("expr.ta.") || index < 2)
    .filter(([path, facts]) => decorated?.[path]?.[index] !== facts[index])
    .map(([path, facts]) => `${path}: ${decorated?.[path]?.[index]} instead of ${facts[index]}`);
  expect(lost).toEqual([]);
});

test("one function under two names is still one", async () => {
  const source = `
    import { createRequire } from "node:module";
    const require = createRequire(import.meta.url);
    const pl = require("nodejs-polars");
    const { Expr, _Expr } = require("nodejs-polars/bin/lazy/expr");
    const series = require("nodejs-polars/bin/series");
    console.log(pl.Series === pl.default.Series, Expr === _Expr, pl.Series === series.Series);
  `;
  const run = (head: string) =>
    runNode(["--input-type=module", "--eval", head + source]).then(({ stdout }) => stdout);
  expect(await run(`import "nodejs-polars-ta";`)).toBe(await run(""));
});
