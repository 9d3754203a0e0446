// The contenders' processes. Each gets one request at a time, so that they take turns.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { copy, python, rust, wheel } from "./install.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * A side: the table of its calls, and its name in the report; what it needs besides the language.
 *
 * @typedef {{ table: string, label: string, language?: "python" | "rust", needs?: "wheel" | "copy", env?: Record<string, string> }} SideInfo
 */

/** @type {Record<string, SideInfo>} */
export const sides = {
  ours: { table: "ours", label: "nodejs-polars-ta" },
  traced: { table: "ours", label: "nodejs-polars-ta", env: { TA_TRACE: "1" } },
  tuned: { table: "ours", label: "nodejs-polars-ta, tuned", env: { BENCH_TUNE: "1" } },
  check: { table: "check", label: "ta.check" },
  sorted: { table: "sorted", label: "sorted first" },
  native: { table: "nodejs-polars", label: "nodejs-polars" },
  fast: { table: "polars_talib_fast", label: "polars-talib-fast", language: "python" },
  talibPolars: { table: "polars_talib", label: "polars-talib", language: "python" },
  talib: { table: "talib", label: "TA-Lib C, numpy", language: "python" },
  wickra: { table: "wickra", label: "wickra", language: "python" },
  wheel: { table: "polars_ta", label: "polars-ta", language: "python", needs: "wheel" },
  host: {
    table: "ours",
    label: "nodejs-polars-ta, native",
    needs: "copy",
    env: { TA_NATIVE: "1" },
  },
  hostPlain: { table: "nodejs-polars", label: "nodejs-polars, the same build", needs: "copy" },
  direct: { table: "direct", label: "ta.compute" },
  arrow: { table: "arrow", label: "Arrow, memory used again" },
  arrowFresh: { table: "arrow", label: "Arrow, fresh memory", env: { BENCH_FRESH: "1" } },
  reused: { table: "direct-reused", label: "ta.compute, out" },
  technicalindicators: { table: "technicalindicators", label: "technicalindicators" },
  tradingSignals: { table: "trading-signals", label: "trading-signals" },
  indicatorts: { table: "indicatorts", label: "indicatorts" },
  ixjb94: { table: "ixjb94-indicators", label: "@ixjb94/indicators" },
  fastTechnical: { table: "fast-technical-indicators", label: "fast-technical-indicators" },
  talibWeb: { table: "talib-web", label: "talib-web" },
  tulind: { table: "tulind", label: "tulind" },
  live: { table: "live", label: "ta.stream" },
  liveSignals: { table: "live-trading-signals", label: "trading-signals" },
  liveTechnical: { table: "live-technicalindicators", label: "technicalindicators nextValue" },
  liveWickra: { table: "live_wickra", label: "wickra, Python wheel", language: "python" },
  liveCrate: { table: "wickra", label: "wickra, Rust crate", language: "rust" },
};

/** The npm libraries that compute over arrays. */
export const npmRivals = [
  "technicalindicators",
  "tradingSignals",
  "indicatorts",
  "ixjb94",
  "fastTechnical",
  "talibWeb",
  "tulind",
];

/** Running processes by name. */
const running = new Map();

/**
 * The process of a side. Starts it if it does not run.
 *
 * @param {string} name
 * @param {string} [process] its name, if there are several of the same side
 */
export function side(name, process = name) {
  if (!running.has(process)) running.set(process, startSide(name));
  return running.get(process);
}

/** Whether a side is available: Python's need Python, Rust's must have been built. */
export function present(name) {
  const { language, needs } = sides[name] ?? {};
  if (needs === "wheel" && !wheel.installed) return false;
  if (needs === "copy" && copy.folder === undefined) return false;
  if (language === undefined) return true;
  return { python, rust }[language].command !== undefined;
}

/**
 * Ends the process of a side. The next request starts another.
 *
 * @param {string} name
 * @param {string} [process]
 */
export async function endSide(name, process = name) {
  const one = running.get(process);
  running.delete(process);
  return one?.end();
}

export async function endAll() {
  const ending = [...running.values()].map((one) => one.end());
  running.clear();
  await Promise.all(ending);
}

/**
 * Starts another process of a side. The caller must end it.
 *
 * @param {string} name
 */
export function startSide(name) {
  const { table, language, needs, env } = sides[name];
  const script =
    needs === "copy" ? join(copy.folder ?? "", "plugin/bench/child.mjs") : path("child.mjs");
  const [command, args] =
    language === "python"
      ? [python.command, [path("rivals/python/child.py"), table]]
      : language === "rust"
        ? [rust.command, []]
        : [process.execPath, ["--expose-gc", script, table]];
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said = (said + text).slice(-100_000);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => {
    child.on("close", (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  child.on("error", () => {});
  child.stdin.on("error", () => {});

  return {
    /**
     * @param {string} what
     * @param {any} [spec]
     * @param {any} [rest]
     */
    async ask(what, spec, rest) {
      child.stdin.write(`${JSON.stringify({ do: what, spec, ...rest })}\n`);
      const { value } = await lines.next();
      if (value !== undefined) return JSON.parse(value);
      const how = await ended;
      return { error: lastSentence(said) ?? how };
    },
    /** @returns {Promise<string>} its output on stderr */
    async end() {
      child.stdin.end();
      await ended;
      return said;
    },
  };
}

/** @param {string} text the output of a failed process */
function lastSentence(text) {
  const lines = text.split("\n").map((line) => line.trim());
  const found = lines.findLast((line) => /\w*Error\b/.test(line)) ?? lines.findLast(Boolean);
  return found?.replace(/^(\w*Error: )+/, "");
}
