/**
 * The packages as npm packs them, installed from a registry as docs/getting_started.md says, in a
 * project of its own.
 */

import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { Projects, packed, pinned, shellWithRegistry } from "../support/packed.js";
import { blocksIn, pages, readPage } from "../support/pages.js";
import { shell } from "../support/shell.js";
import { noWasm } from "../support/wasm.js";

const projects = new Projects();
const folder = projects.project("user");
afterAll(() => projects.remove());

beforeAll(() => {
  const [install] = blocksIn("docs/getting_started.md", "sh");
  expect(install?.code).toBe("npm install nodejs-polars nodejs-polars-ta\n");
  // Not the newest nodejs-polars, which may be newer than the one that is tested here.
  const script = (install?.code ?? "").replace("nodejs-polars ", `${pinned("nodejs-polars")} `);
  shellWithRegistry(script, folder);
}, 300_000);

test("what is packed is what is used, and what npm shows", () => {
  const places = packed.main.files.map(({ path }) =>
    path.replace(/^(dist|pipelines|schema|data|wasm)\/.*/, "$1/"),
  );
  expect([...new Set(places)].sort()).toEqual(
    [
      "LICENSE",
      "README.md",
      "command.mjs",
      "data/",
      "dist/",
      "native/index.cjs",
      "package.json",
      "pipelines/",
      "schema/",
      ...(noWasm ? [] : ["wasm/"]),
    ].sort(),
  );
  // The copies stand there only while it is packed.
  for (const place of [root, packed.folder]) {
    expect(existsSync(join(place, "plugin/README.md"))).toBe(false);
  }
});

test("the addon comes in a package of its own, which npm chooses by the platform", () => {
  const { name, files } = packed.platform;
  expect(files.map(({ path }) => path).sort()).toEqual([
    "LICENSE",
    "README.md",
    "package.json",
    `ta-node.${name.replace("nodejs-polars-ta-", "")}.node`,
  ]);
  const read = (path: string) =>
    JSON.parse(readFileSync(join(folder, "node_modules", path, "package.json"), "utf8"));
  const [main, platform] = [read("nodejs-polars-ta"), read(name)];
  expect(main.optionalDependencies).toEqual({ [name]: main.version });
  expect(platform).toMatchObject({ version: main.version, os: [process.platform] });
  expect(platform.scripts ?? main.scripts?.install ?? main.scripts?.postinstall).toBeUndefined();
});

test("it is small: the addon, and little beside it", () => {
  const MB = 1_000_000;
  const sum = (test: RegExp) =>
    packed.main.files
      .filter(({ path }) => test.test(path))
      .reduce((all, { size }) => all + size, 0);
  const addon = packed.platform.files.filter(({ path }) => path.endsWith(".node"));
  expect(addon.reduce((all, { size }) => all + size, 0)).toBeLessThan(11.5 * MB);
  expect(packed.platform.size).toBeLessThan(4.5 * MB);
  expect(sum(/^dist\/generated\/.*\.d\.ts$/)).toBeLessThan(1.2 * MB);
  expect(sum(/^dist\//)).toBeLessThan(2.3 * MB);
  expect(sum(/^data\//)).toBeLessThan(0.6 * MB);
  expect(sum(/^wasm\//)).toBeLessThan(3.5 * MB);
  expect(packed.main.size).toBeLessThan(2.5 * MB);
});

test("where npm has left the addon out, WebAssembly computes, and says why", async () => {
  const moved = join(folder, "node_modules", packed.platform.name);
  renameSync(moved, `${moved}.away`);
  try {
    const source = `
      import { ta } from "nodejs-polars-ta/arrays";
      console.log(ta.compute("sma", { series: [1, 2, 3] }, { period: 2 }).value.join());
      await import("nodejs-polars").then(async ({ default: pl }) => {
        await import("nodejs-polars-ta");
        pl.DataFrame({ close: [1, 2, 3] }).ta.sma(2);
      }).catch((error) => console.log(String(error)));
    `;
    writeFileSync(join(folder, "without.mjs"), source);
    const { stdout } = await runNode(["without.mjs"], { cwd: folder });
    expect(stdout.trim().split("\n")).toEqual([
      "NaN,1.5,2.5",
      expect.stringContaining("npm has installed no package with the addon for it"),
    ]);
  } finally {
    renameSync(`${moved}.away`, moved);
  }
});

test("a file that NAPI_RS_NATIVE_LIBRARY_PATH names is the addon", async () => {
  const name = `ta-node.${packed.platform.name.replace("nodejs-polars-ta-", "")}.node`;
  const other = join(folder, "other.node");
  copyFileSync(join(folder, "node_modules", packed.platform.name, name), other);
  writeFileSync(
    join(folder, "named.mjs"),
    `import { createRequire } from "node:module";
     import "nodejs-polars-ta/arrays";
     const loaded = Object.keys(createRequire(import.meta.url).cache);
     console.log(loaded.filter((file) => file.endsWith(".node")).join());`,
  );
  const env = { NAPI_RS_NATIVE_LIBRARY_PATH: other };
  const { stdout } = await runNode(["named.mjs"], { cwd: folder, env });
  expect(stdout.trim()).toBe(other);
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
  shellWithRegistry(`npm install ${pinned("vega")} ${pinned("vega-lite")}`, folder);
  const printed = others.map((command) => shell(command, folder));
  expect(printed[0]).toContain("Bars: nothing wrong was found");
  expect(existsSync(join(folder, "bars.html"))).toBe(true);
}, 300_000);
