/** The types of every indicator: calls that compile, and what editors show of them. */

import { symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { install, Projects } from "../support/packed.js";

const projects = new Projects();
const project = projects.project("calls");
symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
afterAll(() => projects.remove());

const OPTIONS = {
  strict: true,
  noEmit: true,
  target: "ES2022",
  module: "NodeNext",
  moduleResolution: "NodeNext",
  types: ["node"],
  skipLibCheck: true,
};
const HEAD = `import { ta } from "nodejs-polars-ta";`;
const metas = ta.catalog();
const withParams = metas.filter(({ params }) => params.length > 0);

/** A name as TypeScript has it. */
const camel = (name: string) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
const literal = (value: unknown) => JSON.stringify(value);
const required = ({ semantics }: IndicatorMeta) =>
  semantics.input_slots.filter((slot) => slot.default === null || slot.default === undefined);

/** A call with all parameters by position. */
function positional(meta: IndicatorMeta): string {
  const inputs = required(meta).map(() => literal("close"));
  const params = meta.params.map((param) => literal(param.default));
  return `ta.${meta.id}(${[...inputs, ...params].join(", ")});`;
}

/** Calls with one parameter by each of its names. */
function byName(meta: IndicatorMeta): string[] {
  const inputs = required(meta).map(({ name }) => `${name}: "close"`);
  const own = meta.params.map(({ name }) => [name, name] as const);
  const slots = meta.semantics.input_slots.map(({ name }) => name);
  const others = meta.param_aliases
    .filter(({ alias }) => !slots.includes(camel(alias)))
    .map(({ alias, name }) => [alias, name] as const);
  return [...own, ...others].map(([written, name]) => {
    const value = meta.params.find((param) => param.name === name)?.default;
    return `ta.${meta.id}({ ${[...inputs, `${camel(written)}: ${literal(value)}`].join(", ")} });`;
  });
}

/** A call over arrays, whose outputs are read by their names, and by each name of the indicator. */
function overArrays(meta: IndicatorMeta): string[] {
  const inputs = meta.semantics.input_slots.map(({ name }) => `${name}: [1]`).join(", ");
  const params = meta.params.map((p) => `${camel(p.name)}: ${literal(p.default)}`).join(", ");
  const outputs = meta.outputs.map(({ name }, index) => `${name}: out${index}`).join(", ");
  return [meta.id, ...meta.aliases].map(
    (name) =>
      `{ const { ${outputs} } = ta.compute(${literal(name)}, { ${inputs} }, { ${params} }); out0 satisfies Float64Array; }`,
  );
}

async function compile(lines: readonly string[]): Promise<string> {
  writeFileSync(join(project, "calls.ts"), [HEAD, ...lines].join("\n"));
  const config = { compilerOptions: OPTIONS, files: ["calls.ts"] };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  return (await runNode([tsc, "-p", "."], { cwd: project })).stdout;
}

test("every indicator is called by position and by every name of its parameters", async () => {
  const calls = metas.flatMap((meta) => [positional(meta), ...byName(meta)]);
  expect(calls.length).toBeGreaterThan(3 * metas.length);
  expect(await compile(calls)).toBe("");
}, 120_000);

test("every indicator is computed over arrays, under every name", async () => {
  const calls = metas.flatMap(overArrays);
  expect(calls.length).toBeGreaterThan(metas.length);
  expect(await compile(calls)).toBe("");
}, 120_000);

test("a name, an input, an output or a parameter too many is an error in each", async () => {
  const wrong = metas.flatMap((meta) => {
    const inputs = meta.semantics.input_slots.map(({ name }) => `${name}: [1]`).join(", ");
    const by = required(meta).map(({ name }) => `${name}: "close"`);
    return [
      `ta.compute("${meta.id}", { ${inputs}, nothing: [1] });`,
      `ta.compute("${meta.id}", { ${inputs} }, { nothing: 1 });`,
      `ta.compute("${meta.id}", { ${inputs} }).nothing;`,
      `ta.${meta.id}({ ${[...by, "nothing: 1"].join(", ")} });`,
      positional(meta)
        .replace(/,? ?\);$/, ", 1);")
        .replace("(, ", "("),
    ];
  });
  const said = await compile(wrong);
  const lines = [...said.matchAll(/^calls\.ts\((\d+),/gm)].map(([, line]) => Number(line) - 2);
  const passed = wrong.filter((_, index) => !lines.includes(index));
  expect(passed).toEqual([]);
}, 120_000);

type TypeScript = {
  createLanguageService(host: object): {
    getQuickInfoAtPosition(file: string, at: number): Info | undefined;
  };
  sys: { fileExists: unknown; readFile(path: string): string; readDirectory: unknown };
  ScriptSnapshot: { fromString(text: string): unknown };
  getDefaultLibFilePath(options: object): string;
  convertCompilerOptionsFromJson(options: object, at: string): { options: object };
};
type Part = { readonly text: string };
type Info = { readonly displayParts: Part[]; readonly documentation: Part[] };

let typescript: TypeScript;
beforeAll(() => {
  const compilers = projects.project("compilers");
  install(compilers, "typescript-5@npm:typescript@~5.9.3");
  typescript = createRequire(join(compilers, "package.json"))("typescript-5");
}, 120_000);

const textOf = (parts: readonly Part[]) => parts.map(({ text }) => text).join("");

test("editors show each parameter by position with its name, its values and its default", () => {
  const calls = withParams.map(positional);
  const text = [HEAD, ...calls].join("\n");
  const file = join(project, "hovers.ts");
  writeFileSync(file, text);
  const { sys, ScriptSnapshot } = typescript;
  const service = typescript.createLanguageService({
    getCompilationSettings: () => typescript.convertCompilerOptionsFromJson(OPTIONS, ".").options,
    getCurrentDirectory: () => project,
    getDefaultLibFileName: (options: object) => typescript.getDefaultLibFilePath(options),
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path: string) => {
      const content = sys.readFile(path);
      return content === undefined ? undefined : ScriptSnapshot.fromString(content);
    },
    fileExists: sys.fileExists,
    readFile: sys.readFile,
    readDirectory: sys.readDirectory,
  });
  const silent = withParams.flatMap((meta, index) => {
    const at = text.indexOf(calls[index] ?? "") + "ta.".length;
    const info = service.getQuickInfoAtPosition(file, at);
    const [display, comment] = [
      textOf(info?.displayParts ?? []),
      textOf(info?.documentation ?? []),
    ];
    return meta.params
      .filter(({ name, default: value, description, min, max }) => {
        const line = comment.split("\n").find((one) => one.startsWith(`- \`${camel(name)}\`:`));
        const [, from, to] = / from (\S+) to (\S+); default /.exec(line ?? "") ?? [];
        const [, used = "null"] = /; default (\S+)\.$/.exec(line ?? "") ?? [];
        const ends = typeof min !== "number" || (Number(from) === min && Number(to) === max);
        const said = line?.includes(description) && JSON.parse(used) === value;
        return !said || !ends || !display.includes(`${camel(name)}:`);
      })
      .map(({ name }) => `${meta.id}.${name}`);
  });
  expect(silent).toEqual([]);
}, 120_000);
