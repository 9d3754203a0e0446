/** Divides rows into batches of whole groups, for files larger than memory. */

import type { DataFrame, LazyDataFrame } from "nodejs-polars";
import { TaError } from "../core/errors.js";
import { sentence } from "../core/sentence.js";
import { keyChanges, ROW, runStarts } from "../exchange/groups.js";
import { planOf } from "../lazy/frames.js";
import { type NativeFrame, native, wrappers } from "../polars/native.js";
import { runAsync } from "../polars/steps.js";
import type { Advice } from "../times/advice.js";

/** Fewest rows whose keys are read at once. */
const FEWEST_KEYS = 10_000;

/** Some rows of a frame. */
export interface Batch {
  readonly first: number;
  readonly rows: number;
}

/**
 * Cuts rows between groups into batches of at most `most` rows; a larger group is one batch. Reads
 * only the keys, some rows at a time.
 *
 * @throws TaError if the rows of a group do not follow each other.
 */
export async function* wholeGroups(
  plan: LazyDataFrame,
  over: readonly string[],
  total: number,
  most: number,
  advice: Advice,
): AsyncGenerator<Batch> {
  const seen = new Set<string>();
  let first = 0;
  let lastStart = 0;
  const window = Math.max(most, FEWEST_KEYS);
  for await (const { row, key } of groupStarts(plan, over, total, window)) {
    if (seen.has(key)) {
      throw new TaError(
        sentence`compute: the rows of ${over.join(", ")} ${key} do not stand together, they begin again in row ${row}; ${advice.sort(over, true)}, or allow more memory`,
      );
    }
    seen.add(key);
    if (row - first > most && lastStart > first) {
      yield { first, rows: lastStart - first };
      first = lastStart;
    }
    lastStart = row;
  }
  if (total - first > most && lastStart > first) {
    yield { first, rows: lastStart - first };
    first = lastStart;
  }
  if (total > first) yield { first, rows: total - first };
}

/** The first row of each group, and its key as text. */
async function* groupStarts(
  plan: LazyDataFrame,
  over: readonly string[],
  total: number,
  window: number,
): AsyncGenerator<{ row: number; key: string }> {
  const columns = over.map((name) => native.col(name));
  for (let at = 0; at < total; at += window) {
    // The row before shows whether the first group of this window began earlier.
    const from = Math.max(0, at - 1);
    const rows = plan.select(...over).slice(from, Math.min(at + window, total) - from);
    const frame = await planOf(rows).collect();
    const changes = await runAsync(keyChanges(frame.lazy(), columns, frame.height));
    const starts = runStarts(changes, frame.height);
    const places = native.litSeries(native.JsSeries.newUint32Array(ROW, starts));
    const numbered = frame.lazy().withRowIndex(ROW, from);
    const begun = numbered.select([native.col(ROW), ...columns].map((each) => each.gather(places)));
    for (const [row, ...keys] of rowsOf(await begun.collect())) {
      if (Number(row) >= at) yield { row: Number(row), key: keys.map(text).join(", ") };
    }
  }
}

const rowsOf = (frame: NativeFrame): unknown[][] =>
  (wrappers.frame._DataFrame(frame) as DataFrame).rows() as unknown[][];

const text = (value: unknown): string =>
  typeof value === "bigint" ? `${value}` : JSON.stringify(value);
