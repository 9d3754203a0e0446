/**
 * The sizes of expressions, added up while polars' methods build them. Polars can tell a size only
 * by writing the whole expression, which takes a second for one that was doubled twenty times.
 */

import { intercept, interception } from "./intercept.js";
import { type AnyFunction, type NativeExpr, native, unwrapped } from "./native.js";

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

/** The size of an expression; one that was made before this package was loaded seems to be a column. */
export const sizeOf = (expr: object): Size => sizes.get(expr) ?? LEAF;

/** Remembers that an expression is a placeholder. */
export function countPlaceholder(expr: NativeExpr): NativeExpr {
  sizes.set(expr, PLACEHOLDER);
  return expr;
}

type Constructor = (new () => object) & { readonly prototype: Record<string, AnyFunction> };

/** Expressions, and conditions on their way to becoming one. */
const CLASSES = ["JsExpr", "JsWhen", "JsThen", "JsChainedWhen", "JsChainedThen"] as const;

/** Functions of the native module that make one expression of several. */
const COMBINING = [
  "allHorizontal",
  "anyHorizontal",
  "argSortBy",
  "argWhere",
  "asStruct",
  "concatLst",
  "concatStr",
  "cov",
  "intRange",
  "intRanges",
  "maxHorizontal",
  "minHorizontal",
  "pearsonCorr",
  "spearmanRankCorr",
  "sumHorizontal",
  "when",
] as const;

/**
 * From now on counts what the functions and methods of native expressions make. Called once, when
 * the package is loaded: an expression that is not counted while it is built stays unknown.
 */
export function countSizes(): void {
  const classes = CLASSES.map((name) => native[name] as unknown as Constructor);
  const Expr = native.JsExpr as unknown as Constructor;
  const counts = (value: unknown): value is object => classes.some((made) => value instanceof made);
  const handler = interception((method, self, args) => {
    const made = Reflect.apply(method, self, args);
    if (counts(made))
      sizes.set(
        made,
        sum(made instanceof Expr ? 1 : 0, [self, ...args.flat().map(unwrapped)].filter(counts)),
      );
    return made;
  });
  for (const { prototype } of classes) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (name === "constructor" || name === "toString" || typeof value !== "function") continue;
      prototype[name] = intercept(value, handler);
    }
  }
  const functions = native as unknown as Record<(typeof COMBINING)[number], AnyFunction>;
  for (const name of COMBINING) functions[name] = intercept(functions[name], handler);
}

/** The size of an operation on expressions, with its own objects. */
function sum(own: number, parts: readonly object[]): Size {
  let [objects, placeholder] = [own, false];
  for (const part of parts) {
    const size = sizeOf(part);
    objects += size.objects;
    placeholder ||= size.placeholder;
  }
  return { objects, placeholder };
}
