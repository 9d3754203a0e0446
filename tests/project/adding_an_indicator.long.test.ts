/** docs/adding_an_indicator.md, step by step, in a copy of the project. */

import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import pl from "nodejs-polars";
import { beforeAll, describe, expect, test } from "vitest";
import { root, terminal } from "../support/child.js";
import { readColumns, type Value } from "../support/columns.js";
import { type Block, blocksIn } from "../support/pages.js";

const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");

// Always the same places, so that cargo finds most of what it built there the last time. It
// would take the crates of the copy for those of the project if both were built into one.
const copy = join(target, "adding-an-indicator");
const built = join(target, "adding-an-indicator-target");

const page = "docs/adding_an_indicator.md";
const [start, generate, look, draw, judge, ...more] = blocksIn(page, "sh");
const [source] = blocksIn(page, "rust");
const [oracle] = blocksIn(page, "python");

const [, category = "", id = ""] = /^npm run new -- (\w+)\/(\w+)$/m.exec(start?.code ?? "") ?? [];
const handwritten = `crates/ta-core/src/indicators/${category}/${id}.rs`;

const tracked = (): string[] =>
  execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  })
    .split("\0")
    .filter((name) => name !== "" && existsSync(join(root, name)));

/** Files below the copy, as git would list them. */
const inCopy = (): string[] =>
  execFileSync("git", ["ls-files", "-z", "--others", "--exclude-standard"], {
    cwd: copy,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  })
    .split("\0")
    .filter((name) => name !== "");

const read = (folder: string, name: string) => readFileSync(join(folder, name));

/** The files of the copy that are not those of the project. */
const changed = (): string[] => {
  const original = new Set(tracked());
  const now = inCopy();
  return [...new Set([...original, ...now])]
    .filter((name) => {
      if (!original.has(name) || !existsSync(join(copy, name))) return true;
      return !read(root, name).equals(read(copy, name));
    })
    .sort();
};

const env = { ...terminal(), CARGO_TARGET_DIR: built };

/** Runs commands in the copy; what they print, if they succeed. */
function shell(commands = ""): string {
  expect(commands).not.toBe("");
  const options = { cwd: copy, env, encoding: "utf8", maxBuffer: 1 << 26 } as const;
  const ended = spawnSync("bash", ["-c", `set -e\n${commands}`], options);
  if (ended.status !== 0) throw new Error(`${commands}\n${ended.stdout}\n${ended.stderr}`);
  // npm says first what it runs.
  return ended.stdout.replace(/^\n?(> .*\n)+\n/gm, "");
}

/** Runs a block of the page. */
const run = (block: Block | undefined): string => shell(block?.code);

/** Makes the copy equal to the project, leaving times of files that are equal as they are. */
function refresh(): void {
  mkdirSync(copy, { recursive: true });
  if (!existsSync(join(copy, ".git"))) execFileSync("git", ["init", "--quiet"], { cwd: copy });
  const wanted = tracked();
  for (const name of wanted) {
    const [from, to] = [join(root, name), join(copy, name)];
    if (existsSync(to) && readFileSync(to).equals(readFileSync(from))) continue;
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
    // Later than any build: cargo goes by times.
    const now = new Date();
    utimesSync(to, now, now);
  }
  const keep = new Set(wanted);
  for (const name of inCopy().filter((name) => !keep.has(name))) rmSync(join(copy, name));
}

/** The columns of a file of expected values. */
function expectedIn(folder: string, name: string): Map<string, readonly Value[]> {
  const columns = readColumns(pl.readParquet(join(folder, "golden/expected", name)));
  return new Map([...columns].map(([column, [only]]) => [column, only?.values ?? []]));
}

/** That values are others within the tolerance of the fixtures. */
function expectClose(made: readonly Value[], wanted: readonly Value[], column: string): void {
  const differs = wanted.findIndex((value, row) => {
    const other = made[row];
    if (typeof value !== "number" || typeof other !== "number") return value !== other;
    return !(Math.abs(other - value) <= 1e-9 + 1e-9 * Math.abs(value));
  });
  expect(differs, `the first row of ${column} that differs`).toBe(-1);
}

// Each step builds on the one before; building takes the time.
describe("the page", { timeout: 1_800_000 }, () => {
  beforeAll(() => {
    refresh();
    expect(changed()).toEqual([]);
  }, 120_000);

  test("1: starts with one new file that is an indicator as it stands", () => {
    run(start);
    expect(changed()).toEqual([handwritten]);
    expect(statSync(join(copy, handwritten)).size).toBeGreaterThan(1000);
    expect(() => run(start)).toThrow(/is there already/);
  });

  test("2 and 3: with it filled in, everything else is generated", () => {
    writeFileSync(join(copy, handwritten), source?.code ?? "");
    run(generate);
    const others = changed().filter((name) => name !== handwritten);
    expect(others).toEqual(
      expect.arrayContaining([
        "crates/ta-core/src/indicators/mod.rs",
        `docs/indicators/${id}.md`,
        "golden/indicator_catalog_v2.json",
        `plugin/src/generated/${category}.ts`,
      ]),
    );
    // Each says that it is generated, or comes back when it is taken away.
    const silent = others.filter(
      (name) => !/Generated by `npm run gen`/.test(read(copy, name).toString().slice(0, 200)),
    );
    const before = silent.map((name) => read(copy, name));
    for (const name of silent) rmSync(join(copy, name));
    run(generate);
    expect(silent.map((name) => existsSync(join(copy, name)) && read(copy, name))).toEqual(before);
    expect(shell("npm run gen -- --check")).toContain("current");
  });

  test("the file is formatted", () => {
    const config = ["--check", "--edition", "2021", "--config-path", copy];
    const ended = spawnSync("rustfmt", [...config, handwritten], { cwd: copy, encoding: "utf8" });
    expect(ended.stdout + ended.stderr).toBe("");
  });

  test("it computes what its test says", () => {
    const printed = shell(`cargo test --release -p ta-core --lib ${category}::${id}::`);
    expect(printed).toMatch(/test result: ok\. 1 passed/);
  });

  test("the command line knows it once it is built", () => {
    shell("npm run build");
    expect(run(look).trim()).toBe(look?.output?.trim());
  });

  test("its picture is drawn, and the others stay as they are", () => {
    const before = changed();
    run(draw);
    // The two of the first screen have writing, in the fonts that a machine has.
    const drawn = changed().filter((name) => !before.includes(name) && !name.endsWith(".png"));
    expect(drawn).toEqual([`docs/images/indicators/${id}.svg`]);
  });

  test("4: the values of its oracle are added to those of the others, and judge it", () => {
    writeFileSync(join(copy, `golden/native/${id}.py`), oracle?.code ?? "");
    run(judge);
    const names = (folder: string) =>
      Object.keys(JSON.parse(read(folder, "golden/measured_errors.json").toString()));
    expect(names(copy)).toEqual([...names(root), id].sort());
    // On this processor as on the one they were made on.
    for (const name of readdirSync(join(root, "golden/expected"))) {
      const [once, again] = [root, copy].map((folder) => expectedIn(folder, name));
      for (const [column, values] of once ?? [])
        expectClose(again?.get(column) ?? [], values, column);
      const added = [...(again?.keys() ?? [])].filter((column) => !once?.has(column));
      expect(added.filter((column) => !column.startsWith(`${id}/`))).toEqual([]);
    }
    expect([...expectedIn(copy, "native_stocks.parquet").keys()]).toContain(`${id}/default:0`);
  });

  test("there are no other blocks", () => {
    expect(more).toEqual([]);
  });
});
