/** The packages that stand beside this one where a caller has installed them, each loaded when it is needed. */

import { createRequire } from "node:module";
import { TaError } from "./errors.js";
import type { Sentence } from "./sentence.js";

type Arrow = typeof import("apache-arrow");

const notInstalled = ({ code }: { code?: string }): boolean =>
  code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";

/**
 * Loads a package.
 *
 * @param missing The sentence for a package that is not there, given what Node says about it.
 * @param isMissing Which errors that sentence is for; others pass through.
 */
export async function peer<T>(
  load: () => Promise<T>,
  missing: (cause: string) => string | Sentence,
  isMissing: (error: { code?: string }) => boolean = notInstalled,
): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error as { code?: string })) throw error;
    throw new TaError(missing(error instanceof Error ? error.message : String(error)));
  }
}

/** The copy of apache-arrow for imports. The sentence is for whatever keeps it from loading. */
export const arrowBeside = (missing: (cause: string) => string): Promise<Arrow> =>
  peer(
    () => import("apache-arrow"),
    missing,
    () => true,
  );

/**
 * The copy of apache-arrow that a table is of, whose classes know only their own: the one for
 * imports or the one for `require`; nothing if it is of another.
 */
export async function arrowOf(
  table: object,
  missing: (cause: string) => string,
): Promise<Arrow | undefined> {
  // Unlike `instanceof`, which tables of other copies pass.
  const isOf = ({ Table }: Arrow) => Object.prototype.isPrototypeOf.call(Table.prototype, table);
  const imported = await arrowBeside(missing);
  if (isOf(imported)) return imported;
  const required = createRequire(import.meta.url)("apache-arrow") as Arrow;
  return isOf(required) ? required : undefined;
}
