/** Functions of polars that nodejs-polars does not offer, or offers with other behaviour. */

import * as ast from "./ast.js";
import { type NativeExpr, native } from "./native.js";
import { fromTree, toTree } from "./tree.js";

/** Whether two expressions differ; two nulls are equal. */
export const differ = (left: NativeExpr, right: NativeExpr): NativeExpr =>
  fromTree(ast.differ(toTree(left), toTree(right)));

/** Whether a value differs from that of the row before; two nulls are equal. */
export const changes = (expr: NativeExpr): NativeExpr => differ(expr, expr.shift(native.lit(1)));

/** A power whose exponent is an expression, not a number. */
export const power = (base: NativeExpr, exponent: NativeExpr): NativeExpr =>
  fromTree(ast.power(toTree(base), toTree(exponent)));

/** Texts without spaces around them. */
export const strip = (texts: NativeExpr): NativeExpr =>
  fromTree(ast.stripChars(toTree(texts), toTree(native.lit(null))));

/** Times moved by a duration such as `"1d"`. */
export const offsetBy = (times: NativeExpr, duration: string): NativeExpr =>
  fromTree(ast.offsetTime(toTree(times), toTree(native.lit(duration))));

/** The start of the calendar unit of each time, in a time zone. */
export function truncate(times: NativeExpr, every: string, timeZone?: string): NativeExpr {
  const tree = toTree(times);
  const local = timeZone === undefined ? tree : ast.inTimeZone(tree, timeZone);
  return fromTree(ast.truncateTime(local, toTree(native.lit(every))));
}

/** Local times of their zone, without the zone. */
export const withoutTimeZone = (times: NativeExpr): NativeExpr =>
  fromTree(ast.withoutTimeZone(toTree(times)));

/**
 * Parses texts with a pattern that must match the whole text; null where it does not. The method of
 * nodejs-polars also accepts texts that contain a match.
 */
export const parseTime = (texts: NativeExpr, type: ast.TimeType, format: string): NativeExpr =>
  fromTree(ast.parseTime(toTree(texts), type, format));
