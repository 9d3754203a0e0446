/** Executes `check`. */

// Registers .ta.
import "../../api/ta.js";
import { check } from "../../check/index.js";
import { SLOTS, settingsOf } from "../../check/options.js";
import { unknownOption } from "../../core/options.js";
import { withFiles } from "../../files/unpack.js";
import type { CheckCommandOptions } from "../commands/check.js";
import { columnsIn, names } from "../features.js";
import { inputsOf } from "../inputs.js";
import { asUsage, EXIT } from "../text.js";
import { spoken } from "../words.js";

/** Runs `check`; returns the exit code. */
export async function checkFiles(patterns: string[], given: CheckCommandOptions): Promise<number> {
  const { strict, json, time, timeFormat } = given;
  const over = given.over === undefined ? [] : names(given.over);
  const inputs = asUsage(() => inputsOf(patterns, given));
  const options = {
    ...asUsage(() => columnsOf(given.columns)),
    ...(over.length > 0 && { over }),
    ...(time !== undefined && { time }),
    ...(timeFormat !== undefined && { timeFormat }),
    ...(given.ignore !== undefined && { ignore: names(given.ignore) }),
    ...(given.places !== undefined && { places: Number(given.places) }),
  };
  asUsage(() => settingsOf(options));
  // Prices that are text are a finding, so no column is converted to numbers.
  const columns = { numbers: () => [], keys: () => over };
  const report = await withFiles(inputs, columns, ({ plan }) => check(plan, options, spoken));
  console.log(json ? JSON.stringify(report, null, 2) : String(report));
  return strict && !report.ok ? EXIT.failed : 0;
}

/** The columns that `--columns` names. */
function columnsOf(text: string | undefined): Record<string, string> {
  const given = text === undefined ? {} : columnsIn(text);
  const wrong = Object.keys(given).find((name) => !(SLOTS as readonly string[]).includes(name));
  if (wrong !== undefined) throw unknownOption("--columns", wrong, SLOTS, "name");
  return given;
}
