/** Whether this machine can run Spark. */

import { spawnSync } from "node:child_process";

const python = process.platform === "win32" ? "python" : "python3";

/** Why Spark cannot be tested here; empty if it can. */
export function sparkMissing(): string {
  const program = "import sys, venv; sys.exit(sys.version_info < (3, 11))";
  if (spawnSync(python, ["-c", program]).status !== 0) return `no ${python} from 3.11 on`;
  const home = process.env.JAVA_HOME;
  const java = spawnSync(home ? `${home}/bin/java` : "java", ["-version"], { encoding: "utf8" });
  const version = Number(/version "(\d+)/.exec(java.stderr ?? "")?.[1]);
  return version >= 17 ? "" : "no Java from 17 on";
}
