/** `ta.check`: finds faults in bars. */

import type { DataFrame, LazyDataFrame } from "nodejs-polars";
import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { inJavaScript } from "../core/sentence.js";
import { type Frame, planOf } from "../lazy/frames.js";
import { DataType, isFrame, isLazy, type NativeLazy } from "../polars/native.js";
import { runAsync, runSync, type Steps } from "../polars/steps.js";
import { type Bars, barsOf, col, groupCount, TIME } from "./columns.js";
import { gapsOf } from "./gaps.js";
import { type Found, type Say, worded } from "./kinds.js";
import { lengthText } from "./lengths.js";
import { wrongMoves } from "./moves.js";
import { CHECK, type Settings, settingsOf } from "./options.js";
import { backward, type Grouped, grouped, inOrder, repeated } from "./order.js";
import { records, shortTime } from "./places.js";
import { CheckReport, verdict } from "./report.js";
import { toldApart } from "./tellers.js";
import { wrongValues } from "./values.js";

/** See `ta.check`. `say` turns sentences into text for a program or a shell. */
export function check(
  frame: unknown,
  options?: unknown,
  say: Say = inJavaScript,
): CheckReport | Promise<CheckReport> {
  if (!isFrame(frame) && !isLazy(frame)) {
    throw new TaError(
      `${CHECK}: the first argument must be a DataFrame or a LazyDataFrame, got ${describe(frame)}`,
    );
  }
  const settings = settingsOf(options);
  const steps = examined(
    planOf(frame as unknown as DataFrame | LazyDataFrame as Frame),
    settings,
    say,
  );
  return isFrame(frame) ? runSync(steps) : runAsync(steps);
}

function* examined(plan: NativeLazy, settings: Settings, say: Say): Steps<CheckReport> {
  const report = yield* examine(plan, settings, say);
  if (settings.strict && !report.ok) throw new TaError(`${CHECK}: ${verdict(report)}`);
  return report;
}

function* examine(plan: NativeLazy, settings: Settings, say: Say): Steps<CheckReport> {
  const { ignore, places: most } = settings;
  const found: Found[] = [];
  let { read, bars, disorder } = yield* grouped(yield* barsOf(plan, settings));
  while (disorder && disorder.repeats > 0) {
    const apart: Grouped | undefined = yield* toldApart(bars);
    const keys = apart?.bars.columns.over.slice(bars.columns.over.length);
    found.push(yield* repeated(disorder, most, keys));
    if (apart === undefined) break;
    // The rest of the report is within these columns.
    ({ read, bars, disorder } = apart);
  }
  if (disorder && disorder.back > 0) found.push(yield* backward(bars, disorder, most));
  if (disorder) bars = yield* inOrder(disorder);
  found.push(...(yield* wrongValues(read, settings)), ...(yield* wrongMoves(bars, read, settings)));
  const { every, finding: gaps } = yield* gapsOf(bars, most, ignore.includes("gaps"));
  if (gaps) found.push(gaps);
  const asked = found.filter(({ kind }) => !ignore.includes(kind));
  const { slots, time, over } = bars.columns;
  return new CheckReport({
    ...(yield* extent(bars)),
    rows: bars.height,
    columns: { ...slots, over, ...(time !== undefined && { time }) },
    every: every === undefined ? null : lengthText(every),
    findings: asked.map((one) => worded(one, say)),
  });
}

/** The number of groups, and the first and last time. */
function* extent(bars: Bars): Steps<{ groups: number; from: string | null; to: string | null }> {
  const { time } = bars.columns;
  const ends =
    time === undefined ? [] : [col(TIME).min().alias("from"), col(TIME).max().alias("to")];
  const [row = {}] = yield* records(
    bars.plan
      .select([groupCount(bars).alias("groups"), ...ends])
      .withColumns(
        time === undefined
          ? []
          : ["from", "to"].map((name) => col(name).cast(DataType.Utf8, false)),
      ),
  );
  return {
    groups: bars.height === 0 ? 0 : (row.groups as number),
    from: shortTime(row.from),
    to: shortTime(row.to),
  };
}
