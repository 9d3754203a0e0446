/** How many rows fit into memory. */

import { freemem } from "node:os";

/** Bytes of a process that has loaded everything and computed a little. */
const BASE = 160 * 2 ** 20;

/** Bytes that a value takes on its way: read, copied, computed, encoded, some of it at once. */
const PER_VALUE = 64;

/** Below this, pieces cost more than they save. */
const FEWEST_ROWS = 10_000;

/** Half of what this process may still use. */
function defaultMemory(): number {
  const limit = process.constrainedMemory();
  const free = limit > 0 && limit < Number.MAX_SAFE_INTEGER ? process.availableMemory() : freemem();
  return free / 2;
}

/** The bytes that may be used. */
export const memoryOf = (given: number | undefined): number => given ?? defaultMemory();

/** Rows of so many columns that can be computed at once within so many bytes, about. */
export function rowsWithin(memory: number, columns: number): number {
  const rows = Math.floor((memory - BASE) / (columns * PER_VALUE));
  return Math.max(FEWEST_ROWS, rows);
}
