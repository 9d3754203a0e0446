/** The columns that `ta.check` looks at, in one frame, in the order of their groups and times. */

import { TaError } from "../core/errors.js";
import { columnList, columnSaid, FRAME, HAS, sentence } from "../core/sentence.js";
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
import { TIME_OPTION } from "../times/advice.js";
import { isTimeType, timesColumn } from "../times/choose.js";
import { readTimes } from "../times/read.js";
import { ADVICE } from "./kinds.js";
import { CHECK, type Settings, SLOTS, type Slot } from "./options.js";

/** The names of the columns of {@link Bars}, beside those of the slots. */
export const ROW = "row";
export const TIME = "time";
export const COUNT = "t";
export const GROUP = "g";
export const BEGINS = "begins";
export const keyName = (index: number): string => `key${index}`;
export const rawName = (slot: Slot): string => `raw_${slot}`;

/** What the columns of the frame are. */
export interface Columns {
  readonly slots: Readonly<Partial<Record<Slot, string>>>;
  readonly time?: string;
  readonly over: readonly string[];
}

/** The bars, by the names above. */
export interface Bars {
  readonly columns: Columns;
  /** Slots whose column is text. */
  readonly texts: readonly Slot[];
  /** Slots of prices that there are. */
  readonly prices: readonly Slot[];
  readonly height: number;
  readonly plan: NativeLazy;
  /** The times in the frame that was given, and whether they are Date or Datetime there. */
  readonly times?: NativeExpr;
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

export const count = (test: NativeExpr): NativeExpr => test.sum();

/** The columns with the usual names, or those that the options name. */
function slotsOf(settings: Settings, schema: Schema): Columns["slots"] {
  const found: Partial<Record<Slot, string>> = {};
  const columns = [...schema.keys()];
  for (const slot of SLOTS) {
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
    sentence`${CHECK}: ${FRAME} has no column open, high, low, close or volume; ${HAS} ${columnList(columns)}; say which one holds the prices with ${columnSaid("close", "…")}`,
  );
}

/** Reads the bars out of a frame. Nothing is sorted yet. */
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
  const isText = (slot: Slot) =>
    /^(String|Utf8)/.test(schema.get(slots[slot] ?? "")?.variant ?? "");
  const there = SLOTS.filter((slot) => slots[slot] !== undefined);
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
  const frame = yield* collect(plan.select([...keys, ...(counts ?? []), ...read]));
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
    ...(times && { times }),
    plan: frame.lazy().withRowIndex(ROW, 0),
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
    throw new TaError(
      sentence`${CHECK}: times are written ${format}, but no column has any; say which one with ${TIME_OPTION}`,
    );
  }
  return (yield* readTimes(plan, { what: CHECK, column, type, advice: ADVICE, format })).expr;
}

/** Sorts by columns; equal rows stay in their order, nulls come last. */
export function* sorted(bars: Bars, by: readonly string[]): Steps<Bars> {
  const no = by.map(() => false);
  const last = by.map(() => true);
  const rows = bars.plan.sort([...by], no, last, true, true);
  const marked = by.includes(GROUP) ? rows.withColumns([groupChanges().alias(BEGINS)]) : rows;
  const frame: NativeFrame = yield* collect(marked);
  return { ...bars, plan: frame.lazy() };
}
