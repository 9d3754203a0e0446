/** The keys of bars, and their numbers in the addon. */

import { describe } from "../../core/arguments.js";
import { TaError } from "../../core/errors.js";
import type { Bars } from "../../core/streams.js";

/** A value that tells series apart. */
export type TickKey = string | number | boolean | null;

/** The values of all `over` fields of a tick. */
type Parts = readonly TickKey[];

const isKey = (value: unknown): value is TickKey =>
  value === null ||
  typeof value === "string" ||
  typeof value === "boolean" ||
  (typeof value === "number" && Number.isFinite(value));

/** Checks the value of an `over` field. */
export function keyOf(field: string, value: unknown): TickKey {
  if (isKey(value)) return value;
  throw new TaError(
    `${field} must be a string, a number, true, false or null to tell series apart, got ${describe(value)}`,
  );
}

export class Keys {
  readonly #native: Bars;
  readonly #numbers = new Map<TickKey, number>();
  /** By number; undefined where a key was removed. */
  /** By number. */
  readonly #parts: Parts[];
  readonly #free: number[] = [];

  /** @param parts The keys that the addon has already. */
  constructor(native: Bars, parts: readonly Parts[] = []) {
    this.#native = native;
    this.#parts = [...parts];
    for (const [number, one] of parts.entries()) this.#numbers.set(nameOf(one), number);
  }

  find(parts: Parts): number | undefined {
    return this.#numbers.get(nameOf(parts));
  }

  /** The number of a key that is not known yet. */
  add(parts: Parts): number {
    const number = this.#free.pop() ?? this.#native.add();
    this.#numbers.set(nameOf(parts), number);
    this.#parts[number] = parts;
    return number;
  }

  remove(number: number): void {
    this.#numbers.delete(nameOf(this.at(number)));
    this.#native.reset(number);
    this.#free.push(number);
  }

  /** The key with a number. */
  at(number: number): Parts {
    return this.#parts[number] ?? [];
  }

  /** The numbers of all keys, in the order in which the keys came. */
  numbers(): number[] {
    return [...this.#numbers.values()];
  }

  /** The keys, in the same order. */
  all(): Parts[] {
    return this.numbers().map((number) => this.at(number));
  }
}

/** One value that is the same for the same parts. */
const nameOf = (parts: Parts): TickKey =>
  parts.length > 1 ? JSON.stringify(parts) : (parts[0] ?? null);
