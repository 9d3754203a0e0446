/** Text that commands print and read. */

import { TaError } from "../core/errors.js";
import { inShell } from "./words.js";

/** Exit codes, as `docs/command_line.md` lists them. */
export const EXIT = { failed: 1, usage: 2 } as const;

/** An error of the command line, as opposed to a failure of the work. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Runs code that only reads the command line, so its errors are usage errors. */
export function asUsage<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TaError) throw new UsageError(inShell(error));
    throw error;
  }
}

/** A number with a noun: `1 row`, `2,000 rows`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KB: 2 ** 10,
  MB: 2 ** 20,
  GB: 2 ** 30,
};

/** Parses an amount of memory: `512MB`, `2GB`. */
export function parseBytes(text: string): number {
  const [, digits, unit = "B"] = /^(\d+(?:\.\d+)?) *([KMG]?B)?$/i.exec(text.trim()) ?? [];
  const bytes = Number(digits) * (UNITS[unit.toUpperCase()] ?? Number.NaN);
  if (bytes > 0) return bytes;
  throw new UsageError(`--memory must be an amount such as 512MB or 2GB, got "${text}"`);
}

/**
 * The number that a flag gives. A text that is not a number is returned unchanged, so that the check
 * of the option refuses it and shows what was written.
 */
export const flagNumber = (text: string): number =>
  /^[-+]?\d/.test(text) && !Number.isNaN(Number(text)) ? Number(text) : (text as never);
