/** The examples in the documentation: those with output print it, those of the indicators compute. */

import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pl, { type DataFrame } from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { afterAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");

interface Example {
  readonly line: number;
  readonly code: string;
  /** The text block after it; none if there is no such block. */
  readonly output: string | undefined;
}

/** The `ts` blocks of a document. */
function examples(text: string): Example[] {
  const blocks = text.matchAll(/^```ts\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?/gms);
  return [...blocks].map(({ index, 1: code = "", 2: output }) => ({
    line: text.slice(0, index).split("\n").length,
    code,
    output,
  }));
}

const isImport = (line: string): boolean => line.startsWith("import ");
const withoutImports = (code: string): string =>
  code
    .split("\n")
    .filter((line) => !isImport(line))
    .join("\n");

const SEPARATOR = "\u001e";

/**
 * What the examples of a document print, each in a scope of its own. All see what its
 * first example has before the first empty line.
 */
function outputs(list: readonly Example[]): string[] {
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
  const printed = execFileSync(process.execPath, ["--input-type=module"], {
    cwd: root,
    input: script,
    encoding: "utf8",
    env: Object.fromEntries(settings),
  });
  return printed.split(`${SEPARATOR}\n`);
}

/** The pages that people write, where they have examples. */
const pages = ["README.md", ...readdirSync(`${root}docs`).map((name) => `docs/${name}`)]
  .filter((path) => path.endsWith(".md") && examples(read(path)).length > 0)
  .sort();

test("there are pages with examples", () => {
  expect(pages).toContain("README.md");
  expect(pages.length).toBeGreaterThan(2);
});

describe.each(pages)("%s", (path) => {
  const list = examples(read(path));
  let printed: string[] | undefined;

  test("every example shows its output", () => {
    expect(list.filter(({ output }) => output === undefined).map(({ line }) => line)).toEqual([]);
  });

  test.each(list.map((example, index) => ({ ...example, index })))(
    "line $line prints what it says",
    ({ index, output }) => {
      printed ??= outputs(list);
      // A stack trace is no example.
      expect(printed[index]).not.toContain("[eval1]");
      expect(printed[index]?.trim()).toBe(output?.trim());
    },
  );
});

/** Commands with what they print, both streams together. */
const COMMANDS = /^```sh\n(npx nodejs-polars-ta .*?)^```\n(?:\n```text\n(.*?)^```\n)?/gms;

describe("the commands of docs/command_line.md", () => {
  const list = [...read("docs/command_line.md").matchAll(COMMANDS)];
  const folder = mkdtempSync(join(tmpdir(), "ta-docs-"));
  symlinkSync(`${root}golden`, join(folder, "golden"));
  copyFileSync(`${root}golden/data/stocks.csv`, join(folder, "bars.csv"));
  const [, config = ""] = /^```yaml\n(.*?)^```/ms.exec(read("docs/command_line.md")) ?? [];
  writeFileSync(join(folder, "features.yaml"), config);
  afterAll(() => rmSync(folder, { recursive: true }));

  test("there are some", () => {
    expect(list.length).toBeGreaterThan(3);
  });

  test.each(list.map(([, command = "", output]) => ({ command, output })))(
    "$command",
    ({ command, output }) => {
      const run = command.replaceAll(
        "npx nodejs-polars-ta",
        `"${process.execPath}" "${root}plugin/command.mjs"`,
      );
      const script = `set -o pipefail\n{\n${run}\n} 2>&1 || true`;
      const printed = execFileSync("bash", ["-c", script], { cwd: folder, encoding: "utf8" });
      expect(printed.trim()).toBe((output ?? "").trim());
    },
  );
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
  // The pages read their data from the root.
  process.chdir(root);

  test("in its page", () => {
    const pages = readdirSync(`${root}docs/indicators`).filter((name) => name !== "README.md");
    expect(pages.map((name) => name.replace(/\.md$/, "")).sort()).toEqual(ids);
    const found = ids.flatMap((id) => {
      const [example] = examples(read(`docs/indicators/${id}.md`));
      const frame = evaluate(example?.code ?? "", { pl, ta });
      return problem(metaOf(id), frame, ["symbol", "date"]);
    });
    expect(found).toEqual([]);
  });

  test("in the comment of its method", () => {
    const files = readdirSync(`${root}plugin/src/generated`);
    const text = files.map((name) => read(`plugin/src/generated/${name}`)).join("");
    const pattern =
      /@example\n +\* ```ts\n +\* (df\.withColumns\(.*\);)\n +\* ```\n +\*\/\n +(\w+)\(/g;
    const found = [...text.matchAll(pattern)].map(([, code = "", id = ""]) => ({ code, id }));
    expect(found.map(({ id }) => id).sort()).toEqual(ids);
    const df = pl.readCSV("golden/data/stocks.csv").head(600);
    const problems = found.flatMap(({ code, id }) =>
      problem(metaOf(id), evaluate(code, { pl, ta, df }), df.columns),
    );
    expect(problems).toEqual([]);
  });
});
