/** Rows with times and groups, as the check of their order and its sentences see them. */

import { type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import type { Advice } from "./advice.js";

/** What must hold of the times of a frame. */
export interface Order {
  /** What sentences begin with. */
  readonly what: string;
  /** What sentences call the frame, if there are two. */
  readonly frame?: string;
  /** The column with the times. */
  readonly column: string;
  /** Its times, as an expression over the frame. Default: the column. */
  readonly times?: NativeExpr;
  readonly keys: readonly NativeExpr[];
  /** Whether a time may come twice within a group. */
  readonly repeats: "refused" | "allowed";
  /** What sentences call the first row, where it is not 0. */
  readonly first?: number;
  readonly advice: Advice;
  /** The same rows with all columns, in which columns that make groups are looked for. */
  readonly whole?: () => NativeLazy;
}

export const TIME = "__ta_time";
export const ROW = "__ta_row";
export const keyName = (index: number): string => `__ta_key_${index}`;

/** The times and keys of rows, under names of their own. */
export function ownColumns({ column, times = native.col(column), keys }: Order): NativeExpr[] {
  return [times.alias(TIME), ...keys.map((key, index) => key.alias(keyName(index)))];
}
