/** Puts `.ta` on everything that nodejs-polars makes. */

import type { DataFrame, Expr, LazyDataFrame, Series } from "nodejs-polars";
import { hookNative } from "./deferred.js";
import type { Indicators } from "./generated/index.js";
import { exprTa, frameTa, lazyTa, seriesTa } from "./namespace.js";
import { type AnyFunction, isSeries, type NativeExpr, wrappers } from "./polars.js";

declare module "nodejs-polars/bin/lazy/expr/index.js" {
  interface Expr {
    /** Technical indicators of this expression. */
    readonly ta: Indicators<"expr">;
  }
}

declare module "nodejs-polars/bin/series/index.js" {
  // biome-ignore lint/correctness/noUnusedVariables: must repeat polars' own type parameters
  interface Series<T, Name> {
    /** Technical indicators of this Series. */
    readonly ta: Indicators<"series">;
  }
}

declare module "nodejs-polars/bin/dataframe.js" {
  // biome-ignore lint/correctness/noUnusedVariables: must repeat polars' own type parameters
  interface DataFrame<S> {
    /** Technical indicators of this frame's columns, added as columns. */
    readonly ta: Indicators<"frame">;
  }
}

declare module "nodejs-polars/bin/lazy/dataframe.js" {
  // biome-ignore lint/correctness/noUnusedVariables: must repeat polars' own type parameters
  interface LazyDataFrame<S> {
    /** Technical indicators of this frame's columns, added as columns on `collect`. */
    readonly ta: Indicators<"lazy">;
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

/** Replaces a factory by one whose results have `ta`, keeping its own properties. */
function decorate(module: Record<string, AnyFunction>, names: string[], make: AnyFunction): void {
  for (const name of names) {
    const factory = module[name] as AnyFunction;
    module[name] = Object.assign((...args: unknown[]) => {
      const made = factory(...args);
      return typeof made === "object" && made !== null ? define(made, make) : made;
    }, factory);
  }
}

/**
 * Series wrappers are made by a function that their own methods call directly, so a
 * decorated Series decorates what its methods return.
 */
export function decorateSeries<T>(value: T): T {
  if (!isSeries(value)) return value;
  const series = value as unknown as Series;
  return new Proxy(series, {
    get(target, property) {
      if (property === "ta") return seriesTa(target);
      const member = Reflect.get(target, property, target);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => decorateSeries(Reflect.apply(member, target, args));
    },
  }) as T;
}

function decorateSeriesFactories(): void {
  const { series, index } = wrappers;
  const constructor = series.Series as AnyFunction & Record<string, AnyFunction>;
  const decorated = Object.assign(
    (...args: unknown[]) => decorateSeries(constructor(...args)),
    constructor,
    Object.fromEntries(
      ["from", "of", "deserialize"].map((name) => [
        name,
        (...args: unknown[]) => decorateSeries(constructor[name]?.(...args)),
      ]),
    ),
  );
  const make = series._Series as AnyFunction;
  series._Series = (...args: unknown[]) => decorateSeries(make(...args));
  series.Series = decorated;
  index.Series = decorated as never;
  index.pl.Series = decorated;
}

/** Registers everything. Called once, when the plugin is loaded. */
export function register(): void {
  hookNative();
  decorate(wrappers.expr, ["_Expr", "Expr"], (expr: Expr) => exprTa(expr._expr as NativeExpr));
  decorate(wrappers.lazy, ["_LazyDataFrame", "LazyDataFrame"], (lazy: LazyDataFrame) => lazyTa(lazy));
  decorate(wrappers.frame, ["_DataFrame"], (frame: DataFrame) => frameTa(frame));
  decorateSeriesFactories();
}
