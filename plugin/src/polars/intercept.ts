/** Replaces functions of polars by ones that do more and otherwise look the same. */

import type { AnyFunction } from "./native.js";

/** The replacement of a call: it gets the function, its `this` and its arguments. */
type Call = (original: AnyFunction, self: unknown, args: unknown[]) => unknown;

/**
 * The proxy handler that makes functions do `call`, for {@link intercept}. Their names, lengths,
 * sources and static properties stay the same.
 *
 * @param statics Static properties to replace.
 */
export function interception(
  call: Call,
  statics: Readonly<Record<PropertyKey, unknown>> = {},
): ProxyHandler<AnyFunction> {
  return {
    apply: call,
    get(original, key) {
      if (Object.hasOwn(statics, key)) return statics[key];
      // `toString` of a proxy would hide the source.
      if (key === "toString") return () => original.toString();
      return Reflect.get(original, key);
    },
  };
}

/** A replacement for a function. */
export const intercept = <F extends AnyFunction>(
  original: F,
  handler: ProxyHandler<AnyFunction>,
): F => new Proxy(original, handler) as F;
