/** The numbers that a chart draws. Polars cuts them to a range, shifts and thins them. */

import type { DataFrame, Expr } from "nodejs-polars";
import { BAR } from "../core/bar.js";
import { TaError } from "../core/errors.js";
import { FRAME_HAS, sentence, setting } from "../core/sentence.js";
import { type NativeExpr, pl } from "../polars/native.js";
import { withOthers } from "./compare.js";
import { type Drawn, type Found, pricesWith } from "./find.js";
import { CHART, type Settings } from "./options.js";
import { adding, type Source, TIME, toNumber, wrap } from "./source.js";

/** A bar: its index `i`, its prices, and the values of series by key. */
export type Row = Readonly<Record<string, number>>;

/** A series of a chart, and the key of its values in the rows. */
export interface Series extends Drawn {
  readonly key: string;
  /** The column or indicator that it belongs to. */
  readonly group: string;
  readonly id: string;
  /** Whether it has the closes of a symbol that is compared with the bars. */
  readonly compared?: true;
}

export interface Bars {
  readonly rows: readonly Row[];
  /** For each row its local time in milliseconds, or null. */
  readonly times: readonly (number | null)[];
  readonly series: readonly Series[];
  /** The number of the first bar in the frame. */
  readonly first: number;
  /** How many bars of the frame each drawn bar represents. */
  readonly each: number;
  /** How many bars of the frame are drawn. */
  readonly count: number;
}

/**
 * All columns of a chart, one row per bar, then `ahead` rows for series that are drawn after the
 * last bar.
 */
export interface Flat {
  readonly frame: DataFrame;
  readonly series: readonly Series[];
  readonly ahead: number;
}

const NUMBER = "i";
const BUCKET = "__ta_bucket";
const MADE = "__ta_bars";

/** The field of the closes that were traded, if bars are drawn that an indicator makes of them. */
export const TRADED = "traded";

/**
 * Reads the series, and shifts those that the catalog draws some bars ahead or behind.
 *
 * @param made The bars to draw instead of those that were traded, as a struct of prices.
 */
export function flatten(source: Source, found: readonly Found[], made?: NativeExpr): Flat {
  const series = found.flatMap((one, group) =>
    [...one.drawn, ...pricesWith(one, source.prices)].map((drawn, index) => ({
      ...drawn,
      key: `s${group}_${index}`,
      group: one.name,
      id: one.id,
    })),
  );
  const prices = BAR.flatMap((name) => {
    const column = source.prices[name];
    if (column === undefined) return [];
    const traded = toNumber(wrapped(pl.col(column)));
    if (made === undefined || name === "volume") return [traded.alias(name)];
    const price = toNumber(wrapped(pl.col(MADE)).structFieldByName(name)).alias(name);
    return name === "close" ? [price, traded.alias(TRADED)] : [price];
  });
  const { time } = source;
  const values = series.map(({ expr, key }) => expr.alias(key));
  const all = adding(source.frame, [
    ...(time ? [time.expr.alias("__ta_time")] : []),
    ...(made ? [made.alias(MADE)] : []),
    ...values,
  ]);
  const flat = all.select(
    wrap((time ? wrapped(pl.col("__ta_time")) : wrapped(pl.lit(null))).alias(TIME)),
    ...prices.map(wrap),
    ...series.map(({ key }) => wrap(toNumber(wrapped(pl.col(key))).alias(key))),
  );
  const ahead = Math.max(0, ...series.map(({ output }) => output.display_shift));
  const compared = withOthers({ frame: flat, series, ahead }, source.others);
  return { ...compared, frame: shifted(compared.frame, series, ahead) };
}

const wrapped = (expr: unknown): NativeExpr => (expr as { _expr: NativeExpr })._expr;

function shifted(frame: DataFrame, series: readonly Series[], ahead: number): DataFrame {
  const moved = series.filter(({ output }) => output.display_shift !== 0);
  if (moved.length === 0) return frame;
  const rows = pl.DataFrame({
    [NUMBER]: Array.from({ length: ahead }, (_, i) => frame.height + i),
  });
  const numbered = frame.withRowIndex(NUMBER).withColumn(pl.col(NUMBER).cast(pl.Float64));
  const longer =
    ahead > 0
      ? pl.concat([numbered, rows.withColumn(pl.col(NUMBER).cast(pl.Float64))], { how: "diagonal" })
      : numbered;
  return longer
    .withColumns(...moved.map(({ key, output }) => pl.col(key).shift(output.display_shift)))
    .drop(NUMBER);
}

/** The bars of a cut, merged so that there are at most `most`. */
export function barsOf({ first, count, cut, series }: Cut, source: Source, most: number): Bars {
  const each = Math.max(1, Math.ceil(cut.height / most));
  const frame = each > 1 ? thinned(cut, series, each) : cut;
  const records = frame.toRecords() as Record<string, unknown>[];
  return {
    rows: records.map(rowOf),
    times: records.map((record) => clock(record[TIME], source.time?.zone)),
    series,
    first,
    each,
    count,
  };
}

/** The local times of the first and the last bar with a time, in milliseconds; null without any. */
export function spanOf({ cut, count }: Cut, { time }: Source): [number | null, number | null] {
  const times = cut.head(count).getColumn(TIME).dropNulls();
  const at = (row: number) => clock(times.length === 0 ? null : times.get(row), time?.zone);
  return [at(0), at(times.length - 1)];
}

function rowOf(record: Readonly<Record<string, unknown>>, index: number): Row {
  const row: Record<string, number> = { [NUMBER]: index };
  for (const [name, value] of Object.entries(record)) {
    // A missing number breaks a line. Eight digits are more than a screen shows.
    if (name === TIME || typeof value !== "number" || !Number.isFinite(value)) continue;
    row[name] = Number(value.toPrecision(8));
  }
  return row;
}

/** The part of a flat frame that is drawn. */
export interface Cut {
  /** The index of its first bar in the frame. */
  readonly first: number;
  /** How many bars it has; rows after the last bar may follow. */
  readonly count: number;
  readonly cut: DataFrame;
  readonly series: readonly Series[];
}

export function inRange(flat: Flat, source: Source, settings: Settings): Cut {
  const { frame, ahead, series } = flat;
  const { from, to, last } = settings;
  const real = frame.height - ahead;
  let [start, end] = [0, frame.height];
  if (from !== undefined || to !== undefined) {
    const numbered = source.time === undefined;
    const number = numbered ? pl.col("__ta_row") : pl.col(TIME);
    const low = from === undefined ? undefined : limit("from", from, numbered, false);
    const high = to === undefined ? undefined : limit("to", to, numbered, true);
    const bars = frame.slice(0, real).withRowIndex("__ta_row");
    const before = (limitAt: number | undefined, orAt: boolean) =>
      limitAt === undefined
        ? undefined
        : bars.filter(orAt ? number.ltEq(limitAt) : number.lt(limitAt)).height;
    start = before(low, false) ?? 0;
    end = before(high, true) ?? end;
    if (start >= Math.min(end, real)) {
      throw new TaError(
        `${CHART}: there are no bars from ${from ?? "the first"} to ${to ?? "the last"}`,
      );
    }
  }
  if (last !== undefined) start = Math.max(start, Math.min(end, real) - last);
  const count = Math.min(end, real) - start;
  return { first: start, count, cut: frame.slice(start, end - start), series };
}

/**
 * A limit in milliseconds, or as a bar number. For an end, the last moment of the day, month or
 * year that a text names.
 */
function limit(
  name: string,
  value: string | Date | number,
  numbered: boolean,
  end: boolean,
): number {
  if (numbered) {
    if (typeof value === "number") return value;
    throw new TaError(
      sentence`${CHART}: ${setting(name)} is a time, but ${FRAME_HAS} none: bars are numbered from 0`,
    );
  }
  if (value instanceof Date) return value.getTime();
  const text = String(value);
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  const start = Date.parse(
    parts || /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(" ", "T")}Z`,
  );
  if (Number.isNaN(start) || typeof value === "number") {
    throw new TaError(
      sentence`${CHART}: ${setting(name)} must be a time such as "2024-03-28", "2024-03" or "2024-03-28T14:30", got ${JSON.stringify(value)}`,
    );
  }
  if (!parts || !end) return start;
  const [year, month, day] = parts.slice(1).map((part) => (part === undefined ? undefined : +part));
  const after =
    month === undefined
      ? Date.UTC((year as number) + 1, 0)
      : day === undefined
        ? Date.UTC(year as number, month)
        : start + 86_400_000;
  return after - 1;
}

/** How the values of merged bars become one. */
function aggregate(name: string, series: Series | undefined): Expr {
  const column = pl.col(name);
  if (series?.primitive === "marker") {
    // The value of largest size, so that no mark is lost.
    const [high, low] = [column.max(), column.min()];
    return pl
      .when(high.gtEq(low.mul(-1)))
      .then(high)
      .otherwise(low)
      .alias(name);
  }
  const aggregates: Readonly<Record<string, Expr>> = {
    [TIME]: column.first(),
    open: column.first(),
    high: column.max(),
    low: column.min(),
    volume: column.sum(),
  };
  return (series === undefined && aggregates[name]) || column.dropNulls().last();
}

function thinned(frame: DataFrame, series: readonly Series[], each: number): DataFrame {
  const bucket = pl.col(BUCKET).cast(pl.Float64).div(each).floor();
  const byKey = new Map(series.map((one) => [one.key, one]));
  return frame
    .withRowIndex(BUCKET)
    .withColumn(bucket.alias(BUCKET))
    .groupBy(BUCKET)
    .agg(...frame.columns.map((name) => aggregate(name, byKey.get(name))))
    .sort(BUCKET)
    .drop(BUCKET);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The local time of a moment in a zone, in milliseconds. */
function clock(time: unknown, zone: string | undefined): number | null {
  if (typeof time !== "number") return null;
  if (zone === undefined || zone === "UTC") return time;
  let format = clocks.get(zone);
  if (format === undefined) {
    const number = "numeric";
    const parts = { year: number, month: number, day: number, hour: number } as const;
    const rest = { minute: number, second: number, hourCycle: "h23", timeZone: zone } as const;
    format = new Intl.DateTimeFormat("en-US", { ...parts, ...rest });
    clocks.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(time).map((one) => [one.type, +one.value]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
