/** The rows whose order is checked, and the column names that the check uses. */

import { type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import type { Advice } from "./advice.js";

/** The order that the rows of a frame must have. */
export interface Order {
  /** The beginning of error messages. */
  readonly what: string;
  /** The name of the frame in messages, if there are two. */
  readonly frame?: string;
  /** The column of times. */
  readonly column: string;
  /** The times as an expression. Default: the column. */
  readonly times?: NativeExpr;
  readonly keys: readonly NativeExpr[];
  /** Whether a time may repeat within a group. */
  readonly repeats: "refused" | "allowed";
  /** The number of the first row in messages. Default 0. */
  readonly first?: number;
  readonly advice: Advice;
  /** The same rows with all columns, among which the error looks for forgotten groups. */
  readonly whole?: () => NativeLazy;
}

export const TIME = "__ta_time";
export const ROW = "__ta_row";
export const keyName = (index: number): string => `__ta_key_${index}`;

/** The times and keys of rows, under the names above. */
export function ownColumns({ column, times = native.col(column), keys }: Order): NativeExpr[] {
  return [times.alias(TIME), ...keys.map((key, index) => key.alias(keyName(index)))];
}
