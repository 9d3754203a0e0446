/** Makes one column of times of a column of dates and one of times of day. */

import type { Expr, LazyDataFrame } from "nodejs-polars";
import { TaError } from "../core/errors.js";
import { columnList, sentence, setting } from "../core/sentence.js";
import type { Schema } from "../lazy/frames.js";
import { pl } from "../polars/native.js";
import { isNumberType } from "../times/choose.js";

/** The column of the times, or those of the dates and of the times of day. */
export type TimeColumns = string | readonly [string, string];

/** The two columns, if there are two. */
export const bothOf = (time: unknown): readonly [string, string] | undefined =>
  Array.isArray(time) ? (time as unknown as readonly [string, string]) : undefined;

/** The column that has the times in the end: the first of two becomes the whole time. */
export const timeOf = <T>(time: T | readonly [string, string]): T | string =>
  bothOf(time)?.[0] ?? (time as T);

/**
 * Replaces the column of the dates by texts of date and time, which are read like other times.
 *
 * @param file The name of the file, for messages.
 */
export async function joined(
  file: string,
  plan: LazyDataFrame,
  schema: Schema,
  [date, time]: readonly [string, string],
): Promise<LazyDataFrame> {
  for (const name of [date, time]) {
    if (schema.has(name)) continue;
    throw new TaError(
      sentence`${file} has no column ${JSON.stringify(name)}, which ${setting("time")} names; it has ${columnList([...schema.keys()])}`,
    );
  }
  const days = schema.get(date)?.variant === "Datetime" ? pl.col(date).cast(pl.Date) : undefined;
  const clock = await padded(plan, text(time, schema));
  return plan.withColumns(
    pl.concatString([days?.cast(pl.Utf8) ?? text(date, schema), clock], " ").alias(date),
  );
}

/** A column as text, whole numbers without a fraction. */
function text(name: string, schema: Schema): Expr {
  const float = schema.get(name)?.variant.startsWith("Float");
  const value = float ? pl.col(name).cast(pl.Int64) : pl.col(name);
  const plain = isNumberType(schema.get(name) ?? { variant: "" }) ? value : pl.col(name);
  return plain.cast(pl.Utf8).str.replace("^\\s+", "").str.replace("\\s+$", "");
}

/** Adds the zeros that numbers such as 930 or 93000 have lost. */
async function padded(plan: LazyDataFrame, clock: Expr): Promise<Expr> {
  const digits = pl.when(clock.str.contains("^\\d+$")).then(clock).otherwise(pl.lit(null));
  const found = await plan.select(digits.cast(pl.Utf8).str.lengths().max().alias("most")).collect();
  const longest = found.toRecords()[0]?.most;
  if (longest === null || longest === undefined || Number(longest) > 6) return clock;
  const zeros = Number(longest) > 4 ? 6 : 4;
  return pl.when(clock.str.contains("^\\d+$")).then(clock.str.zFill(zeros)).otherwise(clock);
}
