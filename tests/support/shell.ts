/** Commands as somebody types them. */

import { execFileSync } from "node:child_process";
import { terminal } from "./child.js";

/**
 * Runs commands in a folder; what they print, if they succeed.
 *
 * @param node The Node that runs what is written in JavaScript, npm included.
 */
export function shell(script: string, cwd: string, node = process.execPath): string {
  const env = { ...terminal(node), npm_config_prefer_offline: "true" };
  return execFileSync("bash", ["-c", `set -e\n${script}`], { cwd, encoding: "utf8", env });
}
