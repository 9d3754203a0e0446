/** What `check` does. */

// Registers .ta.
import "../index.js";
import { check } from "../check/index.js";
import { SHELL } from "../check/kinds.js";
import { SLOTS, type Slot, settingsOf } from "../check/options.js";
import { findFiles, openFiles } from "../files/sources.js";
import type { CheckCommandOptions } from "./check.js";
import { names, pairs } from "./pipelines.js";
import { asUsage, EXIT, UsageError } from "./text.js";

/** Runs `check`; returns the exit code. */
export async function checkFiles(patterns: string[], given: CheckCommandOptions): Promise<number> {
  const { strict, json, time, timeFormat } = given;
  const columns = columnsOf(given.columns);
  const over = given.over === undefined ? [] : names(given.over);
  const options = {
    ...columns,
    ...(over.length > 0 && { over }),
    ...(time !== undefined && { time }),
    ...(timeFormat !== undefined && { timeFormat }),
    ...(given.ignore !== undefined && { ignore: names(given.ignore) }),
    ...(given.places !== undefined && { places: Number(given.places) }),
  };
  asUsage(() => settingsOf(options));
  const source = openFiles(findFiles(patterns), { numbers: new Set(), keys: new Set(over) });
  const report = await check(source.plan, options, SHELL);
  console.log(json ? JSON.stringify(report, null, 2) : String(report));
  return strict && !report.ok ? EXIT.failed : 0;
}

/** What `--columns` says. */
function columnsOf(text: string | undefined): Partial<Record<Slot, string>> {
  const given = text === undefined ? {} : pairs("--columns", text);
  for (const name of Object.keys(given)) {
    if ((SLOTS as readonly string[]).includes(name)) continue;
    throw new UsageError(`--columns: "${name}" is none of ${SLOTS.join(", ")}`);
  }
  return given;
}
