/** Executes `check`. */

// Registers .ta.
import { BAR } from "../../core/bar.js";
import "../../api/ta.js";
import { check } from "../../check/index.js";
import { settingsOf } from "../../check/options.js";
import { unknownOption } from "../../core/options.js";
import { matching } from "../../core/usual.js";
import { bothOf, timeOf } from "../../files/both.js";
import { explainFailure } from "../../files/failure.js";
import { withFiles } from "../../files/unpack.js";
import type { CheckCommandOptions } from "../commands/check.js";
import { columnsIn, names } from "../features.js";
import { inputsOf } from "../inputs.js";
import { timesOf } from "../options.js";
import { asUsage, EXIT, flagNumber } from "../text.js";
import { spoken } from "../words.js";

/** Runs `check`; returns the exit code. */
export async function checkFiles(patterns: string[], given: CheckCommandOptions): Promise<number> {
  const { strict, json, time, timeFormat } = given;
  const over = given.over === undefined ? [] : names(given.over);
  const inputs = asUsage(() => inputsOf(patterns, given));
  const options = {
    ...asUsage(() => columnsOf(given.columns)),
    ...(over.length > 0 && { over }),
    ...(time !== undefined && { time: timeOf(timesOf(time)) }),
    ...(timeFormat !== undefined && { timeFormat }),
    ...(given.ignore !== undefined && { ignore: names(given.ignore) }),
    ...(given.places !== undefined && { places: flagNumber(given.places) }),
  };
  asUsage(() => settingsOf(options));
  const named = Object.values(columnsOf(given.columns));
  const numbers = (all: readonly string[]) => [
    ...BAR.flatMap((slot) => matching(slot, all)),
    ...named,
  ];
  const both = time === undefined ? undefined : bothOf(timesOf(time));
  const columns = { numbers, keys: () => over, ...(both && { both }) };
  const report = await withFiles(inputs, columns, async (source) => {
    try {
      return await check(source.plan, options, spoken);
    } catch (error) {
      throw await explainFailure(source, numbers([...source.schema.keys()]), error);
    }
  });
  console.log(json ? JSON.stringify(report, null, 2) : String(report));
  return strict && !report.ok ? EXIT.failed : 0;
}

/** The columns that `--columns` names. */
function columnsOf(text: string | undefined): Record<string, string> {
  const given = text === undefined ? {} : columnsIn(text);
  const wrong = Object.keys(given).find((name) => !(BAR as readonly string[]).includes(name));
  if (wrong !== undefined) throw unknownOption("--columns", wrong, BAR, "name");
  return given;
}
