/** Reads the fields of bars. */

import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { columnSaid, type Words } from "../core/sentence.js";
import { unknownColumn } from "../core/unknown.js";
import { findUsual, usualNames } from "../core/usual.js";
import type { Field } from "./program.js";
import { instantOf } from "./times.js";
import { written } from "./written.js";

/** A bar: its fields by name. */
export type Bar = Readonly<Record<string, unknown>>;

/** The value as a bar. Throws if it is no object. */
export function asBar(value: unknown): Bar {
  if (typeof value === "object" && value !== null) return value as Bar;
  throw new TaError(`stream: a bar is an object of fields by name, got ${describe(value)}`);
}

/** What a cell of the shared arrays holds, as `ta_live::Tag`. */
export const TAG = { null: 0, number: 1, condition: 2, text: 3 } as const;

/** What a field may hold, as `ta_live::FieldKind`. */
export type FieldKind = "number" | "condition" | "text" | "key" | "any";

/** A value that the addon reads. */
export type Value = number | boolean | string | null;

/** The value of a field, or undefined if its type is wrong. */
export function readValue(value: unknown, kind: FieldKind): Value | undefined {
  if (value === null) return null;
  switch (typeof value) {
    case "number":
      return kind === "number" || kind === "key" || kind === "any" ? value : undefined;
    case "boolean":
      if (kind === "key") return Number(value);
      return kind === "text" ? undefined : value;
    case "bigint":
      return kind === "condition" || kind === "text" ? undefined : Number(value);
    case "string":
      if (kind === "key") return instantOf(value);
      return kind === "text" || kind === "any" ? value : undefined;
    default:
      return kind === "key" && value instanceof Date ? value.getTime() : undefined;
  }
}

export const tagOf = (value: Value): number => {
  if (value === null) return TAG.null;
  if (typeof value === "string") return TAG.text;
  return typeof value === "boolean" ? TAG.condition : TAG.number;
};

const ALLOWED: Readonly<Record<FieldKind, string>> = {
  number: "a number",
  condition: "true or false",
  text: "a string",
  key: "a Date, a number, true or false",
  any: "a number, a string, true or false",
};

/** Writes a bar whose fields are all numbers into the shared arrays; false if one is not. */
type ReadNumbers = (bar: Bar, numbers: Float64Array, tags: Uint8Array) => boolean;

/** The fields that the features read, with the names that bars have for them. */
export class Fields {
  /** The property of a bar for each field; empty until the first bar. */
  #names: readonly string[] = [];
  #numbers: ReadNumbers | undefined;
  /** The names that {@link Fields.#numbers} was made for. */
  #numbersOf: readonly string[] = this.#names;

  /** Whether the features may read texts. */
  readonly hasTexts: boolean;

  constructor(
    readonly fields: readonly Field[],
    readonly kinds: readonly FieldKind[],
  ) {
    this.hasTexts = kinds.some((kind) => kind === "text" || kind === "any");
  }

  /** The names of the fields, once they are known. */
  get names(): readonly string[] {
    return this.#names;
  }

  /**
   * Finds the fields among the names that bars, or a frame, have.
   *
   * @param what The object that has them, for messages.
   * @throws TaError if there is no such field.
   */
  find(columns: readonly string[], what = "the bar"): readonly string[] {
    this.#names = this.fields.map(({ path: [name], usual, feature }, index) => {
      const before = this.#names[index];
      if (before !== undefined && columns.includes(before)) return before;
      const where = `stream: ${feature}`;
      const remedy = (column: string): Words => {
        const { program, shell } = columnSaid(name, column);
        return {
          program: `say which one it is with inputs, as in ${program}`,
          shell: `say which one it is with ${shell}`,
        };
      };
      const found = usual
        ? findUsual(name, columns, { where, remedy })
        : columns.find((column) => column === name);
      if (found !== undefined) return found;
      const has = what === "the bar" ? "it has" : `${what} has`;
      const wrong = `${where} reads "${name}", which ${what} does not have`;
      const more = usualNames().has(name) ? { remedy } : {};
      throw new TaError(unknownColumn(wrong, name, columns, { has, ...more }));
    });
    return this.#names;
  }

  /** Takes over the names that were known before, or that a snapshot has. */
  restore(names: readonly string[]): void {
    this.#names = names;
  }

  /** Reads a bar into shared arrays; returns its texts. */
  read(bar: Bar, numbers: Float64Array, tags: Uint8Array): string[] | undefined {
    if (this.#numbersOf !== this.#names) {
      this.#numbersOf = this.#names;
      this.#numbers = this.#written();
    }
    if (this.#numbers?.(bar, numbers, tags) === true) return undefined;
    let texts: string[] | undefined;
    const { kinds } = this;
    for (let index = 0; index < kinds.length; index++) {
      const given = this.#names.length > 0 ? this.#given(bar, index) : undefined;
      if (typeof given === "number" && kinds[index] === "number") {
        numbers[index] = given;
        tags[index] = TAG.number;
        continue;
      }
      const value = this.value(bar, index, given);
      tags[index] = tagOf(value);
      if (typeof value === "string") {
        texts ??= [];
        texts.push(value);
      } else {
        numbers[index] = value === null ? Number.NaN : Number(value);
      }
    }
    return texts;
  }

  /** A function that has the names of the fields in its text. */
  #written(): ReadNumbers | undefined {
    const { fields, kinds } = this;
    const isPlain =
      this.#names.length > 0 &&
      kinds.every((kind) => kind !== "condition" && kind !== "text") &&
      fields.every(({ path }) => path.length === 1);
    if (!isPlain) return undefined;
    const lines = [
      ...this.#names.map((name, index) => `const v${index} = bar[${JSON.stringify(name)}];`),
      ...kinds.map((_, index) => `if (typeof v${index} !== "number") return false;`),
      ...kinds.map((_, at) => `numbers[${at}] = v${at}; tags[${at}] = ${TAG.number};`),
      "return true;",
    ];
    return written(["bar", "numbers", "tags"], lines.join("\n"));
  }

  #given(bar: Bar, index: number): unknown {
    const value = bar[this.#names[index] as string];
    const inner = this.fields[index]?.path[1];
    return inner === undefined || value === null || value === undefined
      ? value
      : (value as Bar)[inner];
  }

  /** The value of a field of a bar. Throws if it is missing or of a wrong type. */
  value(bar: Bar, index: number, given?: unknown): Value {
    let found = given;
    if (found === undefined) {
      this.find(Object.keys(bar).filter((name) => bar[name] !== undefined));
      found = this.#given(bar, index);
    }
    const kind = this.kinds[index] as FieldKind;
    const value = readValue(found, kind);
    if (value !== undefined) return value;
    throw wrongType(this.fields[index] as Field, kind, found);
  }
}

/** The error about a value of a wrong type. */
export const wrongType = ({ path }: Field, kind: FieldKind, value: unknown): TaError =>
  new TaError(
    `stream: ${path.join(".")} must be ${ALLOWED[kind]}, or null where it is missing, got ${describe(value)}`,
  );
