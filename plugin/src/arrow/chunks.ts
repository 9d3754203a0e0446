/**
 * Columns and vectors of apache-arrow, whose parts are looked at before anything reads them:
 * its classes check little, and any of their fields may have been set by hand.
 */

import type { Data, DataType } from "apache-arrow";
import { TaError } from "../core/errors.js";
import { arrow } from "./peer.js";

/** What is read of a vector, or of a column of a table. */
export interface Chunks {
  readonly type: DataType;
  readonly data: readonly Data[];
  readonly length: number;
}

/** A column that cannot be read, and why: `has 3 rows in a batch of 4`. */
export const faulty = (name: string, fault: string): TaError =>
  new TaError(`column "${name}" ${fault}`);

/**
 * Runs `work` over what a caller gave. What the checks do not foresee, such as a field that
 * throws when it is read, is a sentence as well.
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

/** Rows that a column may have: they are numbered with 32 bits. */
const MOST_ROWS = 2 ** 32 - 2;

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MOST_ROWS;

/** Refuses what is not the data of a vector of so many rows. */
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

/** A value in a sentence, however large or strange. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (ArrayBuffer.isView(value)) return `a ${tagOf(value)}`;
  if (isObject(value)) return "an object";
  if (typeof value === "function") return "a function";
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
}

/** The kind of an array: `Float64Array`. */
export const tagOf = (value: object): string =>
  Object.prototype.toString.call(value).slice("[object ".length, -1);

/** A type in a sentence; one that was made by hand may have no text. */
export function typeText(type: DataType): string {
  try {
    return String(type).slice(0, 200);
  } catch {
    return "that apache-arrow does not know";
  }
}

/** An array of the kind that a buffer has to be, with at least so many bytes. */
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
  return value;
}

/**
 * The bits of the rows that have a value; none where all have one. Arrow counts nulls when
 * it is asked for their number, so the bits are looked at first.
 */
export function validityOf(name: string, data: Data): ArrayBufferView | undefined {
  const { nullBitmap: bits, length, offset } = data as Data & { nullBitmap: unknown };
  // Below 0 where nobody has counted.
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

/** No bits: Arrow's sign that no row is null, unless they were transferred elsewhere. */
function isEmpty(bits: unknown): boolean {
  if (!ArrayBuffer.isView(bits) || bits.byteLength > 0) return false;
  return !(bits.buffer as { detached?: boolean }).detached;
}
