/** Random frames from a seed, and the whole catalog over them. */

import fc from "fast-check";
import pl, { type DataFrame, type Expr, type Series } from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { type Bars, bars, mapColumns, usualInputs } from "./bars.js";
import { type Column, excerpt, readColumns, type Value } from "./columns.js";

/** What a property is tried on. Everything follows from it, and fast-check prints it. */
export interface Case {
  readonly seed: number;
  readonly rows: number;
}

/** Cases of at most so many rows, few as likely as many. */
export const cases = (max: number): fc.Arbitrary<Case> =>
  fc.record({ seed: fc.noShrink(fc.nat()), rows: fc.noBias(fc.nat({ max })) });

/** Random numbers from a seed, a stream of their own for each purpose. */
export class Random {
  #state: number;

  constructor({ seed }: Case, purpose: number) {
    this.#state = (seed ^ Math.imul(purpose, 0x9e3779b9)) >>> 0;
  }

  /** A whole number below `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  onceIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

const POOL = bars(2000);
const MISSING = [null, null, Number.NaN, Infinity];

/** Some bars on end; with `gaps`, many of them incomplete. */
export function randomBars(given: Case, gaps: boolean): Bars {
  const random = new Random(given, 1);
  const start = random.below(1000);
  return mapColumns(POOL, (_, values) => {
    const rarity = random.pick([3, 10, 50]);
    const some = gaps && !random.onceIn(3);
    const taken = values.slice(start, start + given.rows);
    return taken.map((v) => (some && random.onceIn(rarity) ? random.pick(MISSING) : v));
  });
}

/** Bars of some rows, in their order. */
export const rowsOf = (source: Bars, rows: readonly number[]): Bars =>
  mapColumns(source, (_, values) => rows.map((row) => values[row] as number | null));

/** Every indicator with its default parameters, over the columns it is usually fed from. */
export const everything: readonly { meta: IndicatorMeta; inputs: string[]; expr: Expr }[] = ta
  .catalog()
  .map((meta) => {
    const inputs = usualInputs(meta);
    const expr = ta.indicator(meta.id, {}, inputs).alias(meta.id);
    return { meta, inputs: Object.values(inputs), expr };
  });

/** Expressions of the whole catalog. */
export const exprs = (): Expr[] => everything.map(({ expr }) => expr);

/** Results of the whole catalog: the outputs of each indicator by its id. */
export type Results = Map<string, Column[]>;

export const results = (computed: DataFrame): Results => readColumns(computed);

export const compute = (source: DataFrame): Results => results(source.select(...exprs()));

/** The results of parts of a frame, put back to the rows that the parts were taken from. */
export function scattered(
  height: number,
  parts: readonly { rows: readonly number[]; results: Results }[],
): Results {
  const whole: Results = new Map();
  for (const { rows, results } of parts) {
    for (const [id, columns] of results) {
      const known = whole.get(id);
      const into =
        known ?? columns.map((c) => ({ ...c, values: new Array<Value>(height).fill(null) }));
      columns.forEach(({ values }, index) => {
        const target = into[index]?.values as Value[];
        rows.forEach((row, place) => {
          target[row] = values[place] as Value;
        });
      });
      if (!known) whole.set(id, into);
    }
  }
  return whole;
}

/** What differs, in names, types or any bit. */
export function differences(actual: Results, wanted: Results): string[] {
  return everything.flatMap(({ meta: { id } }) => {
    const columns = wanted.get(id) ?? [];
    const given = actual.get(id) ?? [];
    if (columns.length === 0 || given.length !== columns.length) return `${id}: no such columns`;
    return columns.flatMap(({ name, dtype, values }, index) => {
      const other = given[index] as Column;
      if (other.name !== name || other.dtype !== dtype)
        return `${id}: ${other.name} ${other.dtype}`;
      if (other.values.length !== values.length) return `${id}: ${other.values.length} rows`;
      const row = values.findIndex((value, at) => !Object.is(value, other.values[at]));
      if (row < 0) return [];
      return `${id} ${name}: ${excerpt(other.values, row)}, not ${excerpt(values, row)}`;
    });
  });
}

/** Ways to make a key column out of group numbers. */
const KEYS: Record<string, (name: string, groups: number[]) => Series> = {
  strings: (name, groups) =>
    pl.Series(
      name,
      groups.map((g) => `key ${g}`),
      pl.String,
    ),
  integers: (name, groups) =>
    pl.Series(
      name,
      groups.map((g) => g * 7 - 3),
      pl.Int64,
    ),
  dates: (name, groups) => {
    const days = groups.map((g) => new Date(Date.UTC(2024, 0, 1 + g)));
    return pl.Series(name, days, pl.Date);
  },
  booleans: (name, groups) =>
    pl.Series(
      name,
      groups.map((g) => g % 2 === 0),
      pl.Bool,
    ),
  "strings and nulls": (name, groups) =>
    pl.Series(
      name,
      groups.map((g) => (g === 0 ? null : `${g}`)),
      pl.String,
    ),
  "integers and nulls": (name, groups) =>
    pl.Series(
      name,
      groups.map((g) => (g === 0 ? null : g)),
      pl.Int32,
    ),
};

/** Random key columns, and the rows of each of their groups. */
export interface Groups {
  readonly keys: readonly Series[];
  readonly groups: readonly (readonly number[])[];
}

/** One to three key columns whose groups are runs, interleaved or single rows. */
export function randomGroups(given: Case): Groups {
  const random = new Random(given, 2);
  const keys = Array.from({ length: 1 + random.below(3) }, (_, index) => {
    const kind = random.pick(Object.keys(KEYS));
    const count = random.pick([1, 2, 3]);
    const stays = random.pick([1, 1, 10]);
    let group = 0;
    const groups = Array.from({ length: given.rows }, (_, row) => {
      if (random.onceIn(stays)) group = random.below(count);
      // Now and then a group of one row.
      return random.onceIn(40) ? 100 + row : group;
    });
    return KEYS[kind]?.(`key${index}`, groups) as Series;
  });
  const columns = keys.map((key) => key.toArray());
  const rows = Array.from({ length: given.rows }, (_, row) => row);
  const label = (row: number) => columns.map((c) => String(c[row])).join("|");
  return { keys, groups: [...Map.groupBy(rows, label).values()] };
}
