import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root directory. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** An error whose message is enough: it is printed without a stack. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** @param {string} message */
export function say(message) {
  console.log(`• ${message}`);
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onStdoutLine] reads stdout line by line instead of passing it through
 * @property {(line: string) => void} [onStderrLine] the same for stderr
 */

/**
 * Runs a command and resolves to its exit code. Output goes to the terminal, except streams that a callback reads.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  const { cwd = root, env = process.env, onStdoutLine, onStderrLine } = options;
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ["inherit", onStdoutLine ? "pipe" : "inherit", onStderrLine ? "pipe" : "inherit"],
  });
  if (child.stdout && onStdoutLine) eachLine(child.stdout, onStdoutLine);
  if (child.stderr && onStderrLine) eachLine(child.stderr, onStderrLine);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    // "close" comes after all piped output has been read; "exit" may come before.
    child.on("close", (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
  });
}

/**
 * Runs a script with this Node.
 *
 * @param {string} script
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runNode(script, args, options) {
  return run(process.execPath, [script, ...args], options);
}

/**
 * Runs the command that an installed npm package provides, with this Node and without a shell.
 *
 * @param {string} packageName
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runPackage(packageName, command, args, options) {
  const folder = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return runNode(join(folder, typeof bin === "string" ? bin : bin[command]), args, options);
}

/**
 * Runs cargo. If cargo is missing, throws a Failure that says how to install it.
 *
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export async function runCargo(args, options) {
  try {
    return await run("cargo", args, options);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new Failure(
        "cargo was not found: the native part is written in Rust. Install it from https://rustup.rs and try again.",
      );
    }
    throw error;
  }
}

/**
 * Runs npm with this Node. The `npm` on the PATH may belong to an older Node, and then
 * it silently skips platform packages that need a newer one; so this runs npm's script itself.
 *
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runNpm(args, options) {
  // Variables of an enclosing npx or npm command would also affect this one.
  const { npm_config_package, npm_config_local_prefix, ...env } = process.env;
  const nodeFolder = dirname(process.execPath);
  const script = [
    process.env.npm_execpath ?? "",
    join(nodeFolder, "node_modules/npm/bin/npm-cli.js"),
    join(nodeFolder, "../lib/node_modules/npm/bin/npm-cli.js"),
  ].find((path) => /npm-cli\.c?js$/.test(path) && existsSync(path));
  if (script) return runNode(script, args, { env, ...options });
  return run("npm", args, { env, ...options });
}

/**
 * @param {import("node:stream").Readable} stream
 * @param {(line: string) => void} onLine
 */
function eachLine(stream, onLine) {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  stream.on("end", () => {
    if (rest) onLine(rest);
  });
}

/** @param {NodeJS.Signals | null} signal */
function signalNumber(signal) {
  return signal ? constants.signals[signal] : 0;
}

/** Makes child processes find this Node first, whatever the PATH says. */
export function putNodeFirst() {
  process.env.PATH = dirname(process.execPath) + delimiter + process.env.PATH;
}
