/** From the types and buffers of apache-arrow to columns that the addon reads where they stand. */

import type { Data, DataType, Dictionary, Vector } from "apache-arrow";
import type { LentColumn, LentPiece } from "../addon.js";
import type { InputSlot } from "../catalog.js";
import { TaError } from "../errors.js";
import { arrow } from "./peer.js";

/** What a column is read as. */
export type Use = InputSlot["kind"] | "group";

interface Storage {
  readonly storage: string;
  readonly number?: number;
}

interface Kind extends Storage {
  readonly uses: readonly Use[];
}

const WANTED: Readonly<Record<Use, string>> = {
  number: "indicators take numeric columns",
  key: "a key takes a Boolean, whole-number, date or time column",
  group: "rows are grouped by text, dictionary, numeric, Boolean, date or time columns",
};

/** A vector as the addon reads it; `name` is what errors call it. */
export function lend(name: string, vector: Vector, use: Use): LentColumn {
  const { type } = vector;
  const { uses, ...storage } = kindOf(type) ?? { uses: [] as Use[], storage: "" };
  if (!uses.includes(use)) {
    throw new TaError(`column "${name}" has dtype ${type}; ${WANTED[use]}`);
  }
  const dictionaries = new Map<Vector, number>();
  const pieces = vector.data.map((data) => piece(data, dictionaries));
  return {
    name,
    ...storage,
    pieces,
    dictionaries: [...dictionaries.keys()].map((each) => lend(name, each, use)),
  };
}

/** A number for every row. */
export const constant = (number: number): LentColumn => ({
  name: String(number),
  storage: "Constant",
  number,
  pieces: [],
});

function piece(data: Data, dictionaries: Map<Vector, number>): LentPiece {
  const { dictionary } = data;
  if (dictionary && !dictionaries.has(dictionary)) dictionaries.set(dictionary, dictionaries.size);
  return {
    rows: data.length,
    values: data.values,
    firstBit: data.offset,
    validity: data.nullCount > 0 ? data.nullBitmap : undefined,
    offsets: data.valueOffsets,
    heaps: data.variadicBuffers,
    dictionary: dictionary && dictionaries.get(dictionary),
  };
}

const ALL: readonly Use[] = ["number", "key", "group"];
const WHOLE = { uses: ALL };
const REAL = { uses: ["number", "group"] as const };
const TIME = { uses: ["key", "group"] as const };
const TEXT = { uses: ["group"] as const };

/** How values of a type are stored, and what they are taken as. */
function kindOf(type: DataType): Kind | undefined {
  const { DataType: is, Precision, DateUnit } = arrow;
  if (is.isDictionary(type)) return dictionary(type);
  if (is.isInt(type))
    return { ...WHOLE, storage: `${type.isSigned ? "Int" : "Uint"}${type.bitWidth}` };
  if (is.isBool(type)) return { ...WHOLE, storage: "Bool" };
  if (is.isNull(type)) return { ...WHOLE, storage: "Null" };
  if (is.isFloat(type)) {
    if (type.precision === Precision.HALF) return undefined;
    return { ...REAL, storage: type.precision === Precision.DOUBLE ? "Float64" : "Float32" };
  }
  if (is.isDecimal(type)) {
    return type.bitWidth === 128 ? { ...REAL, storage: "Decimal", number: type.scale } : undefined;
  }
  if (is.isDate(type)) return { ...TIME, storage: type.unit === DateUnit.DAY ? "Int32" : "Int64" };
  if (is.isTime(type)) return { ...TIME, storage: `Int${type.bitWidth}` };
  if (is.isTimestamp(type) || is.isDuration(type)) return { ...TIME, storage: "Int64" };
  if (is.isUtf8(type)) return { ...TEXT, storage: "Utf8" };
  if (is.isLargeUtf8(type)) return { ...TEXT, storage: "LargeUtf8" };
  if (is.isUtf8View(type)) return { ...TEXT, storage: "Utf8View" };
  return undefined;
}

function dictionary(type: Dictionary): Kind | undefined {
  const indices = kindOf(type.indices);
  return indices && kindOf(type.dictionary) && { ...indices, ...TEXT };
}
