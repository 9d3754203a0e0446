// Writes a generated file, or checks that it is up to date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, say } from "./process.mjs";

/**
 * @param {string} name path of the file in the project
 * @param {string} source path of the file from which it is generated
 * @param {string} wanted the text that it must have
 * @param {boolean} check whether only to check the file
 * @returns {number} an exit code
 */
export function writeGenerated(name, source, wanted, check) {
  const path = join(root, name);
  if (existsSync(path) && readFileSync(path, "utf8") === wanted) return 0;
  if (check) {
    console.error(`${name} does not match ${source}; run npm run gen`);
    return 1;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
  say(`wrote ${name}`);
  return 0;
}
