/** The keys of a stream: one value for each column of `over`. */

import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { sentence, setting } from "../core/sentence.js";
import { unknownColumn } from "../core/unknown.js";
import type { Bar } from "./fields.js";

/** The value of a column of keys. */
export type KeyValue = string | number | boolean | null;

/** A key: a value, or a list if there are several columns. */
export type Key = KeyValue | readonly KeyValue[];

/** The keys and their numbers in the addon. */
export class Keys {
  readonly #numbers = new Map<unknown, number>();
  readonly #values = new Map<number, readonly KeyValue[]>();

  constructor(readonly over: readonly string[]) {}

  /** All keys, in the order in which they came. */
  get all(): Key[] {
    return [...this.#values.values()].map((values) => this.#key(values));
  }

  /** The numbers of all keys. */
  get numbers(): number[] {
    return [...this.#values.keys()];
  }

  #key(values: readonly KeyValue[]): Key {
    return this.over.length === 1 ? (values[0] as KeyValue) : values;
  }

  /** What the map is asked for. */
  #id(values: readonly KeyValue[]): unknown {
    return values.length > 1 ? JSON.stringify(values) : values[0];
  }

  /** The number of a key; undefined if the stream does not know it. */
  number(values: readonly KeyValue[]): number | undefined {
    return this.#numbers.get(this.#id(values));
  }

  /** The number of the only column's key. */
  single(value: unknown): number | undefined {
    return this.#numbers.get(value);
  }

  /** The number of a bar's key, if that is found without looking at its type. */
  found(bar: Bar): number | undefined {
    const { over } = this;
    if (over.length > 1) return undefined;
    return this.#numbers.get(over.length === 1 ? bar[over[0] as string] : undefined);
  }

  add(values: readonly KeyValue[], number: number): void {
    this.#numbers.set(this.#id(values), number);
    this.#values.set(number, values);
  }

  delete(number: number): void {
    const values = this.#values.get(number);
    if (values === undefined) return;
    this.#numbers.delete(this.#id(values));
    this.#values.delete(number);
  }

  /** The values of a number's key, by the names of their columns. */
  fields(number: number): Record<string, KeyValue> {
    const values = this.#values.get(number) ?? [];
    return Object.fromEntries(this.over.map((name, index) => [name, values[index] ?? null]));
  }

  /** The key of a bar. */
  of(bar: Bar): KeyValue[] {
    return this.over.map((name) => {
      const value = bar[name];
      if (value !== undefined) return keyValue(name, value);
      const columns = Object.keys(bar);
      const wrong = sentence`stream: ${setting("over")} is "${name}", which the bar does not have`;
      throw new TaError(unknownColumn(wrong, name, columns, { has: "it has" }));
    });
  }

  /** The values of a key that the caller gives. */
  values(key: unknown): KeyValue[] {
    const list = this.over.length === 1 ? [key] : key;
    if (!Array.isArray(list) || list.length !== this.over.length) {
      throw new TaError(`stream: a key is a list of ${this.over.join(", ")}, got ${describe(key)}`);
    }
    return list.map((value, index) => keyValue(this.over[index] as string, value));
  }

  /** The words for a key after a noun, such as ` of "IBM"`; nothing if there are no keys. */
  after(key: number | readonly KeyValue[]): string {
    if (this.over.length === 0) return "";
    const values = typeof key === "number" ? (this.#values.get(key) ?? []) : key;
    return ` of ${this.shown(values)}`;
  }

  /** A key for messages. */
  shown(values: readonly KeyValue[]): string {
    return this.over.length === 1 ? JSON.stringify(values[0]) : JSON.stringify(values);
  }
}

/** A value of a key column. */
export function keyValue(name: string, value: unknown): KeyValue {
  switch (typeof value) {
    case "number":
      // A snapshot writes keys as JSON, which has no such numbers.
      if (!Number.isFinite(value)) {
        throw new TaError(
          `stream: ${name} must be finite if it is a number, got ${describe(value)}`,
        );
      }
      return exactKey(name, value, value);
    case "string":
    case "boolean":
      return value;
    case "bigint":
      return exactKey(name, Number(value), value);
    default:
      if (value === null) return null;
      if (value instanceof Date) return value.toISOString();
      throw new TaError(
        `stream: ${name} must be a string, a number, true, false or null, got ${describe(value)}`,
      );
  }
}

/** Throws if a number of this size may stand for several keys. */
function exactKey(name: string, value: number, given: number | bigint): number {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return value;
  throw new TaError(
    `stream: ${name} is ${given}, and numbers beyond ${Number.MAX_SAFE_INTEGER} are not told apart; give keys of that size as texts`,
  );
}
