/** Loads optional peer packages when they are first needed. */

import { TaError } from "./errors.js";
import type { Sentence } from "./sentence.js";

export type Arrow = typeof import("apache-arrow");

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
