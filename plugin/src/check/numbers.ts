/** Reads results of polars as arrays of numbers. */

import type { DataFrame } from "nodejs-polars";
import { DataType, type NativeLazy, native, wrappers } from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";

/** Columns as arrays of numbers. */
export function* numbers<Name extends string>(
  plan: NativeLazy,
  names: readonly Name[],
): Steps<Record<Name, Float64Array>> {
  const exprs = names.map((name) => native.col(name).cast(DataType.Float64, true));
  const frame = wrappers.frame._DataFrame(yield* collect(plan.select(exprs))) as DataFrame;
  const arrays = names.map((name) => [
    name,
    Float64Array.from(frame.getColumn(name) as Iterable<number>),
  ]);
  return Object.fromEntries(arrays);
}
