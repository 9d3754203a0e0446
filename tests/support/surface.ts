/** The `.ta` methods by id, for loops over the catalog. */

import type { Expr } from "nodejs-polars";

type Method<T> = (...args: unknown[]) => T;

/** The methods of a namespace that makes expressions. */
export function methods<T = Expr>(namespace: object): (id: string) => Method<T> {
  const table = namespace as Record<string, Method<T> | undefined>;
  return (id) => {
    const method = table[id];
    if (typeof method !== "function") throw new Error(`there is no method ${id}`);
    return (...args) => method.apply(namespace, args);
  };
}

/** The spelling of a parameter in TypeScript. */
export const camelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
