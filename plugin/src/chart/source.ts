/** From a frame to the bars of one symbol, in order, with the columns that a chart reads. */

import { createRequire } from "node:module";
import type { DataFrame } from "nodejs-polars";
import { TaError } from "../errors.js";
import { type ColumnType, columnOf, columnTypes, planOf, type Schema } from "../frames.js";
import { type NativeExpr, type NativeFrame, type NativeLazy, native, wrappers } from "../polars.js";
import { runSync } from "../steps.js";
import type { Advice } from "../times/advice.js";
import { timesColumn } from "../times/choose.js";
import { checkOrder } from "../times/order.js";
import { readTimes } from "../times/read.js";
import { CHART, type Settings } from "./options.js";

/** Polars as users have it: nothing here is called often enough to go past its wrappers. */
export const pl = createRequire(import.meta.url)("nodejs-polars") as typeof import("nodejs-polars");

/** What a column can be drawn as. */
export interface Column {
  /** Numbers or flags. */
  readonly drawable: boolean;
  /** The fields of a struct. */
  readonly fields?: readonly string[];
  readonly type: string;
}

export const PRICES = ["open", "high", "low", "close", "volume"] as const;

/** The bars of a chart before they are cut and thinned. */
export interface Source {
  readonly frame: DataFrame;
  readonly columns: ReadonlyMap<string, Column>;
  /** Which columns hold the prices and the volume, of those that there are. */
  readonly prices: Readonly<Partial<Record<(typeof PRICES)[number], string>>>;
  /** The times as milliseconds, or nothing if bars are numbered. */
  readonly time?: Time;
  readonly title: string;
}

export interface Time {
  readonly expr: NativeExpr;
  /** Whose clocks the labels show. */
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

export function sourceOf(whole: DataFrame, settings: Settings, advice: Advice): Source {
  const schema = columnTypes(planOf(whole));
  const prices = priceColumns(settings, schema);
  const { frame, title } = ofSymbol(whole, settings, schema);
  if (frame.height === 0) throw new TaError(`${CHART}: the frame has no rows`);
  const time = timeOf(frame, settings, schema, advice);
  return { frame, columns: columnsOf(schema, frame), prices, title, ...(time && { time }) };
}

function priceColumns(settings: Settings, schema: Schema): Source["prices"] {
  const found: Partial<Record<(typeof PRICES)[number], string>> = {};
  for (const name of PRICES) {
    const asked = settings[name];
    if (asked === false || (asked === undefined && !schema.has(name))) continue;
    const column = columnOf(CHART, name, asked ?? name, schema);
    const { variant = "" } = schema.get(column) ?? {};
    if (!NUMBER.test(variant)) {
      throw new TaError(`${CHART}: ${name} must be numbers, but column "${column}" is ${variant}`);
    }
    found[name] = column;
  }
  if (found.close !== undefined) return found;
  const names = [...schema.keys()].map((one) => `"${one}"`).join(", ");
  throw new TaError(
    `${CHART}: no column "close"; the frame has ${names}; say which one has the prices with close`,
  );
}

const SYMBOL = "symbol";

/** The rows of one symbol. */
function ofSymbol(
  frame: DataFrame,
  settings: Settings,
  schema: Schema,
): { frame: DataFrame; title: string } {
  const { by: asked, symbol, title = "" } = settings;
  const by = asked ?? (schema.has(SYMBOL) ? SYMBOL : undefined);
  if (by === undefined) {
    if (symbol === undefined) return { frame, title };
    throw new TaError(`${CHART}: there is no column "${SYMBOL}"; say which one it is with by`);
  }
  columnOf(CHART, "by", by, schema);
  const all = frame.select(pl.col(by)).unique({ maintainOrder: true }).getColumn(by).toArray();
  const [only] = all;
  if (symbol === undefined && all.length > 1) {
    throw new TaError(
      `${CHART}: the frame has the bars of ${all.length} symbols, ${listed(all)}; say whose with { symbol: ${JSON.stringify(only)} }`,
    );
  }
  const chosen = symbol ?? only;
  if (symbol !== undefined && !all.some((one) => String(one) === String(symbol))) {
    throw new TaError(`${CHART}: there is no ${by} "${symbol}"; the frame has ${listed(all)}`);
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
  const names = all.slice(0, 6).map((one) => JSON.stringify(one));
  return all.length > 6 ? `${names.join(", ")} and others` : names.join(", ");
}

/** The times of a frame, if it has any, in the order of which its rows must be. */
function timeOf(
  frame: DataFrame,
  settings: Settings,
  schema: Schema,
  advice: Advice,
): Time | undefined {
  const plan = planOf(frame);
  const skip = [settings.by ?? SYMBOL];
  const asked = settings.time;
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

/** A frame with columns added, whose expressions may be `.ta`. */
export function adding(frame: DataFrame, exprs: readonly NativeExpr[]): DataFrame {
  return exprs.length > 0 ? frame.withColumns(...exprs.map(wrap)) : frame;
}

export const toNumber = (expr: NativeExpr): NativeExpr =>
  (wrap(expr).cast(pl.Float64) as unknown as { _expr: NativeExpr })._expr;

export const lit = native.lit;
