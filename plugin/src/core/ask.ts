/** Asks the addon about texts, names and configurations; the questions are in `crates/ta-language/src/ask.rs`. */

import { addon } from "./addon.js";
import { TaError } from "./errors.js";
import type { Sentence } from "./sentence.js";

/** The answer to a question. */
export function ask<T>(question: object): T {
  return askText(JSON.stringify(question));
}

/**
 * The same for a question in JSON.
 *
 * @throws TaError if the addon refuses what the question has.
 */
export function askText<T>(question: string): T {
  const answer = JSON.parse(addon.language(question)) as { ok: T; error?: Sentence };
  if (answer.error !== undefined) throw new TaError(answer.error);
  return answer.ok;
}
