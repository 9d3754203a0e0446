/**
 * Memory that the addon owns and JavaScript uses. `crates/ta-memory` decides how much is kept, how
 * much may be borrowed and when it goes back to the system.
 */

import { addon, type NativeMemory } from "./addon.js";
import { environment } from "./environment.js";

/** Memory for the results of one round, and the Buffer over it that polars reads. */
export interface RoundMemory {
  readonly native: NativeMemory;
  /** Null if polars opens the memory by its path. */
  readonly buffer: Buffer | null;
}

/**
 * Where the exchange keeps its files: in `"memory"` or in a `"file"`, as `TA_EXCHANGE` says, else
 * as the system allows. `TA_EXCHANGE` may also be `"arrays"`: no files where possible.
 */
export function backing(): string | undefined {
  const asked = environment("TA_EXCHANGE");
  return asked === "arrays" ? undefined : asked;
}

/** Whether this runtime allows a Buffer over memory that it does not own. */
let sharesMemory = true;

/**
 * Memory of at least `bytes` bytes. The caller must give it back.
 *
 * @param most The largest size that the same evaluation will need, so that one memory serves all
 * its rounds.
 * @param scanned Polars will open the memory by its path.
 */
export function takeMemory(bytes: number, most: number, scanned: boolean): RoundMemory {
  // The length of a file must be the length of its content, so `most` does not apply.
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
 * Buffers by address, used again while they live. The runtime would count a new Buffer for each
 * round as new memory and collect garbage more often.
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
 * Memory for results that the caller keeps. It returns to the addon when JavaScript collects the
 * Buffer. If none can be borrowed, the runtime allocates it.
 */
export function borrow(bytes: number): Uint8Array {
  return (canBorrow() && addon.borrow(bytes)) || allocate(bytes);
}

/** New memory; browsers have only that of zeros. */
const allocate = (bytes: number): Uint8Array =>
  "Buffer" in globalThis ? Buffer.allocUnsafeSlow(bytes) : new Uint8Array(bytes);

/** Like {@link borrow}, for numbers. */
export function borrowNumbers(length: number): Float64Array {
  return (canBorrow() && addon.borrowNumbers(length)) || new Float64Array(length);
}

let borrows: boolean | undefined;

/** Whether memory can be borrowed. `TA_MEMORY=runtime` forbids it. */
export function canBorrow(): boolean {
  if (environment("TA_MEMORY") === "runtime") return false;
  borrows ??= addon.borrow(1) !== null;
  return borrows;
}
