/** From a frame to the bars of one symbol, in order, with the columns that a chart reads. */

import type { DataFrame } from "nodejs-polars";
import { TaError } from "../errors.js";
import { columnOf, columnTypes, inOrder, planOf, type Schema } from "../frames.js";
import { type NativeExpr, type NativeFrame, native, pl, wrappers } from "../polars.js";
import { runSync } from "../steps.js";
import { CHART, type Settings } from "./options.js";

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

export function sourceOf(whole: DataFrame, settings: Settings): Source {
  const schema = columnTypes(planOf(whole));
  const prices = priceColumns(settings, schema);
  const { frame, title } = ofSymbol(whole, settings, schema);
  if (frame.height === 0) throw new TaError(`${CHART}: the frame has no rows`);
  const name = timeColumn(settings, schema);
  const time = name === undefined ? undefined : timeOf(frame, name, schema);
  if (time && name) checkOrder(frame, time, name);
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

const TIMES = ["Date", "Datetime"];
const TEXTS = ["String", "Utf8"];
const CALLED = /^(date|time|datetime|timestamp)$/i;

/** The column of the times, if the frame has any. */
function timeColumn({ time }: Settings, schema: Schema): string | undefined {
  if (time !== undefined) return columnOf(CHART, "time", time, schema);
  const having = (types: readonly string[]) =>
    [...schema].filter(([, { variant }]) => types.includes(variant)).map(([name]) => name);
  const times = having(TIMES);
  if (times.length < 2) return times[0] ?? having(TEXTS).find((name) => CALLED.test(name));
  const usual = times.find((name) => CALLED.test(name));
  if (usual !== undefined) return usual;
  const names = times.map((name) => `"${name}"`).join(", ");
  throw new TaError(`${CHART}: several columns hold times, ${names}; say which with time`);
}

const FORMATS = ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
const UNITS: Readonly<Record<string, number>> = { ms: 1, us: 1e3, ns: 1e6 };

/** The times of a column in milliseconds. */
function timeOf(frame: DataFrame, name: string, schema: Schema): Time {
  const {
    variant,
    unit = "ms",
    zone,
  } = schema.get(name) as { variant: string } & Partial<Record<"unit" | "zone", string>>;
  const column = pl.col(name);
  const inner = (expr: unknown) => (expr as { _expr: NativeExpr })._expr;
  if (variant === "Date") {
    return { expr: inner(column.cast(pl.Int32).cast(pl.Float64).mul(86_400_000)) };
  }
  if (variant === "Datetime") {
    const expr = inner(
      column
        .cast(pl.Int64)
        .cast(pl.Float64)
        .div(UNITS[unit] ?? 1),
    );
    return { expr, ...(zone && { zone }) };
  }
  if (!TEXTS.includes(variant)) {
    throw new TaError(
      `${CHART}: time must be a Date, a Datetime or ISO text, but column "${name}" is ${variant}`,
    );
  }
  for (const format of FORMATS) {
    const parsed = column.str.strptime(pl.Datetime("ms"), format).cast(pl.Datetime("ms"));
    const milliseconds = parsed.cast(pl.Int64).cast(pl.Float64);
    try {
      frame.select(milliseconds);
      return { expr: inner(milliseconds) };
    } catch {
      // Another format, then.
    }
  }
  throw new TaError(
    `${CHART}: column "${name}" has texts that are no ISO times, such as "${frame.getColumn(name).toArray()[0]}"; parse it first, or drop it to number the bars`,
  );
}

function checkOrder(frame: DataFrame, time: Time, name: string): void {
  const plan = planOf(frame.withColumns(wrap(time.expr.alias(name))));
  runSync(inOrder(plan, { what: CHART, time: name, keys: [] }, { describeOnly: false } as never));
}

/** A frame with columns added, whose expressions may be `.ta`. */
export function adding(frame: DataFrame, exprs: readonly NativeExpr[]): DataFrame {
  return exprs.length > 0 ? frame.withColumns(...exprs.map(wrap)) : frame;
}

export const toNumber = (expr: NativeExpr): NativeExpr =>
  (wrap(expr).cast(pl.Float64) as unknown as { _expr: NativeExpr })._expr;

export const lit = native.lit;
