/** Reads the bars of one symbol from a frame, with the columns that a chart needs. */

import type { DataFrame } from "nodejs-polars";
import { BAR, type BarField } from "../core/bar.js";
import { TaError } from "../core/errors.js";
import { columnSaid, FRAME_HAS, inQuotes, sentence, setting } from "../core/sentence.js";
import { unknownColumn } from "../core/unknown.js";
import {
  type ColumnType,
  columnOf,
  columnTypes,
  planOf,
  type Schema,
  usualIn,
} from "../lazy/frames.js";
import {
  type NativeExpr,
  type NativeFrame,
  type NativeLazy,
  native,
  pl,
  wrappers,
} from "../polars/native.js";
import { runSync } from "../polars/steps.js";
import { frameAdvice } from "../times/advice.js";
import { timesColumn } from "../times/choose.js";
import { checkOrder } from "../times/order.js";
import { readTimes } from "../times/read.js";
import { CHART, type Settings } from "./options.js";

/** What a chart needs to know of a column. */
export interface Column {
  /** Whether it is numbers or flags. */
  readonly drawable: boolean;
  /** The fields of a struct. */
  readonly fields?: readonly string[];
  readonly type: string;
}

/** The column of the times in milliseconds, among those that are drawn. */
export const TIME = "t";

/** The bars of a chart, before they are cut to a range and thinned. */
export interface Source {
  readonly frame: DataFrame;
  readonly columns: ReadonlyMap<string, Column>;
  /** The columns of the prices and the volume that the frame has. */
  readonly prices: Readonly<Partial<Record<BarField, string>>>;
  /** The times in milliseconds; absent if bars are numbered. */
  readonly time?: Time;
  readonly title: string;
  /** The symbols that are compared with the bars. */
  readonly others: readonly Other[];
}

/** The bars of another symbol. */
export interface Other {
  readonly name: string;
  readonly frame: DataFrame;
  readonly time: Time;
  /** The column of its closes. */
  readonly close: string;
}

export interface Time {
  readonly expr: NativeExpr;
  /** The time zone of the labels. */
  readonly zone?: string;
}

export const wrap = (plan: NativeExpr) => wrappers.expr._Expr(plan) as import("nodejs-polars").Expr;

const NUMBER = /^(U?Int|Float|Decimal|Bool)/;

function columnsOf(schema: Schema, frame: DataFrame): Map<string, Column> {
  const { schema: types } = (frame as unknown as { _df: NativeFrame })._df;
  return new Map(
    [...schema].map(([name, { variant }]) => {
      const inner = (types[name] as { inner?: { name: string }[][] }).inner?.[0];
      const fields = variant === "Struct" ? (inner ?? []).map((field) => field.name) : undefined;
      const drawable = NUMBER.test(variant);
      return [name, { drawable, type: variant, ...(fields && { fields }) }];
    }),
  );
}

/** Checks that the options fit the columns, and describes the columns. */
export function checkColumns(frame: DataFrame, settings: Settings): Source["columns"] {
  const schema = columnTypes(planOf(frame));
  priceColumns(settings, schema);
  keyColumn(settings, schema);
  if (settings.time !== undefined) columnOf(CHART, "time", settings.time, schema);
  return columnsOf(schema, frame);
}

export function sourceOf(whole: DataFrame, settings: Settings): Source {
  const schema = columnTypes(planOf(whole));
  const prices = priceColumns(settings, schema);
  const { frame, title } = ofSymbol(whole, settings, schema);
  if (frame.height === 0) throw new TaError(`${CHART}: the frame has no rows`);
  const time = timeOf(frame, settings, schema);
  const columns = columnsOf(schema, frame);
  const others = othersOf(whole, settings, schema, prices.close as string);
  return { frame, columns, prices, title, others, ...(time && { time }) };
}

/** The bars of the symbols that are compared with the chart's own. */
function othersOf(
  whole: DataFrame,
  { title: _, symbol: own, compare = [], ...settings }: Settings,
  schema: Schema,
  close: string,
): Other[] {
  return compare.map((symbol, index) => {
    const name = String(symbol);
    if (compare.findIndex((other) => String(other) === name) < index) {
      throw new TaError(sentence`${CHART}: ${setting("compare")} has ${inQuotes([name])} twice`);
    }
    if (name === String(own)) {
      throw new TaError(
        sentence`${CHART}: ${setting("compare")} has ${inQuotes([name])}, which the chart draws itself; name other symbols`,
      );
    }
    const { frame } = ofSymbol(whole, { ...settings, symbol }, schema);
    const time = timeOf(frame, settings, schema);
    if (time === undefined) {
      throw new TaError(
        sentence`${CHART}: ${setting("compare")} needs times, by which the bars of symbols are matched, but ${FRAME_HAS} none`,
      );
    }
    return { name, frame, time, close };
  });
}

function priceColumns(settings: Settings, schema: Schema): Source["prices"] {
  const found: Partial<Record<BarField, string>> = {};
  for (const name of BAR) {
    const asked = settings[name] ?? usualIn(CHART, name, schema);
    if (asked === false || asked === undefined) continue;
    const column = columnOf(CHART, name, asked, schema);
    const { variant = "" } = schema.get(column) ?? {};
    if (!NUMBER.test(variant)) {
      throw new TaError(
        sentence`${CHART}: ${name} must be numbers, but column "${column}" is ${variant}`,
      );
    }
    found[name] = column;
  }
  if (found.close !== undefined) return found;
  const columns = [...schema.keys()];
  const remedy = (nearest: string) =>
    sentence`say which one has the prices with ${columnSaid("close", nearest)}`;
  throw new TaError(
    unknownColumn(`${CHART}: no column "close"`, "close", columns, { has: FRAME_HAS, remedy }),
  );
}

const SYMBOL = "symbol";

/** The column of the symbols, if there is one. */
function keyColumn(
  { by: asked, symbol, compare = [] }: Settings,
  schema: Schema,
): string | undefined {
  const by = asked ?? usualIn(CHART, SYMBOL, schema, (column) => setting("by", column));
  if (by !== undefined) return columnOf(CHART, "by", by, schema);
  if (symbol === undefined && compare.length === 0) return undefined;
  throw new TaError(
    sentence`${CHART}: there is no column "${SYMBOL}"; say which one it is with ${setting("by")}`,
  );
}

/** The rows of one symbol. */
function ofSymbol(
  frame: DataFrame,
  settings: Settings,
  schema: Schema,
): { frame: DataFrame; title: string } {
  const { symbol, title = "" } = settings;
  const by = keyColumn(settings, schema);
  if (by === undefined) return { frame, title };
  const all = frame.select(pl.col(by)).unique({ maintainOrder: true }).getColumn(by).toArray();
  const [only] = all;
  if (symbol === undefined && all.length > 1) {
    throw new TaError(
      sentence`${CHART}: there are bars of ${all.length} symbols, ${listed(all)}; say whose with ${setting("symbol", only)}`,
    );
  }
  const chosen = symbol ?? only;
  if (symbol !== undefined && !all.some((one) => String(one) === String(symbol))) {
    throw new TaError(
      sentence`${CHART}: there is no ${by} "${symbol}"; ${FRAME_HAS} ${listed(all)}`,
    );
  }
  const named = settings.title ?? (chosen == null ? "" : String(chosen));
  if (all.length < 2) return { frame, title: named };
  return {
    frame: frame.filter(
      pl
        .col(by)
        .cast(pl.Utf8)
        .eq(pl.lit(String(chosen))),
    ),
    title: named,
  };
}

function listed(all: readonly unknown[]): string {
  const names = inQuotes(all.slice(0, 6));
  return all.length > 6 ? `${names} and others` : names;
}

/** The times of a frame, if it has any. Throws unless the rows are in their order. */
function timeOf(frame: DataFrame, settings: Settings, schema: Schema): Time | undefined {
  const plan = planOf(frame);
  const key = keyColumn(settings, schema);
  const skip = key === undefined ? [] : [key];
  const asked = settings.time;
  const advice = frameAdvice("by");
  const column = runSync(timesColumn(plan, { what: CHART, advice, schema, asked, skip }));
  const type = column === undefined ? undefined : schema.get(column);
  if (column === undefined || type === undefined) return undefined;
  const of = { what: CHART, column, type, advice, format: settings.timeFormat };
  const { expr, times } = runSync(readTimes(plan, of));
  const order = { what: CHART, column, times: expr, keys: [], advice } as const;
  runSync(checkOrder(plan, { ...order, repeats: "refused" }));
  return times ? milliseconds(plan, expr) : undefined;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, us: 1e3, ns: 1e6 };

/** Dates and times as milliseconds. */
function milliseconds(plan: NativeLazy, times: NativeExpr): Time {
  const [type] = [...columnTypes(plan.select([times.alias("times")])).values()];
  const { variant, unit = "ms", zone } = type as ColumnType;
  const column = wrap(times);
  const inner = (expr: unknown) => (expr as { _expr: NativeExpr })._expr;
  if (variant === "Date") {
    return { expr: inner(column.cast(pl.Int32).cast(pl.Float64).mul(86_400_000)) };
  }
  const number = column.cast(pl.Int64).cast(pl.Float64);
  return { expr: inner(number.div(UNITS[unit] ?? 1)), ...(zone && { zone }) };
}

/** Adds columns to a frame; the expressions may have `.ta`. */
export function adding(frame: DataFrame, exprs: readonly NativeExpr[]): DataFrame {
  return exprs.length > 0 ? frame.withColumns(...exprs.map(wrap)) : frame;
}

export const toNumber = (expr: NativeExpr): NativeExpr =>
  (wrap(expr).cast(pl.Float64) as unknown as { _expr: NativeExpr })._expr;

export const lit = native.lit;
