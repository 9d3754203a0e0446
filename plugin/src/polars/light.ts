/**
 * The expressions that `.ta` methods return. Polars' own wrapper creates two hundred methods for
 * each expression, which takes longer than an indicator over a small frame. This one creates them
 * when one is first used.
 */

import type { Expr } from "nodejs-polars";
import { type NativeExpr, native, wrappers } from "./native.js";

interface Light {
  readonly _expr: NativeExpr;
}

const complete = new WeakMap<Light, object>();

/** Polars' wrapper of the same expression. */
function completed(light: Light): object {
  const known = complete.get(light);
  if (known) return known;
  const made = wrappers.expr._Expr(light._expr) as object;
  complete.set(light, made);
  return made;
}

/** The function gets its name from the key, as in polars' wrapper. */
const TAG = { [Symbol.toStringTag]: () => "Expr" };

/**
 * Members that nearly every expression needs, without polars' wrapper. As in it, they work when
 * detached from the object.
 */
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

/** An expression with all members of polars' wrapper. */
export function lightExpr(expr: NativeExpr): Expr {
  prototype ??= makePrototype();
  return Object.create(prototype, { _expr: { value: expr } });
}
