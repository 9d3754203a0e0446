/** Errors that show a position in a text. */

import { TaError } from "../core/errors.js";
import { type Said, sentence } from "../core/sentence.js";
import type { Span } from "./ast.js";

/** An error about a range of a text: one sentence with the position, then the line with carets. */
export function errorAt(text: string, { start, end }: Span, said: Said): TaError {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", start);
  const to = newline < 0 ? text.length : newline;
  const before = text.slice(from, start);
  const length = (part: string) => [...part].length;
  const place = `character ${length(before) + 1}`;
  const line = text.includes("\n") ? `line ${text.slice(0, from).split("\n").length}, ` : "";
  const pad = before.replaceAll(/[^\t]/gu, " ");
  const carets = "^".repeat(Math.max(1, length(text.slice(start, Math.min(end, to)))));
  const shown = text.slice(from, to).trimEnd();
  return new TaError(sentence`${said}, at ${line}${place}\n  ${shown}\n  ${pad}${carets}`);
}

/** Words as a list: `a, b or c`. */
export function either(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}
