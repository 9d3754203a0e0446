/** Searches indicators by words. */

import { catalog, type IndicatorMeta } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { unknownName } from "../core/unknown.js";
import { ids } from "../generated/ids.js";

/**
 * How well an entry matches: a name equals the text, its names have all words, its description adds
 * the missing words, or it does not match.
 */
const [BY_NAME, BY_WORDS, BY_DESCRIPTION, NOT] = [0, 1, 2, 3];

/** The words of a text: runs of letters and digits. */
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * Entries whose names or description have all words of `text`, best match first. In names, a word
 * may begin or end a longer one (`rsi` in `stochrsi`); in descriptions only whole words count, so
 * that Sharpe does not match sharper.
 */
export function search(text: string): IndicatorMeta[] {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const answers = catalog().map((meta) => ({ meta, answer: answerOf(meta, words) }));
  return answers
    .filter(({ answer }) => answer !== NOT)
    .sort((a, b) => a.answer - b.answer)
    .map(({ meta }) => meta);
}

function answerOf(meta: IndicatorMeta, words: readonly string[]): number {
  const called = [meta.id, ...meta.aliases, meta.display_name].map((name) => wordsOf(name).join());
  if (called.includes(words.join())) return BY_NAME;
  const names = [meta.id, ...meta.aliases, meta.display_name].flatMap(wordsOf);
  const named = (word: string) =>
    names.some((name) => name.startsWith(word) || name.endsWith(word));
  if (words.every(named)) return BY_WORDS;
  const described = new Set([meta.category, meta.description].flatMap(wordsOf).map(singular));
  const told = (word: string) => named(word) || described.has(singular(word));
  return words.every(told) ? BY_DESCRIPTION : NOT;
}

const singular = (word: string): string => word.replace(/(?<=...)s$/, "");

/** The message for a text that matches nothing, with similar ids. */
export const nothingFor = (text: string): TaError =>
  new TaError(unknownName(`no indicator matches "${text}"`, text, ids));
