/** Asks the addon about texts and configurations: the language itself is in `crates/ta-language`. */

import { addon } from "../core/addon.js";
import { TaError } from "../core/errors.js";
import type { Sentence } from "../core/sentence.js";

/** The answer to a question; its types are those of `crates/ta-language/src/ask.rs`. */
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

/** How a column is written, so that its name cannot mean anything else. */
export const columnText = (name: string): string => ask({ ask: "column", name });

/** The expressions in a list, each as it is written. */
export const textsIn = (text: string): string[] => ask({ ask: "list", text });

/** The word that a text is; null if it is more than a word. */
export const wordIn = (text: string): string | null => ask({ ask: "word", text });

/** A sentence about a whole text, with its line. */
export const about = (text: string, said: string): TaError =>
  new TaError(ask<string>({ ask: "about", text, said }));
