/** Reads results of polars as arrays of numbers. */

import { DataType, type NativeLazy, native } from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";

/** Columns as arrays of numbers; null is 0. */
export function* numbers<Name extends string>(
  plan: NativeLazy,
  names: readonly Name[],
): Steps<Record<Name, Float64Array>> {
  const number = (name: Name) =>
    native.col(name).cast(DataType.Float64, true).fillNull(native.lit(0));
  const frame = yield* collect(plan.select(names.map(number)));
  const arrays = names.map((name, index) => [name, frame.selectAtIdx(index).toTypedArray()]);
  return Object.fromEntries(arrays);
}
