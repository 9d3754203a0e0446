import { existsSync } from "node:fs";
import { run, runNpm, say } from "./process.mjs";
import { readStamps, writeStamps } from "./stamps.mjs";

// The binaries of nodejs-polars need Node 22, vitest 22.12. On an older Node npm skips the binaries
// silently.
const needed = [22, 12];
const replacement = "24";
const marker = "NODEJS_POLARS_TA_RERUN";

export function nodeIsRecentEnough() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}

/**
 * Runs the script again on a newer Node and resolves to its exit code.
 *
 * @param {string} script
 * @param {string[]} args
 */
export async function runOnNewerNode(script, args) {
  const wanted = `${needed.join(".")} or newer`;
  if (process.env[marker]) {
    console.error(`npx provided Node ${process.version}; install Node ${wanted} and try again.`);
    return 1;
  }
  say(
    `Node ${process.version} is older than ${needed.join(".")}: continuing on Node ${replacement}`,
  );
  process.env[marker] = "1";
  const cwd = process.cwd();
  const known = readStamps().node;
  if (known && existsSync(known)) return run(known, [script, ...args], { cwd });
  const command = ["--", "node", script, ...args];
  return runNpm(
    ["exec", "--yes", "--loglevel=error", `--package=node@${replacement}`, ...command],
    { cwd },
  );
}

/** Remembers this Node, so that the next run on an old Node needs no npx. */
export function rememberNewerNode() {
  if (process.env[marker] && readStamps().node !== process.execPath) {
    writeStamps({ node: process.execPath });
  }
}
