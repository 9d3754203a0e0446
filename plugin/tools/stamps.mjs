import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./process.mjs";

/**
 * Stamps by which set-up steps recognise finished work. They are in node_modules, so that deleting
 * it also deletes them.
 *
 * @typedef {{ install?: string, plugin?: string, node?: string }} Stamps
 */

const folder = join(root, "node_modules", ".nodejs-polars-ta");
const file = join(folder, "stamps.json");

/** @returns {Stamps} */
export function readStamps() {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

/** @param {Stamps} changes */
export function writeStamps(changes) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...readStamps(), ...changes }, null, 2)}\n`);
}

/**
 * A hash of the files' names and contents and of anything else that matters.
 *
 * @param {string[]} paths relative to the root
 * @param {...string} rest
 */
export function hashOf(paths, ...rest) {
  const hash = createHash("sha256");
  for (const path of paths) {
    hash.update(`${path}\0`);
    hash.update(readFileSync(join(root, path)));
  }
  hash.update(rest.join("\0"));
  return hash.digest("hex");
}

/**
 * All files under a directory, relative to the root, in a stable order.
 *
 * @param {string} directory relative to the root
 * @returns {string[]}
 */
export function filesUnder(directory) {
  const names = [];
  for (const entry of readdirSync(join(root, directory), { withFileTypes: true })) {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) names.push(...filesUnder(path));
    else names.push(path);
  }
  return names.sort();
}
