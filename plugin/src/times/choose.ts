/** Finds the column of times in a frame. */

import { TaError } from "../core/errors.js";
import { inQuotes, sentence } from "../core/sentence.js";
import { type ColumnType, columnOf, type Schema } from "../lazy/frames.js";
import type { NativeLazy } from "../polars/native.js";
import type { Steps } from "../polars/steps.js";
import { TIME_OPTION } from "./advice.js";
import { formsOf, isClock, isTimeOfDay } from "./forms.js";
import type { TimesOf } from "./reading.js";
import { firstValue } from "./values.js";

export const isTimeType = ({ variant }: ColumnType): boolean => /^Date(time)?$/.test(variant);
export const isTextType = ({ variant }: ColumnType): boolean =>
  /^(String|Utf8|Categorical|Enum)$/.test(variant);
export const isNumberType = ({ variant }: ColumnType): boolean => /^(U?Int|Float)/.test(variant);

/** Usual names of columns of times, the most telling first. */
const USUAL = [
  "datetime",
  "timestamp",
  "time",
  "date",
  "opentime",
  "starttime",
  "windowstart",
  "unix",
  "unixtime",
  "unixtimestamp",
  "epoch",
  "t",
];

const rank = (name: string): number => USUAL.indexOf(name.toLowerCase().replaceAll(/[^a-z]/g, ""));

const [TIME, DATE] = [USUAL.indexOf("time"), USUAL.indexOf("date")];

/** Whether a column has the usual name of times. */
export const isUsualTime = (name: string): boolean => rank(name) >= 0;

/** Those of the columns with the usual name that is the most telling. */
export function mostUsual(columns: readonly string[]): string[] {
  const usual = columns.filter(isUsualTime);
  const best = Math.min(...usual.map(rank));
  return usual.filter((name) => rank(name) === best);
}

/** Whether a word of a name says that it has times: `bar_time`, `ts`, `Time (UTC)`, `tradeDate`. */
const namesTime = (name: string): boolean =>
  /(^|[^a-z])(ts|epoch|unix|\w*time|\w*date|\w*stamp)([^a-z]|$)/.test(
    name.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase(),
  );

/** Whether a number is one of the years 1973 to 2099, as digits of a date or counted since 1970. */
export function isTimeNumber(number: number): boolean {
  const since = [1, 1e3, 1e6, 1e9].some((unit) => number >= 1e8 * unit && number < 4.1e9 * unit);
  return since || /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\d{6})?$/.test(String(number));
}

/** Whether a value of a bar or a tick is a number. */
export const isNumeric = (value: unknown): value is number | bigint =>
  typeof value === "number" || typeof value === "bigint";

/** Whether a number in a field of that name is a time by both, without a usual name. */
export const isNamedTime = (name: string, value: unknown): boolean =>
  isNumeric(value) && namesTime(name) && isTimeNumber(Number(value));

const mayHold = (type: ColumnType): boolean =>
  isTimeType(type) || isTextType(type) || isNumberType(type) || type.variant === "Time";

/** The columns among which to find the times. */
export interface Among extends Pick<TimesOf, "what" | "advice" | "probe"> {
  readonly schema: Schema;
  /** The column that the caller names. */
  readonly asked?: unknown;
  /** Columns that have another meaning, such as those of groups. */
  readonly skip?: readonly string[];
}

/** The columns that may be the times, by their names and types. */
export function candidates(schema: Schema, skip: readonly string[] = []): string[] {
  const columns = [...schema].filter(([name]) => !skip.includes(name));
  const usual = mostUsual(namesOf(columns.filter(([, type]) => mayHold(type))));
  if (usual.length > 0) return usual;
  const typed = columns.filter(([, type]) => isTimeType(type));
  if (typed.length > 0) return namesOf(typed);
  return namesOf(
    columns.filter(([name, type]) => isTextType(type) || (isNumberType(type) && namesTime(name))),
  );
}

/**
 * The column of times: the one that the caller names; else one with a usual name (datetime,
 * timestamp, time, date); else the only Date or Datetime; else the only text whose first value is
 * written like a time; else the only column with a word such as "time" in its name whose first value
 * is a number of today's times. Undefined if there is none.
 *
 * @throws TaError if several may be the times.
 */
export function* timesColumn(plan: NativeLazy, among: Among): Steps<string | undefined> {
  const { what, schema, asked, skip, probe } = among;
  if (asked !== undefined) return columnOf(what, "time", asked, schema);
  const found: string[] = [];
  const counted: string[] = [];
  for (const name of candidates(schema, skip)) {
    const type = schema.get(name) ?? { variant: "" };
    const known = isUsualTime(name) || isTimeType(type);
    const first = known ? undefined : yield* firstValue(plan, name, probe);
    if (known) found.push(name);
    else if (first === undefined) continue;
    else if (isTextType(type) && (formsOf(first) || isTimeOfDay(first))) found.push(name);
    else if (namesTime(name) && isTimeNumber(Number(first))) counted.push(name);
  }
  const likely = found.length > 0 ? found : counted;
  const name = likely.length > 0 ? only(likely, among) : undefined;
  if (name !== undefined && rank(name) === TIME) yield* refuseHalf(plan, name, among);
  return name;
}

/** Throws if a column has the times of day of dates in another column. */
function* refuseHalf(plan: NativeLazy, time: string, among: Among): Steps<void> {
  const { what, schema, skip = [], advice, probe } = among;
  const [date, ...more] = [...schema.keys()].filter(
    (name) => rank(name) === DATE && !skip.includes(name),
  );
  if (date === undefined || more.length > 0) return;
  const first = yield* firstValue(plan, time, probe);
  if (first === undefined || !(isTimeOfDay(first) || isClock(first))) return;
  throw new TaError(
    sentence`${what}: column "${time}" has ${JSON.stringify(first)}, a time of day, and its date is in "${date}"; ${advice.both(date, time)}`,
  );
}

const namesOf = (columns: readonly (readonly [string, ColumnType])[]): string[] =>
  columns.map(([name]) => name);

function only(names: readonly string[], { what, advice }: Among): string | undefined {
  if (names.length === 1) return names[0];
  const out =
    advice.noTime === undefined ? "" : sentence`, or leave the order alone with ${advice.noTime}`;
  throw new TaError(
    sentence`${what}: several columns may hold the times, ${inQuotes(names)}; say which with ${TIME_OPTION}${out}`,
  );
}
