/** Asks the addon about texts and configurations: the language itself is in `crates/ta-language`. */

import { ask } from "../core/ask.js";
import { TaError } from "../core/errors.js";

export { ask, askText } from "../core/ask.js";

/** How a column is written, so that its name cannot mean anything else. */
export const columnText = (name: string): string => ask({ ask: "column", name });

/** The expressions in a list, each as it is written. */
export const textsIn = (text: string): string[] => ask({ ask: "list", text });

/** The word that a text is; null if it is more than a word. */
export const wordIn = (text: string): string | null => ask({ ask: "word", text });

/** A sentence about a whole text, with its line. */
export const about = (text: string, said: string): TaError =>
  new TaError(ask<string>({ ask: "about", text, said }));
