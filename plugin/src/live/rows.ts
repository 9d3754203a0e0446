/** The values of features, as objects. */

import { TaError } from "../core/errors.js";
import type { Live } from "../core/streams.js";
import { TAG } from "./fields.js";
import { objectText, written } from "./written.js";

/** The value of a feature, or of one of its outputs; null if it has none. */
export type LiveValue = number | boolean | string | null;

/** The values of the features at a bar, by name; an object where an indicator has several outputs. */
export type LiveRow = Record<string, LiveValue | Record<string, LiveValue>>;

/** A feature as the addon describes it. */
export interface Feature {
  readonly name: string;
  readonly outputs: readonly { readonly name: string | null; readonly dtype: string }[];
  /** The number of the field that it is; undefined if it is computed. */
  readonly field?: number | undefined;
}

/** How the value of a feature stands in a row. */
interface Shape {
  readonly name: string;
  /** The names of its outputs, if there are several. */
  readonly inner: readonly string[];
  readonly empty: Record<string, LiveValue>;
}

/** Arrays for the values of features at many bars. */
export type LiveColumns = Record<string, Float64Array | Record<string, Float64Array>>;

/** Makes a row of the numbers in the shared arrays, and of what they are. */
type ReadRow = (
  numbers: Float64Array,
  tags: Uint8Array,
  live: Live,
  cell: typeof cellValue,
) => LiveRow;

/** Reads results from the shared arrays. */
export class Rows {
  readonly #start: number;
  readonly #shapes: readonly Shape[];
  readonly #empty: LiveRow;
  #read: ReadRow | undefined;

  /** @param fields The number of fields before the results in the shared arrays. */
  constructor(
    readonly features: readonly Feature[],
    fields: number,
  ) {
    this.#start = fields;
    this.#shapes = features.map(({ name, outputs }) => {
      const inner = outputs.length === 1 ? [] : outputs.map((output) => output.name as string);
      return { name, inner, empty: emptyOf(inner) };
    });
    this.#empty = emptyOf(features.map(({ name }) => name));
  }

  /** The number of outputs of all features. */
  get width(): number {
    return this.features.reduce((sum, { outputs }) => sum + outputs.length, 0);
  }

  /** The row in the shared arrays. */
  read(live: Live, numbers: Float64Array, tags: Uint8Array): LiveRow {
    this.#read ??= this.#written() ?? this.#loop;
    return this.#read(numbers, tags, live, cellValue);
  }

  /** A function that has the names of the features in its text. */
  #written(): ReadRow | undefined {
    let at = this.#start;
    const value = () => {
      const place = at++;
      const [number, tag] = [`numbers[${place}]`, `tags[${place}]`];
      return `${tag} === ${TAG.number} ? ${number} : cell(live, ${tag}, ${number})`;
    };
    const entries = this.#shapes.map(({ name, inner }) => {
      if (inner.length === 0) return [name, value()] as const;
      return [name, objectText(inner.map((key) => [key, value()]))] as const;
    });
    return written(["numbers", "tags", "live", "cell"], `return ${objectText(entries)};`);
  }

  readonly #loop: ReadRow = (numbers, tags, live) => {
    const row = { ...this.#empty };
    let at = this.#start;
    for (const { name, inner, empty } of this.#shapes) {
      if (inner.length === 0) {
        row[name] = cellValue(live, tags[at], numbers[at] as number);
        at += 1;
        continue;
      }
      const struct = { ...empty };
      for (const key of inner) {
        struct[key] = cellValue(live, tags[at], numbers[at] as number);
        at += 1;
      }
      row[name] = struct;
    }
    return row;
  };

  /**
   * Arrays for `count` bars: those of `out`, or new ones.
   *
   * @param isText Whether the bars have texts in a field.
   */
  arrays(
    count: number,
    out: LiveColumns | undefined,
    isText: (field: number) => boolean,
  ): { columns: LiveColumns; all: Float64Array[] } {
    const all: Float64Array[] = [];
    const columns: LiveColumns = out ?? {};
    const array = (name: string, known: unknown): Float64Array => {
      const made = known ?? new Float64Array(count);
      if (!(made instanceof Float64Array) || made.length !== count || all.includes(made)) {
        throw new TaError(
          `stream: out.${name} must be a Float64Array of ${count} values of its own`,
        );
      }
      all.push(made);
      return made;
    };
    for (const { name, outputs, field } of this.features) {
      const known = columns[name];
      if (outputs.length === 1) {
        if (outputs[0]?.dtype === "String" || (field !== undefined && isText(field))) {
          throw new TaError(
            `stream: ${name} is a text, which typed arrays do not hold; use update`,
          );
        }
        columns[name] = array(name, known);
        continue;
      }
      const struct = { ...(known as Record<string, Float64Array> | undefined) };
      for (const output of outputs) {
        const inner = output.name as string;
        struct[inner] = array(`${name}.${inner}`, struct[inner]);
      }
      columns[name] = struct;
    }
    return { columns, all };
  }
}

function cellValue(live: Live, tag: number | undefined, number: number): LiveValue {
  switch (tag) {
    case TAG.number:
      return number;
    case TAG.condition:
      return number !== 0;
    case TAG.text:
      return live.text(number);
    default:
      return null;
  }
}

/**
 * An object with these keys, all null. Setting the keys of a copy takes a tenth of the time that
 * adding them one by one takes: V8 turns an object to which many are added into a hash table, and
 * keeps one that was parsed as it is.
 */
const emptyOf = (keys: readonly string[]): Record<string, LiveValue> =>
  JSON.parse(JSON.stringify(Object.fromEntries(keys.map((key) => [key, null]))));
