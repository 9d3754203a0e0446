/** Loads optional peer packages when they are first needed. */

import { createRequire } from "node:module";
import { TaError } from "./errors.js";
import type { Sentence } from "./sentence.js";

type Arrow = typeof import("apache-arrow");

const notInstalled = ({ code }: { code?: string }): boolean =>
  code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";

/**
 * Loads a package.
 *
 * @param missing Makes the error message for a package that is not installed from Node's message.
 * @param isMissing Tells which errors mean "not installed"; others are thrown unchanged.
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

/** The apache-arrow that `import` finds. Any error of loading it becomes the sentence. */
export const importArrow = (missing: (cause: string) => string): Promise<Arrow> =>
  peer(
    () => import("apache-arrow"),
    missing,
    () => true,
  );

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
