/** `npm run bench`: that it runs, what it gives, and how it judges values. Never how long anything took. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";

const bench = (...args: string[]) => runNode([join(root, "plugin/bench/main.mjs"), ...args]);

/** A module of the benchmark; they are JavaScript without declarations. */
const load = (name: string) => import(join(root, "plugin/bench", name));

const files = readdirSync(join(root, "plugin/bench/tables"))
  .map((name) => name.replace(/\.mjs$/, ""))
  .sort();

interface Table {
  readonly name: string;
  readonly title: string;
  readonly parts: readonly {
    readonly columns: readonly { readonly key: string; readonly label: string }[];
    readonly rows: readonly Record<string, unknown>[];
  }[];
  readonly verdicts: readonly Record<string, unknown>[];
}

describe("in its quickest form, without rivals that must be installed", () => {
  let results: { environment: Record<string, unknown>; tables: Table[] };
  const names = ["single", "first", "startup", "size"];

  beforeAll(async () => {
    const small = ["--quick", "--repeat", "1", "--no-memory", "--no-rivals"];
    const { code, stdout } = await bench("--only", names.join(","), ...small, "--json");
    expect(code).toBe(0);
    results = JSON.parse(stdout);
  }, 120_000);

  const rowsOf = (name: string) =>
    results.tables.find((table) => table.name === name)?.parts.flatMap((part) => part.rows) ?? [];

  test("says what it ran on", () => {
    const { environment } = results;
    for (const key of ["cpu", "os", "memory", "date"]) {
      expect(environment[key], key).toMatch(/\w/);
    }
    expect(environment.cores).toBeGreaterThan(0);
    expect(environment.node).toBe(process.versions.node);
    expect(environment.versions).toMatchObject({
      "nodejs-polars": expect.any(String),
      "nodejs-polars-ta": expect.any(String),
    });
  });

  test("gives the tables asked for, with columns that their rows have", () => {
    expect(results.tables.map((table) => table.name)).toEqual(names);
    for (const { title, parts } of results.tables) {
      expect(title).not.toBe("");
      for (const { columns, rows } of parts) {
        expect(rows.length).toBeGreaterThan(0);
        expect(columns.filter(({ key }) => key in (rows[0] ?? {})).length).toBeGreaterThan(1);
      }
    }
  });

  test("medians are positive, and no smaller than the least", () => {
    for (const row of [...rowsOf("single"), ...rowsOf("startup")]) {
      expect(row.median).toBeGreaterThan(0);
      expect(row.minimum).toBeGreaterThan(0);
      expect(row.median).toBeGreaterThanOrEqual(row.minimum as number);
    }
    for (const row of rowsOf("size")) expect(row.bytes).toBeGreaterThan(0);
  });

  test("rivals are measured beside us, and their values compared", () => {
    const rivals = rowsOf("single").filter((row) => row.values !== undefined && row.values !== "");
    expect(new Set(rivals.map(({ side }) => side))).toEqual(new Set(["native", "tuned"]));
    for (const row of rivals) expect(row).toMatchObject({ values: "same" });
  });

  test("each verdict says what was wanted and what is", () => {
    const verdicts = results.tables.flatMap((table) => table.verdicts);
    expect(verdicts.length).toBeGreaterThan(3);
    for (const verdict of verdicts) {
      expect(verdict).toEqual({
        target: expect.any(Number),
        what: expect.stringMatching(/\w/),
        limit: expect.stringMatching(/^at (most|least) /),
        value: expect.any(Number),
        by: expect.any(Number),
        met: expect.any(Boolean),
      });
    }
  });
});

describe("the command line", () => {
  test("--help names every table there is", async () => {
    const { code, stdout } = await bench("--help");
    expect(code).toBe(0);
    const listed = /by comma: ([\w,\s]+?)\s+\(default/.exec(stdout)?.[1] ?? "";
    expect(listed.split(/,\s*/).sort()).toEqual(files);
  });

  test("every table has a place in docs/performance.md", () => {
    const page = readFileSync(join(root, "docs/performance.md"), "utf8");
    for (const name of ["environment", ...files]) {
      expect(page).toMatch(new RegExp(`<!-- bench ${name} -->.*<!-- end ${name} -->`, "s"));
    }
  });

  test.each([
    [["--only", "speed"], /"speed"/],
    [["--repeat", "0"], /whole number/],
    [["--fast"], /--fast/],
  ])("%s is refused", async (args, says) => {
    const { code, stdout, stderr } = await bench(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\bat .*:\d+/);
    expect(stdout).toBe("");
  });
});

describe("values are", () => {
  const ours = Float64Array.from({ length: 100 }, (_, row) => 50 + 10 * Math.sin(row));
  ours.fill(Number.NaN, 0, 5);
  const changed = (change: (value: number, row: number) => number) => ours.map(change);

  const cases: [string, readonly Float64Array[], RegExp][] = [
    ["the same", [ours.slice()], /^same$/],
    ["the same without the warm-up", [ours.slice(5)], /^same$/],
    ["the same after another start", [changed((v, row) => (row < 8 ? v + 1 : v))], /^same$/],
    ["the same but for the last bits", [changed((v) => v * (1 + 1e-12))], /^same$/],
    ["rounded", [changed((v) => Math.round(v * 100) / 100)], /rounded to 2 decimals/],
    ["off by a constant", [changed((v) => v + 3)], /by a constant/],
    ["off", [changed((v, row) => v + row / 100)], /by up to 0\.0/],
    ["missing in some rows", [changed((v, row) => (row % 50 ? v : Number.NaN))], /on one side/],
    ["on other rows", [Float64Array.from([...ours.slice(5), 0, 0, 0, 0, 0])], /at the first row/],
    ["too few", [ours.slice(60)], /40 of 100 rows/],
    ["fewer outputs", [], /0 of 1 outputs/],
  ];

  test.each(cases)("%s", async (_, theirs, says) => {
    const { compare } = await load("compare.mjs");
    expect(compare([ours], theirs)).toMatch(says);
  });
});

describe("the page", () => {
  test("gets new tables in the place of the old ones, and keeps the rest", async () => {
    const { withTables } = await load("page.mjs");
    const text = "a\n<!-- bench x -->\nold\n<!-- end x -->\nb\n<!-- bench y -->\n<!-- end y -->";
    const page = `<!-- bench environment --><!-- end environment -->\n${text}`;
    const table = {
      name: "x",
      title: "New",
      parts: [{ columns: [{ key: "case", label: "case" }], rows: [{ case: "one" }] }],
      verdicts: [
        { target: 1, what: "ours / it", limit: "at most 2", value: 3, by: 1.5, met: false },
      ],
    };
    const environment = { cpu: "C", cores: 2, memory: "M", os: "O", node: "N", versions: {} };
    const once = withTables(page, { environment, tables: [table] });
    expect(once).not.toContain("old");
    expect(once).toMatch(/C, 2 cores.*a\n.*\| one +\|.*no, by 1\.50 times.*\nb\n/s);
    expect(withTables(once, { environment, tables: [table] })).toBe(once);
    expect(() => withTables(text, { environment, tables: [] })).toThrow(/performance\.md/);
  });
});
