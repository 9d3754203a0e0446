/** Tables of text. */

/** What a terminal of the usual kind and a page of documentation have room for. */
const WIDTH = 100;

const GAP = "  ";

/** The least that a column is narrowed to. */
const NARROWEST = 8;

/**
 * Rows of text in aligned columns, at most 100 characters wide: cells of the widest columns go
 * on below themselves, and such lines begin with a space.
 */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = narrowed(naturalWidths(rows));
  return rows.flatMap((row) => linesOf(row, widths)).join("\n");
}

const naturalWidths = (rows: readonly (readonly string[])[]): number[] =>
  (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));

/** Takes from the widest columns until all fit. The first one has names, which stay whole. */
function narrowed(widths: readonly number[]): number[] {
  const fitting = [...widths];
  const room = WIDTH - GAP.length * (widths.length - 1);
  let over = fitting.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = fitting.indexOf(Math.max(...fitting.slice(1)), 1);
    if (widest < 0 || (fitting[widest] ?? 0) <= NARROWEST) break;
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

/** A text in lines, broken between words and alternatives; what is longer still is cut. */
function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.match(/\s*[^\s|]*\|?/g) ?? []) {
    const line = lines.at(-1) ?? "";
    if (line.length + word.trimEnd().length <= width) lines[lines.length - 1] = line + word;
    else lines.push(...pieces(word.trimStart(), width));
  }
  return lines[0] === "" && lines.length > 1 ? lines.slice(1) : lines;
}

const pieces = (word: string, width: number): string[] =>
  word.match(new RegExp(`.{1,${Math.max(1, width)}}`, "g")) ?? [];
