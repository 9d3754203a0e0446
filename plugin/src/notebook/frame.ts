/** Shows frames and Series in notebooks, as a table of their first and last rows. */

import type { DataFrame, Series } from "nodejs-polars";
import { escapeHtml, plain } from "./html.js";
import { type Leaf, leaves } from "./leaves.js";
import type { Mime } from "./mime.js";

const ROWS = 10;
const COLUMNS = 20;

/** Most characters in a cell. */
const CHARACTERS = 100;

/** Rows for data explorers; as many as polars gives them. */
const EXPLORED = 50;

/**
 * The limit that an environment variable of polars sets, or our default. Negative means no limit.
 */
function limit(setting: string, usual: number): number {
  const value = Number.parseInt(process.env[setting] ?? "", 10);
  if (Number.isNaN(value)) return usual;
  return value < 0 ? Number.POSITIVE_INFINITY : Math.max(value, 2);
}

/** The representations of a frame. */
export function frameBundle(frame: DataFrame): Mime {
  return {
    "text/html": frameHtml(frame),
    "text/plain": plain(frame.toString()),
    "application/vnd.dataresource+json": resource(frame),
  };
}

/** The representations of a Series. */
export function seriesBundle(series: Series): Mime {
  return {
    "text/html": frameHtml(series.toFrame() as DataFrame),
    "text/plain": plain(series.toString()),
  };
}

/** A frame as an HTML table. */
export function frameHtml(frame: DataFrame): string {
  const { height, width } = frame;
  const rows = limit("POLARS_FMT_MAX_ROWS", ROWS);
  const thinned = height > rows;
  const head = Math.ceil(rows / 2);
  // One frame for both ends, so that all rows of a column have the same number of decimals.
  const shown = thinned ? frame.head(head).vstack(frame.tail(rows - head)) : frame;
  const gap = thinned ? head : undefined;
  const columns = thin(shown);
  const body: string[] = [];
  for (let row = 0; row < shown.height; row += 1) {
    if (row === gap) body.push(tr(columns.map((leaf) => cell(leaf, "…"))));
    body.push(tr(columns.map((leaf) => cell(leaf, leaf === "gap" ? "…" : leaf.cells[row]))));
  }
  const count = (number: number, of: string) =>
    `${number.toLocaleString("en")} ${of}${number === 1 ? "" : "s"}`;
  return (
    `<table style="font-variant-numeric:tabular-nums"><thead>${header(columns)}</thead>` +
    `<tbody>${body.join("")}</tbody></table>` +
    `<small>${count(height, "row")} × ${count(width, "column")}</small>`
  );
}

type Shown = Leaf | "gap";

/** The first and last columns. Those between are not read. */
function thin(frame: DataFrame): Shown[] {
  const most = limit("POLARS_FMT_MAX_COLS", COLUMNS);
  const head = Math.ceil(most / 2);
  const tail = most - head;
  const read = (names: readonly string[]) => leaves(names.map((name) => frame.getColumn(name)));
  const names = frame.columns;
  if (names.length > most) {
    const first = read(names.slice(0, head)).slice(0, head);
    return [...first, "gap", ...read(names.slice(-tail)).slice(-tail)];
  }
  const all = read(names);
  return all.length > most ? [...all.slice(0, head), "gap", ...all.slice(-tail)] : all;
}

const tr = (cells: string[]): string => `<tr>${cells.join("")}</tr>`;

const align = (leaf: Shown): string =>
  `style="text-align:${leaf !== "gap" && leaf.right ? "right" : "left"}"`;

function cell(leaf: Shown, value: string | null | undefined): string {
  const text = value == null ? '<span style="opacity:0.4">null</span>' : escapeHtml(cut(value));
  return `<td ${align(leaf)}>${text}</td>`;
}

/** Shortens a long text. */
function cut(text: string): string {
  const most = limit("POLARS_FMT_STR_LEN", CHARACTERS);
  const characters = text.length > most ? [...text] : [];
  return characters.length > most ? `${characters.slice(0, most).join("")}…` : text;
}

/** The header: names and types; for structs a second row with the fields. */
function header(columns: Shown[]): string {
  const nested = columns.some((leaf) => leaf !== "gap" && leaf.field !== undefined);
  const names: string[] = [];
  const fields: string[] = [];
  columns.forEach((leaf, index) => {
    const own = leaf === "gap" ? "…" : escapeHtml(leaf.field ?? leaf.column);
    const type =
      leaf === "gap" ? "" : `<br><small style="opacity:0.6">${escapeHtml(leaf.type)}</small>`;
    if (leaf === "gap" || leaf.field === undefined) {
      names.push(`<th ${nested ? 'rowspan="2" ' : ""}${align(leaf)}>${own}${type}</th>`);
      return;
    }
    fields.push(`<th ${align(leaf)}>${own}${type}</th>`);
    if (sameStruct(columns[index - 1], leaf)) return;
    let span = 1;
    while (sameStruct(columns[index + span], leaf)) span += 1;
    const name = escapeHtml(leaf.column);
    names.push(`<th colspan="${span}" style="text-align:center">${name}</th>`);
  });
  return tr(names) + (nested ? tr(fields) : "");
}

const sameStruct = (other: Shown | undefined, leaf: Leaf): boolean =>
  other !== undefined &&
  other !== "gap" &&
  other.field !== undefined &&
  other.column === leaf.column;

/** A unique name for a field: that of the struct, a dot, that of the field. */
function nameOf({ column, field }: Leaf, taken: Set<string>): string {
  if (field === undefined) return column;
  let name = `${column}.${field}`;
  while (taken.has(name)) name += "_";
  taken.add(name);
  return name;
}

/** The first rows for data explorers. Values that JSON cannot represent become text. */
function resource(frame: DataFrame): object {
  const rows = limit("POLARS_FMT_MAX_ROWS", EXPLORED);
  const all = leaves(frame.head(Math.min(rows, frame.height)).getColumns());
  const taken = new Set(frame.columns);
  const named = all.map((leaf) => ({ ...leaf, name: nameOf(leaf, taken) }));
  const data = Array.from({ length: all[0]?.cells.length ?? 0 }, (_, row) =>
    Object.fromEntries(named.map(({ name, values }) => [name, values[row] ?? null])),
  );
  const fields = named.map(({ name, numeric }) => ({ name, type: numeric ? "number" : "string" }));
  return { schema: { fields }, data };
}
