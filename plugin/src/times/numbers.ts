/** Reads times written as numbers: the digits of a date, or a count since 1970. */

import { TaError } from "../core/errors.js";
import { sentence } from "../core/sentence.js";
import { DataType, type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import type { Steps } from "../polars/steps.js";
import { TIME_OPTION, timeFormat } from "./advice.js";
import { type Reading, type TimesOf, unknownForm } from "./reading.js";
import { count, plausible, record, strptime } from "./values.js";

/** Patterns of numbers whose digits are a date, by the number of digits. */
const DIGITS: Readonly<Record<number, { pattern: string; timed: boolean; zeros?: number }>> = {
  8: { pattern: "%Y%m%d", timed: false },
  // Polars needs minutes after an hour, so two zeros are added.
  10: { pattern: "%Y%m%d%H%M", timed: true, zeros: 100 },
  12: { pattern: "%Y%m%d%H%M", timed: true },
  14: { pattern: "%Y%m%d%H%M%S", timed: true },
};

/** A year, a month and a day. */
const DATE = /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])/;

/** Counts since 1970, chosen by the largest value of a column. Each unit covers 1973 to 2286. */
const EPOCHS = [
  { form: "seconds since 1970", from: 1e8, factor: 1000, unit: "ms", fine: 1e6 },
  { form: "milliseconds since 1970", from: 1e11, factor: 1, unit: "ms", fine: 1e3 },
  { form: "microseconds since 1970", from: 1e14, factor: 1, unit: "us", fine: 1 },
  { form: "nanoseconds since 1970", from: 1e17, factor: 1, unit: "ns", fine: 1e-3 },
] as const;

/** Numbers below this are counts of bars or days. They are in order, whatever their unit. */
const COUNTS = 1e6;

/** Numbers with fractions that Excel has for days and times from 1954 to 2173. */
const EXCEL = [20_000, 100_000] as const;

/** The times in a column of numbers. `numbers` is the column, or its texts as numbers. */
export function* numberForm(plan: NativeLazy, of: TimesOf, numbers: NativeExpr): Steps<Reading> {
  const whole = numbers.cast(DataType.Int64, false);
  const range = yield* record(
    plan.select([
      numbers.min().cast(DataType.Utf8, true).alias("shown"),
      whole.min().cast(DataType.Utf8, true).alias("least"),
      whole.max().cast(DataType.Utf8, true).alias("most"),
      // Infinities and numbers that do not fit become null.
      count(numbers.isNotNull().and(whole.isNull())).alias("lost"),
      count(whole.cast(DataType.Float64, true).neq(numbers)).alias("fractions"),
    ]),
    of.probe,
  );
  const { shown, least, most, lost, fractions } = range as Record<
    "shown" | "least" | "most",
    string | null
  > &
    Record<"lost" | "fractions", number>;
  if (least === null || most === null) return { expr: whole, times: false, form: "null" };
  if (Number(lost) > 0) throw unknownForm(of, shown ?? most);
  const broken = Number(fractions) > 0;
  if (!broken) {
    const digits = yield* asDigits(plan, of, whole, least, most);
    if (digits) return digits;
  }
  const epoch = asEpoch(broken ? numbers : whole, broken, Number(least), Number(most));
  if (epoch) return epoch;
  if (broken && Number(least) >= EXCEL[0] && Number(most) < EXCEL[1]) {
    return { expr: numbers, times: false, form: "days as Excel counts them" };
  }
  const counts = !broken && Math.max(Math.abs(Number(least)), Math.abs(Number(most))) < COUNTS;
  if (!counts) throw unknownForm(of, shown ?? least);
  yield* refuseShortDates(plan, of, whole, least);
  return { expr: whole, times: false, form: "whole numbers" };
}

function* asDigits(
  plan: NativeLazy,
  of: TimesOf,
  whole: NativeExpr,
  least: string,
  most: string,
): Steps<Reading | undefined> {
  const known = least.length === most.length ? DIGITS[least.length] : undefined;
  if (known === undefined || !DATE.test(least) || !DATE.test(most)) return undefined;
  const { pattern, timed, zeros } = known;
  const digits = asText(zeros ? whole.mul(native.lit(zeros)) : whole);
  const expr = strptime(digits, pattern, timed, "us");
  const year = plausible(expr).fillNull(native.lit(false));
  const wrong = count(whole.isNotNull().and(year.not())).alias("wrong");
  const found = yield* record(plan.select([wrong]), of.probe);
  if (Number(found?.wrong) > 0) return undefined;
  return { expr, times: true, form: zeros ? "%Y%m%d%H" : pattern };
}

function asEpoch(
  numbers: NativeExpr,
  broken: boolean,
  least: number,
  most: number,
): Reading | undefined {
  const known = EPOCHS.find(({ from }) => most >= from && most < from * 100);
  if (known === undefined || least < -known.from * 50) return undefined;
  // Times before 1970 are negative; a much smaller positive value has another unit.
  if (least >= 0 && least < known.from / 50) return undefined;
  const { form, factor, unit, fine } = known;
  const make = DataType.Datetime as (unit: string) => unknown;
  const [scale, type] = broken ? [fine, "us"] : [factor, unit];
  const scaled = scale === 1 ? numbers : numbers.mul(native.lit(scale));
  const expr = scaled.cast(DataType.Int64, true).cast(make.call(DataType, type), true);
  return { expr, times: true, form };
}

/**
 * Throws for numbers such as 130301: as dates of two centuries they have another order than as
 * counts.
 */
function* refuseShortDates(
  plan: NativeLazy,
  of: TimesOf,
  whole: NativeExpr,
  least: string,
): Steps<void> {
  if (Number(least) < 101) return;
  const padded = asText(whole.add(native.lit(COUNTS)));
  // Adding 1,000,000 puts a 1 before six digits, with leading zeros.
  const date = strptime(padded, "1%y%m%d", false, "us");
  const wrong = count(whole.isNotNull().and(date.isNull())).alias("wrong");
  const found = yield* record(plan.select([wrong]), of.probe);
  if (Number(found?.wrong) > 0) return;
  const { what, column } = of;
  throw new TaError(
    sentence`${what}: column "${column}" has ${least}, which may be a date or a count; if it is a date, say how it is written with ${timeFormat("%y%m%d")}, else which column has the times with ${TIME_OPTION}`,
  );
}

/**
 * Whole numbers as text. JavaScript numbers in the calculation make them floats, hence the cast.
 */
const asText = (whole: NativeExpr): NativeExpr =>
  whole.cast(DataType.Int64, true).cast(DataType.Utf8, true);
