/** Commands as somebody types them. */

import { execFileSync } from "node:child_process";
import { terminal } from "./child.js";

/**
 * Runs commands in a folder; what they print, if they succeed.
 *
 * @param node The Node that runs what is written in JavaScript, npm included.
 * @param settings More variables of the environment.
 */
export function shell(
  script: string,
  cwd: string,
  node = process.execPath,
  settings: Readonly<Record<string, string>> = {},
): string {
  const env = { ...terminal(node), npm_config_prefer_offline: "true", ...settings };
  return execFileSync("bash", ["-c", `set -e\n${script}`], { cwd, encoding: "utf8", env });
}
