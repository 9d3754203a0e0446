// The entry of all npm scripts: completes the set-up, then runs the command. It runs before
// anything is installed, possibly on an old Node, so it has no dependencies.
import { fileURLToPath } from "node:url";
import { lintStages, longTestStages, runStages, testStages } from "./checks.mjs";
import { regenerateGolden } from "./golden.mjs";
import { nodeIsRecentEnough, rememberNewerNode, runOnNewerNode } from "./node-version.mjs";
import { runNotebooks } from "./notebooks.mjs";
import { Failure, putNodeFirst, runCargo, runNode, runPackage } from "./process.mjs";
import { apiReference } from "./reference.mjs";
import { buildFor, packRelease } from "./release.mjs";
import { generateSchema } from "./schema.mjs";
import { buildAddon, buildPlugin, installPackages } from "./setup.mjs";
import { buildWasm } from "./wasm.mjs";

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  async start(args) {
    await build();
    return runNode(fileURLToPath(new URL("start.mjs", import.meta.url)), args, {
      cwd: callersDirectory(),
    });
  },
  async test(args) {
    await installPackages();
    return runStages(testStages(args), "the tests that take longer: npm run test:long");
  },
  async "test:long"(args) {
    await installPackages();
    return runStages(longTestStages(args));
  },
  async build() {
    await build();
    await buildWasm();
    return 0;
  },
  async gen(args) {
    await installPackages();
    const check = args.includes("--check");
    const generated = await xtask("gen", args);
    // The schema contains names that `xtask gen` writes.
    const schema = await generateSchema({ check });
    return generated || schema;
  },
  new: (args) => xtask("new", args),
  async addon([target]) {
    await installPackages();
    await (target ? buildFor(target) : buildAddon());
    return 0;
  },
  async release(args) {
    const failed = await xtask("release", args);
    if (failed) return failed;
    if (args.includes("--dry-run")) {
      await installPackages();
      return packRelease();
    }
    await build();
    return runNode(fileURLToPath(new URL("snapshot.mjs", import.meta.url)), []);
  },
  async vitest(args) {
    await build();
    await buildWasm();
    return runPackage("vitest", "vitest", ["run", ...args]);
  },
  async measure() {
    await build();
    const suites = ["tests/catalog/golden.test.ts", "tests/catalog/golden-native.test.ts"];
    // Both suites write to one file, so they must not run in parallel.
    const args = ["run", "--no-file-parallelism", ...suites];
    const env = { ...process.env, TA_MEASURE: "1" };
    const failed = await runPackage("vitest", "vitest", args, { env });
    return failed || xtask("gen", []);
  },
  golden: (args) => regenerateGolden(args),
  async bench(args) {
    await build();
    return runNode(fileURLToPath(new URL("../bench/main.mjs", import.meta.url)), args, {
      cwd: callersDirectory(),
    });
  },
  async pictures() {
    await build();
    return runNode(fileURLToPath(new URL("pictures.mjs", import.meta.url)), []);
  },
  async lint() {
    await installPackages();
    return runStages(lintStages());
  },
  async notebooks(names) {
    await build();
    return runNotebooks({ write: true, names });
  },
  async reference() {
    await installPackages();
    return apiReference({ write: true });
  },
  async format() {
    await installPackages();
    const rust = await runCargo(["fmt", "--all"]);
    return (await runPackage("@biomejs/biome", "biome", ["check", "--write", "."])) || rust;
  },
};

/** @param {string} name @param {string[]} args */
function xtask(name, args) {
  return runCargo(["run", "--release", "-p", "xtask", "--", name, ...args]);
}

async function build() {
  await installPackages();
  await buildAddon();
  await buildPlugin();
}

/**
 * npm runs scripts in the root, but paths on the command line are relative to the caller's
 * directory.
 */
function callersDirectory() {
  const takesPaths = ["start", "bench"].includes(process.env.npm_lifecycle_event ?? "");
  return (takesPaths ? process.env.INIT_CWD : undefined) ?? process.cwd();
}

async function main() {
  const [name = "", ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    throw new Failure(`usage: bootstrap.mjs ${Object.keys(commands).join("|")} [arguments]`);
  }
  if (!nodeIsRecentEnough()) {
    process.chdir(callersDirectory());
    return runOnNewerNode(fileURLToPath(import.meta.url), [name, ...args]);
  }
  putNodeFirst();
  const code = await command(args);
  rememberNewerNode();
  return code;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
