/** The first and the last bytes of files. */

import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";

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

/** The last two lines of a text file that does not end its last line. Other characters than ASCII are garbled. */
export function unfinishedLines(path: string): readonly [before: string, last: string] | undefined {
  const [last = "", before, ...more] = bytesOf(path, "end", SOME)
    .toString("latin1")
    .split("\n")
    .reverse();
  // Without a third line the one before may be cut by the bytes that were read.
  if (before === undefined || last.trim() === "" || (more.length === 0 && isLong(path)))
    return undefined;
  return [before, last];
}

const isLong = (path: string): boolean => statSync(path).size > SOME;
