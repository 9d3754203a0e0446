/** Inputs and outputs of commands: files, or standard input and output for `-`. */

import { checkDialect, type Dialect } from "../files/dialect.js";
import { type FormatName, formatNamed } from "../files/formats.js";
import type { InputStream } from "../files/streams.js";
import type { Target } from "../files/whole.js";
import type { InputFlags } from "./options.js";
import { flagNumber } from "./text.js";

const STANDARD = "-";

/** The inputs that flags describe. Throws if the flags contradict each other. */
export function inputsOf(
  files: readonly string[],
  flags: InputFlags,
): Dialect & { inputs: (string | InputStream)[]; format?: FormatName } {
  const { format, separator, nullValue, decimalComma, thousands, header, skipLines } = flags;
  if (format !== undefined) formatNamed("format", format);
  const dialect: Dialect = {
    ...(separator !== undefined && { separator: TABS.has(separator) ? "\t" : separator }),
    ...(nullValue !== undefined && { nullValue }),
    ...(decimalComma !== undefined && { decimalComma }),
    ...(thousands !== undefined && { thousands }),
    ...(header !== undefined && { header: header.split(",").map((name) => name.trim()) }),
    ...(skipLines !== undefined && { skipLines: flagNumber(skipLines) }),
  };
  checkDialect(dialect);
  return {
    inputs: files.map((file) => (file === STANDARD ? process.stdin : file)),
    ...(format !== undefined && { format: format as FormatName }),
    ...dialect,
  };
}

/** Ways to write a tab in a shell. */
const TABS = new Set(["\\t", "tab"]);

/** The file or stream for a command's result. */
export const targetOf = (out: string): Target => (out === STANDARD ? process.stdout : out);
