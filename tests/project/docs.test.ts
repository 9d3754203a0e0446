/** The examples in the documentation: those with output print it, those of the indicators compute. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import pl, { type DataFrame } from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { stocks } from "nodejs-polars-ta/data";
import { afterAll, describe, expect, test } from "vitest";
import { root } from "../support/child.js";
import { type Block, blocksIn, blocksOf, pages, readPage } from "../support/pages.js";

const isImport = (line: string): boolean => line.startsWith("import ");
const withoutImports = (code: string): string =>
  code
    .split("\n")
    .filter((line) => !isImport(line))
    .join("\n");

const SEPARATOR = "\u001e";

/** Modules that are loaded before the examples of a page. */
const LOADED: Readonly<Record<string, readonly string[]>> = {
  "docs/live.md": ["tests/support/socket.mjs"],
};

/** A folder to run a page's examples in, with the files that they read. */
function folderFor(path: string): string {
  const folder = mkdtempSync(join(tmpdir(), "ta-docs-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const [config] = blocksIn(path, "yaml");
  if (config) writeFileSync(join(folder, "features.yaml"), config.code);
  return folder;
}

/**
 * What the examples of a page print, each in a scope of its own. All see what its
 * first example has before the first empty line.
 */
function outputs(path: string, list: readonly Block[], cwd: string): string[] {
  const imports = new Set(list.flatMap(({ code }) => code.split("\n").filter(isImport)));
  const [preamble = ""] = list[0]?.code.split("\n\n") ?? [];
  const functions = list.map(({ code }) => `async () => {\n${withoutImports(code)}\n}`);
  const script = [
    ...imports,
    withoutImports(preamble),
    `for (const example of [${functions.join(",\n")}]) {`,
    `  await example().catch((error) => console.log(error));`,
    `  console.log(${JSON.stringify(SEPARATOR)});`,
    "}",
  ].join("\n");
  const settings = Object.entries(process.env).filter(([name]) => !/^POLARS_|COLOR/.test(name));
  const loaded = LOADED[path]?.map((module) => `--import=${pathToFileURL(join(root, module))}`);
  const printed = execFileSync(process.execPath, ["--input-type=module", ...(loaded ?? [])], {
    cwd,
    input: script,
    encoding: "utf8",
    env: Object.fromEntries(settings),
  });
  return printed.split(`${SEPARATOR}\n`);
}

const withExamples = pages.filter((path) => blocksIn(path, "ts").length > 0);

test("there are pages with examples", () => {
  expect(withExamples).toContain("README.md");
  expect(withExamples.length).toBeGreaterThan(2);
});

describe.each(withExamples)("%s", (path) => {
  const list = blocksIn(path, "ts");
  const folder = folderFor(path);
  let printed: string[] | undefined;
  afterAll(() => rmSync(folder, { recursive: true }));

  test("every example shows its output", () => {
    expect(list.filter(({ output }) => output === undefined).map(({ line }) => line)).toEqual([]);
  });

  test.each(list.map((example, index) => ({ ...example, index })))(
    "line $line prints what it says",
    ({ index, output }) => {
      printed ??= outputs(path, list, folder);
      // A stack trace is no example.
      expect(printed[index]).not.toContain("[eval1]");
      expect(printed[index]?.trim()).toBe(output?.trim());
    },
  );
});

describe("the commands of docs/command_line.md", () => {
  const list = blocksIn("docs/command_line.md", "sh");
  const folder = folderFor("docs/command_line.md");
  afterAll(() => rmSync(folder, { recursive: true }));

  test("there are some", () => {
    expect(list.length).toBeGreaterThan(3);
  });

  // One after the other: some read what others have written.
  test.each(list)("line $line prints what it says", ({ code, output = "" }) => {
    const run = code.replaceAll(
      "npx nodejs-polars-ta",
      `"${process.execPath}" "${root}plugin/command.mjs"`,
    );
    const script = `set -o pipefail\n{\n${run}\n} 2>&1 || true`;
    const printed = execFileSync("bash", ["-c", script], { cwd: folder, encoding: "utf8" });
    expect(printed.trim()).toBe(output.trim());
  });
});

/** The value of the last statement of an example. */
function evaluate(code: string, scope: Record<string, unknown>): DataFrame {
  const lines = withoutImports(code).trim().split("\n");
  const last = lines.pop();
  const body = [...lines, `return ${last}`].join("\n");
  return new Function(...Object.keys(scope), body)(...Object.values(scope));
}

/** The default name with default parameters. */
const columnName = ({ id, params }: IndicatorMeta): string =>
  [id, ...params.filter((p) => typeof p.default === "number").map((p) => p.default)].join("_");

/** What is wrong with the one new column that an example of an indicator makes. */
function problem(meta: IndicatorMeta, frame: DataFrame, before: readonly string[]): string[] {
  const columns = frame.columns.join(" ");
  const wanted = [...before, columnName(meta)].join(" ");
  if (columns !== wanted) return [`${meta.id}: columns ${columns} instead of ${wanted}`];
  const column = frame.getColumn(columnName(meta));
  if (column.nullCount() === column.length) return [`${meta.id}: nothing but nulls`];
  const dtype = column.dtype.variant;
  const types = meta.outputs.map((output) => output.dtype.replace("Boolean", "Bool"));
  const type = types.length === 1 ? types[0] : "Struct";
  return dtype === type ? [] : [`${meta.id}: ${dtype} instead of ${type}`];
}

const metas = new Map(ta.catalog().map((meta) => [meta.id, meta]));
const metaOf = (id: string): IndicatorMeta => metas.get(id) as IndicatorMeta;
const ids = [...metas.keys()].sort();

describe("the generated example of every indicator", () => {
  test("in its page", () => {
    const pages = readdirSync(`${root}docs/indicators`).filter((name) => name !== "README.md");
    expect(pages.map((name) => name.replace(/\.md$/, "")).sort()).toEqual(ids);
    const found = ids.flatMap((id) => {
      const [example] = blocksOf(readPage(`docs/indicators/${id}.md`));
      const frame = evaluate(example?.code ?? "", { pl, ta, stocks });
      return problem(metaOf(id), frame, ["symbol", "date"]);
    });
    expect(found).toEqual([]);
  });

  test("in the comment of its method", () => {
    const files = readdirSync(`${root}plugin/src/generated`);
    const text = files.map((name) => readPage(`plugin/src/generated/${name}`)).join("");
    const pattern =
      /@example\n +\* ```ts\n +\* (df\.withColumns\(.*\);)\n +\* ```\n +\*\/\n +(\w+)\(/g;
    const found = [...text.matchAll(pattern)].map(([, code = "", id = ""]) => ({ code, id }));
    expect(found.map(({ id }) => id).sort()).toEqual(ids);
    const df = pl.readCSV(stocks).head(600);
    const problems = found.flatMap(({ code, id }) =>
      problem(metaOf(id), evaluate(code, { pl, ta, df }), df.columns),
    );
    expect(problems).toEqual([]);
  });
});
