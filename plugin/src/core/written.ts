/** Numbers as people write them, and what a caller says so that they are read. Needs no polars. */

import { type Sentence, sentence, setting } from "./sentence.js";

/** How numbers are written, as options of files say it. */
interface Ways {
  readonly decimalComma?: boolean;
  readonly thousands?: string;
}

/** What the characters of a text may stand for, if it is a number. */
export interface Reading {
  /** Whether it has digits. */
  readonly digits: boolean;
  /** The character between groups of three digits; a space for any kind of space. */
  readonly between: string | undefined;
  /** Whether its comma may be a decimal point. */
  readonly comma: boolean;
}

const bare = (text: string): string => text.replaceAll(/^[\s$€£¥]+|[\s$€£¥]+$/g, "");

/** What a text may stand for. Signs of currencies around it are left out. */
export function readingOf(text: string): Reading {
  const value = bare(text);
  const [, apart] = /^[-+]?\d{1,3}(?:([,.'’_]|\s)\d{3})(?:\1\d{3})*(?:[.,]\d*)?$/.exec(value) ?? [];
  return {
    digits: /\d/.test(value),
    between: apart !== undefined && /^\s$/.test(apart) ? " " : apart,
    comma: /^[-+]?(\d+|\d{1,3}(\.\d{3})+),\d+$/.test(value),
  };
}

/** A character between thousands, in a sentence. */
export const inWords = (between: string): string =>
  between === " " ? "that space" : JSON.stringify(between);

/** What to say about a text that is no number in these ways, in parts; nothing if that is unclear. */
export function readAsNumber(text: string, ways: Ways): readonly Sentence[] {
  const { decimalComma = false, thousands } = ways;
  const { digits, between, comma } = readingOf(text);
  const point = sentence`if that comma is a decimal point, say so with ${setting("decimalComma", true)}`;
  const noPoint = sentence`with ${setting("decimalComma")} no point may be in it`;
  const grouped =
    between !== undefined && thousands === undefined && between !== (decimalComma ? "," : ".");
  if (grouped) {
    const said = sentence`if ${inWords(between)} stands between thousands, say so with ${setting("thousands", between)}`;
    // 12,345 may be either.
    if (comma && between === ",") return [point, said];
    return between === "." ? [noPoint, said] : [said];
  }
  if (!decimalComma && comma) {
    return between === "."
      ? [sentence`${point}, and the points with ${setting("thousands", ".")}`]
      : [point];
  }
  if (decimalComma && text.includes(".") && thousands !== ".") return [noPoint];
  if (digits || bare(text) === "") return [];
  return [sentence`if it stands for a missing one, say so with ${setting("nullValue", text)}`];
}
