/** Sentences in the words of a shell. */

import { TaError } from "../core/errors.js";
import type { Sentence, Setting } from "../core/sentence.js";

/** What an error says, with options as flags. */
export function inShell(error: unknown): string {
  if (!(error instanceof TaError)) return error instanceof Error ? error.message : String(error);
  return spoken(error.said);
}

/** A sentence as a shell is told it. */
export const spoken = (said: string | Sentence): string =>
  [said]
    .flat()
    .map((part) => {
      if (typeof part === "string") return part;
      return "shell" in part ? part.shell : flag(part);
    })
    .join("");

/** `allowLookahead: ["a", "b"]` as `--allow-lookahead a,b`. */
function flag({ setting, value }: Setting): string {
  const name = `--${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (value === undefined || value === true) return name;
  return `${name} ${quoted([value].flat().join(","))}`;
}

/** A word as a shell takes it for one. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
