/** The runner of notebooks finds what has changed and what fails; the project's notebooks are fit to be shown. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../support/child.js";
import {
  display,
  type Output,
  printed,
  readNotebook,
  runFolder,
  value,
  writeNotebook,
} from "../support/notebooks.js";

// tslab looks for the types of Node from here upwards.
const temporary = mkdtempSync(join(root, "node_modules/.nodejs-polars-ta/notebooks-"));
afterAll(() => rmSync(temporary, { recursive: true }));

/** A value that shows itself with `data`, after a while. */
const shows = (data: Record<string, unknown>, after = 0): string =>
  `({ async [Symbol.for("Jupyter.display")]() {
    await new Promise((done) => setTimeout(done, ${after}));
    return ${JSON.stringify(data)};
  } })`;

const table = (price: number) => ({
  "text/plain": "a table",
  "application/vnd.dataresource+json": { data: [{ price }] },
});
const picture = (bytes: string) => ({ "text/plain": "a picture", "image/svg+xml": bytes });

const STOCK = `
  import pl from "nodejs-polars";
  import { ta } from "nodejs-polars-ta";
  import * as tslab from "tslab";
  const bars = pl.DataFrame({ open: [1, 2], high: [2, 3], low: [1, 1], close: [2, 1] });`;
const CHART = `${STOCK}\nawait bars.ta.chart().display();`;
const FRAME = `${STOCK}\ntslab.display.html(ta.html(bars));`;

/** What a cell does, what it has shown, and what must be said of that; undefined: nothing. */
const cases: Record<
  string,
  [source: string, shown: Output[], said?: RegExp | undefined, kernels?: string[]]
> = {
  as_before: ["console.log(1);\n1 + 1", [printed("1\n"), value({ "text/plain": "2" })]],
  cut_elsewhere: ["console.log(1);\nconsole.log(2);", [printed("1\n"), printed("2\n")]],
  late: [shows({ "text/plain": "late" }, 400), [value({ "text/plain": "late" })]],
  other_value: ["1 + 1", [value({ "text/plain": "3" })], /cell 0 .*'2'.*'3'/s],
  other_print: ["console.log(1)", [printed("2\n")], /cell 0 /],
  never_run: ["1 + 1", [], /cell 0 /],
  shows_no_more: ["const a = 1;", [value({ "text/plain": "1" })], /cell 0 /],
  other_digits: [shows(table(1.25)), [value(table(1.2500000001))], /1\.25\b.*1\.2500000001/s],
  other_types: [shows(picture("<svg/>")), [value({ "text/plain": "a picture" })], /image\/svg/],
  other_bytes: [shows(picture("<svg/>")), [value(picture("<svg></svg>"))]],
  throws: ['throw new Error("no such file")', [], /cell 0 fails.*no such file/],
  dies: ["Deno.exit(3)", [], /cannot be run/],
  in_node: [
    'console.log("Deno" in globalThis)',
    [printed("true\n")],
    /in tslab, cell 0 prints\s+false/,
    ["deno", "tslab"],
  ],
  in_both: ["console.log(1 + 1)", [printed("2\n")], undefined, ["deno", "tslab"]],
  chart_in_tslab: [CHART, [display({ "text/html": "" })], undefined, ["tslab"]],
  frame_in_tslab: [FRAME, [display({ "text/html": "" })], undefined, ["tslab"]],
};

describe("the runner", { timeout: 300_000 }, () => {
  const folder = join(temporary, "cases");
  let said: Awaited<ReturnType<typeof runFolder>>;
  beforeAll(async () => {
    mkdirSync(folder);
    for (const [name, [source, shown, , kernels]] of Object.entries(cases)) {
      writeNotebook(join(folder, `${name}.ipynb`), source, shown, kernels);
    }
    said = await runFolder(folder);
  }, 600_000);

  /** What is said of a notebook: its line, and those below it that are indented or continue one. */
  const about = (name: string): string => {
    const from = said.lines.findIndex((line) => line.endsWith(` ${name}.ipynb`));
    const rest = said.lines.slice(from + 1);
    const to = rest.findIndex((line) => /^[✓✗] |^\d+ passed, /.test(line));
    return said.lines.slice(from, from + 1 + to).join("\n");
  };

  test.each(Object.keys(cases))("%s", (name) => {
    const [, , wanted] = cases[name] ?? [];
    if (wanted) expect(about(name)).toMatch(wanted);
    else expect(about(name)).toBe(`✓ ${name}.ipynb`);
  });

  test("counts", () => {
    const failing = Object.values(cases).filter(([, , wanted]) => wanted);
    const passing = Object.keys(cases).length - failing.length;
    expect(said.lines.at(-1)).toBe(`${passing} passed, ${failing.length} failed`);
    expect(said.code).toBe(1);
  });

  test("the stage of npm run test:long has these counts", async () => {
    const { notebooks } = await import(join(root, "plugin/tools/checks.mjs"));
    const names = ["as_before", "other_bytes", "other_value"];
    expect(await notebooks({ notebooks: folder, names })).toEqual({ passed: 2, failed: 1 });
    const good = { notebooks: folder, names: ["as_before"] };
    expect(await notebooks(good)).toEqual({ passed: 1, failed: 0 });
  });

  test("a folder without notebooks fails", async () => {
    const empty = join(temporary, "empty");
    mkdirSync(empty);
    const { code, lines } = await runFolder(empty);
    expect([code, lines.at(-1)]).toEqual([1, "0 passed, 1 failed"]);
  });

  test("a name that no notebook has fails and is told the others", async () => {
    const { code, text } = await runFolder(folder, false, ["as_befor"]);
    expect(code).toBe(1);
    expect(text).toContain('no notebook "as_befor" (did you mean "as_before"?)');
    expect(text).toContain("in_both");
  });

  test("writing keeps what is shown, unless a cell fails", async () => {
    const kept = join(temporary, "kept");
    mkdirSync(kept);
    const at = (name: string) => join(kept, `${name}.ipynb`);
    writeNotebook(at("good"), 'console.log("a");\n1 + 1', []);
    writeNotebook(at("bad"), 'console.log("a");\nthrow new Error("b")', []);
    const before = readFileSync(at("bad"), "utf8");
    expect((await runFolder(kept, true)).code).toBe(1);
    expect(readFileSync(at("bad"), "utf8")).toBe(before);
    const { outputs = [] } = readNotebook(at("good")).cells[0] ?? {};
    expect(outputs.map((output) => output.data?.["text/plain"] ?? output.text)).toEqual([
      ["a\n"],
      ["2"],
    ]);
    const written = readFileSync(at("good"), "utf8");
    expect((await runFolder(kept, false, ["good"])).code).toBe(0);
    expect((await runFolder(kept, true, ["good"])).code).toBe(0);
    expect(readFileSync(at("good"), "utf8")).toBe(written);
  });
});

describe("the project's notebooks", () => {
  const folder = join(root, "notebooks");
  const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  const read = (name: string) => readNotebook(join(folder, name));
  const codeOf = (name: string) => read(name).cells.filter((cell) => cell.cell_type === "code");

  test("one runs in Node as well", () => {
    const kernels = names.map((name) => read(name).metadata);
    expect(new Set(kernels.map(({ kernelspec }) => kernelspec.name))).toEqual(new Set(["deno"]));
    expect(kernels.flatMap(({ also = [] }) => also)).toContain("tslab");
  });

  test("the page about them has each, and no other", () => {
    const page = readFileSync(join(folder, "README.md"), "utf8");
    const linked = [...page.matchAll(/\]\((\w+\.ipynb)\)/g)].map(([, name]) => name);
    expect(linked.sort()).toEqual([...names].sort());
  });

  test.each(names)("%s was run from top to bottom, and holds nothing of a machine", (name) => {
    const counts = codeOf(name).map((cell) => cell.execution_count);
    expect(counts).toEqual(counts.map((_, index) => index + 1));
    const text = readFileSync(join(folder, name), "utf8");
    // Colours of a terminal, places of this machine, where packages come from.
    for (const foreign of ["\\u001b", root, tmpdir(), "file://", "localhost", "registry"]) {
      expect(text.includes(foreign), foreign).toBe(false);
    }
  });

  // Deno runs cells without looking at their types; an editor does not. Against the built package, as users have it.
  test("the compiler accepts what they do", { timeout: 120_000 }, () => {
    const files = names.map((name) => {
      const cells = codeOf(name).map(({ source }) => [source].flat().join(""));
      const file = join(temporary, name.replace(".ipynb", ".ts"));
      writeFileSync(file, `${cells.join("\n")}\nexport {};\n`);
      return file;
    });
    writeFileSync(join(temporary, "package.json"), '{ "type": "module" }');
    const options = "--noEmit --ignoreConfig --strict --skipLibCheck --target ES2022 --lib ES2024";
    const modules = "--module NodeNext --types node";
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const args = [tsc, ...`${options} ${modules}`.split(" "), ...files];
    expect(spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" }).stdout).toBe("");
  });

  test("a frame and a chart show themselves richly", () => {
    const types = codeOf("first_look.ipynb").flatMap((cell) =>
      (cell.outputs ?? []).map(({ data = {} }) => Object.keys(data).sort().join(" ")),
    );
    expect(types).toContain("application/vnd.dataresource+json text/html text/plain");
    expect(types.some((list) => /vegalite.*image\/svg\+xml text\/plain/.test(list))).toBe(true);
  });
});
