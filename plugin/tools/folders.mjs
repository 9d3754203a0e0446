import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, root, runNpm, say } from "./process.mjs";
import { hashOf } from "./stamps.mjs";

/**
 * Installs the packages of a folder with its own lock file, if they are missing or belong to
 * another lock file or Node. Only some commands need such folders.
 *
 * @param {string} folder relative to the root
 * @param {string} what what is installed, for the log
 */
export async function installFolder(folder, what) {
  const [major] = process.versions.node.split(".");
  const lock = [`${folder}/package.json`, `${folder}/package-lock.json`];
  const wanted = hashOf(lock, `${process.platform}-${process.arch}-node${major}`);
  const cwd = join(root, folder);
  const stamp = join(cwd, "node_modules", ".stamp");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say(`installing ${what}`);
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const onStdoutLine = (/** @type {string} */ line) => console.log(line);
  const code = await runNpm(args, { cwd, onStdoutLine });
  if (code !== 0) throw new Failure(`npm ci failed in ${folder}.`, code);
  writeFileSync(stamp, wanted);
}
