/** That no block of code in the pages goes without a test, and that what the pages name is there. */

import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { blocksIn, blocksOf, pages, readPage } from "../support/pages.js";

const generated = readdirSync(join(root, "docs/indicators")).map(
  (name) => `docs/indicators/${name}`,
);

/** What runs the blocks that are no TypeScript. Those are run by docs.test.ts, wherever they stand. */
const RUN_BY: Record<string, Record<string, string>> = {
  "README.md": { sh: "start.test.ts; npm test is what runs all but the long ones" },
  "docs/adding_an_indicator.md": {
    sh: "adding_an_indicator.long.test.ts",
    rust: "adding_an_indicator.long.test.ts",
    python: "adding_an_indicator.long.test.ts",
  },
  "docs/architecture.md": { "": "two drawings; the first is looked through below" },
  "docs/command_line.md": { sh: "docs.test.ts", yaml: "docs.test.ts" },
  "docs/distributed.md": {
    mts: "python/spark.ts",
    python: "nothing by itself: test_spark.py makes such calls",
  },
  "docs/getting_started.md": { sh: "package.long.test.ts" },
  "docs/native_mode.md": { diff: "nothing: it is a line of another project" },
  "docs/pipelines.md": { yaml: "docs.test.ts" },
  "docs/python.md": { python: "test_docs.py, through python/package.long.test.ts" },
};

test.each(pages)("every block of %s is run by a test", (path) => {
  const languages = blocksOf(readPage(path)).map(({ language }) => language);
  const others = new Set(languages.filter((language) => language !== "ts"));
  expect([...others].sort()).toEqual(Object.keys(RUN_BY[path] ?? {}).sort());
  // Output stands below what prints it: else it would be compared with nothing.
  expect(languages).not.toContain("text");
});

test("the README names the two commands", () => {
  const lines = blocksIn("README.md", "sh").flatMap(({ code }) => code.trim().split("\n"));
  expect(lines.map((line) => line.split(/\s+#/)[0])).toEqual(["npm start", "npm test"]);
});

test("the house of docs/architecture.md is built that way", () => {
  const [house] = blocksIn("docs/architecture.md", "");
  const folders: string[] = [];
  const missing = (house?.code ?? "")
    .trimEnd()
    .split("\n")
    .flatMap((line) => {
      const [, indent = "", name = ""] = /^( *)(\S+)/.exec(line) ?? [];
      const depth = indent.length / 2;
      folders.splice(depth, folders.length, name);
      const path = folders.join("/");
      return existsSync(join(root, path.replace(/[^/]*[<*].*$/, ""))) ? [] : [path];
    });
  expect(missing).toEqual([]);
  expect(house?.code.split("\n").length).toBeGreaterThan(10);
});

/** The anchors that a page's headings have. */
const anchors = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(" ", "-"),
    ),
  );

test.each([...pages, ...generated])("the links of %s lead somewhere", (path) => {
  const text = readPage(path).replace(/^```.*?^```$/gms, "");
  const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = ""]) => link);
  const broken = links.filter((link) => {
    const [file = "", anchor] = link.split("#");
    const to = file === "" ? path : join(dirname(path), file);
    if (!existsSync(join(root, to))) return true;
    return anchor !== undefined && !anchors(readPage(to)).has(anchor);
  });
  expect(broken).toEqual([]);
});

/** What is written as code within the sentences and blocks of all pages. */
const commands = pages.flatMap((path) => {
  const text = readPage(path);
  const inline = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
  const inBlocks = blocksIn(path, "sh").flatMap(({ code }) => code.trim().split("\n"));
  return [...inline, ...inBlocks].map((code) => ({ path, code: code.split(/\s+#/)[0] ?? "" }));
});

/** The commands that begin with some words, with their arguments. */
const beginning = (words: string): { path: string; args: string[] }[] =>
  commands
    .filter(({ code }) => code.startsWith(`${words} `))
    .map(({ path, code }) => ({ path, args: code.slice(words.length + 1).split(/\s+/) }));

test("every script of npm that a page names is there", () => {
  const { scripts } = JSON.parse(readPage("package.json"));
  const named = [
    ...beginning("npm run").map(({ args: [name = ""] }) => name),
    ...["test", "start"].filter((name) => commands.some(({ code }) => code === `npm ${name}`)),
  ];
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  // Each is told of somewhere, or nobody would find it.
  expect(Object.keys(scripts).filter((name) => !named.includes(name))).toEqual([]);
});

test("the benchmark takes the options that the pages give it", async () => {
  const { readOptions } = await import(join(root, "plugin/bench/options.mjs"));
  const { tables } = await import(join(root, "plugin/bench/tables.mjs"));
  const given = beginning("npm run bench --").map(({ args }) => args);
  expect(given.length).toBeGreaterThan(2);
  for (const args of given) expect(readOptions(args, Object.keys(tables)).tables).not.toEqual([]);
});

test("the command line has the commands that the pages give it", async () => {
  const { stdout } = await runNode([join(root, "plugin/command.mjs"), "--help"]);
  const listed = [...stdout.matchAll(/^ {2}(\w+) /gm)].map(([, name = ""]) => name);
  const named = beginning("npx nodejs-polars-ta").map(({ args: [name = ""] }) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !listed.includes(name))).toEqual([]);
});
