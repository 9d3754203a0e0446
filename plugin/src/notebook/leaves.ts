/** Reads the columns of a frame as text. Each field of a struct is a column of its own. */

import type { DataFrame, Series } from "nodejs-polars";
import { DataType } from "../polars/native.js";
import { durationFormat } from "./durations.js";
import { plain } from "./html.js";
import { formatNumbers } from "./numbers.js";

/** A column as text, or a field of a struct. */
export interface Leaf {
  /** The name of the frame's column. */
  readonly column: string;
  /** The name of the field, if the column is a struct. */
  readonly field: string | undefined;
  /** The type, as polars prints it. */
  readonly type: string;
  /** Whether the values are numbers in JSON. */
  readonly numeric: boolean;
  /** Whether the values are amounts, which are aligned right. */
  readonly right: boolean;
  /** The values for people; `null` for a null. */
  readonly cells: readonly (string | null)[];
  /** The values for JSON, with all digits. */
  readonly values: readonly (number | string | null)[];
}

/** The columns and fields, in order. */
export const leaves = (columns: readonly Series[]): Leaf[] => columns.flatMap(leavesOf);

function leavesOf(series: Series): Leaf[] {
  const type = typeOf(series);
  if (!type.startsWith("struct")) return [leaf(series, type, series.name, undefined)];
  const fields = (series.struct.toFrame() as DataFrame).getColumns();
  return fields.map((field) => leaf(field, typeOf(field), series.name, field.name));
}

/**
 * The type as polars prints it. The property `dtype` throws for some types and loses the unit of
 * durations.
 */
function typeOf(series: Series): string {
  const empty = String(series.inner().head(0));
  return /' \[([^']*)\]\n\[\n\]$/.exec(empty)?.[1] ?? "";
}

function leaf(series: Series, type: string, column: string, field: string | undefined): Leaf {
  const numeric = /^[iuf]\d+$/.test(type);
  const right = numeric || /^(decimal|duration)\b/.test(type);
  const about = { column, field, type, numeric, right };
  if (numeric && type.startsWith("f")) return { ...about, ...floats(series) };
  const cells = texts(series, type).map((text) => (text === null ? null : plain(text)));
  const values = numeric ? cells.map(exactNumber) : cells;
  return { ...about, cells, values };
}

/** A whole number, or its text if a double cannot hold it. */
function exactNumber(text: string | null): number | string | null {
  return text !== null && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

function floats(series: Series): Pick<Leaf, "cells" | "values"> {
  const numbers = series.toArray() as unknown as readonly (number | null)[];
  const formatted = formatNumbers(numbers.filter((value) => value !== null));
  let next = 0;
  const cells = numbers.map((value) => (value === null ? null : (formatted[next++] ?? "")));
  const values = numbers.map((value, row) =>
    Number.isFinite(value) ? value : (cells[row] ?? null),
  );
  return { cells, values };
}

type Texts = readonly (string | null)[];

const strings = (series: Series): Texts =>
  series.cast(DataType.Utf8 as never).toArray() as unknown as Texts;

/** Polars' text of the values, with units and time zones. Nested values become JSON. */
function texts(series: Series, type: string): Texts {
  try {
    if (/^(list|array|struct|object)\b/.test(type)) return series.toArray().map(json);
    const format = durationFormat(type);
    if (format === undefined) return strings(series);
    return strings(series.cast(DataType.Int64 as never)).map((text) => text && format(text));
  } catch {
    // Nodejs-polars cannot read some types, such as bytes. The other columns are still shown.
    return strings(series.isNull()).map((isNull) => (isNull === "true" ? null : "…"));
  }
}

/** A nested value as JSON. Numbers that JSON cannot represent become text. */
const json = (value: unknown): string | null =>
  value === null
    ? null
    : JSON.stringify(value, (_name, item) => {
        if (typeof item === "bigint") return exactNumber(String(item));
        return typeof item === "number" && !Number.isFinite(item) ? formatNumbers([item])[0] : item;
      });
