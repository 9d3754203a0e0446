/** Functions of polars that do something more and else look as they did. */

import type { AnyFunction } from "./native.js";

/** What is done in the place of a call: it gets the function, its `this` and its arguments. */
type Call = (original: AnyFunction, self: unknown, args: unknown[]) => unknown;

/**
 * What makes functions do `call` instead, for {@link intercept}. Names, lengths, sources and
 * static properties stay those of the function itself.
 *
 * @param statics Static properties that are others.
 */
export function interception(
  call: Call,
  statics: Readonly<Record<PropertyKey, unknown>> = {},
): ProxyHandler<AnyFunction> {
  return {
    apply: call,
    get(original, key) {
      if (Object.hasOwn(statics, key)) return statics[key];
      // The source of what stands in the place of a function cannot be asked for.
      if (key === "toString") return () => original.toString();
      return Reflect.get(original, key);
    },
  };
}

/** A function that stands in the place of another. */
export const intercept = <F extends AnyFunction>(
  original: F,
  handler: ProxyHandler<AnyFunction>,
): F => new Proxy(original, handler) as F;
