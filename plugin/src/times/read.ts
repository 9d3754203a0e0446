/** Reads a column as times, in the form that the whole column has. */

import { TaError } from "../core/errors.js";
import { sentence } from "../core/sentence.js";
import { typeName } from "../lazy/frames.js";
import { DataType, type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import { timeFormat } from "./advice.js";
import { isNumberType, isTextType, isTimeType } from "./choose.js";
import { formsOf, isTimed, isWhole } from "./forms.js";
import { numberForm } from "./numbers.js";
import { firstFailing, type Reading, refuseFailing, type TimesOf, unknownForm } from "./reading.js";
import { count, firstValue, orFalse, plausible, record, strptime, textOf } from "./values.js";

/** A reading that may fail for some values. */
interface Candidate {
  readonly form: string;
  readonly expr: NativeExpr;
}

/**
 * Reads a column as times. A Date or Datetime stays as it is; texts and whole numbers are read in
 * the one form that all values have, which polars checks over all rows.
 *
 * @throws TaError if the values have no known form, or different ones, or if day and month can be
 * swapped.
 */
export function* readTimes(plan: NativeLazy, of: TimesOf): Steps<Reading> {
  const { column, type, format } = of;
  const expr = native.col(column);
  if (isTimeType(type)) return { expr, times: true, form: typeName(type) };
  if (type.variant === "Time") throw unknownForm(of, (yield* firstValue(plan, column)) ?? "00:00");
  if (!isTextType(type) && !isNumberType(type)) {
    throw new TaError(
      `${of.what}: column "${column}" has dtype ${typeName(type)}, times are Date, Datetime, text or whole numbers`,
    );
  }
  if (format !== undefined) return yield* asPattern(plan, of, format);
  if (isNumberType(type)) return yield* numberForm(plan, of, expr);
  const first = yield* firstValue(plan, column, of.probe);
  if (first === undefined) return { expr, times: false, form: "null" };
  if (isWhole(first)) {
    const numbers = textOf(expr).cast(DataType.Int64, false);
    yield* refuseFailing(plan, of, "whole number", numbers.isNotNull());
    return yield* numberForm(plan, of, numbers);
  }
  const forms = formsOf(first);
  if (forms === undefined) throw unknownForm(of, first);
  const read = (text: NativeExpr, patterns: readonly string[]) =>
    patterns.map((pattern) => ({
      form: pattern,
      expr: strptime(text, pattern, forms.timed, forms.nanoseconds ? "ns" : "us"),
    }));
  const trimmed = textOf(expr);
  // The usual form first, because each attempt reads all rows.
  const attempts = [
    read(expr.cast(DataType.Utf8, false), forms.patterns),
    read(trimmed, forms.patterns),
    ...(forms.finer ? [read(trimmed, forms.finer)] : []),
  ];
  for (const candidates of attempts) {
    const right = yield* chosenFrom(plan, of, candidates);
    if (right) return { expr: right.expr, times: true, form: right.form };
  }
  throw yield* noneReads(plan, of, read(trimmed, forms.patterns));
}

/** Reads a column with the caller's pattern. */
function* asPattern(plan: NativeLazy, of: TimesOf, pattern: string): Steps<Reading> {
  const timed = isTimed(pattern);
  const value = native.col(of.column);
  // JavaScript programs store whole numbers as floats.
  const float = of.type.variant.startsWith("Float");
  const whole = float ? value.cast(DataType.Int64, false) : value;
  const expr = strptime(textOf(whole), pattern, timed, "us");
  const reads = plausible(expr);
  yield* refuseFailing(plan, of, pattern, float ? reads.and(whole.eq(value)) : reads);
  return { expr, times: true, form: pattern };
}

/**
 * The candidate that reads all values, if there is one. If several do, they must read each value as
 * the same time.
 */
function* chosenFrom(
  plan: NativeLazy,
  of: TimesOf,
  candidates: readonly Candidate[],
): Steps<Candidate | undefined> {
  // A separate stage, so that polars parses each column once.
  const read = candidates.map(({ expr }, index) => expr.alias(`r${index}`));
  const columns = candidates.map((_, index) => native.col(`r${index}`));
  const value = native.col("value");
  const failing = columns.map((column, index) =>
    // Both ends are plausible only if all values are, and a value that cannot be read is null.
    column
      .nullCount()
      .neq(value.nullCount())
      .or(orFalse(plausible(column.min()).and(plausible(column.max()))).not())
      .alias(`f${index}`),
  );
  const pairs = columns.flatMap((one, i) =>
    columns.slice(i + 1).map((other, j) => count(one.neq(other)).alias(`d${i}_${i + 1 + j}`)),
  );
  const parsed = plan.select([native.col(of.column).alias("value"), ...read]);
  const kept = of.keep ? yield* collect(parsed) : undefined;
  const staged = kept?.lazy() ?? parsed;
  const counts = (yield* record(staged.select([...failing, ...pairs]), of.probe)) ?? {};
  const [first, ...others] = candidates.flatMap((_, index) =>
    Number(counts[`f${index}`]) === 0 ? [index] : [],
  );
  if (first === undefined) return undefined;
  const chosen = candidates[first] as Candidate;
  const rival = others.find((index) => Number(counts[`d${first}_${index}`]) > 0);
  if (rival === undefined) {
    return kept ? { ...chosen, expr: native.litSeries(kept.column(`r${first}`)) } : chosen;
  }
  throw yield* ambiguous(plan, of, chosen, candidates[rival] as Candidate);
}

/**
 * The error for a column that no candidate reads, from the candidate that reads the most rows
 * before it fails.
 */
function* noneReads(
  plan: NativeLazy,
  of: TimesOf,
  candidates: readonly Candidate[],
): Steps<TaError> {
  const refusals: { error: TaError; row: number }[] = [];
  for (const { form, expr } of candidates) {
    const found = yield* firstFailing(plan, of, form, plausible(expr));
    if (found) refusals.push(found);
  }
  return refusals.reduce((a, b) => (b.row > a.row ? b : a)).error;
}

function* ambiguous(plan: NativeLazy, of: TimesOf, one: Candidate, other: Candidate) {
  const { what, column } = of;
  const differs = plan.filter(one.expr.neq(other.expr));
  const value = yield* firstValue(differs, column, of.probe);
  return new TaError(
    sentence`${what}: day and month of column "${column}" cannot be told apart, ${JSON.stringify(value)} may be ${one.form} or ${other.form}; say which with ${timeFormat(one.form)} or ${timeFormat(other.form)}`,
  );
}
