// Targets of Rust.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, run, say } from "./process.mjs";

/**
 * Whether Rust can build for a target; adds it if rustup can.
 *
 * @param {string} target
 */
export async function hasTarget(target) {
  const folder = join(output("rustc", ["--print", "sysroot"]), "lib/rustlib", target);
  if (existsSync(folder)) return true;
  if (output("rustup", ["--version"]) === "") return false;
  say(`adding the target ${target} to Rust`);
  return (await run("rustup", ["target", "add", target])) === 0;
}

/**
 * What a command prints; an empty text if it cannot be run.
 *
 * @param {string} command
 * @param {string[]} args
 */
function output(command, args) {
  try {
    return execFileSync(command, args, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "";
  }
}
