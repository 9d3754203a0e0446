/** What `chart` does. */

import { findFiles, openFiles } from "../files/sources.js";
import { writeWhole } from "../files/whole.js";
// Registers .ta.
import "../index.js";
import { chart as drawn } from "../charts.js";
import { sortedByTime, withTimes } from "../files/times.js";
import { chartAdvice } from "../times/advice.js";
import type { ChartCommandOptions } from "./chart.js";
import { leaveNothingBehind } from "./interrupted.js";
import { textsIn } from "./pipelines.js";
import { asUsage, count, UsageError } from "./text.js";

const PRICES = new Set(["open", "high", "low", "close", "volume"]);

/** Runs `chart`. */
export async function drawChart(files: string[], options: ChartCommandOptions): Promise<void> {
  const { out, indicators, last, sort, time, timeFormat, ...rest } = options;
  const asked = indicators === undefined ? undefined : asUsage(() => textsIn(indicators));
  const source = openFiles(findFiles(files), { numbers: PRICES, keys: keysOf(options.by) });
  const over = source.schema.has(options.by ?? SYMBOL) ? [options.by ?? SYMBOL] : [];
  const wanted = { what: "chart", advice: chartAdvice, over, time, timeFormat };
  const timed = await withTimes(source, wanted);
  const settings = {
    ...rest,
    ...(timed.time !== undefined && { time: timed.time }),
    // Of a CSV file, times have been read.
    ...(timeFormat !== undefined && { timeFormat }),
    ...(last !== undefined && { last: wholeNumber(last) }),
    ...(asked !== undefined && { indicators: asked }),
  };
  const chart = await drawn(sort ? sortedByTime(timed, wanted) : timed.plan, settings, chartAdvice);
  leaveNothingBehind();
  await writeWhole(out, (path) => chart.save(path));
  console.log(`${out}: a chart with ${count(chart.indicators.length, "indicator")}`);
}

const SYMBOL = "symbol";

const keysOf = (by = SYMBOL): ReadonlySet<string> => new Set([by]);

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new UsageError(`--last must be a whole number from 1, got "${text}"`);
}
