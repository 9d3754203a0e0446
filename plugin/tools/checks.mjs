import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNotebooks } from "./notebooks.mjs";
import { Failure, runCargo, runPackage, say } from "./process.mjs";
import { apiReference } from "./reference.mjs";
import { buildAddon, buildPlugin } from "./setup.mjs";
import { buildWasm } from "./wasm.mjs";

/**
 * @typedef {{ passed: number, failed: number }} Counts
 * @typedef {{ name: string, check: () => Promise<Counts> }} Stage
 */

/**
 * The stages of `npm test`.
 *
 * @param {string[]} vitestArgs
 * @returns {Stage[]}
 */
export function testStages(vitestArgs) {
  return [
    ...builds(),
    { name: "Rust tests", check: rustTests },
    {
      name: "generated files",
      check: () => oneCheck(runCargo(["run", "--release", "-p", "xtask", "--", "gen", "--check"])),
    },
    {
      name: "types",
      check: () => oneCheck(runPackage("typescript", "tsc", ["--noEmit", "-p", "tsconfig.json"])),
    },
    { name: "vitest", check: () => vitest("short", vitestArgs) },
  ];
}

/**
 * The stages of `npm run test:long`: tests that install packages, build a copy of the project, draw
 * every picture, or need a lot of memory or thousands of rounds.
 *
 * @param {string[]} vitestArgs
 * @returns {Stage[]}
 */
export function longTestStages(vitestArgs) {
  return [
    ...builds(),
    { name: "vitest", check: () => vitest("long", vitestArgs) },
    { name: "notebooks", check: () => notebooks() },
  ];
}

/**
 * @returns {Stage[]} builds; they count only when they fail, because the other stages test what
 * they make
 */
function builds() {
  return [
    { name: "addon", check: () => silentStep(buildAddon) },
    { name: "plugin", check: () => silentStep(buildPlugin) },
    { name: "WebAssembly", check: () => silentStep(buildWasm) },
  ];
}

/** @returns {Stage[]} the stages of `npm run lint` */
export function lintStages() {
  // On CI, Biome colours its report even in log files.
  const biome = ["ci", process.stdout.isTTY ? "--colors=force" : "--colors=off", "."];
  const clippy = ["clippy", "--workspace", "--all-targets", "--release", "--", "-D", "warnings"];
  return [
    { name: "cargo fmt", check: () => oneCheck(runCargo(["fmt", "--all", "--check"])) },
    { name: "cargo clippy", check: () => oneCheck(runCargo(clippy)) },
    { name: "biome", check: () => oneCheck(runPackage("@biomejs/biome", "biome", biome)) },
    { name: "API reference", check: () => oneCheck(apiReference({ write: false })) },
  ];
}

/**
 * Runs every stage, even after failures. Prints the line `N passed, N failed` last, and resolves to
 * the exit code.
 *
 * @param {Stage[]} stages
 * @param {string} [hint] a line to print before the last one
 */
export async function runStages(stages, hint) {
  const rows = [];
  for (const { name, check } of stages) {
    say(name);
    rows.push({ name, counts: await countErrors(check) });
  }
  console.log("");
  for (const { name, counts } of rows) {
    if (counts.passed + counts.failed > 0) console.log(`${name.padEnd(16)} ${sentence(counts)}`);
  }
  const total = sum(rows.map((row) => row.counts));
  if (hint) say(hint);
  console.log(sentence(total));
  return total.failed > 0 ? 1 : 0;
}

/**
 * @param {() => Promise<Counts>} check
 * @returns {Promise<Counts>}
 */
async function countErrors(check) {
  try {
    return await check();
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

/**
 * @param {() => Promise<void>} step
 * @returns {Promise<Counts>}
 */
async function silentStep(step) {
  await step();
  return { passed: 0, failed: 0 };
}

/**
 * @param {Promise<number>} exitCode
 * @returns {Promise<Counts>}
 */
async function oneCheck(exitCode) {
  return (await exitCode) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @returns {Promise<Counts>} */
async function rustTests() {
  /** @type {Counts[]} */
  const counts = [];
  const code = await runCargo(["test", "--workspace", "--release", "--no-fail-fast"], {
    onStdoutLine(line) {
      console.log(line);
      const found = /^test result: .*?(\d+) passed; (\d+) failed/.exec(line);
      if (found) counts.push({ passed: Number(found[1]), failed: Number(found[2]) });
    },
  });
  return orOneFailure(sum(counts), code);
}

/**
 * @param {{ notebooks?: string, names?: string[] }} [which] a folder and names of notebooks in it;
 * default: all notebooks of the project
 * @returns {Promise<Counts>}
 */
export async function notebooks(which) {
  let counts = { passed: 0, failed: 0 };
  const onLine = (/** @type {string} */ line) => {
    console.log(line);
    const found = /^(\d+) passed, (\d+) failed$/.exec(line);
    if (found) counts = { passed: Number(found[1]), failed: Number(found[2]) };
  };
  const code = await runNotebooks({ ...which, write: false, onLine });
  return orOneFailure(counts, code);
}

/**
 * @param {"short" | "long"} project a project of vitest.config.ts
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
async function vitest(project, args) {
  const folder = mkdtempSync(join(tmpdir(), "nodejs-polars-ta-"));
  const report = join(folder, "vitest.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const code = await runPackage("vitest", "vitest", [
      "run",
      "--project",
      project,
      ...reporters,
      ...args,
    ]);
    return orOneFailure(readReport(report), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} path
 * @returns {Counts}
 */
function readReport(path) {
  const report = JSON.parse(readFileSync(path, "utf8"));
  // A file that could not be loaded has no tests, and counts as one failure.
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/**
 * A command that failed without a failed test (a compile error, a crash) counts as one failure.
 *
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
function orOneFailure(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @param {Counts[]} counts */
function sum(counts) {
  return counts.reduce(
    (total, { passed, failed }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
    }),
    { passed: 0, failed: 0 },
  );
}

/** @param {Counts} counts */
function sentence({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}
