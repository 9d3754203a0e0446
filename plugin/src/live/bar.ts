/** One bar of a stream: the next one, a peek, or one in the place of another. */

import { addon } from "../core/addon.js";
import { asTaError, TaError, taError } from "../core/errors.js";
import { asBar, type Bar } from "./fields.js";
import type { KeyValue } from "./keys.js";
import type { LiveRow } from "./rows.js";
import type { Session } from "./session.js";

/** How the addon takes a bar. */
export const UPDATE = 0;
export const PEEK = 1;
const REPLACE = 2;

/** Where a bar belongs in its series. */
export interface Place {
  /** The number of the series; undefined if the bar is the first of its key. */
  readonly series: number | undefined;
  /** The time of the bar; NaN if bars have none. */
  readonly time: number;
  /** The time of the newest bar of the series; NaN if it has none. */
  readonly newest: number;
  /** How many bars before the newest the bar with the same time is, if it can be replaced. */
  readonly back: number | undefined;
}

/** Takes the next bar, or peeks at it. */
export function runBar(session: Session, bar: Bar, how: typeof UPDATE | typeof PEEK): LiveRow {
  asBar(bar);
  const { keys, times, order } = session;
  const known = keys.found(bar);
  const values = known === undefined ? session.valuesOf(bar) : undefined;
  let number = values ? keys.number(values) : known;
  const isNew = number === undefined;
  const { names } = session.fields;
  const { kept } = times;
  let time: number;
  try {
    time = times.of(bar);
    if (number !== undefined) order.checkLater(number, time);
    session.fill(bar);
    number ??= session.addUnknown(values as KeyValue[]);
    addon.liveBar(session.number, number, how, time);
  } catch (error) {
    session.undo({ names, times: kept }, isNew && number !== undefined ? [number] : []);
    throw error instanceof TaError ? error : taError(error);
  }
  if (how === UPDATE) order.newest[number] = time;
  const row = session.read();
  if (how === PEEK) session.undo({ names, times: kept }, isNew ? [number] : []);
  return row;
}

/** Takes a bar in the place of another one of its key; `asked` is how far that is back. */
export function replaceBar(session: Session, bar: Bar, asked: number | undefined): LiveRow {
  const { keys, times, order, live } = session;
  const values = session.valuesOf(bar);
  const number = keys.number(values);
  if (number === undefined) {
    throw new TaError(`stream: there is no bar${keys.after(values)} to replace yet`);
  }
  const before = session.known();
  try {
    const time = times.of(bar);
    const back = asked ?? order.back(number, time, () => live.times(number));
    if (asked !== undefined) {
      order.checkBetween(number, time, asked, live.times(number), live.before(number));
    }
    session.fill(bar);
    asTaError(() => {
      if (back === 0) addon.liveBar(session.number, number, REPLACE, time);
      else live.amend(number, back, time);
    });
    if (back === 0) order.newest[number] = time;
    return session.read();
  } catch (error) {
    session.undo(before, []);
    throw error;
  }
}

/** Where a bar belongs. Throws if its key or its time cannot be read. */
export function placeOf(session: Session, bar: Bar): Place {
  const { keys, times, order, live } = session;
  const series = keys.number(session.valuesOf(bar));
  const before = session.known();
  const time = times.of(bar);
  // The stream finds the field itself when it takes the bar.
  session.undo(before, []);
  const newest = series === undefined ? Number.NaN : (order.newest[series] as number);
  if (series === undefined || !(time <= newest)) return { series, time, newest, back: undefined };
  const kept = live.times(series);
  const found = kept.lastIndexOf(time);
  return { series, time, newest, back: found < 0 ? undefined : kept.length - 1 - found };
}
