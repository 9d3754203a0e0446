/** Measures how far expressions reach back and ahead. */

import { addon } from "../core/addon.js";
import { type IndicatorCall, type Meaning, parts } from "./meaning.js";

/** Rows that an expression needs besides its own. */
export interface Reach {
  /** Number of rows at the start without a value. */
  readonly lookback: number;
  /** Rows of history after which a value no longer depends on where the series began. */
  readonly stableAfter: number;
  /** Number of later rows that a value depends on. */
  readonly lookahead: number;
}

const NONE: Reach = { lookback: 0, stableAfter: 0, lookahead: 0 };

const later = (a: Reach, b: Reach): Reach => ({
  lookback: Math.max(a.lookback, b.lookback),
  stableAfter: Math.max(a.stableAfter, b.stableAfter),
  lookahead: Math.max(a.lookahead, b.lookahead),
});

/** The smallest reach that is enough for all expressions. */
export const widest = (reaches: readonly Reach[]): Reach => reaches.reduce(later, NONE);

const measured = new Map<string, number>();

/** Cached, because a measurement takes milliseconds. */
function stableAfter(id: string, params: string): number {
  const key = `${id} ${params}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  const rows = addon.stableAfter(id, params) ?? Number.POSITIVE_INFINITY;
  measured.set(key, rows);
  return rows;
}

/** The reach of an indicator whose inputs are columns. */
export function ownReach({ meta, checked }: IndicatorCall): Reach {
  const { lookback, lookahead } = checked;
  const rows = stableAfter(meta.id, JSON.stringify(checked.params));
  return { lookback, stableAfter: rows, lookahead };
}

/** The reach of a whole expression. That of an indicator is added to that of its inputs. */
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
