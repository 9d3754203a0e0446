/**
 * Expressions that `.ta` methods return. Polars' own wrapper makes its two hundred methods
 * anew for each expression, which takes longer than computing an indicator over a small
 * frame. This one makes them when one is first asked for.
 */

import type { Expr } from "nodejs-polars";
import { type NativeExpr, native, wrappers } from "./native.js";

interface Light {
  readonly _expr: NativeExpr;
}

const complete = new WeakMap<Light, object>();

/** The wrapper that polars makes of the same expression. */
function completed(light: Light): object {
  const known = complete.get(light);
  if (known) return known;
  const made = wrappers.expr._Expr(light._expr) as object;
  complete.set(light, made);
  return made;
}

/** Named after its key, as polars' own is. */
const TAG = { [Symbol.toStringTag]: () => "Expr" };

/** What is asked of nearly every expression, without the rest. Each may be taken off it. */
const OWN: PropertyDescriptorMap & ThisType<Light> = {
  ...Object.getOwnPropertyDescriptors(TAG),
  inner: {
    get() {
      const inner = () => this._expr;
      return inner;
    },
  },
  alias: {
    get() {
      const alias = (name: string) => lightExpr(this._expr.alias(name));
      return alias;
    },
  },
};

function makePrototype(): object {
  const prototype = {};
  const sample = wrappers.expr._Expr(native.col("")) as object;
  for (const key of Reflect.ownKeys(sample)) {
    Object.defineProperty(prototype, key, {
      configurable: true,
      get(this: Light) {
        return Reflect.get(completed(this), key);
      },
    });
  }
  return Object.defineProperties(prototype, OWN);
}

let prototype: object | undefined;

/** An expression with everything that polars' wrapper has. */
export function lightExpr(expr: NativeExpr): Expr {
  prototype ??= makePrototype();
  return Object.create(prototype, { _expr: { value: expr } });
}
