/** The columns of a frame as text: those of structs one by one, under the struct's name. */

import type { DataFrame, Series } from "nodejs-polars";
import { DataType } from "../polars.js";
import { plain } from "./html.js";
import { formatNumbers } from "./numbers.js";

/** A column of text. */
export interface Leaf {
  /** The name of the frame's column. */
  readonly column: string;
  /** The name of the struct's field; none for a column that is no struct. */
  readonly field: string | undefined;
  readonly type: string;
  readonly numeric: boolean;
  /** The values as people read them; `null` for a null. */
  readonly cells: readonly (string | null)[];
  /** The values as JSON can carry them, with all their digits. */
  readonly values: readonly (number | string | null)[];
}

const NUMBERS: Readonly<Record<string, string>> = {
  Int8: "i8",
  Int16: "i16",
  Int32: "i32",
  Int64: "i64",
  UInt8: "u8",
  UInt16: "u16",
  UInt32: "u32",
  UInt64: "u64",
  Float32: "f32",
  Float64: "f64",
};
const OTHERS: Readonly<Record<string, string>> = { String: "str", Utf8: "str", Categorical: "cat" };

/** The columns of a frame, in its order. */
export const leaves = (frame: DataFrame): Leaf[] => frame.getColumns().flatMap(leavesOf);

function leavesOf(series: Series): Leaf[] {
  if (variantOf(series) !== "Struct") return [leaf(series, series.name, undefined)];
  const fields = (series.struct.toFrame() as DataFrame).getColumns();
  return fields.map((field) => leaf(field, series.name, field.name));
}

const variantOf = (series: Series): string => (series.dtype as { variant: string }).variant;

function leaf(series: Series, column: string, field: string | undefined): Leaf {
  const variant = variantOf(series);
  const number = NUMBERS[variant];
  const type = number ?? OTHERS[variant] ?? variant.toLowerCase();
  const numeric = number !== undefined;
  if (number?.startsWith("f")) return { column, field, type, numeric, ...floats(series) };
  const cells = texts(series, variant);
  const values = numeric ? cells.map(exactNumber) : cells;
  return { column, field, type, numeric, cells, values };
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

const NESTED = new Set(["List", "Array", "FixedSizeList", "Struct", "Object", "Binary"]);

/** Polars' own text of a value, which knows units and time zones; nested values as JSON. */
function texts(series: Series, variant: string): (string | null)[] {
  const exact = (_key: string, value: unknown) =>
    typeof value === "bigint" ? String(value) : value;
  const values: readonly unknown[] = NESTED.has(variant)
    ? series.toArray().map((value: unknown) => value && JSON.stringify(value, exact))
    : series.cast(DataType.Utf8 as never).toArray();
  return values.map((value) => (typeof value === "string" ? plain(value) : null));
}
