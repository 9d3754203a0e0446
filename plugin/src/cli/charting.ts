/** What `chart` does. */

import { findFiles, openFiles } from "../files/sources.js";
import { writeWhole } from "../files/whole.js";
import { ta } from "../index.js";
import { unknownOption } from "../options.js";
import { matching } from "../usual.js";
import type { ChartCommandOptions } from "./chart.js";
import { leaveNothingBehind } from "./interrupted.js";
import { columnsIn, textsIn } from "./pipelines.js";
import { asUsage, count, UsageError } from "./text.js";

const PRICES = ["open", "high", "low", "close", "volume"];

/** Runs `chart`. */
export async function drawChart(files: string[], options: ChartCommandOptions): Promise<void> {
  const { out, indicators, last, columns, ...rest } = options;
  const told = columns === undefined ? {} : columnsIn(columns);
  const wrong = Object.keys(told).find((name) => !PRICES.includes(name));
  if (wrong !== undefined) {
    throw new UsageError(unknownOption("--columns", wrong, PRICES, "name").message);
  }
  const asked = indicators === undefined ? undefined : asUsage(() => textsIn(indicators));
  const source = openFiles(findFiles(files), {
    numbers: (names) => PRICES.flatMap((price) => told[price] ?? matching(price, names)),
    keys: keysOf(options.by),
  });
  const chart = await ta.chart(source.plan, {
    ...rest,
    ...told,
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
