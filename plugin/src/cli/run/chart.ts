/** Executes `chart`. */

import { type Chart, checkChart, makerFor, settingsOf } from "../../chart/chart.js";
import { chart as drawn } from "../../chart/load.js";
import type { ChartOptions } from "../../chart/options.js";
import { BAR } from "../../core/bar.js";
import { bothOf, timeOf } from "../../files/both.js";
import { explainFailure } from "../../files/failure.js";
import type { Source } from "../../files/sources.js";
import { sortedByTime, withTimes } from "../../files/times.js";
import { withFiles } from "../../files/unpack.js";
import { checkWritable, isPath, writeWhole } from "../../files/whole.js";
// Registers .ta.
import "../../api/ta.js";
import { unknownOption } from "../../core/options.js";
import { matching } from "../../core/usual.js";
import { textsIn } from "../../language/ask.js";
import { frameAdvice } from "../../times/advice.js";
import type { ChartCommandOptions } from "../commands/chart.js";
import { columnsIn, names } from "../features.js";
import { inputsOf, targetOf } from "../inputs.js";
import { cleanUpWhenInterrupted } from "../interrupted.js";
import { timesOf } from "../options.js";
import { asUsage, count, UsageError } from "../text.js";

/** Runs `chart`. */
export async function drawChart(files: string[], options: ChartCommandOptions): Promise<void> {
  const out = targetOf(options.out);
  if (isPath(out) && options.outFormat !== undefined) {
    throw new UsageError("--out-format is for --out -; the name of a file says its format");
  }
  const extension = `.${options.outFormat ?? "html"}`;
  asUsage(() => makerFor(isPath(out) ? out : `chart${extension}`));
  const inputs = asUsage(() => inputsOf(files, options));
  const drawing = asUsage(() => drawingOf(options));
  if (isPath(out)) checkWritable(out);
  cleanUpWhenInterrupted();
  const { named } = drawing;
  const numbers = (names: readonly string[]) =>
    BAR.flatMap((price) => named[price] ?? matching(price, names));
  const keys = (names: readonly string[]) =>
    options.by === undefined ? matching("symbol", names) : [options.by];
  const both = options.time === undefined ? undefined : bothOf(timesOf(options.time));
  const columns = { numbers, keys, ...(both && { both }) };
  const indicators = await withFiles(inputs, columns, async (source) => {
    const chart = await chartOf(source, drawing).catch(async (error: unknown) => {
      throw await explainFailure(source, numbers([...source.schema.keys()]), error);
    });
    await writeWhole(out, (path) => chart.save(path), { extension });
    return chart.indicators.length;
  });
  const summary = `a chart with ${count(indicators, "indicator")}`;
  if (isPath(out)) console.log(`${out}: ${summary}`);
  else console.error(`standard output: ${summary}`);
}

/** Draws the bars of files. Checks everything that needs no rows first. */
async function chartOf(source: Source, { options, sort }: Drawing): Promise<Chart> {
  const { by, time, timeFormat } = options;
  checkChart(source.plan.limit(0).collectSync(), options);
  const [symbol] = matching("symbol", [...source.schema.keys()]);
  const over = [by ?? symbol].flatMap((name) => name ?? []);
  const wanted = { what: "chart", advice: frameAdvice("by"), over, time, timeFormat };
  const timed = await withTimes(source, wanted);
  const plan = sort ? sortedByTime(timed, wanted) : timed.plan;
  const settings = { ...options, ...(timed.time !== undefined && { time: timed.time }) };
  return drawn(plan, settings);
}

/** The options of a chart. */
interface Drawing {
  readonly options: ChartOptions;
  /** The columns that `--columns` names. */
  readonly named: Readonly<Record<string, string>>;
  readonly sort: boolean;
}

/** The options of the chart. Throws if no frame could satisfy them. */
function drawingOf(options: ChartCommandOptions): Drawing {
  const { indicators, columns, compare, last, sort = false, ...rest } = options;
  const { symbol, by, timeFormat, from, to, style, scale, theme, title } = rest;
  const time = rest.time === undefined ? undefined : timeOf(timesOf(rest.time));
  const named = columns === undefined ? {} : columnsIn(columns);
  const wrong = Object.keys(named).find((name) => !(BAR as readonly string[]).includes(name));
  if (wrong !== undefined) throw unknownOption("--columns", wrong, BAR, "name");
  const given = { symbol, by, time, timeFormat, from, to, style, scale, theme, title };
  const drawing: ChartOptions = {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...named,
    ...(last !== undefined && { last: wholeNumber(last) }),
    ...(compare !== undefined && { compare: names(compare) }),
    ...(indicators !== undefined && { indicators: textsIn(indicators) }),
  };
  settingsOf(drawing);
  return { options: drawing, named, sort };
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new UsageError(`--last must be a whole number from 1, got "${text}"`);
}
