/** Explains what is wrong with the order of bars, and what to do about it. */

import { TaError } from "../core/errors.js";
import { inQuotes, type Sentence, sentence, type Words } from "../core/sentence.js";
import { columnTypes, type Schema } from "../lazy/frames.js";
import { columnName } from "../polars/ast.js";
import { DataType, type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import type { Steps } from "../polars/steps.js";
import { toTree } from "../polars/tree.js";
import { isNumberType, isTimeType } from "./choose.js";
import { keyName, type Order, ownColumns, ROW, TIME } from "./rows.js";
import { directions, type Series, separators, seriesIn } from "./series.js";
import { count, record } from "./values.js";

/** The first row that is out of order. */
interface Wrong {
  readonly row: number;
  readonly value: string;
  /** The later time of the row before; absent if the fault is a repeated time. */
  readonly before?: string;
  readonly group: readonly string[];
}

/** The error for rows that are not in order. */
export function* diagnose(rows: NativeLazy, order: Order): Steps<TaError> {
  const { what, frame, column, first = 0, advice } = order;
  const where = `${what}: column "${column}"${frame ? ` of the ${frame} frame` : ""}`;
  const schema = columnTypes(rows);
  const bars = rows.withColumns(ownColumns(order)).withRowIndex(ROW, 0);
  const time = native.col(TIME);
  const keys = order.keys.map((_, index) => native.col(keyName(index)));
  const missing = yield* record(
    bars
      .filter(time.isNull())
      .slice(0, 1)
      .select([native.col(ROW)]),
  );
  if (missing) {
    const row = first + Number(missing[ROW]);
    return new TaError(`${where} is null in row ${row}; every bar needs a time`);
  }
  const { repeated, forward } = yield* stepsOf(bars, time, keys, order);
  const names = namesOf(order, schema);
  const others = separators(schema, [column, ...(names ?? [])]);
  const within = { bars, time, keys, repeated };
  const inGroups = yield* seriesIn(others, within);
  // The groups that were named may be the wrong ones, such as those of the volumes.
  const mistaken = inGroups === undefined && repeated && keys.length > 0;
  const known = mistaken ? { ...within, keys: [] } : within;
  const series = mistaken ? yield* seriesIn(others, known) : inGroups;
  const wrong = yield* firstWrong(bars, order, schema, repeated);
  const group = keys.length > 0 ? ` within ${groupName(names, wrong.group)}` : "";
  const at = `in row ${first + wrong.row}`;
  const says =
    wrong.before === undefined
      ? `has ${wrong.value}${group} more than once, again ${at}`
      : `goes back${group} from ${wrong.before} to ${wrong.value} ${at}`;
  const typed = isTimeType(schema.get(column) ?? { variant: "" });
  const sort = (by: readonly string[]) => advice.sort([...by, column], typed);
  if (series) {
    const toward = yield* directions(known, series.columns);
    return new TaError(
      sentence`${where} ${says}; ${oversight(series, toward, order, mistaken ? [] : names, sort)}`,
    );
  }
  if (repeated) {
    const out =
      advice.noTime === undefined
        ? ""
        : sentence`, or take the rows as they are with ${advice.noTime}`;
    return new TaError(
      sentence`${where} ${says}, and no column tells the rows apart; keep one row for each time${out}`,
    );
  }
  if (forward > 0) return new TaError(sentence`${where} ${says}; ${sort(names ?? [])}`);
  const each = keys.length > 0 ? " in every group" : "";
  return new TaError(sentence`${where} has the newest time first${each}; ${sort(names ?? [])}`);
}

/** What to do if the caller forgot groups. */
function oversight(
  { columns, unsure }: Series,
  { back, forward }: { readonly back: number; readonly forward: number },
  { advice }: Order,
  names: readonly string[] = [],
  sort: (by: readonly string[]) => Words,
): Sentence {
  const all = [...names, ...columns];
  const listed = inQuotes(columns, " and ");
  const [column, tell] = columns.length === 1 ? ["column", "tells"] : ["columns", "tell"];
  const over = sentence`compute within ${columns.length === 1 ? "it" : "them"} with ${advice.over(all)}`;
  if (unsure) {
    return sentence`if ${column} ${listed} ${tell} series apart, ${over}, else ${sort(names)}`;
  }
  const newest = back > 0 && forward === 0 ? ", each with the newest time first" : "";
  const also = back === 0 ? "" : sentence`, and ${sort(all)}`;
  return sentence`${column} ${listed} ${tell} series apart${newest}: ${over}${also}`;
}

/** Whether times repeat that must not, and how many rows have a later time than the row before. */
function* stepsOf(
  bars: NativeLazy,
  time: NativeExpr,
  keys: readonly NativeExpr[],
  { repeats }: Order,
) {
  const before = time.shift(native.lit(1));
  const forward = time.gt(keys.length > 0 ? before.over([...keys]) : before);
  const found = yield* record(
    bars.select([
      count(time.isNotNull()).alias("rows"),
      native
        .asStruct([...keys, time])
        .nUnique()
        .alias("times"),
      count(forward).alias("forward"),
    ]),
  );
  const repeated = repeats === "refused" && Number(found?.times) < Number(found?.rows);
  return { repeated, forward: Number(found?.forward) };
}

/** The names of the keys, if all are columns. */
function namesOf({ keys }: Order, schema: Schema): string[] | undefined {
  const names = keys.map((key) => columnName(toTree(key)));
  const isKnown = (name: string | undefined): name is string =>
    name !== undefined && schema.has(name);
  return names.every(isKnown) ? names : undefined;
}

function groupName(names: readonly string[] | undefined, values: readonly string[]): string {
  if (names === undefined) return "its group";
  return names.map((name, index) => `${name} ${values[index]}`).join(", ");
}

function* firstWrong(
  bars: NativeLazy,
  { column, keys }: Order,
  schema: Schema,
  repeated: boolean,
): Steps<Wrong> {
  const groups = keys.map((_, index) => native.col(keyName(index)));
  const over = (expr: NativeExpr, within: NativeExpr[]) =>
    within.length > 0 ? expr.over(within) : expr;
  const [time, row, raw] = [native.col(TIME), native.col(ROW), native.col(column)];
  const previous = (expr: NativeExpr) => over(expr.shift(native.lit(1)), groups);
  const wrong = repeated
    ? row
        .first()
        .over([...groups, time])
        .neq(row)
    : time.lt(previous(time));
  const text = (expr: NativeExpr) => expr.cast(DataType.Utf8, false);
  const found = yield* record(
    bars
      .withColumns([wrong.alias("wrong"), text(previous(raw)).alias("before")])
      .filter(native.col("wrong"))
      .slice(0, 1)
      .select([
        row,
        text(raw).alias("value"),
        native.col("before"),
        ...groups.map((key, index) => text(key).alias(`group${index}`)),
      ]),
  );
  const number = isNumberType(schema.get(column) ?? { variant: "" });
  const show = (value: unknown) => (number ? String(value) : JSON.stringify(short(String(value))));
  return {
    row: Number(found?.[ROW]),
    value: show(found?.value),
    ...(!repeated && { before: show(found?.before) }),
    group: groups.map((_, index) => String(found?.[`group${index}`])),
  };
}

/** The text of a time without the zeros that its dtype adds. */
const short = (text: string): string =>
  text.replace(/(:\d\d)\.0+(?=$|[+-])/, "$1").replace(/ 00:00:00(?=$|[+-])/, "");
