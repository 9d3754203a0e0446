/** How far an expression reaches back and ahead. */

import { addon } from "../core/addon.js";
import { type IndicatorCall, type Meaning, parts } from "./meaning.js";

/** Rows that an expression needs beside its own. */
export interface Reach {
  /** Rows at the start without a value. */
  readonly lookback: number;
  /** Rows of history after which a value no longer depends on where the series began. */
  readonly stableAfter: number;
  /** Rows of the future that a value depends on. */
  readonly lookahead: number;
}

const NONE: Reach = { lookback: 0, stableAfter: 0, lookahead: 0 };

const later = (a: Reach, b: Reach): Reach => ({
  lookback: Math.max(a.lookback, b.lookback),
  stableAfter: Math.max(a.stableAfter, b.stableAfter),
  lookahead: Math.max(a.lookahead, b.lookahead),
});

/** The reach that is enough for all of several expressions. */
export const widest = (reaches: readonly Reach[]): Reach => reaches.reduce(later, NONE);

const measured = new Map<string, number>();

/** What the addon measures takes milliseconds, and the answer is always the same. */
function stableAfter(id: string, params: string): number {
  const key = `${id} ${params}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  const rows = addon.stableAfter(id, params) ?? Number.POSITIVE_INFINITY;
  measured.set(key, rows);
  return rows;
}

/** The reach of an indicator alone, its inputs being plain columns. */
export function ownReach({ meta, checked }: IndicatorCall): Reach {
  const { lookback, lookahead } = checked;
  const rows = stableAfter(meta.id, JSON.stringify(checked.params));
  return { lookback, stableAfter: rows, lookahead };
}

/** The reach of a whole expression: what feeds an indicator has to be there before it begins. */
export function reachOf(meaning: Meaning): Reach {
  const inner = widest(parts(meaning).map(reachOf));
  if (meaning.kind !== "call") return inner;
  const own = ownReach(meaning);
  return {
    lookback: inner.lookback + own.lookback,
    stableAfter: inner.stableAfter + own.stableAfter,
    lookahead: inner.lookahead + own.lookahead,
  };
}
