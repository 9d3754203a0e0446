/** Estimates how many rows fit into memory. */

import { freemem } from "node:os";

/** Bytes of a process that has loaded all code and computed a little. */
const BASE = 160 * 2 ** 20;

/** Bytes per value for reading, copying, computing and encoding. */
const PER_VALUE = 64;

/** Smaller pieces cost more than they save. */
const FEWEST_ROWS = 10_000;

/** Values that a piece has at least, even with little memory. */
const FEWEST_VALUES = 20 * FEWEST_ROWS;

/** Half of the memory that this process may still use. */
function defaultMemory(): number {
  const limit = process.constrainedMemory();
  const free = limit > 0 && limit < Number.MAX_SAFE_INTEGER ? process.availableMemory() : freemem();
  return free / 2;
}

/** The bytes to use. */
export const memoryOf = (given: number | undefined): number => given ?? defaultMemory();

/** Bytes that polars and this package need per indicator in a plan. */
const PER_INDICATOR = 32 * 2 ** 10;

/**
 * About how many rows of `columns` columns can be computed at once within `memory` bytes.
 *
 * @param indicators How many indicators are computed.
 */
export function rowsWithin(memory: number, columns: number, indicators: number): number {
  const free = memory - BASE - indicators * PER_INDICATOR;
  const fewest = Math.min(FEWEST_ROWS, Math.ceil(FEWEST_VALUES / columns));
  return Math.max(fewest, Math.floor(free / (columns * PER_VALUE)));
}
