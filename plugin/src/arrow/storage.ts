/** Describes apache-arrow columns to the addon, which reads their buffers in place. */

import type { Data, DataType, Dictionary } from "apache-arrow";
import type { BorrowedColumn, BorrowedPiece } from "../core/addon.js";
import type { InputSlot } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import {
  bufferOf,
  type Chunks,
  checkChunks,
  faulty,
  isObject,
  readable,
  shown,
  typeText,
  validityOf,
} from "./chunks.js";
import { arrow } from "./peer.js";

/** The purpose for which a column is read. */
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

/** A vector for the addon to borrow. Error messages call it `name`. */
export const borrowed = (name: string, chunks: Chunks, use: Use): BorrowedColumn =>
  readable(`column "${name}"`, () => described(name, chunks, use));

function described(name: string, chunks: Chunks, use: Use): BorrowedColumn {
  checkChunks(name, chunks);
  const { type } = chunks;
  const { uses, ...storage } = kindOf(type) ?? { uses: [] as Use[], storage: "" };
  if (!uses.includes(use)) {
    throw new TaError(`column "${name}" has dtype ${typeText(type)}; ${WANTED[use]}`);
  }
  const dictionaries = new Map<Chunks, number>();
  const pieces = chunks.data.map((data) => {
    if (!isAlike(data.type, type)) {
      throw faulty(
        name,
        `has data of dtype ${typeText(data.type)} where the dtype is ${typeText(type)}`,
      );
    }
    return piece(name, data, storage, dictionaries);
  });
  return {
    name,
    ...storage,
    pieces,
    dictionaries: [...dictionaries.keys()].map((each) => described(name, each, use)),
  };
}

/** A constant in the place of a column. */
export const constant = (number: number): BorrowedColumn => ({
  name: String(number),
  storage: "Constant",
  number,
  pieces: [],
});

/** Whether data of the two types has the same layout. */
function isAlike(one: DataType, other: DataType): boolean {
  if (one === other) return true;
  const inside = (type: DataType): unknown =>
    isDictionary(type) ? kindOf(type.dictionary) : undefined;
  const text = (type: DataType): string => JSON.stringify([kindOf(type), inside(type)]);
  return text(one) === text(other);
}

function piece(
  name: string,
  data: Data,
  { storage }: Storage,
  dictionaries: Map<Chunks, number>,
): BorrowedPiece {
  const { length: rows, offset } = data;
  const validity = storage === "Null" ? undefined : validityOf(name, data);
  const { kind, bytes } = VALUES[storage] ?? { kind: "", bytes: 0 };
  const wanted = storage === "Bool" ? Math.ceil((offset + rows) / 8) : rows * bytes;
  // The values may be missing in a column without rows or a text column without characters.
  const bare = kind === "" || (data.values === undefined && wanted === 0);
  const values = bare ? undefined : bufferOf(name, "values", data.values, kind, wanted);
  const offsets = OFFSETS[storage];
  const heaps = storage === "Utf8View" ? heapsOf(name, data) : [];
  return {
    rows,
    values,
    firstBit: offset,
    validity,
    offsets:
      offsets && rows > 0
        ? bufferOf(name, "offsets", data.valueOffsets, offsets.kind, (rows + 1) * offsets.bytes)
        : undefined,
    heaps,
    dictionary: isDictionary(data.type)
      ? dictionaryOf(name, data, data.type, dictionaries)
      : undefined,
  };
}

function heapsOf(name: string, { variadicBuffers }: Data): ArrayBufferView[] {
  if (!Array.isArray(variadicBuffers)) throw faulty(name, "has no list of buffers with its text");
  return variadicBuffers.map((heap) => bufferOf(name, "text", heap, "Uint8Array", 0));
}

/** The number of the dictionary that the indices refer to. */
function dictionaryOf(
  name: string,
  { dictionary }: Data,
  type: Dictionary,
  known: Map<Chunks, number>,
): number {
  if (!isObject(dictionary) || !arrow.Vector.isVector(dictionary)) {
    throw faulty(name, `has ${dictionary === undefined ? "no" : shown(dictionary)} dictionary`);
  }
  if (!isAlike(dictionary.type as DataType, type.dictionary)) {
    throw faulty(name, `has a dictionary of another dtype than ${typeText(type.dictionary)}`);
  }
  const number = known.get(dictionary) ?? known.size;
  known.set(dictionary, number);
  return number;
}

const isDictionary = (type: DataType): type is Dictionary => arrow.DataType.isDictionary(type);

/** The class of the array of values for each storage, and its bytes per row. */
const VALUES: Readonly<Record<string, { readonly kind: string; readonly bytes: number }>> = {
  Int8: { kind: "Int8Array", bytes: 1 },
  Int16: { kind: "Int16Array", bytes: 2 },
  Int32: { kind: "Int32Array", bytes: 4 },
  Int64: { kind: "BigInt64Array", bytes: 8 },
  Uint8: { kind: "Uint8Array", bytes: 1 },
  Uint16: { kind: "Uint16Array", bytes: 2 },
  Uint32: { kind: "Uint32Array", bytes: 4 },
  Uint64: { kind: "BigUint64Array", bytes: 8 },
  Float32: { kind: "Float32Array", bytes: 4 },
  Float64: { kind: "Float64Array", bytes: 8 },
  Decimal: { kind: "Uint32Array", bytes: 16 },
  Bool: { kind: "Uint8Array", bytes: 0 },
  Utf8: { kind: "Uint8Array", bytes: 0 },
  LargeUtf8: { kind: "Uint8Array", bytes: 0 },
  Utf8View: { kind: "Uint8Array", bytes: 16 },
};

const OFFSETS: Readonly<Record<string, { readonly kind: string; readonly bytes: number }>> = {
  Utf8: { kind: "Int32Array", bytes: 4 },
  LargeUtf8: { kind: "BigInt64Array", bytes: 8 },
};

const ALL: readonly Use[] = ["number", "key", "group"];
const WHOLE = { uses: ALL };
const REAL = { uses: ["number", "group"] as const };
const TIME = { uses: ["key", "group"] as const };
const TEXT = { uses: ["group"] as const };

/** How the values of a type are stored, and the purposes for which they can be read. */
function kindOf(type: DataType): Kind | undefined {
  const kind = isDictionary(type) ? dictionaryKind(type) : plainKind(type);
  return kind && (kind.storage === "Null" || kind.storage in VALUES) ? kind : undefined;
}

function plainKind(type: DataType): Kind | undefined {
  const { DataType: is, Precision, DateUnit } = arrow;
  if (is.isInt(type))
    return { ...WHOLE, storage: `${type.isSigned ? "Int" : "Uint"}${type.bitWidth}` };
  if (is.isBool(type)) return { ...WHOLE, storage: "Bool" };
  if (is.isNull(type)) return { ...WHOLE, storage: "Null" };
  if (is.isFloat(type)) {
    if (type.precision === Precision.DOUBLE) return { ...REAL, storage: "Float64" };
    return type.precision === Precision.SINGLE ? { ...REAL, storage: "Float32" } : undefined;
  }
  if (is.isDecimal(type)) {
    const known = type.bitWidth === 128 && Number.isInteger(type.scale);
    return known ? { ...REAL, storage: "Decimal", number: type.scale } : undefined;
  }
  if (is.isDate(type)) return { ...TIME, storage: type.unit === DateUnit.DAY ? "Int32" : "Int64" };
  if (is.isTime(type)) return { ...TIME, storage: `Int${type.bitWidth}` };
  if (is.isTimestamp(type) || is.isDuration(type)) return { ...TIME, storage: "Int64" };
  if (is.isUtf8(type)) return { ...TEXT, storage: "Utf8" };
  if (is.isLargeUtf8(type)) return { ...TEXT, storage: "LargeUtf8" };
  if (is.isUtf8View(type)) return { ...TEXT, storage: "Utf8View" };
  return undefined;
}

/** A dictionary type. A dictionary of dictionaries is not supported. */
function dictionaryKind({ indices, dictionary }: Dictionary): Kind | undefined {
  const kind = arrow.DataType.isInt(indices) ? plainKind(indices) : undefined;
  return kind && plainKind(dictionary) && { ...kind, ...TEXT };
}
