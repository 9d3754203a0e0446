/** What operations on frames of bars share: options, times, groups. */

import type { DataFrame, LazyDataFrame } from "nodejs-polars";
import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import type { Allowed } from "../core/options.js";
import {
  columnList,
  columnSaid,
  FRAME_HAS,
  inQuotes,
  type Setting,
  sentence,
  setting,
  type Words,
} from "../core/sentence.js";
import { findUsual } from "../core/usual.js";
import {
  isExpr,
  isFrame,
  isLazy,
  type NativeExpr,
  type NativeLazy,
  native,
  wrappers,
} from "../polars/native.js";
import { misplaced, schemaOf } from "./deferred.js";
import { hasPlaceholder } from "./placeholder.js";

/** A frame on which `.ta` is called. */
export type Frame = DataFrame | LazyDataFrame;

/** The native plan of a frame of either kind. */
export function planOf(frame: Frame): NativeLazy {
  if (isLazy(frame)) return (frame as { _ldf: NativeLazy })._ldf;
  return (frame as unknown as { _df: { lazy(): NativeLazy } })._df.lazy();
}

/** Makes a frame of a plan: of the same kind as `frame`. */
export function frameLike(frame: Frame, plan: NativeLazy): Frame {
  const lazy: LazyDataFrame = wrappers.lazy._LazyDataFrame(plan);
  return isFrame(frame) ? lazy.collectSync() : lazy;
}

/** The type of a column, as far as times and messages need it. */
export interface ColumnType {
  readonly variant: string;
  /** Unit and zone of a Datetime. */
  readonly unit?: string;
  readonly zone?: string;
}

export type Schema = ReadonlyMap<string, ColumnType>;

/** The columns of a plan and their types. Nothing is computed. */
export function columnTypes(plan: NativeLazy): Schema {
  const types = Object.entries(schemaOf(plan)).map(([name, dtype]) => {
    if (typeof dtype === "string") return [name, { variant: dtype }] as const;
    const { variant, inner } = dtype as { variant: string; inner?: unknown };
    const [unit, zone] = variant === "Datetime" ? (inner as [string, string]) : [];
    return [name, { variant, ...(unit && { unit }), ...(zone && { zone }) }] as const;
  });
  return new Map(types);
}

export function typeName({ variant, unit, zone }: ColumnType): string {
  return unit === undefined ? variant : `${variant}(${[unit, zone].filter(Boolean).join(", ")})`;
}

const isTime = ({ variant }: ColumnType): boolean => variant === "Datetime" || variant === "Date";

const isText = ({ variant }: ColumnType): boolean => variant === "String" || variant === "Utf8";

/** Checks an option that names a column of the frame. */
export function columnOf(what: string, name: string, value: unknown, schema: Schema): string {
  if (typeof value !== "string") {
    throw new TaError(`${what}: ${name} must be a column name, got ${describe(value)}`);
  }
  if (schema.has(value)) return value;
  throw new TaError(
    sentence`${what}: ${setting(name)} is ${describe(value)}, which is no column; ${FRAME_HAS} ${columnList([...schema.keys()])}`,
  );
}

/** The column of a usual name, in any case; undefined if there is none. */
export function usualIn(
  what: string,
  name: string,
  schema: Schema,
  said = (column: string): Words | Setting => columnSaid(name, column),
): string | undefined {
  const remedy = (column: string) => sentence`say which one it is with ${said(column)}`;
  return findUsual(name, [...schema.keys()], { where: what, remedy });
}

/** The groups of a frame: columns, or expressions where those are allowed. */
export function keysOf(what: string, name: string, value: unknown): NativeExpr[] {
  if (value === undefined) return [];
  const keys = [value].flat();
  if (keys.length === 0) throw new TaError(`${what}: ${name} must be one or more columns`);
  return keys.map((key) => {
    if (typeof key === "string") return native.col(key);
    if (!isExpr(key)) {
      throw new TaError(
        `${what}: ${name} must be column names or expressions, got ${describe(key)}`,
      );
    }
    if (hasPlaceholder(key._expr)) throw misplaced(`the ${name} of ${what}`);
    return key._expr;
  });
}

/** A duration; units of different kinds cannot be mixed. */
const DURATION = /^((\d+(h|m|s|ms|us|ns))+|(\d+d)+|(\d+w)+|(\d+(mo|q|y))+)$/;

/** The length of a bar, as polars writes durations. */
export const BAR_LENGTH: Allowed = [
  'the length of a bar, such as "5m", "1h30m", "1d", "1w" or "1mo"',
  (value) => typeof value === "string" && DURATION.test(value) && /[1-9]/.test(value),
];

const OFFSET = /^-?(\d+(ns|us|ms|s|m|h|d|w|mo|q|y))+$/;

/** A time by which bars are moved. */
export const BAR_OFFSET: Allowed = [
  'a duration, such as "30m" or "-1d"',
  (value) => typeof value === "string" && OFFSET.test(value),
];

/**
 * The column of times: the one that the option names, or the frame's only Date or Datetime column.
 */
export function timeColumn(
  what: string,
  name: string,
  value: unknown,
  schema: Schema,
  keys: readonly string[] = [],
): string {
  if (value !== undefined) {
    const column = columnOf(what, name, value, schema);
    const type = schema.get(column) as ColumnType;
    if (isTime(type)) return column;
    const hint = isText(type) ? `; parse it first: ${parsed(column)}` : "";
    throw new TaError(
      `${what}: column "${column}" has dtype ${typeName(type)}, times are Date or Datetime${hint}`,
    );
  }
  const having = (test: (type: ColumnType) => boolean) =>
    [...schema].filter(([key, type]) => test(type) && !keys.includes(key)).map(([key]) => key);
  const times = having(isTime);
  const [only] = times;
  if (times.length === 1 && only !== undefined) return only;
  if (times.length > 1) {
    throw new TaError(
      sentence`${what}: several columns hold times, ${inQuotes(times)}; say which with ${setting(name)}`,
    );
  }
  const texts = having(isText);
  const hint =
    texts.length > 0
      ? `; if ${inQuotes(texts)} ${texts.length > 1 ? "has one" : "is one"} as text, parse it first: ${parsed(texts.at(-1) ?? "")}`
      : "";
  throw new TaError(`${what}: no column is a Date or Datetime${hint}`);
}

const parsed = (column: string): string =>
  `pl.col("${column}").str.strptime(pl.Date, "%Y-%m-%d"), or with pl.Datetime("ms")`;

/** The value of the row before (or after), within groups if there are any. */
export function neighbour(expr: NativeExpr, rows: 1 | -1, keys: readonly NativeExpr[]): NativeExpr {
  return within(expr.shift(native.lit(rows)), keys);
}

export function within(expr: NativeExpr, keys: readonly NativeExpr[]): NativeExpr {
  return keys.length > 0 ? expr.over([...keys]) : expr;
}
