/** The columns that `ta.check` looks at, in one frame, in the order of their groups and times. */

import { BAR, type BarField } from "../core/bar.js";
import { TaError } from "../core/errors.js";
import { columnList, columnSaid, FRAME_HAS, sentence } from "../core/sentence.js";
import { findUsual } from "../core/usual.js";
import { columnOf, columnTypes, type Schema, typeName } from "../lazy/frames.js";
import {
  DataType,
  type NativeExpr,
  type NativeFrame,
  type NativeLazy,
  native,
} from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import { noTimes } from "../times/advice.js";
import { isTimeType, timesColumn } from "../times/choose.js";
import { readTimes } from "../times/read.js";
import { separators } from "../times/series.js";
import { ADVICE } from "./kinds.js";
import { CHECK, type Settings } from "./options.js";

/** The names of the columns of {@link Bars}, beside those of the slots. */
export const ROW = "row";
export const TIME = "time";
export const COUNT = "t";
export const GROUP = "g";
export const BEGINS = "begins";
export const keyName = (index: number): string => `key${index}`;
const otherName = (index: number): string => `other${index}`;
export const rawName = (slot: BarField): string => `raw_${slot}`;

/** What the columns of the frame are. */
export interface Columns {
  readonly slots: Readonly<Partial<Record<BarField, string>>>;
  readonly time?: string;
  readonly over: readonly string[];
}

/** The bars, by the names above. */
export interface Bars {
  readonly columns: Columns;
  /** Slots whose column is text. */
  readonly texts: readonly BarField[];
  /** Slots of prices that there are. */
  readonly prices: readonly BarField[];
  readonly height: number;
  readonly plan: NativeLazy;
  /** The rows as they were read, with the columns that may separate series, and their names. */
  readonly read: NativeLazy;
  readonly others: readonly string[];
  /** Whether the rows of `plan` are in the order of the frame. */
  readonly moved: boolean;
  /** Whether the times in the frame are Date or Datetime. */
  readonly typed: boolean;
  /** Counts of `COUNT` in a millisecond; none if the times are numbers that only count. */
  readonly perMs?: number;
  /** The zone of the times, if they have one. */
  readonly zone?: string;
}

export const col = (name: string): NativeExpr => native.col(name);
export const lit = (value: unknown): NativeExpr => native.lit(value);

/** A column of the row before, in the order of the plan. */
export const before = (name: string): NativeExpr => col(name).shift(lit(1));

/** Where `test` holds of a row and the one before, within a group. */
export function beside(bars: Bars, test: NativeExpr): NativeExpr {
  return bars.columns.over.length > 0 ? test.and(col(BEGINS).not()) : test;
}

/** Where the group is not that of the row before. */
export const groupChanges = (): NativeExpr => col(GROUP).neq(before(GROUP)).fillNull(lit(true));

/** The number of groups, where the rows of each are together. */
export const groupCount = ({ columns }: Bars): NativeExpr =>
  columns.over.length > 0 ? count(col(BEGINS)) : lit(1);

export const count = (test: NativeExpr): NativeExpr => test.sum();

/** The columns with the usual names, or those that the options name. */
function slotsOf(settings: Settings, schema: Schema): Columns["slots"] {
  const found: Partial<Record<BarField, string>> = {};
  const columns = [...schema.keys()];
  for (const slot of BAR) {
    const asked = settings[slot];
    const about = { where: CHECK, remedy: (column: string) => columnSaid(slot, column) };
    const name =
      asked === undefined ? findUsual(slot, columns, about) : columnOf(CHECK, slot, asked, schema);
    if (name === undefined) continue;
    const type = schema.get(name);
    if (type && !/^(U?Int|Float|Decimal|String|Utf8|Null)/.test(type.variant)) {
      throw new TaError(
        `${CHECK}: ${slot} must be numbers, but column "${name}" is ${typeName(type)}`,
      );
    }
    found[slot] = name;
  }
  if (Object.keys(found).length > 0) return found;
  throw new TaError(
    sentence`${CHECK}: there is no column open, high, low, close or volume; ${FRAME_HAS} ${columnList(columns)}; say which one holds the prices with ${columnSaid("close", "…")}`,
  );
}

/** Reads the bars out of a frame. Nothing is sorted yet. `plan` runs once. */
export function* barsOf(plan: NativeLazy, settings: Settings): Steps<Bars> {
  const schema = columnTypes(plan);
  const { over } = settings;
  for (const name of over) columnOf(CHECK, "over", name, schema);
  const slots = slotsOf(settings, schema);
  const taken = [...over, ...Object.values(slots)];
  const what = { what: CHECK, advice: ADVICE };
  const among = { ...what, schema, asked: settings.time, skip: taken };
  const time = yield* timesColumn(plan, among);
  const times = yield* timesOf(plan, time, settings, schema);
  const isText = (slot: BarField) =>
    /^(String|Utf8)/.test(schema.get(slots[slot] ?? "")?.variant ?? "");
  const there = BAR.filter((slot) => slots[slot] !== undefined);
  const texts = there.filter(isText);
  const read = there.flatMap((slot) => {
    const column = col(slots[slot] as string);
    const number = column.cast(DataType.Float64, false).alias(slot);
    return texts.includes(slot) ? [number, column.alias(rawName(slot))] : [number];
  });
  const keys = over.map((name, index) => col(name).alias(keyName(index)));
  const counts = times && [
    times.alias(TIME),
    times.toPhysical().cast(DataType.Int64, false).alias(COUNT),
  ];
  const others = separators(schema, time === undefined ? taken : [...taken, time]);
  const more = others.map((name, index) => col(name).alias(otherName(index)));
  const frame = yield* collect(plan.select([...keys, ...(counts ?? []), ...read, ...more]));
  const type = columnTypes(frame.lazy()).get(TIME);
  const perMs = { Date: 1 / 86_400_000, ms: 1, us: 1e3, ns: 1e6 }[
    type?.unit ?? type?.variant ?? ""
  ];
  return {
    columns: { slots, over, ...(time !== undefined && { time }) },
    texts,
    prices: there.filter((slot) => slot !== "volume"),
    height: frame.height,
    typed: isTimeType(schema.get(time ?? "") ?? { variant: "" }),
    others,
    read: frame.lazy(),
    plan: numbered(frame.lazy(), others),
    moved: false,
    ...(perMs !== undefined && { perMs }),
    ...(type?.zone !== undefined && { zone: type.zone }),
  };
}

function* timesOf(
  plan: NativeLazy,
  column: string | undefined,
  { timeFormat: format }: Settings,
  schema: Schema,
): Steps<NativeExpr | undefined> {
  const type = column === undefined ? undefined : schema.get(column);
  if (column === undefined || type === undefined) {
    if (format === undefined) return undefined;
    throw noTimes(CHECK, format);
  }
  const of = { what: CHECK, column, type, advice: ADVICE, format, keep: true };
  return (yield* readTimes(plan, of)).expr;
}

/**
 * Sorts by columns, and marks where groups begin; equal rows stay in their order, nulls come last.
 * Leaves out prices and volume whose order does not matter.
 */
export function* sorted(bars: Bars, by: readonly string[]): Steps<Bars> {
  const no = by.map(() => false);
  const last = by.map(() => true);
  const needed = [...bars.prices.slice(0, 1), "open", "close"];
  const left = BAR.flatMap((slot) => [...(needed.includes(slot) ? [] : [slot]), rawName(slot)]);
  const names = bars.plan.columns.filter((name) => !left.includes(name));
  const rows = bars.plan.select(names.map(col)).sort([...by], no, last, true, true);
  const isGrouped = bars.columns.over.length > 0;
  const marked = isGrouped ? rows.withColumns([groupChanges().alias(BEGINS)]) : rows;
  const frame: NativeFrame = yield* collect(marked);
  return { ...bars, plan: frame.lazy(), moved: true };
}

/** Sorted bars with the prices that were left out of them. `read` has the rows in frame order. */
export function* withPrices(bars: Bars, read: Bars): Steps<Bars> {
  if (!bars.moved) return bars;
  const frame = yield* collect(bars.plan);
  const rows = native.litSeries(frame.column(ROW));
  const missing = bars.prices.filter((name) => !frame.columns.includes(name));
  const prices = yield* collect(read.plan.select(missing.map((name) => col(name).gather(rows))));
  return { ...bars, plan: frame.hstack(prices.getColumns()).lazy() };
}

/** The bars as they were read, in smaller groups: `names` are some of `others`. */
export function regrouped({ read, ...bars }: Bars, names: readonly string[]): Bars {
  const { over } = bars.columns;
  const keys = names.map((name, index) => other(bars, name).alias(keyName(over.length + index)));
  const keyed = read.withColumns(keys);
  const columns = { ...bars.columns, over: [...over, ...names] };
  return { ...bars, columns, read: keyed, plan: numbered(keyed, bars.others), moved: false };
}

/** A column that may separate series, in `read`. */
export const other = ({ others }: Pick<Bars, "others">, name: string): NativeExpr =>
  col(otherName(others.indexOf(name)));

const numbered = (read: NativeLazy, others: readonly string[]): NativeLazy =>
  read.dropColumns(others.map((_, index) => otherName(index))).withRowIndex(ROW, 0);
