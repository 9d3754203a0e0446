// Makes the API reference from the comments in the sources, or checks them.
import { join } from "node:path";
import { installFolder } from "./folders.mjs";
import { root, runNode } from "./process.mjs";

const folder = "plugin/tools/reference";

/**
 * Everything public must have a comment, and every link must have a target; otherwise this fails.
 *
 * @param {{ write: boolean }} options
 * @returns {Promise<number>} the exit code
 */
export async function apiReference({ write }) {
  await installFolder(folder, "what reads the comments");
  const typedoc = join(root, folder, "node_modules/typedoc/bin/typedoc");
  const options = ["--options", join(root, folder, "typedoc.json")];
  return runNode(typedoc, write ? options : [...options, "--emit", "none"]);
}
