/**
 * A `.ta` expression is a native column whose name contains the whole request. There is no
 * registry, so it can be cloned, serialized and read in another process.
 */

import { intercept, interception } from "../polars/intercept.js";
import { type NativeExpr, native } from "../polars/native.js";
import { encode, labelIn, MARK, type Request } from "../polars/request.js";
import { countPlaceholder, sizeOf } from "../polars/sizes.js";
import { isTooLarge } from "../polars/tree.js";

export { label, type Request } from "../polars/request.js";
export { isPlaceholder, requestOf } from "../polars/walk.js";

/** The native column that stands for a request, under its default name. */
export function placeholder(request: Request): NativeExpr {
  return countPlaceholder(native.col(encode(request))).alias(request.name);
}

type Text = ((this: NativeExpr) => string) & { plain?: (this: NativeExpr) => string };

const printed: Text = native.JsExpr.prototype.toString as Text;

/**
 * Polars' own `toString`, also if another copy of this package has replaced it by {@link readably}.
 */
const plain = printed.plain ?? printed;

/** Prints expressions as polars does, with the label of each placeholder instead of its name. */
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

/** A property of polars' native module, which all copies of this package share. */
const SEEN = Symbol.for("nodejs-polars-ta.met");

const shared = native as { [SEEN]?: { any: boolean } };

/** Whether this thread has made or read an expression with a placeholder. */
const seen = shared[SEEN] ?? { any: false };
shared[SEEN] = seen;

/**
 * Notices the first placeholder: in a column name, or in a serialized expression. All other
 * expressions are made from such ones. Programs without `.ta` therefore never search their
 * expressions.
 */
export function noticePlaceholder(source: unknown): void {
  if (seen.any) return;
  if (typeof source === "string") seen.any = source.startsWith(MARK);
  if (source instanceof Uint8Array) {
    seen.any = Buffer.from(source.buffer, source.byteOffset, source.byteLength).includes(MARK);
  }
}

interface Contents {
  readonly placeholder: boolean;
  readonly selection: boolean;
}

/** Expressions never change, and one call asks for the contents several times. */
const contents = new WeakMap<NativeExpr, Contents>();

/**
 * Reads the contents from the printed expression; serializing it would take several times as long.
 */
function contentsOf(expr: NativeExpr): Contents {
  const known = contents.get(expr);
  if (known) return known;
  // Printing it would take long, and it is refused.
  if (isTooLarge(expr) && sizeOf(expr).placeholder) return { placeholder: true, selection: false };
  const text = plain.call(expr);
  const made = { placeholder: text.includes(MARK), selection: /\bcs\.\w+\(/.test(text) };
  contents.set(expr, made);
  return made;
}

/** Whether a native value is an expression with a placeholder, or a list that has one. */
export function hasPlaceholder(value: unknown): boolean {
  if (!seen.any) return false;
  return value instanceof (native.JsExpr as unknown as new () => NativeExpr)
    ? contentsOf(value).placeholder
    : Array.isArray(value) && value.some(hasPlaceholder);
}

/** Whether an expression has a selection of columns that polars prints as one. */
export const hasSelection = (expr: NativeExpr): boolean => contentsOf(expr).selection;

/** Replaces the names of placeholders in a text by their labels. */
export function readable(text: string): string {
  return text
    .replaceAll(/col\("__ta:(.*?)\|[\w-]+"\)/gs, (_, shown: string) => labelIn(shown))
    .replaceAll(/__ta:([^|"]*)\|[\w-]*/g, (_, shown: string) => labelIn(shown));
}
