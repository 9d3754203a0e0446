/** What the values of a column say as times, told from the whole column. */

import { TaError } from "../errors.js";
import { typeName } from "../frames.js";
import { DataType, type NativeExpr, type NativeLazy, native } from "../polars.js";
import type { Steps } from "../steps.js";
import { isNumberType, isTextType, isTimeType } from "./choose.js";
import { formsOf, isTimed, isWhole } from "./forms.js";
import { numberForm } from "./numbers.js";
import { type Reading, refuseFailing, type TimesOf, unknownForm } from "./reading.js";
import { count, firstValue, orFalse, plausible, record, strptime, textOf } from "./values.js";

/** A reading that may be wrong for some values. */
interface Candidate {
  readonly form: string;
  readonly expr: NativeExpr;
}

/**
 * Reads a column as times: a Date or Datetime as it is; texts and whole numbers in the form
 * that all of them have, found by polars over all rows.
 *
 * @throws TaError if the values have no known form, or not the same one, or if day and month
 *   cannot be told apart.
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
  const first = yield* firstValue(plan, column, of.look);
  if (first === undefined) return { expr, times: false, form: "null" };
  if (isWhole(first)) {
    const numbers = textOf(expr).cast(DataType.Int64, false);
    yield* refuseFailing(plan, of, "whole number", numbers.isNotNull());
    return yield* numberForm(plan, of, numbers);
  }
  const forms = formsOf(first);
  if (forms === undefined) throw unknownForm(of, first);
  const candidates = forms.patterns.map((pattern) => ({
    form: pattern,
    expr: strptime(textOf(expr), pattern, forms.timed, forms.nanoseconds ? "ns" : "us"),
  }));
  const only = yield* told(plan, of, candidates);
  return { expr: only.expr, times: true, form: only.form };
}

/** A column by the pattern that the caller gave. */
function* asPattern(plan: NativeLazy, of: TimesOf, pattern: string): Steps<Reading> {
  const timed = isTimed(pattern);
  const value = native.col(of.column);
  // Programs in JavaScript have whole numbers as floats.
  const float = of.type.variant.startsWith("Float");
  const expr = strptime(
    textOf(float ? value.cast(DataType.Int64, false) : value),
    pattern,
    timed,
    "us",
  );
  yield* refuseFailing(plan, of, pattern, plausible(expr));
  return { expr, times: true, form: pattern };
}

/** The one candidate that all values have; of several, those that read each value alike. */
function* told(plan: NativeLazy, of: TimesOf, candidates: readonly Candidate[]): Steps<Candidate> {
  const value = native.col(of.column);
  const failing = candidates.map(({ expr }, index) =>
    count(value.isNotNull().and(orFalse(plausible(expr)).not())).alias(`f${index}`),
  );
  const pairs = candidates.flatMap((one, i) =>
    candidates
      .slice(i + 1)
      .map((other, j) => count(one.expr.neq(other.expr)).alias(`d${i}_${i + 1 + j}`)),
  );
  const counts = (yield* record(plan.select([...failing, ...pairs]), of.look)) ?? {};
  const fails = candidates.map((_, index) => Number(counts[`f${index}`]));
  const right = fails.flatMap((failed, index) => (failed === 0 ? [index] : []));
  const [first, ...others] = right;
  if (first === undefined) {
    const nearest = candidates[fails.indexOf(Math.min(...fails))] as Candidate;
    yield* refuseFailing(plan, of, nearest.form, plausible(nearest.expr));
    return nearest;
  }
  const chosen = candidates[first] as Candidate;
  const rival = others.find((index) => Number(counts[`d${first}_${index}`]) > 0);
  if (rival === undefined) return chosen;
  throw yield* ambiguous(plan, of, chosen, candidates[rival] as Candidate);
}

function* ambiguous(plan: NativeLazy, of: TimesOf, one: Candidate, other: Candidate) {
  const { what, column, advice } = of;
  const differs = plan.filter(one.expr.neq(other.expr));
  const value = yield* firstValue(differs, column, of.look);
  return new TaError(
    `${what}: day and month of column "${column}" cannot be told apart, ${JSON.stringify(value)} may be ${one.form} or ${other.form}; say which with ${advice.timeFormat(one.form)} or ${advice.timeFormat(other.form)}`,
  );
}
