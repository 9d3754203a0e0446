// Generates the parser of the expression language from its grammar, or checks it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeGenerated } from "./generated.mjs";
import { root } from "./process.mjs";

const grammar = "plugin/src/language/grammar.peggy";
const parser = "plugin/src/language/generated/parser.cjs";

/** @returns {Promise<string>} */
async function generate() {
  // Imported here, because it is missing before the packages are installed.
  const { default: peggy } = await import("peggy");
  const source = peggy.generate(readFileSync(join(root, grammar), "utf8"), {
    allowedStartRules: ["Feature", "List"],
    format: "commonjs",
    output: "source",
  });
  // Indentation would be a third of the file.
  return source.replace(/^ +/gm, "");
}

/**
 * Writes the parser; with `check`, only checks that it matches the grammar.
 *
 * @param {{ check: boolean }} options
 * @returns {Promise<number>} an exit code
 */
export async function generateParser({ check }) {
  return writeGenerated(parser, grammar, await generate(), check);
}
