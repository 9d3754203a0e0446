/** Processes of their own, for what a test process would disturb. */

import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root directory. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Node's arguments that run `source` as a module which finds the project's packages. */
export const childScript = (source: string): string[] => ["--input-type=module", "--eval", source];

/** The environment of a terminal: without what npm and vitest set, and with this or another Node first. */
export function terminal(node = process.execPath): Record<string, string | undefined> {
  const ours = /^(npm_|VITEST|NODE_ENV$|INIT_CWD$)/i;
  const settings = Object.entries(process.env).filter(([name]) => !ours.test(name));
  const path = dirname(node) + delimiter + process.env.PATH;
  return { ...Object.fromEntries(settings), PATH: path };
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** Path of another Node than this one. */
  readonly node?: string;
  /** Milliseconds after which it is killed, if it has not ended: then it hangs. */
  readonly timeout?: number;
}

/** Runs Node with `args` and resolves when it has ended, however that was. */
export function runNode(args: readonly string[], options: Options = {}): Promise<Ended> {
  const { cwd = root, node = process.execPath, timeout } = options;
  const env = { ...process.env, ...options.env };
  const child = spawn(node, args, { cwd, env, timeout });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
