// Writes a file that is made from another one, or checks that it is the one there.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, say } from "./process.mjs";

/**
 * @param {string} name path of the file in the project
 * @param {string} source path of what it is made from
 * @param {string} wanted its text
 * @param {boolean} check whether only to say that the file is another one
 * @returns {number} an exit code
 */
export function writeGenerated(name, source, wanted, check) {
  const path = join(root, name);
  if (existsSync(path) && readFileSync(path, "utf8") === wanted) return 0;
  if (check) {
    console.error(`${name} is not what ${source} gives; run npm run gen`);
    return 1;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
  say(`wrote ${name}`);
  return 0;
}
