/** How CSV and TSV files are written. */

import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { sentence, setting } from "../core/sentence.js";
import { THOUSANDS } from "./numbers.js";

/** Ways in which CSV files differ. */
export interface Dialect {
  /**
   * The character between columns. Default: a tab in `.tsv` files, `;` with `decimalComma`, else a
   * comma.
   */
  readonly separator?: string;
  /** Texts that mean a missing value, besides the empty one. */
  readonly nullValue?: string | readonly string[];
  /**
   * Whether numbers have a decimal comma: `1,5`. A point is then an error, unless `thousands` says
   * what it is.
   */
  readonly decimalComma?: boolean;
  /**
   * The character between thousands, in groups of three digits: `","` for `1,234.5`. A space is any
   * kind of space.
   */
  readonly thousands?: string;
  /**
   * Names of the columns, for files without a line of names. If there are more columns, the others
   * are called `column_7` and so on, by their number.
   */
  readonly header?: readonly string[];
  /** How many lines to leave out at the beginning of each file. Default 0. */
  readonly skipLines?: number;
}

/** Characters that can separate columns. */
const SEPARATOR = /^[\t\x20-\x7e]$/;

const isSeparator = (value: unknown): boolean =>
  typeof value === "string" && SEPARATOR.test(value) && !/[\w".-]/.test(value);

/** Throws for options that contradict each other. */
export function checkDialect(dialect: Dialect): void {
  const { separator, nullValue, decimalComma } = dialect;
  if (separator !== undefined && !isSeparator(separator)) {
    throw new TaError(
      sentence`${setting("separator")} must be one character that stands between columns, such as ";" or a tab, got ${describe(separator)}`,
    );
  }
  if (decimalComma !== undefined && typeof decimalComma !== "boolean") {
    throw new TaError(
      sentence`${setting("decimalComma")} must be true or false, got ${describe(decimalComma)}`,
    );
  }
  if (decimalComma && separator === ",") {
    throw new TaError(
      sentence`a comma cannot stand both between columns and in numbers; leave out ${setting("decimalComma")}, or say what stands between columns with ${setting("separator", ";")}`,
    );
  }
  const words = nullValue === undefined ? [] : [nullValue].flat();
  const wrong = words.find((word) => typeof word !== "string" || word === "");
  if (wrong !== undefined) {
    throw new TaError(
      sentence`${setting("nullValue")} must be texts that are not empty, got ${describe(wrong)}`,
    );
  }
  checkThousands(dialect);
  checkLines(dialect);
}

function checkThousands({ thousands, decimalComma }: Dialect): void {
  if (thousands === undefined) return;
  if (!(THOUSANDS as readonly string[]).includes(thousands)) {
    throw new TaError(
      sentence`${setting("thousands")} must be one of ${THOUSANDS.map((one) => JSON.stringify(one)).join(", ")}, got ${describe(thousands)}`,
    );
  }
  if (thousands === "," && decimalComma) {
    throw new TaError(
      sentence`a comma cannot be both a decimal point and between thousands; leave out ${setting("decimalComma")} or ${setting("thousands")}`,
    );
  }
  if (thousands === "." && !decimalComma) {
    throw new TaError(
      sentence`with ${setting("thousands", ".")} numbers have a decimal comma, so it needs ${setting("decimalComma", true)}`,
    );
  }
}

function checkLines({ header, skipLines }: Dialect): void {
  if (header !== undefined) {
    const names: readonly unknown[] = Array.isArray(header) ? header : [header];
    const wrong = names.find((name) => typeof name !== "string" || name === "");
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (!Array.isArray(header) || names.length === 0 || wrong !== undefined) {
      throw new TaError(
        sentence`${setting("header")} must be a list of names of columns, got ${describe(wrong ?? header)}`,
      );
    }
    if (twice !== undefined) {
      throw new TaError(sentence`${setting("header")} has ${describe(twice)} more than once`);
    }
  }
  if (skipLines !== undefined && !(Number.isSafeInteger(skipLines) && skipLines >= 0)) {
    throw new TaError(
      sentence`${setting("skipLines")} must be a whole number from 0, got ${describe(skipLines)}`,
    );
  }
}
