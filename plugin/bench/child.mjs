// A contender's process: loads one table of calls from rivals/, then answers requests from stdin
// line by line on stdout. It measures calls itself, and collects garbage between them.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { longestDelay } from "./delay.mjs";
import { openInput } from "./inputs.mjs";

const [table = ""] = process.argv.slice(2);
const rival = await import(`./rivals/${table}.mjs`).catch((error) => ({ failed: why(error) }));

/** The last input stays open, because consecutive requests have the same bars. */
const open = { key: "", input: undefined };

/** @param {any} spec */
function inputOf(spec) {
  const key = JSON.stringify([spec.file, spec.columns, spec.chunks]);
  if (open.key === key) return open.input;
  open.input = undefined;
  open.input = openInput(rival.input, spec);
  open.key = key;
  return open.input;
}

/**
 * Frees native memory: unreachable wrappers keep it until they are collected and their finalizers
 * have run, which takes some turns of the event loop.
 */
async function tidy() {
  for (let pass = 0; pass < 2; pass += 1) {
    globalThis.gc?.();
    await setTimeout(5);
  }
}

/** Why a rival does not load, in one phrase. @param {any} error */
function why(error) {
  if (/MODULE_NOT_FOUND/.test(error.code)) return "is not installed";
  if (error.code === "ERR_DLOPEN_FAILED") return "its addon is for another Node";
  return firstLine(error);
}

/** @param {unknown} error */
function firstLine(error) {
  const [line] = String(error instanceof Error ? error.message : error).split("\n");
  return line;
}

/**
 * The call of a request. Throws if the rival does not have it.
 *
 * @param {any} spec
 */
function callOf(spec) {
  const call = rival.call(spec, inputOf(spec));
  if (!call) throw new Error("has no such function");
  return call;
}

/** @type {Record<string, (spec: any, request: any) => any>} */
const answers = {
  async run(spec, { times = 1 }) {
    const call = callOf(spec);
    await tidy();
    let result;
    const began = performance.now();
    for (let time = 0; time < times; time += 1) result = call();
    const milliseconds = (performance.now() - began) / times;
    // Read the result, so that no call can be optimized away, then free it before the next
    // contender.
    const nothing = result === undefined;
    result = undefined;
    await tidy();
    return { milliseconds, nothing };
  },
  async values(spec, { file }) {
    const columns = rival.columns(callOf(spec)(), spec);
    writeFileSync(file, "");
    for (const column of columns) {
      appendFileSync(file, new Uint8Array(Float64Array.from(column).buffer));
    }
    return { lengths: columns.map((column) => column.length), because: rival.because?.(spec) };
  },
  async memory(spec) {
    const call = callOf(spec);
    await tidy();
    resetPeak();
    const before = memory().now;
    let output = rival.bytes(call());
    await tidy();
    output = rival.bytes(call());
    return { before, peak: memory().peak, input: rival.bytes(inputOf(spec)), output };
  },
  async delay(spec) {
    const input = inputOf(spec);
    await tidy();
    return longestDelay(() => rival.later(spec, input));
  },
  versions: () => rival.versions?.() ?? {},
};

/** Resident bytes now, and their peak since the last reset. */
function memory() {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    const kilobytes = (name) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]);
    return { now: 1024 * kilobytes("VmRSS"), peak: 1024 * kilobytes("VmHWM") };
  } catch {
    return { now: process.memoryUsage.rss(), peak: 1024 * process.resourceUsage().maxRSS };
  }
}

/** Resets the peak on Linux; reading the bars has raised it. */
function resetPeak() {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // On other systems the peak counts from the start of the process.
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  try {
    if (rival.failed) throw new Error(rival.failed);
    const answer = await answers[request.do]?.(request.spec, request);
    console.log(JSON.stringify(answer));
  } catch (error) {
    console.log(JSON.stringify({ error: firstLine(error) }));
  }
}
