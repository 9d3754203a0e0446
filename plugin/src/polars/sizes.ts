/**
 * The sizes of expressions, added up while polars' methods build them. Polars can tell a size only
 * by writing the whole expression, which takes a second for one that was doubled twenty times.
 */

import { intercept, interception } from "./intercept.js";
import { type NativeExpr, native } from "./native.js";

/** What is known of an expression. */
interface Size {
  /** The fewest objects that its JSON has. */
  readonly objects: number;
  /** Whether it is known to have a placeholder in it. */
  readonly placeholder: boolean;
}

const LEAF: Size = { objects: 1, placeholder: false };
const PLACEHOLDER: Size = { objects: 1, placeholder: true };

const sizes = new WeakMap<object, Size>();

/** The size of an expression; one that was not counted seems to be a column. */
export const sizeOf = (expr: NativeExpr): Size => sizes.get(expr) ?? LEAF;

/** Remembers that an expression is a placeholder. */
export function countPlaceholder(expr: NativeExpr): NativeExpr {
  sizes.set(expr, PLACEHOLDER);
  return expr;
}

/** From now on counts what the methods of native expressions make. */
export function countSizes(): void {
  const prototype = native.JsExpr.prototype;
  const Expr = native.JsExpr as unknown as new () => NativeExpr;
  const isExpr = (value: unknown): value is NativeExpr => value instanceof Expr;
  const handler = interception((method, self, args) => {
    const made = Reflect.apply(method, self, args);
    if (isExpr(made)) sizes.set(made, sum([self, ...args.flat()].filter(isExpr)));
    return made;
  });
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name === "constructor" || name === "toString" || typeof value !== "function") continue;
    prototype[name] = intercept(value, handler);
  }
}

/** The size of an operation on expressions. */
function sum(exprs: readonly NativeExpr[]): Size {
  let [objects, placeholder] = [1, false];
  for (const expr of exprs) {
    const size = sizeOf(expr);
    objects += size.objects;
    placeholder ||= size.placeholder;
  }
  return { objects, placeholder };
}
