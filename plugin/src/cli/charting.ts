/** What `chart` does. */

import { findFiles, openFiles } from "../files/sources.js";
import { writeWhole } from "../files/whole.js";
import { ta } from "../index.js";
import type { ChartCommandOptions } from "./chart.js";
import { leaveNothingBehind } from "./interrupted.js";
import { textsIn } from "./pipelines.js";
import { asUsage, count, UsageError } from "./text.js";

const PRICES = new Set(["open", "high", "low", "close", "volume"]);

/** Runs `chart`. */
export async function drawChart(files: string[], options: ChartCommandOptions): Promise<void> {
  const { out, indicators, last, ...rest } = options;
  const asked = indicators === undefined ? undefined : asUsage(() => textsIn(indicators));
  const source = openFiles(findFiles(files), { numbers: PRICES, keys: keysOf(options.by) });
  const chart = await ta.chart(source.plan, {
    ...rest,
    ...(last !== undefined && { last: wholeNumber(last) }),
    ...(asked !== undefined && { indicators: asked }),
  });
  leaveNothingBehind();
  await writeWhole(out, (path) => chart.save(path));
  console.log(`${out}: a chart with ${count(chart.indicators.length, "indicator")}`);
}

const keysOf = (by = "symbol"): ReadonlySet<string> => new Set([by]);

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new UsageError(`--last must be a whole number from 1, got "${text}"`);
}
