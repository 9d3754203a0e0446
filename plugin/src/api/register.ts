/** Puts `.ta` on everything that nodejs-polars makes. */

import { createRequire } from "node:module";
import type { DataFrame, Expr, LazyDataFrame, Series } from "nodejs-polars";
import type { FrameIndicators } from "../bars/operations.js";
import { TaError } from "../core/errors.js";
import type { Indicators } from "../generated/index.js";
import { hookNative } from "../lazy/hooks.js";
import { showFrame, showSeries } from "../notebook/display.js";
import { intercept, interception } from "../polars/intercept.js";
import { type AnyFunction, isSeries, type NativeExpr, native, wrappers } from "../polars/native.js";
import { exprTa, frameTa, lazyTa, seriesTa } from "./namespace.js";

declare module "nodejs-polars/bin/lazy/expr/index.js" {
  interface Expr {
    /** Technical indicators of this expression. */
    readonly ta: Indicators<"expr">;
  }
}

declare module "nodejs-polars/bin/series/index.js" {
  interface Series<T, Name> {
    /** Technical indicators of this Series. */
    readonly ta: Indicators<"series">;
  }
}

declare module "nodejs-polars/bin/dataframe.js" {
  interface DataFrame<S> {
    /** Technical indicators of this frame's columns, added as columns. */
    readonly ta: FrameIndicators<"frame">;
  }
}

declare module "nodejs-polars/bin/lazy/dataframe.js" {
  interface LazyDataFrame<S> {
    /** Technical indicators of this frame's columns, added as columns on `collect`. */
    readonly ta: FrameIndicators<"lazy">;
  }
}

/** Defines `ta` on one object, made when it is first read. */
function define<T extends object>(object: T, make: (object: T) => object): T {
  return Object.defineProperty(object, "ta", {
    configurable: true,
    enumerable: false,
    get: () => make(object),
  });
}

/** Replaces a factory, under each of its names, by one whose results have `ta`. */
function decorate<Name extends string>(
  module: Record<Name, AnyFunction>,
  names: Name[],
  make: AnyFunction,
  show?: AnyFunction,
): void {
  const handler = interception((factory, self, args) => {
    const made = Reflect.apply(factory, self, args);
    if (typeof made !== "object" || made === null) return made;
    show?.(made);
    return define(made, make);
  });
  const decorated = new Map<AnyFunction, AnyFunction>();
  for (const name of names) {
    const factory = module[name];
    const known = decorated.get(factory) ?? intercept(factory, handler);
    decorated.set(factory, known);
    module[name] = known as (typeof module)[Name];
  }
}

const returningSeries = interception((method, self, args) =>
  decorateSeries(Reflect.apply(method, self, args)),
);

/**
 * Series wrappers have no prototype of their own, and their methods make others by a function
 * that cannot be replaced, so a decorated Series decorates what its methods return.
 */
export function decorateSeries<T>(value: T): T {
  if (!isSeries(value) || Object.hasOwn(value, "ta")) return value;
  const members = Object.getOwnPropertyDescriptors(value) as Record<string, PropertyDescriptor>;
  for (const [name, { value: member, ...rest }] of Object.entries(members)) {
    if (typeof member !== "function") continue;
    Object.defineProperty(value, name, { ...rest, value: intercept(member, returningSeries) });
  }
  showSeries(value as unknown as Series);
  return define(value, (series) => seriesTa(series as unknown as Series)) as T;
}

function decorateSeriesFactories(): void {
  const { series, index } = wrappers;
  const plain = series.Series;
  const makers = ["from", "of", "deserialize"].map((name) => {
    const maker = plain[name];
    return [name, maker && intercept(maker, returningSeries)];
  });
  const factory = interception(
    (original, self, args) => decorateSeries(Reflect.apply(original, self, args)),
    Object.fromEntries(makers),
  );
  const decorated = intercept(plain, factory);
  series._Series = intercept(series._Series, returningSeries);
  series.Series = decorated;
  index.Series = decorated;
  index.pl.Series = decorated;
}

/** Left on polars' native module by the copy of this package that extends it. */
const MARK = Symbol.for("nodejs-polars-ta");

/**
 * Registers everything. Another copy of the same version may have done so already: its
 * hooks serve this copy's expressions too, because those carry all they need.
 */
export function register(): void {
  const own = createRequire(import.meta.url)("../../package.json") as { version: string };
  const marked = native as unknown as { [MARK]?: string };
  const other = marked[MARK];
  if (other === own.version) return;
  if (other !== undefined) {
    throw new TaError(
      `nodejs-polars-ta ${other} and ${own.version} cannot extend the same nodejs-polars; install one of them`,
    );
  }
  refuseSecondPolars();
  Object.defineProperty(native, MARK, { value: own.version });
  hookNative();
  decorate(wrappers.expr, ["_Expr", "Expr"], (expr: Expr) => exprTa(expr._expr as NativeExpr));
  decorate(wrappers.lazy, ["_LazyDataFrame", "LazyDataFrame"], (lazy: LazyDataFrame) =>
    lazyTa(lazy),
  );
  decorate(
    wrappers.frame,
    ["_DataFrame"],
    (frame: DataFrame) => frameTa(frame),
    showFrame as AnyFunction,
  );
  decorateSeriesFactories();
}

/** A second nodejs-polars in the process would have no `.ta`, and nobody would be told why. */
function refuseSecondPolars(): void {
  const require = createRequire(import.meta.url);
  const file = "nodejs-polars/bin/internals/polars_internal";
  const ours = require.resolve(file);
  const isAnother = (path: string) =>
    path !== ours && path.replaceAll("\\", "/").endsWith(`node_modules/${file}.js`);
  const another = Object.keys(require.cache).find(isAnother);
  if (another !== undefined) {
    throw new TaError(
      `two copies of nodejs-polars are loaded, ${another} and ${ours}; nodejs-polars-ta extends only the second, so install one copy for both`,
    );
  }
}
