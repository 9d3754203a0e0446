/** Bars of the past: frames, Arrow tables and records, as columns. */

import type { DataFrame, LazyDataFrame } from "nodejs-polars";
import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import type { FieldColumn } from "../core/streams.js";
import { columnTypes, type Frame, planOf } from "../lazy/frames.js";
import type { PipelineConfig } from "../pipeline/config.js";
import { inTimeOrder, orderingOf } from "../pipeline/order.js";
import { type ArrowTable, isTable } from "../pipeline/table.js";
import {
  DataType,
  isFrame,
  isLazy,
  type NativeExpr,
  type NativeFrame,
  type NativeLazy,
  type NativeSeries,
  native,
  wrappers,
} from "../polars/native.js";
import { collect, runSync, type Steps } from "../polars/steps.js";
import { frameAdvice } from "../times/advice.js";
import { isNumberType, timesColumn } from "../times/choose.js";
import { readTimes } from "../times/read.js";
import { type ColumnValues, columnNamed, fieldColumn, innerColumn } from "./columns.js";
import { asBar, type Bar, type FieldKind, type Fields, TAG } from "./fields.js";
import { type Keys, type KeyValue, keyValue } from "./keys.js";
import type { Times } from "./times.js";

/** What `warm` takes. */
export type History = DataFrame | LazyDataFrame | ArrowTable | readonly Bar[];

/** Bars as columns, in order. */
export interface Bars {
  readonly rows: number;
  readonly fields: readonly FieldColumn[];
  /** The key of each row, by its number in `distinct`. */
  readonly keys: Uint32Array;
  readonly distinct: readonly (readonly KeyValue[])[];
  readonly times: Float64Array | undefined;
}

/** What reading needs of a stream. */
export interface Reader {
  readonly fields: Fields;
  readonly keys: Keys;
  readonly times: Times;
  readonly config: PipelineConfig;
}

/** The bars of a history. */
export function barsOf(history: unknown, reader: Reader): Bars {
  if (isFrame(history) || isLazy(history)) {
    return runSync(fromFrame(history as unknown as Frame, reader));
  }
  if (isTable(history)) return fromTable(history, reader);
  if (Array.isArray(history)) return fromRecords(history, reader);
  throw new TaError(
    `stream: warm takes a DataFrame, a LazyDataFrame, an Arrow table or a list of bars, got ${describe(history)}`,
  );
}

const INDEX = "__ta_row";
const TIME = "__ta_time";
const FIRST = "__ta_first";

function* fromFrame(frame: Frame, { fields, keys, times, config }: Reader): Steps<Bars> {
  const plan = planOf(frame);
  const schema = columnTypes(plan);
  const columns = [...schema.keys()];
  const names = fields.find(columns, "the frame");
  const ordered = inTimeOrder(plan, keys.over, { ...orderingOf(config), what: "stream" });
  const kept = (yield* collect(ordered)).lazy();
  const over = keys.over.map((name) => native.col(name));
  const inputs = names.map((name, index) => {
    const inner = fields.fields[index]?.path[1];
    const column = native.col(name);
    return (inner === undefined ? column : column.structFieldByName(inner)).alias(`f${index}`);
  });
  const time = yield* timeOf(kept, schema, keys.over, times, config);
  const row = native.col(INDEX);
  const first = over.length > 0 ? row.first().over(over) : row.first();
  const all = kept
    .withRowIndex(INDEX, 0)
    .withColumns([first.alias(FIRST), ...(time ? [time.expr.alias(TIME)] : []), ...inputs]);
  const wanted = [...inputs.keys()].map((index) => native.col(`f${index}`));
  const found = yield* collect(
    all.select([native.col(FIRST), ...(time ? [native.col(TIME)] : []), ...wanted]),
  );
  const firsts = found.column(FIRST).toTypedArray() as Uint32Array;
  const named = yield* collect(
    all.filter(native.col(FIRST).eq(native.col(INDEX))).select([...over, native.col(FIRST)]),
  );
  const distinct = keyRows(named, keys.over);
  const numberOf = new Map<number, number>();
  (named.column(FIRST).toTypedArray() as Uint32Array).forEach((first, key) => {
    numberOf.set(first, key);
  });
  return {
    rows: found.height,
    fields: yield* frameFields(found, fields),
    keys: firsts.map((first) => numberOf.get(first) ?? 0),
    distinct,
    times: time
      ? (found.column(TIME).toTypedArray() as Float64Array).map((each) => each / time.parts)
      : undefined,
  };
}

/**
 * The times of a frame as numbers. Divided by `parts`, which JavaScript does exactly where polars
 * does not, they are what single bars have: milliseconds, or numbers as they are.
 */
function* timeOf(
  plan: NativeLazy,
  schema: ReturnType<typeof columnTypes>,
  skip: readonly string[],
  times: Times,
  config: PipelineConfig,
): Steps<{ readonly expr: NativeExpr; readonly parts: number } | undefined> {
  if (config.time === false) return undefined;
  const about = { what: "stream", advice: frameAdvice() };
  const asked = times.name ?? config.time;
  const column = yield* timesColumn(plan, { ...about, schema, asked, skip });
  const type = column === undefined ? undefined : schema.get(column);
  if (column === undefined || type === undefined) return undefined;
  const isNumber = isNumberType(type);
  times.set(column, isNumber ? "number" : "instant");
  if (isNumber) return { expr: native.col(column).cast(DataType.Float64, true), parts: 1 };
  const format = config.timeFormat;
  const { expr, times: isTime } = yield* readTimes(plan, { ...about, column, type, format });
  if (!isTime) return { expr: expr.cast(DataType.Float64, true), parts: 1 };
  const make = DataType.Datetime as (unit: string) => unknown;
  const micros = expr.cast(make.call(DataType, "us"), true).cast(DataType.Int64, true);
  return { expr: micros.cast(DataType.Float64, true), parts: 1000 };
}

/** The keys of a frame's rows. */
function keyRows(frame: NativeFrame, over: readonly string[]): KeyValue[][] {
  const rows: Record<string, unknown>[] = wrappers.frame._DataFrame(frame).toRecords();
  return rows.map((row) => over.map((name) => keyValue(name, row[name])));
}

/** The fields of a frame, as the addon takes them. */
function* frameFields(frame: NativeFrame, fields: Fields): Steps<FieldColumn[]> {
  const made: FieldColumn[] = [];
  for (const [index, kind] of fields.kinds.entries()) {
    const name = `f${index}`;
    const series = frame.column(name);
    made.push(
      yield* seriesField(frame, series, name, fields.fields[index]?.path.join(".") ?? "", kind),
    );
  }
  return made;
}

const dtypeOf = ({ dtype }: NativeSeries): string =>
  typeof dtype === "string" ? dtype : dtype.variant;

function* seriesField(
  frame: NativeFrame,
  series: NativeSeries,
  name: string,
  shown: string,
  kind: FieldKind,
): Steps<FieldColumn> {
  const dtype = dtypeOf(series);
  const isText = /^(String|Utf8|Categorical|Enum)$/.test(dtype);
  const isNull = dtype === "Null";
  const fits =
    isNull ||
    (isText
      ? kind === "text" || kind === "any"
      : /^(U?Int|Float|Bool)/.test(dtype)
        ? kind !== "text" && (kind !== "condition" || dtype === "Bool" || dtype === "Boolean")
        : kind === "key" && /^(Date|Time|Duration)/.test(dtype));
  if (!fits) {
    throw new TaError(`stream: ${shown} must be a column of ${kind}s, the frame has ${dtype}`);
  }
  if (isText) {
    const texts = wrappers.series._Series(series).toArray() as (string | null)[];
    return { numbers: new Float64Array(0), tag: TAG.text, texts };
  }
  const column = native.col(name);
  const physical = /^(Date|Time|Duration)/.test(dtype) ? column.cast(DataType.Int64, true) : column;
  const numbers = physical.cast(DataType.Float64, true);
  const converted = yield* collect(
    frame
      .lazy()
      .select([
        numbers.fillNull(native.lit(Number.NaN)).alias("numbers"),
        column.isNull().cast(DataType.UInt8, true).alias("nulls"),
      ]),
  );
  const isCondition = dtype.startsWith("Bool") && kind !== "key";
  return {
    numbers: converted.column("numbers").toTypedArray() as Float64Array,
    tag: isCondition ? TAG.condition : TAG.number,
    nulls: converted.column("nulls").toTypedArray() as Uint8Array,
  };
}

/** A column of an Arrow table. */
interface Vector {
  readonly nullCount: number;
  toArray(): ArrayLike<unknown>;
  [Symbol.iterator](): Iterator<unknown>;
}

function fromTable(table: ArrowTable, reader: Reader): Bars {
  const columns = table.schema.fields.map(({ name }) => String(name));
  const child = (name: string): ColumnValues => {
    const vector = (table as unknown as { getChild(name: string): Vector }).getChild(name);
    const array = vector.nullCount === 0 ? vector.toArray() : undefined;
    return array instanceof Float64Array ? array : [...vector];
  };
  const rows = (table as unknown as { numRows: number }).numRows;
  return fromColumns(columns, child, rows, reader, "the table");
}

function fromRecords(bars: readonly unknown[], reader: Reader): Bars {
  const records = bars.map(asBar);
  const columns = Object.keys(records[0] ?? {});
  if (records.length === 0) {
    return {
      rows: 0,
      fields: emptyFields(reader),
      keys: new Uint32Array(0),
      distinct: [],
      times: undefined,
    };
  }
  const child = (name: string) => records.map((bar) => bar[name]);
  return fromColumns(columns, child, records.length, reader, "the bar");
}

const emptyFields = ({ fields }: Reader): FieldColumn[] =>
  fields.kinds.map(() => ({ numbers: new Float64Array(0), tag: TAG.number }));

/** Bars from columns by name. */
function fromColumns(
  columns: readonly string[],
  child: (name: string) => ColumnValues,
  rows: number,
  { fields, keys, times }: Reader,
  what: string,
): Bars {
  const names = fields.find(columns, what);
  const made = names.map((name, index) => {
    const field = fields.fields[index] as (typeof fields.fields)[number];
    const column = innerColumn(child(name), field.path[1]);
    return fieldColumn(field, fields.kinds[index] as FieldKind, column, true);
  });
  const keyColumns = keys.over.map((name) => {
    if (columns.includes(name)) return child(name);
    return columnNamed({}, name, rows);
  });
  const distinct: KeyValue[][] = [];
  const numberOf = new Map<string, number>();
  const numbers = Uint32Array.from({ length: rows }, (_, row) => {
    const values = keyColumns.map((column, index) =>
      keyValue(keys.over[index] as string, column[row]),
    );
    const id = JSON.stringify(values);
    const number = numberOf.get(id) ?? distinct.push(values) - 1;
    numberOf.set(id, number);
    return number;
  });
  return {
    rows,
    fields: made,
    keys: numbers,
    distinct,
    times: timesFrom(columns, child, rows, times),
  };
}

function timesFrom(
  columns: readonly string[],
  child: (name: string) => ColumnValues,
  rows: number,
  times: Times,
): Float64Array | undefined {
  times.find(columns, (name) => child(name)[0]);
  if (times.name === undefined) return undefined;
  const values = columns.includes(times.name) ? child(times.name) : undefined;
  const names = () => columns;
  return Float64Array.from({ length: rows }, (_, row) => times.value(values?.[row], names));
}
