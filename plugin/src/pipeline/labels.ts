/** The labels of a pipeline as expressions, with the times at which they are known. */

import { TaError } from "../core/errors.js";
import { sentence } from "../core/sentence.js";
import { type Schema, within } from "../lazy/frames.js";
import { type NativeExpr, native } from "../polars/native.js";
import { TIME_OPTION } from "../times/advice.js";
import { candidates, isTimeType, isUsualTime } from "../times/choose.js";
import type { PipelineLabel } from "./checked.js";
import { compile } from "./compile.js";
import type { Ordering } from "./order.js";

/** The names of all columns of labels, in their order. */
export const labelNames = (labels: readonly PipelineLabel[]): string[] => [
  ...labels.flatMap(({ columns }) => columns.map(({ name }) => name)),
  ...labels.map(({ knownOn }) => knownOn),
];

/**
 * The columns of labels as expressions, in their order. A label is known in the row so many rows
 * later in its group.
 */
export function labelExprs(
  labels: readonly PipelineLabel[],
  keys: readonly NativeExpr[],
  time: string,
): NativeExpr[] {
  const columns = labels.flatMap((label) => label.columns);
  const row = native.col(time).cumCount(false).sub(native.lit(1));
  return [
    ...columns.map(({ name, meaning }) => within(compile(meaning), keys).alias(name)),
    ...labels.map(({ knownOn, knownAfter }) =>
      within(native.col(time).gather(row.add(compile(knownAfter))), keys).alias(knownOn),
    ),
  ];
}

/**
 * The column of times of a frame, by its name or its type.
 *
 * @throws TaError if there is none, or if several may be it.
 */
export function labelTime(schema: Schema, over: readonly string[], ordering: Ordering): string {
  const { what, time } = ordering;
  if (typeof time === "string") return time;
  const known = (name: string) => isUsualTime(name) || isTimeType(schema.get(name) ?? NO_TYPE);
  const found = time === false ? [] : candidates(schema, over).filter(known);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new TaError(
    sentence`${what}: labels need the column of times, because they say when they are known; name it with ${TIME_OPTION}`,
  );
}

const NO_TYPE = { variant: "" };
