/** Writes sentences for a shell. */

import { TaError } from "../core/errors.js";
import type { Sentence, Setting } from "../core/sentence.js";

/** The message of an error, with options as flags. */
export function inShell(error: unknown): string {
  if (!(error instanceof TaError)) return error instanceof Error ? error.message : String(error);
  return spoken(error.said);
}

/** The text of a sentence for a shell. */
export const spoken = (said: string | Sentence): string =>
  [said]
    .flat()
    .map((part) => {
      if (typeof part === "string") return part;
      return "shell" in part ? spoken(part.shell) : flag(part);
    })
    .join("");

/** `allowLookahead: ["a", "b"]` as `--allow-lookahead a,b`. */
function flag({ setting, value }: Setting): string {
  const name = `--${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (value === undefined || value === true) return name;
  const text = [value].flat().join(",");
  return `${name} ${text === "\t" ? "tab" : quoted(text)}`;
}

/** Quotes a word for a shell. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
