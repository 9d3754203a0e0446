/** A test of bars, and what it finds. */

import type { Sentence } from "../core/sentence.js";
import type { NativeExpr } from "../polars/native.js";
import type { Steps } from "../polars/steps.js";
import type { Found } from "./kinds.js";
import type { Seen } from "./places.js";

/** Something that may be wrong: `rough` is not zero where it is, and seldom where it is not. */
export type Test = { readonly rough: NativeExpr; readonly find: () => Steps<Found | undefined> };

/** A finding, if there is any row. */
export function finding(
  kind: Found["kind"],
  column: string,
  { count: n, places }: Seen,
  says: (n: number) => string,
  advice: string | Sentence,
): Found | undefined {
  return n === 0 ? undefined : { kind, column, count: n, places, says: says(n), advice };
}
