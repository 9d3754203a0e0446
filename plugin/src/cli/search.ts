/** Which indicators a text may mean. */

import { catalog, type IndicatorMeta } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { unknownName } from "../core/unknown.js";
import { ids } from "../generated/ids.js";

/** How well an entry answers: it is called so, by its names, with the help of its description, or not at all. */
const [CALLED_SO, BY_NAMES, BY_DESCRIPTION, NOT] = [0, 1, 2, 3];

/** The words of a text: letters and digits that stand together. */
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * Entries whose names or description have all words of `text`, best answer first. In a name a
 * word may be the beginning or the end of another (`rsi` of `stochrsi`), in a description only
 * a whole one counts: nobody who looks for Sharpe wants what is called sharper.
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
  if (called.includes(words.join())) return CALLED_SO;
  const names = [meta.id, ...meta.aliases, meta.display_name].flatMap(wordsOf);
  const named = (word: string) =>
    names.some((name) => name.startsWith(word) || name.endsWith(word));
  if (words.every(named)) return BY_NAMES;
  const described = new Set([meta.category, meta.description].flatMap(wordsOf).map(singular));
  const told = (word: string) => named(word) || described.has(singular(word));
  return words.every(told) ? BY_DESCRIPTION : NOT;
}

const singular = (word: string): string => word.replace(/(?<=...)s$/, "");

/** The error for a text that nothing answers, with names that are spelled nearly so. */
export const nothingFor = (text: string): TaError =>
  new TaError(unknownName(`no indicator matches "${text}"`, text, ids));
