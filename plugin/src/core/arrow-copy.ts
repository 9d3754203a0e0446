/** Which copy of apache-arrow a table is of. */

import { createRequire } from "node:module";
import { type Arrow, importArrow } from "./peers.js";

/**
 * The copy of apache-arrow that made a table: the one that `import` finds or the one that `require`
 * finds; undefined for any other. Its classes do not accept objects of another copy.
 */
export async function arrowOf(
  table: object,
  missing: (cause: string) => string,
): Promise<Arrow | undefined> {
  // `instanceof` is no test, because it also accepts tables of other copies.
  const isOf = ({ Table }: Arrow) => Object.prototype.isPrototypeOf.call(Table.prototype, table);
  const imported = await importArrow(missing);
  if (isOf(imported)) return imported;
  const required = createRequire(import.meta.url)("apache-arrow") as Arrow;
  return isOf(required) ? required : undefined;
}
