/** The package as npm packs it, installed as docs/getting_started.md says, in a project of its own. */

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root, runNode, terminal } from "./support/child.js";
import { blocksIn, readPage } from "./support/pages.js";

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

const folder = mkdtempSync(join(tmpdir(), "ta-package-"));
let packed: Packed;
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs commands in the project; what they print, if they succeed. */
function shell(script: string, cwd = folder): string {
  const env = { ...terminal(), npm_config_prefer_offline: "true" };
  return execFileSync("bash", ["-c", `set -e\n${script}`], { cwd, encoding: "utf8", env });
}

const { devDependencies } = JSON.parse(readPage("package.json"));

beforeAll(() => {
  const text = shell(`npm pack --json --pack-destination "${folder}"`, join(root, "plugin"));
  [packed] = Object.values(JSON.parse(text.slice(text.search(/^[[{]/m)))) as [Packed];
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  symlinkSync(join(root, "golden"), join(folder, "golden"));
  const [install] = blocksIn("docs/getting_started.md", "sh");
  expect(install?.code).toBe("npm install nodejs-polars nodejs-polars-ta\n");
  // Not the newest of the one, which may be newer than what is built here, and not the other
  // from the registry, but what is.
  shell(
    (install?.code ?? "")
      .replace(/nodejs-polars-ta$/m, `"./${packed.filename}"`)
      .replace("nodejs-polars ", `nodejs-polars@${devDependencies["nodejs-polars"]} `),
  );
}, 300_000);

test("what is packed is what is used, and what npm shows", () => {
  const places = packed.files.map(({ path }) =>
    path.replace(/^(dist|native|schema|data)\/.*/, "$1/"),
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
    ].sort(),
  );
  // The copies stand there only while it is packed.
  expect(existsSync(join(root, "plugin/README.md"))).toBe(false);
});

test("the first example gives what the page shows", async () => {
  const [example] = blocksIn("docs/getting_started.md", "ts");
  writeFileSync(join(folder, "first.mjs"), example?.code ?? "");
  const { stdout, stderr } = await runNode(["first.mjs"], { cwd: folder });
  expect(stderr).toBe("");
  expect(stdout.trim()).toBe(example?.output?.trim());
});

test("its command is there", () => {
  const [example] = blocksIn("docs/command_line.md", "sh").filter(({ code }) =>
    /^npx nodejs-polars-ta find \w+\n$/.test(code),
  );
  expect(shell(example?.code ?? "").trim()).toBe(example?.output?.trim());
});

test("what is optional is asked for where it is needed", async () => {
  const source = `
    import pl from "nodejs-polars";
    import "nodejs-polars-ta";
    const bars = pl.readCSV("golden/data/stocks.csv").head(100);
    await bars.ta.chart({ indicators: ["rsi"] }).toSVG().catch((error) => console.log(String(error)));
    await import("nodejs-polars-ta/arrow").catch((error) => console.log(String(error)));
  `;
  writeFileSync(join(folder, "optional.mjs"), source);
  const { stdout } = await runNode(["optional.mjs"], { cwd: folder });
  const [chart, arrow] = stdout.trim().split("\n");
  expect(chart).toMatch(/^TaError: .*npm install .*vega-lite/);
  expect(arrow).toMatch(/^TaError: nodejs-polars-ta\/arrow needs apache-arrow/);
});

describe("its types", () => {
  const CONSUMER = `
    import pl from "nodejs-polars";
    import { ta, TaError, type IndicatorMeta } from "nodejs-polars-ta";
    const bars = pl.DataFrame({ high: [2, 3], low: [1, 2], close: [1.5, 2.5] });
    export const made: pl.DataFrame = bars.withColumns(pl.col("close").ta.rsi(14), ta.atr(14));
    export const first: IndicatorMeta | undefined = ta.catalog()[0];
    export const failed = (error: unknown): boolean => error instanceof TaError;
    // @ts-expect-error: a period is a number
    pl.col("close").ta.rsi("14");
  `;

  test.each(["NodeNext", "Bundler"])("are found and hold with %s", (moduleResolution) => {
    writeFileSync(join(folder, "consumer.ts"), CONSUMER);
    const config = {
      compilerOptions: {
        strict: true,
        noEmit: true,
        target: "ES2022",
        module: moduleResolution === "NodeNext" ? "NodeNext" : "ESNext",
        moduleResolution,
        types: [],
        skipLibCheck: true,
      },
      files: ["consumer.ts"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const ended = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    expect(ended.stdout + ended.stderr).toBe("");
  });
});
