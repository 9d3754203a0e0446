/** The first and the last bytes of files. */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Enough for some lines, in bytes. */
const SOME = 65_536;

function bytesOf(path: string, from: "begin" | "end", most: number): Buffer {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, most));
    const length = readSync(
      file,
      bytes,
      0,
      bytes.length,
      from === "begin" ? 0 : size - bytes.length,
    );
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/** The first two bytes of a file, fewer if it is shorter. */
export const firstBytes = (path: string): Buffer => bytesOf(path, "begin", 2);

/** The first lines of a text file. */
export function firstLines(path: string, count: number): string[] {
  const text = bytesOf(path, "begin", SOME)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  return text.split(/\r?\n/, count);
}

/** Whether a CSV file ends with lines that have no values. */
export function endsBlank(path: string, separator: string): boolean {
  const lines = bytesOf(path, "end", SOME).toString("latin1").split("\n");
  // The last line ends the file, or is empty after its last end of line.
  if (lines.at(-1) === "") lines.pop();
  const last = lines.at(-1) ?? "";
  return lines.length > 1 && last.replaceAll(separator, "").trim() === "";
}
