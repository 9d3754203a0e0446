/** The package as npm packs it, installed as docs/getting_started.md says, in a project of its own. */

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { Projects, packed, pinned } from "../support/packed.js";
import { blocksIn, pages, readPage } from "../support/pages.js";
import { shell } from "../support/shell.js";
import { noWasm } from "../support/wasm.js";

const projects = new Projects();
const folder = projects.project("user");
afterAll(() => projects.remove());

beforeAll(() => {
  const [install] = blocksIn("docs/getting_started.md", "sh");
  expect(install?.code).toBe("npm install nodejs-polars nodejs-polars-ta\n");
  // Not the newest of the one, which may be newer than what is built here, and not the other
  // from the registry, but what is.
  shell(
    (install?.code ?? "")
      .replace(/nodejs-polars-ta$/m, `"${packed.file}"`)
      .replace("nodejs-polars ", `${pinned("nodejs-polars")} `),
    folder,
  );
}, 300_000);

test("what is packed is what is used, and what npm shows", () => {
  const places = packed.files.map(({ path }) =>
    path.replace(/^(dist|native|schema|data|wasm)\/.*/, "$1/"),
  );
  expect([...new Set(places)].sort()).toEqual(
    [
      "LICENSE",
      "README.md",
      "command.mjs",
      "data/",
      "dist/",
      "native/",
      "package.json",
      "schema/",
      ...(noWasm ? [] : ["wasm/"]),
    ].sort(),
  );
  // The copies stand there only while it is packed.
  for (const place of [root, packed.folder]) {
    expect(existsSync(join(place, "plugin/README.md"))).toBe(false);
  }
});

test("it is small: the addon, and little beside it", () => {
  const MB = 1_000_000;
  const sizes = packed.files;
  const sum = (test: RegExp) =>
    sizes.filter(({ path }) => test.test(path)).reduce((all, { size }) => all + size, 0);
  expect(sum(/^native\//)).toBeLessThan(11.5 * MB);
  expect(sum(/^dist\/generated\/.*\.d\.ts$/)).toBeLessThan(1.2 * MB);
  expect(sum(/^dist\//)).toBeLessThan(2.3 * MB);
  expect(sum(/^data\//)).toBeLessThan(0.6 * MB);
  expect(sum(/^wasm\//)).toBeLessThan(3.5 * MB);
  expect(packed.size).toBeLessThan(6.5 * MB);
});

test("it says where it comes from", () => {
  const { homepage, repository, bugs } = JSON.parse(readPage("plugin/package.json"));
  const place = "https://github.com/nodejs-polars-ta/nodejs-polars-ta";
  expect({ homepage, repository, bugs }).toEqual({
    homepage: `${place}#readme`,
    repository: { type: "git", url: `git+${place}.git`, directory: "plugin" },
    bugs: { url: `${place}/issues` },
  });
});

/** The first example of each page that reads the bars which come with the package. */
const firstExamples = pages
  .map((path) => ({ path, example: blocksIn(path, "ts")[0] }))
  .filter(({ example }) => example?.code.includes("nodejs-polars-ta/data"))
  // What needs more than the package, a peer or a server, has tests of its own.
  .filter(({ example }) => !/apache-arrow|WebSocket/.test(example?.code ?? ""));

test("there are pages that an installation can follow", () => {
  const paths = firstExamples.map(({ path }) => path);
  expect(paths).toContain("README.md");
  expect(paths).toContain("docs/getting_started.md");
});

test.each(firstExamples)("the first example of $path gives what it shows", async ({ example }) => {
  writeFileSync(join(folder, "first.mjs"), example?.code ?? "");
  const { stdout, stderr } = await runNode(["first.mjs"], { cwd: folder });
  expect(stderr).toBe("");
  expect(stdout.trim()).toBe(example?.output?.trim());
});

test("the example of an indicator's page runs", async () => {
  const [example] = blocksIn("docs/indicators/macd.md", "ts");
  const lines = example?.code.trim().split("\n") ?? [];
  const last = lines.pop()?.replace(/;$/, "");
  writeFileSync(join(folder, "page.mjs"), [...lines, `console.log((${last}).height);`].join("\n"));
  const { stdout, stderr } = await runNode(["page.mjs"], { cwd: folder });
  expect(stderr).toBe("");
  expect(Number(stdout)).toBeGreaterThan(10_000);
});

test("the bars of the command line's page are there", () => {
  const [copy, compute] = blocksIn("docs/command_line.md", "sh");
  shell(copy?.code ?? "", folder);
  expect(shell(compute?.code ?? "", folder).trim()).toBe(compute?.output?.trim());
});

test("its command is there", () => {
  const [example] = blocksIn("docs/command_line.md", "sh").filter(({ code }) =>
    /^npx nodejs-polars-ta find \w+\n$/.test(code),
  );
  expect(shell(example?.code ?? "", folder).trim()).toBe(example?.output?.trim());
});

test("what is optional is asked for where it is needed", async () => {
  const source = `
    import pl from "nodejs-polars";
    import "nodejs-polars-ta";
    import { stocks } from "nodejs-polars-ta/data";
    const bars = pl.readCSV(stocks).head(100);
    await bars.ta.chart({ indicators: ["rsi"] }).toSVG().catch((error) => console.log(String(error)));
    await import("nodejs-polars-ta/arrow").catch((error) => console.log(String(error)));
  `;
  writeFileSync(join(folder, "optional.mjs"), source);
  const { stdout } = await runNode(["optional.mjs"], { cwd: folder });
  const [chart, arrow] = stdout.trim().split("\n");
  expect(chart).toMatch(/^TaError: .*npm install .*vega-lite/);
  expect(arrow).toMatch(/^TaError: nodejs-polars-ta\/arrow needs apache-arrow/);
});

test("the commands of the page lead from a file to a chart", () => {
  const [, way] = blocksIn("docs/getting_started.md", "sh");
  const commands = (way?.code ?? "").trim().split("\n");
  expect(commands.length).toBeLessThanOrEqual(4);
  const [header = "", ...rows] = readPage("plugin/data/stocks.csv").trim().split("\n");
  const names = header.split(",").slice(1);
  const capital = names.map((name) => name.charAt(0).toUpperCase() + name.slice(1));
  const ibm = rows.filter((row) => row.startsWith("IBM,")).map((row) => row.slice("IBM,".length));
  writeFileSync(join(folder, "bars.csv"), [capital.join(","), ...ibm, ""].join("\n"));

  const [install = "", ...others] = commands;
  expect(install).toBe("npm install nodejs-polars nodejs-polars-ta vega vega-lite");
  shell(`npm install ${pinned("vega")} ${pinned("vega-lite")}`, folder);
  const printed = others.map((command) => shell(command, folder));
  expect(printed[0]).toContain("Bars: nothing wrong was found");
  expect(existsSync(join(folder, "bars.html"))).toBe(true);
}, 300_000);
