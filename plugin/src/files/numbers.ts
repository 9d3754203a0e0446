/** Numbers as texts of CSV files write them. */

import type { Expr } from "nodejs-polars";
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

/** Converts texts to numbers; what is not a number becomes null. */
export const numberIn = (text: Expr, dialect: Dialect): Expr =>
  usualText(text, dialect).cast(pl.Float64, false);

/** Converts texts to numbers; polars fails at a text that is not one. */
export const numberOrFailure = (text: Expr, dialect: Dialect): Expr =>
  usualText(text, dialect).cast(pl.Float64, true);

/** Whether a dialect writes numbers as polars does not read them. */
export const isUnusual = ({ thousands, decimalComma }: Dialect): boolean =>
  thousands !== undefined || decimalComma === true;
