/** HTML as text, escaped. */

import { stripVTControlCharacters } from "node:util";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text as HTML shows it, without the codes that colour terminals. */
export function escapeHtml(text: string): string {
  return plain(text).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
}

/** What begins such a code: polars cuts long texts, and a code with them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const BEGINNINGS = /[\u001b\u009b]/g;

/** Text without the codes that colour and steer terminals. */
export const plain = (text: string): string =>
  stripVTControlCharacters(text).replace(BEGINNINGS, "");
