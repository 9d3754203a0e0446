/**
 * A `.ta` expression is a native column whose name carries the whole request. There is
 * no registry: such an expression can be cloned, serialized and rebuilt anywhere.
 */

import { intercept, interception } from "../polars/intercept.js";
import { type NativeExpr, native } from "../polars/native.js";
import { encode, labelIn, MARK, type Request } from "../polars/request.js";

export { label, type Request } from "../polars/request.js";
export { isPlaceholder, requestOf } from "../polars/walk.js";

/** The native column that stands for a request, under its default name. */
export function placeholder(request: Request): NativeExpr {
  return native.col(encode(request)).alias(request.name);
}

type Text = ((this: NativeExpr) => string) & { plain?: (this: NativeExpr) => string };

const printed: Text = native.JsExpr.prototype.toString as Text;

/** An expression as polars prints it, also where {@link readably} has been there before. */
const plain = printed.plain ?? printed;

/** Prints expressions as polars does, with the placeholders in them written as people would. */
export const readably = intercept(
  printed,
  interception(
    (_, self) => {
      const text = plain.call(self as NativeExpr);
      return text.includes(MARK) ? readable(text) : text;
    },
    { plain },
  ),
);

/** Left on polars' native module, where every copy of this package finds it. */
const MET = Symbol.for("nodejs-polars-ta.met");

const shared = native as { [MET]?: { any: boolean } };

/** Whether this thread has made an expression with a placeholder, or read one. */
const met = shared[MET] ?? { any: false };
shared[MET] = met;

/**
 * Looks for the mark where it comes into an expression: in the name of a column, and in a
 * serialized expression. All others are made from expressions. So programs without `.ta`
 * expressions need no look at any expression.
 */
export function meet(source: unknown): void {
  if (met.any) return;
  if (typeof source === "string") met.any = source.startsWith(MARK);
  if (source instanceof Uint8Array) {
    met.any = Buffer.from(source.buffer, source.byteOffset, source.byteLength).includes(MARK);
  }
}

interface Look {
  readonly placeholder: boolean;
  readonly selection: boolean;
}

/** Expressions do not change, and one call asks several times. */
const looks = new WeakMap<NativeExpr, Look>();

/** What the text of an expression shows; serializing takes several times as long as printing. */
function lookAt(expr: NativeExpr): Look {
  const known = looks.get(expr);
  if (known) return known;
  const text = plain.call(expr);
  const look = { placeholder: text.includes(MARK), selection: /\bcs\.\w+\(/.test(text) };
  looks.set(expr, look);
  return look;
}

/** Whether a native value is an expression with a placeholder inside, or a list that has one. */
export function hasPlaceholder(value: unknown): boolean {
  if (!met.any) return false;
  return value instanceof (native.JsExpr as unknown as new () => NativeExpr)
    ? lookAt(value).placeholder
    : Array.isArray(value) && value.some(hasPlaceholder);
}

/** Whether an expression has a selection of columns that polars prints as one. */
export const hasSelection = (expr: NativeExpr): boolean => lookAt(expr).selection;

/** Text with placeholders written as people would. */
export function readable(text: string): string {
  return text
    .replaceAll(/col\("__ta:(.*?)\|[\w-]+"\)/gs, (_, shown: string) => labelIn(shown))
    .replaceAll(/__ta:([^|"]*)\|[\w-]*/g, (_, shown: string) => labelIn(shown));
}
