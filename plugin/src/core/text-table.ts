/** Tables of plain text. */

/** The width of a usual terminal, and of a documentation page. */
export const USUAL_WIDTH = 100;

const GAP = "  ";

/**
 * Rows of text in aligned columns.
 *
 * @param width The most characters of a line, if there is a limit. Cells of the widest columns are
 * wrapped then; continued lines begin with a space.
 */
export function table(
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): string {
  const widths = narrowed(
    width,
    widthsOf(rows, (cell) => [cell]),
    widthsOf(rows, wordsOf),
  );
  return rows.flatMap((row) => linesOf(row, widths)).join("\n");
}

/** The longest part in each column. */
const widthsOf = (
  rows: readonly (readonly string[])[],
  parts: (cell: string) => readonly string[],
): number[] =>
  (rows[0] ?? []).map((_, i) =>
    Math.max(...rows.flatMap((row) => parts(row[i] ?? "").map((part) => part.trim().length))),
  );

/** The parts between which a line may be broken: words, and alternatives such as `a|b`. */
const wordsOf = (text: string): string[] => text.match(/\s*[^\s|/]*[|/]?/g) ?? [];

/**
 * Narrows the widest columns until all fit. The first column has names and keeps its width; words
 * stay whole.
 */
function narrowed(width: number, widths: readonly number[], words: readonly number[]): number[] {
  const fitting = [...widths];
  const room = width - GAP.length * (widths.length - 1);
  let over = fitting.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const room = fitting.map((width, i) => (i > 0 && width > (words[i] ?? 0) ? width : 0));
    const most = Math.max(...room);
    if (most === 0) break;
    const widest = room.indexOf(most);
    fitting[widest] = (fitting[widest] ?? 0) - 1;
    over -= 1;
  }
  return fitting;
}

function linesOf(row: readonly string[], widths: readonly number[]): string[] {
  const cells = row.map((cell, i) => wrapped(cell, widths[i] ?? 0));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, i) => (lines[line] ?? "").padEnd(widths[i] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

/** A text in lines, broken between words and alternatives. */
function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of wordsOf(text)) {
    const line = lines.at(-1) ?? "";
    if (line.length + word.trimEnd().length <= width) lines[lines.length - 1] = line + word;
    else lines.push(word.trimStart());
  }
  return lines[0] === "" && lines.length > 1 ? lines.slice(1) : lines;
}
