/**
 * A `.ta` expression is a native column whose name carries the whole request. There is
 * no registry: such an expression can be cloned, serialized and rebuilt anywhere.
 */

import { type NativeExpr, native } from "./polars.js";
import { encode, MARK, type Request } from "./request.js";

export { label, type Request } from "./request.js";
export { isPlaceholder, requestOf } from "./walk.js";

/** The native column that stands for a request, under its default name. */
export function placeholder(request: Request): NativeExpr {
  return native.col(encode(request)).alias(request.name);
}

/** A cheap test whether a native value is an expression with a placeholder inside. */
export function hasPlaceholder(value: unknown): boolean {
  return value instanceof (native.JsExpr as unknown as new () => NativeExpr)
    ? value.toString().includes(MARK)
    : Array.isArray(value) && value.some(hasPlaceholder);
}

/** Text with placeholders written as people would. */
export function readable(text: string): string {
  return text.replaceAll(/__ta:([^|"]*)\|[\w-]*/g, "$1");
}
