/**
 * Hooks polars' native classes: calls with placeholders return deferred frames, all others run
 * unchanged.
 */

import { TaError } from "../core/errors.js";
import { intercept, interception } from "../polars/intercept.js";
import {
  type AnyFunction,
  type NativeLazy,
  native,
  unwrapped,
  wrappers,
} from "../polars/native.js";
import { isNative } from "../polars/plugin.js";
import { countSizes } from "../polars/sizes.js";
import {
  CONTEXTS,
  Deferred,
  DeferredGroupBy,
  defer,
  described,
  misplaced,
  UNSUPPORTED_GROUPS,
} from "./deferred.js";
import { hasPlaceholder, noticePlaceholder, readable, readably } from "./placeholder.js";

type Args = readonly unknown[];

/** The methods of the native classes as polars made them. */
const original = {
  lazy: { ...Object.getOwnPropertyDescriptors(native.JsLazyFrame.prototype) },
  groupBy: { ...Object.getOwnPropertyDescriptors(native.JsLazyGroupBy.prototype) },
};

const isDeferred = (value: unknown): boolean =>
  value instanceof Deferred || (Array.isArray(value) && value.some(isDeferred));

/** Whether a call must be deferred. Throws if the method cannot take placeholders. */
function mustDefer(method: string, args: Args): boolean {
  if (isDeferred(args)) return true;
  if (!args.some(hasPlaceholder)) return false;
  if (!(method in CONTEXTS)) throw misplaced(method);
  return true;
}

const READS_PLAN = ["describePlan", "describeOptimizedPlan", "toDot"];

/** A serialized plan would contain the stand-ins instead of the results. */
const STORES_PLAN = ["serialize", "toJs"];

const GROUPS = ["groupby", ...Object.keys(UNSUPPORTED_GROUPS)];

/** Installs the hooks. Called once, when the package is loaded. */
export function hookNative(): void {
  const lazy = native.JsLazyFrame.prototype;
  const standIn = Deferred.prototype as unknown as Record<string, AnyFunction>;
  for (const [method, { value }] of Object.entries(original.lazy)) {
    if (method === "constructor" || typeof value !== "function") continue;
    if (READS_PLAN.includes(method)) {
      standIn[method] ??= function (this: Deferred, ...args: unknown[]) {
        return described(this, (plan) => {
          const answer = value.apply(plan, args);
          return typeof answer === "string" ? readable(answer) : answer;
        });
      };
    } else if (STORES_PLAN.includes(method)) {
      standIn[method] = () => {
        throw new TaError(
          "a LazyFrame with .ta expressions cannot be serialized; serialize the expressions, or what collect gives",
        );
      };
    } else if (GROUPS.includes(method)) {
      standIn[method] ??= function (this: Deferred, ...args: unknown[]) {
        return new DeferredGroupBy(this, method, args);
      };
      const handler = interception((plain, self, args) => {
        const made = Reflect.apply(plain, self, args);
        grouped.set(made, new DeferredGroupBy(self as NativeLazy, method, args));
        return made;
      });
      lazy[method] = intercept(value, handler);
    } else if (!Object.hasOwn(Deferred.prototype, method)) {
      standIn[method] = function (this: Deferred, ...args: unknown[]) {
        mustDefer(method, args);
        return defer(method, this, args);
      };
      const handler = interception((plain, self, args) =>
        mustDefer(method, args)
          ? defer(method, self as NativeLazy, args)
          : Reflect.apply(plain, self, args),
      );
      lazy[method] = intercept(value, handler);
    }
  }
  hookGroupBy();
  hookPivot();
  hookFunctions();
  hookNames();
  if (isNative()) hookCollect();
  native.JsExpr.prototype.toString = readably;
  countSizes();
}

/** In native mode an indicator's refusal comes out of polars: it is a `TaError` like all others. */
function hookCollect(): void {
  const refusal = (error: unknown): never => {
    const { message = "" } = error as Partial<Error>;
    const [, sentence] = /^the plugin failed with message: ([^\n]*)/.exec(message) ?? [];
    throw sentence === undefined ? error : new TaError(sentence);
  };
  const handler = interception((plain, self, args) => {
    try {
      const made = Reflect.apply(plain, self, args);
      return made instanceof Promise ? made.catch(refusal) : made;
    } catch (error) {
      return refusal(error);
    }
  });
  const lazy = native.JsLazyFrame.prototype;
  for (const method of ["collect", "collectSync"]) {
    lazy[method] = intercept(lazy[method] as AnyFunction, handler);
  }
}

/** How each native group-by was made, in case its aggregation must be deferred. */
const grouped = new WeakMap<object, DeferredGroupBy>();

function hookGroupBy(): void {
  for (const method of ["agg", "head", "tail"] as const) {
    const plain = original.groupBy[method]?.value as AnyFunction;
    const handler = interception((_, self, args) => {
      const [arg] = args as [never];
      const from = grouped.get(self as object);
      const defers = hasPlaceholder(arg) || (from && hasPlaceholder(from.args));
      return defers && from ? from[method](arg) : Reflect.apply(plain, self, args);
    });
    native.JsLazyGroupBy.prototype[method] = intercept(plain, handler);
  }
}

/** `pivot` is the one method of a native eager frame that takes an expression. */
function hookPivot(): void {
  const frame = native.JsDataFrame.prototype;
  const pivot = frame.pivot as AnyFunction;
  const handler = interception((plain, self, args) => {
    if (hasPlaceholder(args.map(unwrapped))) throw misplaced("pivot");
    return Reflect.apply(plain, self, args);
  });
  frame.pivot = intercept(pivot, handler);
}

/** Functions of the native module that take lazy frames. */
function hookFunctions(): void {
  const { concatLf } = native;
  const concat = interception((plain, self, args) =>
    isDeferred(args) ? defer("concatLf", native, args) : Reflect.apply(plain, self, args),
  );
  native.concatLf = intercept(concatLf, concat);
  const register = native.SqlContext.prototype.register as AnyFunction;
  const handler = interception((plain, self, args) => {
    const ready = args.map((arg) => (arg instanceof Deferred ? arg.collectSync().lazy() : arg));
    return Reflect.apply(plain, self, ready);
  });
  native.SqlContext.prototype.register = intercept(register, handler);
}

/** Hooks the two functions through which a column name enters an expression. */
function hookNames(): void {
  const handler = interception((plain, self, args) => {
    noticePlaceholder(args[0]);
    return Reflect.apply(plain, self, args);
  });
  native.col = intercept(native.col, handler);
  // The `deserialize` of the native class cannot be replaced.
  const { Expr } = wrappers.expr;
  Expr.deserialize = intercept(Expr.deserialize as AnyFunction, handler);
}
