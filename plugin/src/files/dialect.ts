/** How CSV and TSV files are written. */

import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { sentence, setting } from "../core/sentence.js";

/** Ways in which CSV files differ. */
export interface Dialect {
  /**
   * The character between columns. Default: a tab in `.tsv` files, `;` with `decimalComma`, else a
   * comma.
   */
  readonly separator?: string;
  /** Texts that mean a missing value, besides the empty one. */
  readonly nullValue?: string | readonly string[];
  /** Whether numbers have a decimal comma: `1,5`. A point is then an error. */
  readonly decimalComma?: boolean;
}

/** Characters that can separate columns. */
const SEPARATOR = /^[\t\x20-\x7e]$/;

/** Throws for options that contradict each other. */
export function checkDialect({ separator, nullValue, decimalComma }: Dialect): void {
  if (separator !== undefined && !(SEPARATOR.test(separator) && !/[\w".-]/.test(separator))) {
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
}

const USUAL = [";", "\t", "|", ","];

/** The separator that a file seems to have, if it was read as one column. */
export function otherSeparator(columns: readonly string[], given: Dialect): string | undefined {
  const [only] = columns;
  if (given.separator !== undefined || columns.length !== 1 || only === undefined) return undefined;
  return USUAL.find((separator) => only.includes(separator));
}

/** Advice about a value that is no number. */
export function readAsNumber(value: string, { decimalComma }: Dialect) {
  if (!decimalComma && /^\s*[+-]?\d+,\d+\s*$/.test(value)) {
    return sentence`; if that comma is a decimal point, say so with ${setting("decimalComma", true)}`;
  }
  if (decimalComma && value.includes(".")) {
    return sentence`; with ${setting("decimalComma")} no point may be in it`;
  }
  if (/\d/.test(value) || value.trim() === "") return sentence``;
  return sentence`; if it stands for a missing one, say so with ${setting("nullValue", value)}`;
}
