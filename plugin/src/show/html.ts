/** HTML as text, escaped. */

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

/** The codes that move and colour a terminal: ESC [, parameters, a letter. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const CODES = /\u001b\[[0-?]*[ -/]*[@-~]/g;

/** Text without the codes that colour terminals. */
export const plain = (text: string): string => text.replace(CODES, "");
