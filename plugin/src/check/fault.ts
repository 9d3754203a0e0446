/** Tests of bars, and their findings. */

import type { Sentence } from "../core/sentence.js";
import type { NativeExpr } from "../polars/native.js";
import type { Steps } from "../polars/steps.js";
import type { Bars } from "./columns.js";
import type { Found } from "./kinds.js";
import { one, type Seen } from "./places.js";

/**
 * A test for one kind of fault. `rough` is a fast expression that is zero only if there is none;
 * `find` then looks closely.
 */
export type Test = { readonly rough: NativeExpr; readonly find: () => Steps<Found | undefined> };

/** Runs tests: one pass over the bars, and another for each test that finds something. */
export function* faults(bars: Bars, tests: Readonly<Record<string, Test>>): Steps<Found[]> {
  const asked = Object.entries(tests);
  if (asked.length === 0) return [];
  const hits = yield* one(
    bars.plan,
    Object.fromEntries(asked.map(([name, { rough }]) => [name, rough])),
  );
  const found: Found[] = [];
  for (const [name, { find }] of asked) {
    const fault = hits[name] ? yield* find() : undefined;
    if (fault) found.push(fault);
  }
  return found;
}

/** A finding; undefined if no row has the fault. */
export function finding(
  kind: Found["kind"],
  column: string,
  { count: n, places }: Seen,
  says: (n: number) => string,
  advice: string | Sentence,
): Found | undefined {
  return n === 0 ? undefined : { kind, column, count: n, places, says: says(n), advice };
}
