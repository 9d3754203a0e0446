/**
 * Memory of the addon's that JavaScript takes part in. What is kept of it, how much may be
 * borrowed and when it goes back to the system is decided in `crates/ta-memory`.
 */

import { addon, type NativeMemory } from "./addon.js";

/** Memory for the results of one round, and the Buffer over it that polars reads. */
export interface RoundMemory {
  readonly native: NativeMemory;
  /** Null where it has a path instead. */
  readonly buffer: Buffer | null;
}

/**
 * Where files of the exchange lie: in `"memory"` or in a `"file"`, as `TA_EXCHANGE` says
 * or as the system allows. It may also say `"arrays"`: no files wherever that can be.
 */
export function backing(): string | undefined {
  const asked = process.env.TA_EXCHANGE;
  return asked === "arrays" ? undefined : asked;
}

/** Whether this runtime lets a Buffer stand over memory that is not its own. */
let sharesMemory = true;

/**
 * Memory of at least so many bytes, to be given back.
 *
 * @param most Bytes that will be asked for soon: the same memory should do for them.
 * @param scanned Polars is to open it by path.
 */
export function takeMemory(bytes: number, most: number, scanned: boolean): RoundMemory {
  // A file is as long as what is in it.
  if (scanned || !sharesMemory) {
    return { native: new addon.Memory(bytes, true, backing()), buffer: null };
  }
  const native = new addon.Memory(most, false);
  const buffer = bufferOver(native);
  if (buffer) return { native, buffer };
  native.giveBack();
  sharesMemory = false;
  return takeMemory(bytes, most, scanned);
}

/**
 * Buffers by the address of their memory, which no other memory has while they live. A new one
 * for each round would count as new memory in the runtime's eyes, and it would collect garbage.
 */
const buffers = new Map<number, WeakRef<Buffer>>();

function bufferOver(native: NativeMemory): Buffer | null {
  const address = native.address as number;
  const known = buffers.get(address)?.deref();
  if (known) return known;
  for (const [at, buffer] of buffers) if (!buffer.deref()) buffers.delete(at);
  const buffer = native.buffer();
  if (buffer) buffers.set(address, new WeakRef(buffer));
  return buffer;
}

/**
 * Memory for results that the caller gets, which comes back to the addon when JavaScript has
 * collected it. Where none can be borrowed it is the runtime's own.
 */
export function borrow(bytes: number): Buffer {
  return (canBorrow() && addon.borrow(bytes)) || Buffer.allocUnsafeSlow(bytes);
}

/** As {@link borrow}, for numbers. */
export function borrowNumbers(length: number): Float64Array {
  return (canBorrow() && addon.borrowNumbers(length)) || new Float64Array(length);
}

let borrows: boolean | undefined;

/** Whether memory can be borrowed; `TA_MEMORY` set to `runtime` says that it cannot. */
export function canBorrow(): boolean {
  if (process.env.TA_MEMORY === "runtime") return false;
  borrows ??= addon.borrow(1) !== null;
  return borrows;
}
