/** Inputs and outputs of commands: files, and standard input and output for `-`. */

import { checkDialect, type Dialect } from "../files/dialect.js";
import { type FormatName, formatNamed } from "../files/formats.js";
import type { InputStream } from "../files/streams.js";
import type { Target } from "../files/whole.js";
import type { InputFlags } from "./options.js";

const STANDARD = "-";

/** What flags say of the inputs; refuses what no file is written by. */
export function inputsOf(
  files: readonly string[],
  flags: InputFlags,
): Dialect & { inputs: (string | InputStream)[]; format?: FormatName } {
  const { format, separator, nullValue, decimalComma } = flags;
  if (format !== undefined) formatNamed("format", format);
  const dialect: Dialect = {
    ...(separator !== undefined && { separator: TABS.has(separator) ? "\t" : separator }),
    ...(nullValue !== undefined && { nullValue }),
    ...(decimalComma !== undefined && { decimalComma }),
  };
  checkDialect(dialect);
  return {
    inputs: files.map((file) => (file === STANDARD ? process.stdin : file)),
    ...(format !== undefined && { format: format as FormatName }),
    ...dialect,
  };
}

/** How a tab is written by those whose shell has no better way. */
const TABS = new Set(["\\t", "tab"]);

/** Where a command's result goes. */
export const targetOf = (out: string): Target => (out === STANDARD ? process.stdout : out);
