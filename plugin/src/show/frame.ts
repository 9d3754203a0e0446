/** Frames and Series as notebooks show them: a table of their first and last rows. */

import type { DataFrame, Series } from "nodejs-polars";
import { escapeHtml, plain } from "./html.js";
import { type Leaf, leaves } from "./leaves.js";
import type { Mime } from "./mime.js";

const ROWS = 10;
const COLUMNS = 20;

/** Rows that data explorers get, as many as polars gives them. */
const EXPLORED = 50;

/** How many are shown: polars' own setting, or ours. Negative means all. */
function limit(setting: string, usual: number): number {
  const value = Number.parseInt(process.env[setting] ?? "", 10);
  if (Number.isNaN(value)) return usual;
  return value < 0 ? Number.POSITIVE_INFINITY : Math.max(value, 2);
}

/** What a notebook shows of a frame. */
export function frameBundle(frame: DataFrame): Mime {
  return {
    "text/html": frameHtml(frame),
    "text/plain": plain(frame.toString()),
    "application/vnd.dataresource+json": resource(frame),
  };
}

/** What a notebook shows of a Series. */
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
  // One frame for both ends, so that a column has the same decimals in all its rows.
  const shown = thinned ? frame.head(head).vstack(frame.tail(rows - head)) : frame;
  const gap = thinned ? head : undefined;
  const columns = thin(leaves(shown));
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

/** The first and last columns. */
function thin(all: Leaf[]): Shown[] {
  const most = limit("POLARS_FMT_MAX_COLS", COLUMNS);
  if (all.length <= most) return all;
  const head = Math.ceil(most / 2);
  return [...all.slice(0, head), "gap", ...all.slice(all.length - (most - head))];
}

const tr = (cells: string[]): string => `<tr>${cells.join("")}</tr>`;

const align = (leaf: Shown): string =>
  `style="text-align:${leaf !== "gap" && leaf.numeric ? "right" : "left"}"`;

function cell(leaf: Shown, value: string | null | undefined): string {
  const text = value == null ? '<span style="opacity:0.4">null</span>' : escapeHtml(value);
  return `<td ${align(leaf)}>${text}</td>`;
}

/** Names over types; where there are structs, their fields stand between. */
function header(columns: Shown[]): string {
  const nested = columns.some((leaf) => leaf !== "gap" && leaf.field !== undefined);
  const names: string[] = [];
  const fields: string[] = [];
  columns.forEach((leaf, index) => {
    const own = leaf === "gap" ? "…" : escapeHtml(leaf.field ?? leaf.column);
    const type = leaf === "gap" ? "" : `<br><small style="opacity:0.6">${leaf.type}</small>`;
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

/** The first rows for data explorers, with whatever JSON has no word for as text. */
function resource(frame: DataFrame): object {
  const rows = limit("POLARS_FMT_MAX_ROWS", EXPLORED);
  const all = leaves(frame.head(Math.min(rows, frame.height)));
  const named = all.map((leaf) => ({
    ...leaf,
    name: leaf.field === undefined ? leaf.column : `${leaf.column}.${leaf.field}`,
  }));
  const data = Array.from({ length: all[0]?.cells.length ?? 0 }, (_, row) =>
    Object.fromEntries(named.map(({ name, values }) => [name, values[row] ?? null])),
  );
  const fields = named.map(({ name, numeric }) => ({ name, type: numeric ? "number" : "string" }));
  return { schema: { fields }, data };
}
