/**
 * Checks the parts of apache-arrow columns and vectors before the addon reads them: apache-arrow
 * checks little, and a caller may have set any field.
 */

import type { Data, DataType } from "apache-arrow";
import { TaError } from "../core/errors.js";
import { arrow } from "./peer.js";

/** The parts of a vector, or of a column of a table, that the addon reads. */
export interface Chunks {
  readonly type: DataType;
  readonly data: readonly Data[];
  readonly length: number;
}

/** An error about a column that cannot be read: `has 3 rows in a batch of 4`. */
export const faulty = (name: string, fault: string): TaError =>
  new TaError(`column "${name}" ${fault}`);

/**
 * Runs `work` on values of the caller. An unforeseen error, such as a field that throws when it is
 * read, becomes a sentence too.
 */
export function readable<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TaError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new TaError(`${what} cannot be read: ${reason}`, { cause: error });
  }
}

/** Most rows of a column: the addon numbers rows with 32 bits. */
const MOST_ROWS = 2 ** 32 - 2;

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MOST_ROWS;

/** Throws unless the data has the number of rows that the vector has. */
export function checkChunks(name: string, { type, data, length }: Chunks): void {
  if (!Array.isArray(data)) throw faulty(name, "has no list of data");
  if (typeof type !== "object" || type === null) throw faulty(name, "has no type");
  if (!isCount(length)) throw faulty(name, `has ${shown(length)} rows`);
  let rows = 0;
  for (const each of data as readonly unknown[]) {
    const piece = dataOf(name, each);
    for (const field of ["length", "offset"] as const) {
      const value = piece[field];
      if (!isCount(value)) throw faulty(name, `has data whose ${field} is ${shown(value)}`);
    }
    rows += piece.length;
  }
  if (rows === length) return;
  throw faulty(name, `has ${shown(length)} rows, but its data have ${rows}`);
}

function dataOf(name: string, value: unknown): Data {
  if (isObject(value) && arrow.Data.isData(value)) return value as unknown as Data;
  throw faulty(name, `has ${shown(value)} where its data are expected`);
}

export const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null;

/** A short form of any value for error messages. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (ArrayBuffer.isView(value)) return `a ${tagOf(value)}`;
  if (isObject(value)) return "an object";
  if (typeof value === "function") return "a function";
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
}

/** The class name of an array: `Float64Array`. */
export const tagOf = (value: object): string =>
  Object.prototype.toString.call(value).slice("[object ".length, -1);

/** The text of a type; a type made by hand may have none. */
export function typeText(type: DataType): string {
  try {
    return String(type).slice(0, 200);
  } catch {
    return "that apache-arrow does not know";
  }
}

/**
 * Checks that a buffer is an array of the class `kind` with at least `wanted` bytes. Memory that
 * other threads share is copied: they could write to it while it is read.
 */
export function bufferOf(
  name: string,
  what: string,
  value: unknown,
  kind: string,
  wanted: number,
): ArrayBufferView {
  if (!ArrayBuffer.isView(value)) {
    const found = value === undefined || value === null ? "no array" : `${shown(value)}, no array,`;
    throw faulty(name, `has ${found} of ${what} where its type needs a ${kind}`);
  }
  if (tagOf(value) !== kind) {
    throw faulty(name, `has a ${tagOf(value)} of ${what} where its type needs a ${kind}`);
  }
  if (value.byteLength < wanted) {
    throw faulty(
      name,
      `has a buffer of ${value.byteLength} bytes where its rows need ${wanted}; was it transferred elsewhere?`,
    );
  }
  return isShared(value) ? (value as typeof value & Sliced).slice() : value;
}

/** What all typed arrays have: a copy, in memory of its own. */
interface Sliced {
  slice(): ArrayBufferView;
}

const isShared = ({ buffer }: ArrayBufferView): boolean =>
  Object.prototype.toString.call(buffer) === "[object SharedArrayBuffer]";

/**
 * The validity bits; undefined if all rows have a value. `nullCount` reads the bits to count, so
 * their size is checked first.
 */
export function validityOf(name: string, data: Data): ArrayBufferView | undefined {
  const { nullBitmap: bits, length, offset } = data as Data & { nullBitmap: unknown };
  // Negative until apache-arrow has counted the nulls.
  const { _nullCount: known = -1 } = data as unknown as { _nullCount?: unknown };
  if (!Number.isInteger(known) || (known as number) > length) {
    throw faulty(name, `has ${length} rows, but ${shown(known)} nulls`);
  }
  if (known === 0) return undefined;
  if (bits === undefined || bits === null || isEmpty(bits)) {
    if ((known as number) < 0) return undefined;
    throw faulty(name, `has ${known} nulls, but no bits that say which`);
  }
  const checked = bufferOf(name, "validity", bits, "Uint8Array", Math.ceil((offset + length) / 8));
  return data.nullCount === 0 ? undefined : checked;
}

/**
 * Whether the bitmap is empty, by which Arrow means no nulls, and not transferred to another
 * thread.
 */
function isEmpty(bits: unknown): boolean {
  if (!ArrayBuffer.isView(bits) || bits.byteLength > 0) return false;
  return !(bits.buffer as { detached?: boolean }).detached;
}
