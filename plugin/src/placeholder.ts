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

type Text = ((this: NativeExpr) => string) & { plain?: (this: NativeExpr) => string };

const printed: Text = native.JsExpr.prototype.toString as Text;

/** An expression as polars prints it, also where {@link readably} has been there before. */
const plain = printed.plain ?? printed;

/** Prints expressions as polars does, with the placeholders in them written as people would. */
export const readably: Text = Object.assign(
  {
    toString(this: NativeExpr): string {
      const text = plain.call(this);
      return text.includes(MARK) ? readable(text) : text;
    },
  }.toString,
  { plain },
);

/** A cheap test whether a native value is an expression with a placeholder inside. */
export function hasPlaceholder(value: unknown): boolean {
  return value instanceof (native.JsExpr as unknown as new () => NativeExpr)
    ? plain.call(value).includes(MARK)
    : Array.isArray(value) && value.some(hasPlaceholder);
}

/** Text with placeholders written as people would. */
export function readable(text: string): string {
  return text
    .replaceAll(/col\("__ta:(.*?)\|[\w-]+"\)/gs, "$1")
    .replaceAll(/__ta:([^|"]*)\|[\w-]*/g, "$1");
}
