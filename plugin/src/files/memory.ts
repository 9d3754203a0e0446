/** How many rows fit into memory. */

import { freemem } from "node:os";

/** Bytes of a process that has loaded everything and computed a little. */
const BASE = 160 * 2 ** 20;

/** Bytes that a value takes on its way: read, copied, computed, encoded, some of it at once. */
const PER_VALUE = 64;

/** Below this, pieces cost more than they save. */
const FEWEST_ROWS = 10_000;

/** Values of a piece that are computed at once whatever the memory, so that there is progress. */
const FEWEST_VALUES = 20 * FEWEST_ROWS;

/** Half of what this process may still use. */
function defaultMemory(): number {
  const limit = process.constrainedMemory();
  const free = limit > 0 && limit < Number.MAX_SAFE_INTEGER ? process.availableMemory() : freemem();
  return free / 2;
}

/** The bytes that may be used. */
export const memoryOf = (given: number | undefined): number => given ?? defaultMemory();

/** Bytes of an indicator in a plan: what polars and this package keep of it, and rewrite. */
const PER_INDICATOR = 32 * 2 ** 10;

/**
 * Rows of so many columns that can be computed at once within so many bytes, about.
 *
 * @param indicators How many are computed.
 */
export function rowsWithin(memory: number, columns: number, indicators: number): number {
  const free = memory - BASE - indicators * PER_INDICATOR;
  const fewest = Math.min(FEWEST_ROWS, Math.ceil(FEWEST_VALUES / columns));
  return Math.max(fewest, Math.floor(free / (columns * PER_VALUE)));
}
