import pl from "nodejs-polars";

const mostSymbols = 20;
const mostRows = 4;

/**
 * The last rows of each symbol, turned on their side: a line per column of the frame, which has more columns than
 * a terminal is wide. Each symbol has fewer rows where that makes room for more symbols.
 *
 * @param {pl.DataFrame} frame
 * @param {(string | undefined)[]} symbols undefined: the frame has no symbol column
 * @param {number} width
 */
export function table(frame, symbols, width) {
  // Read once: every access makes a Series of every column.
  const types = Object.entries(frame.schema).map(([name, { variant }]) => ({ name, variant }));
  const names = types.map(({ name }) => name);
  const labels = names.map((name) => name.padEnd(longest(names)));
  const room = width - longest(names);
  const blocks = symbols.slice(0, mostSymbols).map((symbol) => lastRows(frame, types, symbol));
  const rows = [mostRows, 2].find((count) => widthOf(blocks, count) <= room) ?? 1;
  let shown = blocks.length;
  while (shown > 1 && widthOf(blocks.slice(0, shown), rows) > room) shown -= 1;

  const columns = [labels, ...lastOf(blocks.slice(0, shown), rows)];
  const lines = names.map((_, line) => columns.map((cells) => cells[line]).join("  "));
  const hidden = symbols.length - shown;
  if (hidden > 0) lines.push(`(and ${hidden} more symbol${hidden === 1 ? "" : "s"})`);
  return lines.join("\n");
}

/**
 * The last rows of a symbol, each as cells of one width.
 *
 * @param {pl.DataFrame} frame
 * @param {{ name: string, variant: string }[]} types
 * @param {string | undefined} symbol
 * @returns {string[][]}
 */
function lastRows(frame, types, symbol) {
  const rows = symbol === undefined ? frame : frame.filter(pl.col("symbol").eq(pl.lit(symbol)));
  return rows
    .tail(mostRows)
    .toRecords()
    .map((row) => {
      const cells = types.map(({ name, variant }) => format(row[name], variant));
      return cells.map((cell) => cell.padStart(longest(cells)));
    });
}

/**
 * @param {string[][][]} blocks
 * @param {number} rows
 */
function lastOf(blocks, rows) {
  return blocks.flatMap((block) => block.slice(-rows));
}

/**
 * @param {string[][][]} blocks
 * @param {number} rows
 */
function widthOf(blocks, rows) {
  return lastOf(blocks, rows).reduce((sum, cells) => sum + 2 + longest(cells), 0);
}

/**
 * @param {unknown} value
 * @param {string} type
 */
function format(value, type) {
  if (value === null || value === undefined) return "null";
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, "");
  if (typeof value !== "number" || !type.startsWith("Float")) return String(value);
  const size = Math.abs(value);
  if (size < 0.001 && size > 0) return value.toPrecision(3);
  const digits = size >= 1e6 ? 0 : size >= 1 ? 2 : 4;
  return value.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** @param {string[]} texts */
function longest(texts) {
  return Math.max(...texts.map((text) => text.length));
}
