/** Tests of bars, and their findings. */

import type { Sentence } from "../core/sentence.js";
import type { NativeExpr } from "../polars/native.js";
import type { Steps } from "../polars/steps.js";
import type { Found } from "./kinds.js";
import type { Seen } from "./places.js";

/**
 * A test for one kind of fault. `rough` is a fast expression that is zero only if there is none;
 * `find` then looks closely.
 */
export type Test = { readonly rough: NativeExpr; readonly find: () => Steps<Found | undefined> };

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
