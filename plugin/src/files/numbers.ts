/** Numbers as texts of CSV files write them. */

import type { Expr } from "nodejs-polars";
import { sentence, setting } from "../core/sentence.js";
import { pl } from "../polars/native.js";
import type { Dialect } from "./dialect.js";

/** Characters that can stand between thousands. A space is any kind of space. */
export const THOUSANDS = [",", ".", "'", "’", "_", " "] as const;

/** Signs of currencies, which may stand before or after a number. */
const CURRENCY = "[$€£¥]?";

/** What a pattern writes for the character between thousands. */
const inPattern = (thousands: string): string => (thousands === " " ? "\\s" : `[${thousands}]`);

/** A number in one of these ways, with spaces and a currency around it. */
function written({ thousands, decimalComma = false }: Dialect): string {
  const whole =
    thousands === undefined ? "\\d+" : `(\\d+|\\d{1,3}(${inPattern(thousands)}\\d{3})+)`;
  const fraction = `(${decimalComma ? "," : "\\."}\\d*)?`;
  return `^\\s*[-+]?\\s*${CURRENCY}\\s*[-+]?${whole}${fraction}([eE][-+]?\\d+)?\\s*${CURRENCY}\\s*$`;
}

/** Rewrites texts of numbers as polars reads numbers; other texts stay no numbers. */
function usualText(text: Expr, dialect: Dialect): Expr {
  const { thousands, decimalComma = false } = dialect;
  const apart = thousands === undefined ? "" : inPattern(thousands);
  const bare = text.str.replaceAll(`[\\s$€£¥]${apart && `|${apart}`}`, "");
  const pointed = (one: Expr) => (decimalComma ? one.str.replace(",", ".", true) : one);
  // With a decimal comma, the point of 1.234 would be read as a decimal point.
  const other = decimalComma ? text.str.replaceAll(".", "?", true) : text;
  return pl
    .when(text.str.contains(written(dialect)))
    .then(pointed(bare))
    .otherwise(pointed(other));
}

/** Converts texts to numbers, null where they are none. */
export const numberIn = (text: Expr, dialect: Dialect): Expr =>
  usualText(text, dialect).cast(pl.Float64, false);

/** Converts texts to numbers; polars fails at one that is none. */
export const numberOrFailure = (text: Expr, dialect: Dialect): Expr =>
  usualText(text, dialect).cast(pl.Float64, true);

/** Whether a dialect writes numbers as polars does not read them. */
export const isUnusual = ({ thousands, decimalComma }: Dialect): boolean =>
  thousands !== undefined || decimalComma === true;

/** Advice about a value that is no number. */
export function readAsNumber(text: string, { decimalComma = false, thousands }: Dialect) {
  const value = text.replaceAll(/^[\s$€£¥]+|[\s$€£¥]+$/g, "");
  const comma = sentence`if that comma is a decimal point, say so with ${setting("decimalComma", true)}`;
  const [, apart = ""] =
    /^[-+]?\d{1,3}(?:([,.'’_]|\s)\d{3})(?:\1\d{3})*(?:[.,]\d*)?$/.exec(value) ?? [];
  const between = /^\s$/.test(apart) ? " " : apart;
  const grouped =
    between !== "" && thousands === undefined && between !== (decimalComma ? "," : ".");
  if (grouped) {
    const what = between === " " ? "that space" : JSON.stringify(between);
    const said = sentence`if ${what} stands between thousands, say so with ${setting("thousands", between)}`;
    if (/^[-+]?\d+,\d{3}$/.test(value)) return sentence`; ${comma}; ${said}`;
    if (between !== ".") return sentence`; ${said}`;
    return sentence`; with ${setting("decimalComma")} no point may be in it; ${said}`;
  }
  if (!decimalComma && /^[-+]?\d+,\d+$/.test(value)) return sentence`; ${comma}`;
  if (!decimalComma && /^[-+]?\d{1,3}(\.\d{3})+,\d+$/.test(value)) {
    return sentence`; ${comma}, and the points with ${setting("thousands", ".")}`;
  }
  if (decimalComma && value.includes(".") && thousands !== ".") {
    return sentence`; with ${setting("decimalComma")} no point may be in it`;
  }
  if (/\d/.test(value) || value === "") return sentence``;
  return sentence`; if it stands for a missing one, say so with ${setting("nullValue", text)}`;
}
