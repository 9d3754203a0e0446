/** `sync`: adds the closed bars of a higher timeframe to a lower one. */

import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { ANY, checkOptions, FLAG, type OptionTypes, TEXT } from "../core/options.js";
import { deferStage } from "../lazy/deferred.js";
import {
  BAR_LENGTH,
  type ColumnType,
  columnOf,
  columnTypes,
  type Frame,
  frameLike,
  neighbour,
  planOf,
  type Schema,
  timeColumn,
  typeName,
  within,
} from "../lazy/frames.js";
import { offsetBy } from "../polars/functions.js";
import {
  DataType,
  isFrame,
  isLazy,
  type NativeExpr,
  type NativeLazy,
  native,
} from "../polars/native.js";
import { frameAdvice } from "../times/advice.js";
import { collectInOrder } from "../times/order.js";
import type { Order } from "../times/rows.js";
import type { SyncOptions } from "./operations.js";

const SYNC = "sync";

/** Names of columns are checked later, against the frames. */
const OPTIONS: OptionTypes<SyncOptions> = {
  on: ANY,
  by: ANY,
  every: BAR_LENGTH,
  forwardFill: FLAG,
  columns: ANY,
  suffix: TEXT,
};

/** The time of a row in the lower frame; the time at which a bar of the higher frame closes. */
const AT = "__ta_at";
/** The number of a bar of the higher frame. */
const BAR = "__ta_bar";

/** Adds columns of a higher timeframe to a lower one. */
export function sync(frame: Frame, other: Frame, given: unknown): Frame {
  refuseOther(frame, other);
  const options = checkOptions(SYNC, given, OPTIONS);
  const plans = [planOf(frame), planOf(other)] as const;
  const [lower, higher] = plans.map(columnTypes) as [Schema, Schema];
  const on = timeColumn(SYNC, "on", options.on, lower);
  timeColumn(SYNC, "on", on, higher);
  const by = namesOf("by", options.by, lower, higher);
  const { every, forwardFill = true } = options;
  const columns = addedColumns(options, [on, ...by], lower, higher);
  const key = commonTime(on, lower, higher, every);

  const keys = by.map((name) => native.col(name));
  const read = [...new Set([on, ...by, ...columns.map(({ from }) => from)])];
  const narrow = plans[1].select(read.map((name) => native.col(name)));
  const aligned = deferStage([plans[0], narrow], function* ([rows, bars], scope) {
    const order: Order = {
      what: SYNC,
      column: on,
      keys,
      repeats: "allowed",
      advice: frameAdvice("by"),
      whole: () => plans[0],
    };
    const left = yield* collectInOrder(rows as NativeLazy, order, scope);
    const another: Order = { ...order, frame: "other", repeats: "refused", whole: () => plans[1] };
    const right = yield* collectInOrder(bars as NativeLazy, another, scope);
    const joined = asOf(
      left.withColumns([native.col(on).cast(key, true).alias(AT)]),
      right
        .withRowIndex(BAR, 0)
        .select([
          ...keys,
          native.col(BAR),
          closing(native.col(on).cast(key, true), every, keys).alias(AT),
          ...columns.map(({ from, to }) => native.col(from).alias(to)),
        ]),
      by,
    );
    const done = forwardFill
      ? joined
      : joined.withColumns(
          firstRows(
            columns.map(({ to }) => native.col(to)),
            keys,
          ),
        );
    return done.dropColumns([AT, BAR]);
  });
  return frameLike(frame, aligned);
}

function refuseOther(frame: Frame, other: unknown): void {
  if (isFrame(other) || (isLazy(other) && isLazy(frame))) return;
  const hint = isLazy(other) ? "; collect it, or make this frame lazy" : "";
  throw new TaError(`${SYNC}: the other frame must be a DataFrame, got ${describe(other)}${hint}`);
}

/** Column names that both frames have. */
function namesOf(name: string, value: unknown, ...schemas: readonly Schema[]): string[] {
  const names = value === undefined ? [] : [value].flat();
  for (const schema of schemas) for (const one of names) columnOf(SYNC, name, one, schema);
  return names as string[];
}

/** The columns to add from the other frame, and their new names. Throws if a name is taken. */
function addedColumns(
  options: SyncOptions,
  keys: readonly string[],
  lower: Schema,
  higher: Schema,
): { from: string; to: string }[] {
  const { suffix = "_right" } = options;
  const names =
    options.columns === undefined
      ? [...higher.keys()].filter((name) => !keys.includes(name))
      : namesOf("columns", options.columns, higher);
  const columns = names.map((from) => ({ from, to: lower.has(from) ? from + suffix : from }));
  const taken = columns.filter(
    ({ to }, index) => lower.has(to) || columns.findIndex((one) => one.to === to) < index,
  );
  if (taken[0] !== undefined) {
    throw new TaError(`${SYNC}: there is a column "${taken[0].to}" already; choose another suffix`);
  }
  return columns;
}

/** A type that represents the times of both frames, and the times at which bars close, exactly. */
function commonTime(on: string, lower: Schema, higher: Schema, every: string | undefined): unknown {
  const types = [lower, higher].map((schema) => schema.get(on) as ColumnType);
  const [here, there] = types.map(typeName);
  const zones = new Set(types.map(({ zone }) => zone));
  if (zones.size > 1) {
    throw new TaError(
      `${SYNC}: column "${on}" has dtype ${here}, and ${there} in the other frame; bring them to one time zone`,
    );
  }
  // Microseconds can represent every Date, nanoseconds cannot.
  const fine = types.some(({ unit }) => unit === "ns") || every?.includes("ns");
  const [zone] = zones;
  const make = DataType.Datetime as (unit: string, zone?: string) => unknown;
  return make.call(DataType, fine ? "ns" : "us", zone);
}

/**
 * When each bar closes: at its start plus its length, or at the start of the next bar; then the
 * last bar has no end.
 */
function closing(
  start: NativeExpr,
  every: string | undefined,
  keys: readonly NativeExpr[],
): NativeExpr {
  if (every === undefined) return neighbour(start, -1, keys);
  const closes = offsetBy(start, every);
  // When clocks are set back, a bar's start plus a local day or month can be earlier than that of
  // the bar before.
  return within(closes.cumMax(false), keys);
}

/** For every row, the last closed bar, by polars' backward as-of join. */
function asOf(rows: NativeLazy, bars: NativeLazy, by: readonly string[]): NativeLazy {
  const at = native.col(AT);
  const keys = by.length > 0 ? [...by] : undefined;
  const closed = bars.filter(at.isNotNull());
  const [parallel, forced, sorted, coalesced, exact] = [true, false, false, true, true];
  return rows.joinAsof(
    closed,
    at,
    at,
    keys,
    keys,
    parallel,
    forced,
    "_right",
    "backward",
    undefined,
    undefined,
    sorted,
    coalesced,
    exact,
  );
}

/** Removes the values except in the first row of each bar, within groups. */
function firstRows(columns: readonly NativeExpr[], keys: readonly NativeExpr[]): NativeExpr[] {
  const bar = native.col(BAR).cast(DataType.Int64, true);
  const before = neighbour(bar, 1, keys).fillNull(native.lit(-1));
  return columns.map((column) =>
    native.when(bar.neq(before)).then(column).otherwise(native.lit(null)),
  );
}
