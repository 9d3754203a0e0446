// Makes the parser of the expression language from its grammar, or checks that it is the one there.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, say } from "./process.mjs";

const grammar = "plugin/src/language/grammar.peggy";
const parser = "plugin/src/language/generated/parser.cjs";

/** @returns {Promise<string>} */
async function generate() {
  // Not needed by any other command, and not there before the packages are installed.
  const { default: peggy } = await import("peggy");
  const source = peggy.generate(readFileSync(join(root, grammar), "utf8"), {
    allowedStartRules: ["Feature", "List"],
    format: "commonjs",
    output: "source",
  });
  // Indentation is a third of it.
  return source.replace(/^ +/gm, "");
}

/**
 * Writes the parser; with `check`, only says whether it is as the grammar has it.
 *
 * @param {{ check: boolean }} options
 * @returns {Promise<number>} an exit code
 */
export async function generateParser({ check }) {
  const path = join(root, parser);
  const wanted = await generate();
  if (existsSync(path) && readFileSync(path, "utf8") === wanted) return 0;
  if (check) {
    console.error(`${parser} is not what ${grammar} gives; run npm run gen`);
    return 1;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
  say(`wrote ${parser}`);
  return 0;
}
