/** Many bars of a stream at once: those of the past, and cross-sections. */

import { describe, isOptions } from "../core/arguments.js";
import { asTaError, TaError } from "../core/errors.js";
import { fieldColumns, isArray, timeColumn } from "./columns.js";
import { barsOf, type History } from "./history.js";
import type { Key } from "./keys.js";
import type { LiveColumns, LiveRow, Rows } from "./rows.js";
import type { Session } from "./session.js";

/** Takes bars of the past. Returns the row of the newest bar of each key that has got one. */
export function warmUp(session: Session, history: History): LiveRow[] {
  const { fields, keys, times, order, live, plan } = session;
  const reader = { fields, keys, times, config: plan.source.config };
  const known = session.known();
  const added: number[] = [];
  try {
    const bars = barsOf(history, reader);
    if (bars.rows === 0) return [];
    const numbers = bars.distinct.map((values) => {
      const before = keys.number(values);
      if (before !== undefined) return before;
      const number = session.add(values);
      added.push(number);
      return number;
    });
    const series = bars.keys.map((key) => numbers[key] as number);
    const newest = order.checkAll(series, bars.times, true);
    const lanes = asTaError(() => live.warm(series, bars.fields, bars.times));
    order.newest = newest;
    return [...lanes].map((number, lane) => {
      live.lane(lane);
      return { ...keys.fields(number), ...session.read() };
    });
  } catch (error) {
    session.undo(known, added);
    throw error;
  }
}

/** Takes the next bar of many keys, or peeks at them. */
export function runMany(
  session: Session,
  given: ArrayLike<Key>,
  columns: Readonly<Record<string, unknown>>,
  out: LiveColumns | undefined,
  peek: boolean,
): LiveColumns {
  if (!isArray(given)) {
    throw new TaError(`stream: updateMany takes an array of keys, got ${describe(given)}`);
  }
  if (!isOptions(columns)) {
    throw new TaError(
      `stream: updateMany takes an object of arrays by name, got ${describe(columns)}`,
    );
  }
  const { keys, order, live } = session;
  const count = given.length;
  const before = session.known();
  const added: number[] = [];
  let results: ReturnType<Rows["arrays"]>;
  try {
    const fields = fieldColumns(columns, count, session.fields);
    const times = timeColumn(columns, count, session.times);
    const isText = (field: number) => fields[field]?.texts !== undefined;
    results = session.plan.rows.arrays(count, out, isText);
    const numberOf = (key: unknown): number => {
      const values = keys.values(key);
      const number = keys.number(values);
      if (number !== undefined) return number;
      const made = session.addUnknown(values);
      added.push(made);
      return made;
    };
    const series = new Uint32Array(count);
    const isSingle = keys.over.length === 1;
    for (let lane = 0; lane < count; lane++) {
      const key = given[lane];
      const known = isSingle ? keys.single(key) : undefined;
      series[lane] = known ?? numberOf(key);
    }
    const newest = order.checkAll(series, times, false);
    asTaError(() => live.updateMany(series, fields, times, peek, results.all));
    if (!peek) order.newest = newest;
  } catch (error) {
    session.undo(before, added);
    throw error;
  }
  if (peek) session.undo(before, added);
  return results.columns;
}
