/**
 * Pages of the process's heap, which polars writes columns to: room for them is made before,
 * and kept for the next ones; see `crates/ta-node/src/heap.rs`. It is polars' own memory, so it
 * is held for a short time only, and no more of it than is reasonable.
 */

import { totalmem } from "node:os";
import { addon } from "./addon.js";

/** How long nothing may have been computed before memory is given back. */
export const IDLE_MILLISECONDS = 5_000;

/** From here on it is worth it: less than this is not given back by itself. */
const HELD_FROM = 128 * 2 ** 10;
/** Some large pages. */
const ROOM_FROM = 8 * 2 ** 20;
/** Of the memory that this process may use. */
const HELD_PART = 1 / 4;

/** More than this is not kept. */
export function heldBytes(): number {
  // 0, or more than there is, where nothing limits the process.
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return Math.min(limit, totalmem()) * HELD_PART;
}

let timer: NodeJS.Timeout | undefined;

/** Small evaluations do not count: they would keep what a large one has used. */
function letGoSoon(): void {
  if (timer) timer.refresh();
  else timer = setTimeout(letGo, IDLE_MILLISECONDS).unref();
}

/**
 * Makes room for columns that polars will make on this thread.
 *
 * @param column Bytes of one of them.
 * @param all Bytes of all of them.
 */
export function makeRoom(column: number, all: number): void {
  if (all >= ROOM_FROM && addon.reserve(column, all)) letGoSoon();
}

/** Keeps the room of those columns, until nothing large has been computed for a while. */
export function keepRoom(column: number, all: number): boolean {
  if (all < HELD_FROM) return false;
  if (all > heldBytes()) {
    letGo();
    return false;
  }
  if (!addon.hold(column)) return false;
  letGoSoon();
  return true;
}

/** Gives back what is free. */
export function letGo(): void {
  addon.letGo();
  clearTimeout(timer);
  timer = undefined;
}
