/** Expressions and small queries for reading times. */

import type { DataFrame } from "nodejs-polars";
import { parseTime, strip } from "../polars/functions.js";
import {
  DataType,
  type NativeExpr,
  type NativeFrame,
  type NativeLazy,
  native,
  wrappers,
} from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import { isZoned } from "./forms.js";

/** Runs a plan with a small result. */
export type Probe = (plan: NativeLazy) => Steps<NativeFrame>;

/** The only row of a plan, or the first. */
export function* record(
  plan: NativeLazy,
  probe: Probe = collect,
): Steps<Record<string, unknown> | undefined> {
  return (wrappers.frame._DataFrame(yield* probe(plan)) as DataFrame).toRecords()[0];
}

/** The first value of a column that is not null, as text without spaces around it. */
export function* firstValue(
  plan: NativeLazy,
  column: string,
  probe?: Probe,
): Steps<string | undefined> {
  const value = native.col(column);
  const one = plan.select([value]).filter(value.isNotNull()).slice(0, 1);
  const found = yield* record(one.select([textOf(value).alias("value")]), probe);
  return found?.value as string | undefined;
}

export const count = (condition: NativeExpr): NativeExpr =>
  condition.cast(DataType.UInt64, true).sum();

export const orFalse = (condition: NativeExpr): NativeExpr => condition.fillNull(native.lit(false));

/** Days since 1970 of the first and the last year with four digits. */
const YEARS = [-354_285, 2_932_896] as const;

/** Whether the year has four digits; other years come from misread values. */
export function plausible(times: NativeExpr): NativeExpr {
  const day = times.cast(DataType.Date, true).cast(DataType.Int32, true);
  return day.gtEq(native.lit(YEARS[0])).and(day.ltEq(native.lit(YEARS[1])));
}

/** A column as text without spaces around it. */
export const textOf = (expr: NativeExpr): NativeExpr => strip(expr.cast(DataType.Utf8, false));

const UNITS = { us: "Microseconds", ns: "Nanoseconds" } as const;

/** Whether a pattern has a year and a month, but no day. */
const isMonth = (format: string): boolean =>
  /%Y/.test(format) && /%[-_0]?[mbBh]/.test(format) && !/%[-_0]?[^YmbBh%]/.test(format);

/** Parses texts with a pattern; null where they have another form. A month is its first day. */
export function strptime(
  text: NativeExpr,
  format: string,
  timed: boolean,
  unit: keyof typeof UNITS,
): NativeExpr {
  const utc = isZoned(format) || / (UTC|GMT)$/.test(format);
  const type = timed ? { unit: UNITS[unit], zone: utc ? "UTC" : undefined } : "Date";
  if (isMonth(format)) return parseTime(text.add(native.lit(" 1")), type, `${format} %d`);
  return parseTime(text, type, format);
}
