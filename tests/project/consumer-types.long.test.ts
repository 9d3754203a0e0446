/** The declarations as a strict project reads them, with `skipLibCheck: false` and both compilers. */

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { install, PACKAGE, Projects, pinned } from "../support/packed.js";
import { readPage } from "../support/pages.js";

const projects = new Projects();
const bare = projects.project("bare");
const full = projects.project("full");
const arrowOnly = projects.project("arrow-only");
const compilers = projects.project("compilers");
afterAll(() => projects.remove());

const OPTIONAL = ["@resvg/resvg-js", "apache-arrow", "vega", "vega-lite"];

beforeAll(() => {
  const polars = [pinned("nodejs-polars"), pinned("@types/node"), PACKAGE];
  install(bare, ...polars);
  install(full, ...polars, ...OPTIONAL.map(pinned));
  install(arrowOnly, "--legacy-peer-deps", pinned("apache-arrow"), PACKAGE);
  install(compilers, "typescript-5@npm:typescript@~5.9.3");
}, 600_000);

const COMPILERS = {
  "TypeScript 5.9": () => join(compilers, "node_modules/typescript-5/bin/tsc"),
  "TypeScript 7": () => join(root, "node_modules/typescript/bin/tsc"),
};
type Compiler = keyof typeof COMPILERS;
type Resolution = "NodeNext" | "Bundler";
const names = Object.keys(COMPILERS) as Compiler[];
const each = names.flatMap((compiler) =>
  (["NodeNext", "Bundler"] as const).map((resolution) => ({ compiler, resolution })),
);

/** What a compiler says of a project that consists of one file. */
async function compile(
  project: string,
  source: string,
  compiler: Compiler,
  resolution: Resolution,
  types = ["node"],
): Promise<string[]> {
  writeFileSync(join(project, "consumer.ts"), source);
  const config = {
    compilerOptions: {
      strict: true,
      noEmit: true,
      target: "ES2022",
      lib: ["ES2022"],
      module: resolution === "NodeNext" ? "NodeNext" : "ESNext",
      moduleResolution: resolution,
      types,
      skipLibCheck: false,
    },
    files: ["consumer.ts"],
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
  const { stdout, stderr } = await runNode([COMPILERS[compiler](), "-p", "."], { cwd: project });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

const CONSUMER = `
  import pl from "nodejs-polars";
  import { ta, TaError, type IndicatorMeta, type LiveRow } from "nodejs-polars-ta";
  import { stocks } from "nodejs-polars-ta/data";
  import { computeFiles } from "nodejs-polars-ta/files";
  import "nodejs-polars-ta/notebook";
  const bars = pl.readCSV(stocks);
  export const made: pl.DataFrame = bars.withColumns(pl.col("close").ta.rsi(14), ta.atr(14));
  export const first: IndicatorMeta | undefined = ta.catalog()[0];
  export const failed = (error: unknown): boolean => error instanceof TaError;
  export const band: pl.Expr = pl.col("close").ta.bbands({ length: 20 }).struct.field("upper");
  export const { value } = ta.compute("rsi", { series: [1, 2] }, { timeperiod: 14 });
  export const written = computeFiles({
    inputs: stocks,
    pipeline: ta.pipeline({ features: ["rsi(14)"] }),
    out: "out.parquet",
    signal: AbortSignal.timeout(1000),
  });
  const live = ta.stream({ over: "symbol", features: ["rsi(14)", "macd"], amend: 2 });
  export const warm = live.warm(bars).map(({ symbol, rsi_14 }) => [symbol, rsi_14]);
  export const row: LiveRow = live.update({ symbol: "IBM", date: new Date(), close: 3 });
  export const low = typeof row.rsi_14 === "number" && row.rsi_14 < 30;
  export const macd = row.macd_12_26_9;
  export const signal = typeof macd === "object" && macd !== null ? macd.signal : null;
  export const many = live.updateMany(["IBM"], { date: "2024-01-31", close: [3] }).rsi_14;
  export const again: LiveRow | undefined = ta.restore(live.snapshot()).last("IBM");
  // @ts-expect-error: a period is a number
  pl.col("close").ta.rsi("14");
`;

/** What needs apache-arrow: the entry for it, and pipelines over its tables. */
const ARROW = `
  import { tableFromArrays, type Table, type Vector } from "apache-arrow";
  import { ta as arrow } from "nodejs-polars-ta/arrow";
  const table = tableFromArrays({ close: Float64Array.of(1, 2) });
  export const vector: Vector = arrow.rsi(table, 14);
  export const same: Vector = arrow.rsi(table, { length: 14 });
`;
const TABLES = `
  const done = await ta.pipeline({ features: ["rsi(14)"] }).apply(table);
  export const added: Vector | null = done.getChild("rsi_14");
  export const kept: Float64Array | undefined = done.getChild("close")?.toArray();
  export const any: Promise<Table> = ta.pipeline({ features: [] }).apply(table as Table);
  // @ts-expect-error: a table is no array
  ta.pipeline({ features: [] }).apply([1, 2]);
`;

describe.each(each)("$compiler, $resolution", ({ compiler, resolution }) => {
  test("no optional package is needed", { timeout: 120_000 }, async () => {
    expect(await compile(bare, CONSUMER, compiler, resolution)).toEqual([]);
  });

  test("with all of them there is no difference", { timeout: 120_000 }, async () => {
    const source = CONSUMER + ARROW + TABLES;
    expect(await compile(full, source, compiler, resolution)).toEqual([]);
  });

  test("the entry for Arrow needs no polars", { timeout: 120_000 }, async () => {
    expect(await compile(arrowOnly, ARROW, compiler, resolution, [])).toEqual([]);
  });

  test("without Node's types all complaints are about others", { timeout: 120_000 }, async () => {
    const source = CONSUMER.replace(/^.*AbortSignal.*$/m, "");
    const said = await compile(bare, source, compiler, resolution, []);
    // The declarations of nodejs-polars need them; so the check is not blind.
    expect(said.some((line) => line.includes("node_modules/nodejs-polars/"))).toBe(true);
    expect(said.filter((line) => !line.includes("node_modules/nodejs-polars/"))).toEqual([]);
  });
});

/** The declarations that an entry reaches, and the packages that they import. */
function reached(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(file, "utf8").replace(/^[ \t]*\*.*$/gm, "");
    const imports = text.matchAll(/(?:\bfrom|\bimport|\bmodule|\bimport\()\s*"([^"]+)"/g);
    for (const [, name = ""] of imports) {
      if (!name.startsWith(".")) packages.add(name.replace(/^((?:@[^/]+\/)?[^/]+).*/, "$1"));
      else visit(resolve(dirname(file), name.replace(/\.js$/, ".d.ts")));
    }
  };
  visit(entry);
  return { files, packages };
}

describe("what declarations import", () => {
  const at = (path: string) => join(bare, "node_modules/nodejs-polars-ta", path);
  const { exports, peerDependenciesMeta } = JSON.parse(readPage("plugin/package.json"));
  const entries = Object.entries<{ types?: string }>(exports).flatMap(([name, { types }]) =>
    types === undefined ? [] : [{ name, types }],
  );

  test("optional packages are those that this knows", () => {
    expect(Object.keys(peerDependenciesMeta).sort()).toEqual([...OPTIONAL, "nodejs-polars"].sort());
  });

  test.each(entries)("$name", ({ name, types }) => {
    const { files, packages } = reached(at(types));
    const allowed = name === "./arrow" ? ["apache-arrow"] : ["nodejs-polars"];
    expect([...packages].filter((one) => !allowed.includes(one))).toEqual([]);
    if (name === ".") {
      const inside = [...files].map((file) => relative(at("dist"), file));
      expect(inside).toContain("pipeline/pipeline.d.ts");
      expect(inside).toContain("generated/momentum.d.ts");
    }
  });
});

/** Wrong calls, and the name that a compiler has to say. */
const WRONG: readonly (readonly [code: string, says: string])[] = [
  [`pl.col("close").ta.rsi({ perid: 14 })`, "'perid' does not exist"],
  [`ta.rsi({ perid: 14 })`, "'perid' does not exist"],
  [`bars.ta.rsi({ perid: 14 })`, "'perid' does not exist"],
  [`bars.lazy().ta.rsi({ perid: 14 })`, "'perid' does not exist"],
  [`bars.getColumn("close").ta.rsi({ perid: 14 })`, "'perid' does not exist"],
  [`pl.col("close").ta.bbands(20, { perid: 14 })`, "'perid' does not exist"],
  [`pl.col("close").ta.bbands(20, 2, 2, { maTyp: "ema" })`, "'maTyp' does not exist"],
  [`ta.crossup({ series: "close", oter: "open" })`, "'oter' does not exist"],
  [`ta.compute("rsi", { serie: [1] })`, "'serie' does not exist"],
  [`ta.compute("rsi", { series: [1] }, { perid: 3 })`, "'perid' does not exist"],
  [`ta.compute("rsi", { series: [1] }).valu`, "'valu' does not exist"],
  [`ta.stream({ features: [], amends: 5 })`, "'amends' does not exist"],
  [`ta.compute("rsj", { series: [1] })`, `"rsj"`],
  [`ta(bars, { misssing: "error" })`, "'misssing' does not exist"],
  [`ta(bars.lazy(), { misssing: "error" })`, "'misssing' does not exist"],
  [`ta.check(bars, { oer: "symbol" })`, "'oer' does not exist"],
  [`ta.chart(bars, { tile: "IBM" })`, "'tile' does not exist"],
  [`ta.pipeline({ features: [] }).apply(bars, { kep: "none" })`, "'kep' does not exist"],
  [`ta.pipeline({ features: [] }).tail(bars, 1, { kep: "none" })`, "'kep' does not exist"],
];

test.each(names)("%s names what is wrong", { timeout: 120_000 }, async (compiler) => {
  const head = [
    `import pl from "nodejs-polars";`,
    `import { ta } from "nodejs-polars-ta";`,
    `const bars = pl.DataFrame({ close: [1] });`,
  ];
  const source = [...head, ...WRONG.map(([code]) => `${code};`)].join("\n");
  const said = (await compile(bare, source, compiler, "NodeNext")).join("\n");
  // An error begins with its place, and goes on in lines that are indented.
  const errors = new Map(
    said.split(/\n(?=consumer)/).map((text) => [Number(/\((\d+),/.exec(text)?.[1]), text] as const),
  );
  const silent = WRONG.filter(
    ([, says], index) => !errors.get(index + head.length + 1)?.includes(says),
  );
  expect(silent).toEqual([]);
  expect(errors.size).toBe(WRONG.length);
});
