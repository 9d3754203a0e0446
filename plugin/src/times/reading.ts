/** The result of reading a column as times, and the errors for columns that hold no times. */

import { TaError } from "../core/errors.js";
import { sentence } from "../core/sentence.js";
import type { ColumnType } from "../lazy/frames.js";
import { DataType, type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import type { Steps } from "../polars/steps.js";
import { type Advice, TIME_OPTION, timeFormat } from "./advice.js";
import { isTimeOfDay } from "./forms.js";
import { orFalse, type Probe, record } from "./values.js";

/** The times of a column. */
export interface Reading {
  /** The values that order the rows: Date, Datetime, or counts. */
  readonly expr: NativeExpr;
  /** Whether `expr` is a Date or a Datetime. */
  readonly times: boolean;
  /** How the column writes them, for messages: a strftime pattern, a unit, or a dtype. */
  readonly form: string;
}

/** A column to read as times, and the function that needs it. */
export interface TimesOf {
  /** The method or command; error messages begin with it. */
  readonly what: string;
  readonly column: string;
  readonly type: ColumnType;
  readonly advice: Advice;
  /** The caller's strftime pattern. */
  readonly format?: string | undefined;
  /** Runs a plan with a small result, if the rows may not fit into memory. Default: collect. */
  readonly probe?: Probe | undefined;
  /** Whether to keep the times that are read, so that texts are parsed once. They must fit in memory. */
  readonly keep?: boolean;
}

/** Throws if a value cannot be read in a form; the message shows the first. */
export function* refuseFailing(
  plan: NativeLazy,
  of: TimesOf,
  form: string,
  reads: NativeExpr,
): Steps<void> {
  const found = yield* firstFailing(plan, of, form, reads);
  if (found) throw found.error;
}

/** The first row whose value cannot be read in a form, and the error for it. */
export function* firstFailing(
  plan: NativeLazy,
  { what, column, format, probe }: TimesOf,
  form: string,
  reads: NativeExpr,
): Steps<{ readonly row: number; readonly error: TaError } | undefined> {
  const value = native.col(column);
  const wrong = value.isNotNull().and(orFalse(reads).not());
  const found = yield* record(
    plan
      .withRowIndex(ROW, 0)
      .filter(wrong)
      .slice(0, 1)
      .select([native.col(ROW), value.cast(DataType.Utf8, false).alias("value")]),
    probe,
  );
  if (found === undefined) return undefined;
  const row = Number(found[ROW]);
  const where = `${what}: column "${column}" has ${JSON.stringify(found.value)} in row ${row}`;
  const before = format === undefined && row > 0 ? " that the rows before have" : "";
  const is = form.startsWith("%") ? `no time of the form ${form}${before}` : `no ${form}`;
  const out =
    format === undefined
      ? sentence`, or say how times are written with ${timeFormat(EXAMPLE)}`
      : "";
  return { row, error: new TaError(sentence`${where}, which is ${is}; correct it${out}`) };
}

/** The error for a column whose values have no known form. */
export function unknownForm({ what, column, advice }: TimesOf, value: string): TaError {
  const where = `${what}: column "${column}" has ${JSON.stringify(value)}`;
  const out =
    advice.noTime === undefined ? "" : sentence`, or leave the order alone with ${advice.noTime}`;
  if (isTimeOfDay(value)) {
    return new TaError(
      sentence`${where}, a time of day without its date; make one column of both, or say which column has the times with ${TIME_OPTION}${out}`,
    );
  }
  return new TaError(
    sentence`${where}, which is no time in a known form; say how it is written with ${timeFormat(EXAMPLE)}, or which column has the times with ${TIME_OPTION}${out}`,
  );
}

/** The pattern that advice shows as an example. */
const EXAMPLE = "%Y-%m-%d";

const ROW = "__ta_row";
