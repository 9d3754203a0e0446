/** The spans of labels: from the times of their rows to the times at which they are known. */

import type { DataFrame } from "nodejs-polars";
import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { COLUMN, COLUMNS, type OptionTypes } from "../core/options.js";
import { type ColumnType, columnOf, columnTypes, planOf, typeName } from "../lazy/frames.js";
import { isFrame, type NativeFrame, pl, wrappers } from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import { frameAdvice } from "../times/advice.js";
import { timesColumn } from "../times/choose.js";
import { readTimes } from "../times/read.js";
import type { Spans } from "./folds.js";

/** Where the times of rows and labels are. */
export interface LabelTimes {
  /**
   * Column with the time at which the label of each row is known, as `apply` of a pipeline makes
   * it, or several columns. A row in which one of them is null has no label.
   */
  readonly knownOn: string | readonly string[];
  /**
   * Column of the times: Date, Datetime, text or whole numbers. Default: the one named datetime,
   * timestamp, time or date, else the only Date or Datetime.
   */
  readonly time?: string;
  /**
   * How times in text are written, as a strftime pattern: `"%d/%m/%Y"`. Default: found from the
   * column.
   */
  readonly timeFormat?: string;
}

/** The values that these options allow. */
export const LABEL_TIMES: OptionTypes<LabelTimes> = {
  knownOn: COLUMNS,
  time: COLUMN,
  timeFormat: ['a pattern of strftime, such as "%d/%m/%Y"', (value) => /%/.test(String(value))],
};

/** The argument as a DataFrame. */
export function labelledFrame(what: string, given: unknown): DataFrame {
  if (isFrame(given)) return given as unknown as DataFrame;
  throw new TaError(`${what}: a DataFrame is needed, got ${describe(given)}`);
}

/** Reads the times of the rows and of their labels. */
export function* spansOf(
  what: string,
  frame: DataFrame,
  { time, timeFormat, knownOn }: LabelTimes,
): Steps<Spans> {
  const plan = planOf(frame);
  const schema = columnTypes(plan);
  const known = [knownOn].flat();
  for (const name of known) columnOf(what, "knownOn", name, schema);
  const advice = frameAdvice();
  const column = yield* timesColumn(plan, { what, advice, schema, asked: time, skip: known });
  if (column === undefined) {
    throw new TaError(`${what}: no column has times; name it with time`);
  }
  const type = schema.get(column) as ColumnType;
  for (const name of known) checkType(what, name, schema.get(name) as ColumnType, column, type);
  // Read together, so that all are written in one form, and numbered together.
  const stacked = pl.concat(
    [column, ...known].map((name) => frame.select(pl.col(name).alias(column))),
  );
  const source = planOf(stacked);
  const read = yield* readTimes(source, { what, column, type, advice, format: timeFormat });
  const numbers = numbered(yield* collect(source.select([read.expr.alias(column)])), column);
  const rows = frame.height;
  const from = numbers.subarray(0, rows);
  const missing = from.indexOf(0);
  if (missing >= 0) throw new TaError(`${what}: column "${column}" is null in row ${missing}`);
  const to = latest(
    known.map((_, index) => numbers.subarray((index + 1) * rows, (index + 2) * rows)),
  );
  const early = to.findIndex((number, row) => number > 0 && number < (from[row] ?? 0));
  if (early >= 0) {
    throw new TaError(
      `${what}: the label of row ${early} is known before the time of the row; knownOn must be a time from then on`,
    );
  }
  return { from, to, times: Uint32Array.from(new Set(from)).sort() };
}

/** The times of a column, numbered from 1 in their order; 0 is no time. */
function numbered(times: NativeFrame, column: string): Uint32Array {
  const frame = wrappers.frame._DataFrame(times) as DataFrame;
  const rank = pl.col(column).rank("dense").fillNull(0).cast(pl.UInt32);
  return frame.select(rank).toSeries(0).toTypedArray() as Uint32Array;
}

/** The last of several times in each row; 0 where one of them is missing. */
const latest = ([first, ...others]: readonly Uint32Array[]): Uint32Array =>
  others.reduce(
    (all, more) =>
      all.map((one, row) => {
        const other = more[row] ?? 0;
        return one === 0 || other === 0 ? 0 : Math.max(one, other);
      }),
    first as Uint32Array,
  );

function checkType(
  what: string,
  name: string,
  type: ColumnType,
  time: string,
  wanted: ColumnType,
): void {
  if (typeName(type) === typeName(wanted)) return;
  throw new TaError(
    `${what}: column "${name}" has dtype ${typeName(type)}, the times in "${time}" have ${typeName(wanted)}`,
  );
}
