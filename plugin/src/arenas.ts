/**
 * Memory for results, kept from one evaluation to the next: pages that are there already
 * are several times faster than new ones. What is kept is bounded, and given back to the
 * system when nothing has been computed for a while.
 */

import { addon, type NativeArena } from "./addon.js";
import { IDLE_MILLISECONDS } from "./heap.js";

/** Memory on loan, and the Buffer over it that polars reads. */
export interface Arena {
  readonly native: NativeArena;
  /** Null where it has a path instead. */
  readonly buffer: Buffer | null;
  readonly bytes: number;
  /** It lies in a temporary file. */
  readonly isFile: boolean;
}

const KEPT_BYTES = 256 * 2 ** 20;
const KEPT_ARENAS = 16;
const SMALLEST = 2 ** 20;

/**
 * Where files of the exchange lie: in `"memory"` or in a `"file"`, as `TA_EXCHANGE` says
 * or as the system allows. It may also say `"arrays"`: no files wherever that can be.
 */
export function backing(): string | undefined {
  const asked = process.env.TA_EXCHANGE;
  return asked === "arrays" ? undefined : asked;
}

/** In the order in which they were used. */
const kept: Arena[] = [];

/** Whether this runtime lets a Buffer stand over memory that is not its own. */
let sharesMemory = true;

/**
 * Memory of at least so many bytes.
 *
 * @param most Bytes that will be asked for soon: the same memory should do for them.
 * @param scanned Polars is to open it by path.
 */
export function takeArena(bytes: number, most: number, scanned: boolean): Arena {
  const hasPath = scanned || !sharesMemory;
  const wanted = hasPath ? bytes : most;
  const index = kept.findIndex(
    ({ native, buffer }) => (buffer === null) === hasPath && native.fits(wanted),
  );
  const [known] = index < 0 ? [] : kept.splice(index, 1);
  return known ?? makeArena(bytes, most, hasPath);
}

/** One with a path is of exactly the first size. */
function makeArena(exactly: number, bytes: number, hasPath: boolean): Arena {
  if (hasPath) {
    const native = new addon.Arena(exactly, true, backing());
    const isFile = !native.path?.startsWith("/proc/");
    return { native, buffer: null, bytes: exactly, isFile };
  }
  // Some more than is asked for, so that a few more rows find room too.
  const size = Math.max(SMALLEST, Math.ceil(bytes * 1.125));
  const native = new addon.Arena(size, false);
  const buffer = native.buffer();
  if (buffer) return { native, buffer, bytes: size, isFile: false };
  sharesMemory = false;
  return makeArena(exactly, bytes, true);
}

/** Takes memory back, for the next evaluation. */
export function giveArena(arena: Arena): void {
  if (arena.isFile) {
    // It would stay behind if the process ended.
    arena.native.discard();
    return;
  }
  kept.unshift(arena);
  let bytes = 0;
  const fitting = kept.findIndex((each, index) => {
    bytes += each.bytes;
    return bytes > KEPT_BYTES || index >= KEPT_ARENAS;
  });
  if (fitting >= 0) kept.splice(fitting).forEach(drop);
  restSoon();
}

/** Gives memory back to the system. Where a Buffer stands over it, its addresses stay good. */
function drop({ native, buffer }: Arena): void {
  if (buffer) native.rest();
  else native.discard();
}

/**
 * Memory for results that the caller gets: it comes back to the addon when JavaScript has let
 * go of it. Where none can be lent it is the runtime's own.
 */
export function lend(bytes: number): Buffer {
  restSoon();
  return (lendsMemory() && addon.lend(bytes)) || Buffer.allocUnsafeSlow(bytes);
}

let lends: boolean | undefined;

/** Whether the addon can lend memory; `TA_MEMORY` set to `runtime` says that it cannot. */
export function lendsMemory(): boolean {
  if (process.env.TA_MEMORY === "runtime") return false;
  lends ??= addon.lend(1) !== null;
  return lends;
}

let timer: NodeJS.Timeout | undefined;

function restSoon(): void {
  if (timer) timer.refresh();
  else timer = setTimeout(release, IDLE_MILLISECONDS).unref();
}

/** Gives all pages that wait for the next evaluation back to the system. */
export function release(): void {
  kept.splice(0).forEach(drop);
  addon.release();
  // What is still on loan will wait for the next call, too.
  if (addon.lentBytes() > 0) restSoon();
}
