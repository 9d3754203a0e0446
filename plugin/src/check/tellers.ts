/** Finds the columns that tell apart rows with the same time, such as forgotten symbols. */

import type { Steps } from "../polars/steps.js";
import { isUsualSeries, seriesIn } from "../times/series.js";
import { type Bars, COUNT, col, groupCount, keyName, other, regrouped, TIME } from "./columns.js";
import { type Grouped, grouped } from "./order.js";
import { one } from "./places.js";

/** The bars within such columns too; undefined if there are none. */
export function* toldApart(bars: Bars): Steps<Grouped | undefined> {
  const names = bars.others.filter((name) => !bars.columns.over.includes(name));
  const [likely, ...more] = names.filter(isUsualSeries);
  // One usual name is nearly always right, and its groups are needed then.
  const guess =
    likely !== undefined && more.length === 0
      ? yield* grouped(regrouped(bars, [likely]))
      : undefined;
  if (guess && (yield* separates(guess, bars))) return guess;
  const keys = yield* tellers(bars, names);
  if (keys.length === 0) return undefined;
  if (guess && keys.length === 1 && keys[0] === likely) return guess;
  return yield* grouped(regrouped(bars, keys));
}

/** Whether no time repeats within the groups, as `seriesIn` decides it. */
function* separates({ bars, disorder }: Grouped, whole: Bars): Steps<boolean> {
  if (disorder && disorder.repeats > 0) return false;
  const { own } = yield* one(whole.plan, { own: groupCount(whole) });
  const { groups, timeless } = yield* one(bars.plan, {
    groups: groupCount(bars),
    timeless: col(COUNT).nullCount(),
  });
  return timeless === 0 && (groups ?? 0) > (own ?? 0) && (groups ?? 0) * 2 <= bars.height;
}

function* tellers(bars: Bars, names: readonly string[]): Steps<readonly string[]> {
  const key = (index: number) => `__ta_${keyName(index)}`;
  const keys = bars.columns.over.map((_, index) => col(keyName(index)).alias(key(index)));
  const columns = names.map((name) => other(bars, name).alias(name));
  const known = {
    bars: bars.read.select([col(TIME), ...keys, ...columns]),
    time: col(TIME),
    keys: keys.map((_, index) => col(key(index))),
  };
  const apart = yield* seriesIn(names, { ...known, repeated: true });
  // Some rows may come twice although symbols were forgotten as well.
  const named = apart ?? (yield* seriesIn(names, { ...known, repeated: false }));
  return named === undefined || named.unsure ? [] : named.columns;
}
