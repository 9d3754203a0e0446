// Makes the parser of the expression language from its grammar, or checks that it is the one there.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeGenerated } from "./generated.mjs";
import { root } from "./process.mjs";

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
  return writeGenerated(parser, grammar, await generate(), check);
}
