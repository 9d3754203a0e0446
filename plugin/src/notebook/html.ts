/** Escapes text for HTML. */

import { stripVTControlCharacters } from "node:util";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text for HTML, without terminal codes. */
export function escapeHtml(text: string): string {
  return plain(text).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
}

/** Polars may cut a long text within a terminal code, so that only its beginning is left. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal codes begin with control characters
const BEGINNINGS = /[\u001b\u009b]/g;

/** Text without terminal codes. */
export const plain = (text: string): string =>
  stripVTControlCharacters(text).replace(BEGINNINGS, "");
