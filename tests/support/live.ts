/** Bars for random pipelines, and what a pipeline gives for all of them at once. */

import fc from "fast-check";
import pl, { type DataFrame } from "nodejs-polars";
import { type PipelineConfig, ta } from "nodejs-polars-ta";
import { expect } from "vitest";
import { type Bars, frameOf, mapColumns } from "./bars.js";
import { readColumns } from "./columns.js";
import { config, lenient } from "./live-texts.js";
import { Random, randomBars } from "./random-frames.js";
import { runs } from "./runs.js";

export type Bar = Record<string, number | boolean | string | null>;
export type Stream = ReturnType<typeof ta.stream>;
export type Row = ReturnType<Stream["update"]>;

/** A pipeline and bars of some keys, in the order in which they come. */
export interface Play {
  readonly config: PipelineConfig;
  readonly bars: readonly Bar[];
}

/** What everything of a play follows from. */
export interface Drawn {
  readonly config: PipelineConfig;
  readonly seed: number;
  readonly rows: number;
  readonly keys: number;
  readonly gaps: boolean;
}

/** Plays of at most so many bars. */
const plays = (most: number, configs: fc.Arbitrary<PipelineConfig>): fc.Arbitrary<Drawn> =>
  fc.record<Drawn>({
    config: configs,
    seed: fc.noShrink(fc.nat()),
    rows: fc.noBias(fc.nat({ max: most })),
    keys: fc.integer({ min: 1, max: 5 }),
    gaps: fc.boolean(),
  });

/** Tries a property of random plays; it gives what is wrong. */
export const holds = (
  tries: number,
  most: number,
  property: (play: Play, random: Random) => string[],
  configs = config,
): void =>
  fc.assert(
    fc.property(plays(most, configs), (drawn) => {
      expect(property(playOf(drawn), new Random(drawn, 4))).toEqual([]);
    }),
    { numRuns: runs(tries) },
  );

/** Prices that stand still now and then, or move in steps, so that ties occur. */
function calmer(source: Bars, random: Random): Bars {
  const step = random.pick([0, 0, 0.5, 5]);
  const still = random.onceIn(4);
  return mapColumns(source, (name, values) => {
    if (!["open", "high", "low", "close", "other", "volume"].includes(name)) return values;
    const round = (value: number) => (step > 0 ? Math.round(value / step) * step : value);
    let last: number | null = null;
    return values.map((value) => {
      const stays = still && !random.onceIn(8) && last !== null;
      last = stays ? last : value === null ? null : round(value);
      return last;
    });
  });
}

/** The play of what was drawn. */
export function playOf({ config, seed, rows, keys, gaps }: Drawn): Play {
  const random = new Random({ seed, rows }, 3);
  const source = calmer(randomBars({ seed, rows }, gaps), random);
  const hole = () => gaps && random.onceIn(10);
  const bars = Array.from({ length: rows }, (_, row) => ({
    symbol: `key ${random.below(keys)}`,
    ...Object.fromEntries(
      Object.entries(source).map(([name, values]) => [name, values[row] as number | null]),
    ),
    ...wholeKeys(source, row),
    odd: random.pick(ODD),
    huge: random.pick(HUGE),
    flag: hole() ? null : random.onceIn(3),
    side: hole() ? null : random.pick(["A", "B", "é", "", "AB"]),
    venue: random.pick(["A", "B"]),
  }));
  return { config: keys > 1 || random.onceIn(2) ? { ...config, over: "symbol" } : config, bars };
}

/** Sessions and anchors are whole numbers in frames, which are null where they are not finite. */
const wholeKeys = (source: Bars, row: number): Bar =>
  Object.fromEntries(
    ["session", "anchor"].map((name) => {
      const value = source[name]?.[row] ?? null;
      return [name, Number.isFinite(value) ? value : null];
    }),
  );

/** Numbers that arithmetic treats in a way of their own. */
const ODD = [0, -0, 1, -1, 3, -7, 0.5, -2.5, 1e-9, 2 ** 40, Infinity, -Infinity, Number.NaN, null];
/** Numbers whose sums and products are too large or too small for doubles. */
const HUGE = [5e-324, -1e-310, 2 ** 53, 1e200, -1e308, 1.7e308];

const TEXTS = ["symbol", "side", "venue"];

/** The bars as a frame. */
export function frameOfBars(bars: readonly Bar[]): DataFrame {
  const column = (name: string) => bars.map((bar) => bar[name] ?? null);
  const names = Object.keys(bars[0] ?? {});
  const isNumber = (name: string) => name !== "flag" && !TEXTS.includes(name);
  const numbers = names.filter(isNumber).map((name) => [name, column(name)]);
  return pl.DataFrame([
    ...frameOf(Object.fromEntries(numbers) as Bars).getColumns(),
    ...names
      .filter((name) => TEXTS.includes(name))
      .map((name) => pl.Series(name, column(name) as string[], pl.String)),
    pl.Series("flag", column("flag") as boolean[], pl.Bool),
  ]);
}

/** The rows that the pipeline gives for all bars at once. */
export function batch({ config, bars }: Play): Row[] {
  const pipeline = ta.pipeline(config);
  if (bars.length === 0) return [];
  // Polars follows other rules in frames of one row, where a column cannot be told from a constant.
  const more = bars.length === 1 ? [...bars, ...bars] : bars;
  const computed = pipeline.apply(frameOfBars(more), { keep: "none" });
  const columns = [...readColumns(computed)];
  return bars.map((_, row) =>
    Object.fromEntries(
      columns.map(([name, outputs]) => {
        const values = outputs.map((output) => [output.name, output.values[row] ?? null]);
        return [name, outputs.length === 1 ? values[0]?.[1] : Object.fromEntries(values)];
      }),
    ),
  ) as Row[];
}

/** The first bit in which a row differs from what it should be; nothing if it does not. */
export function difference(actual: Row | undefined, wanted: Row | undefined): string | undefined {
  const [own, theirs] = [actual, wanted].map((row) => JSON.stringify(Object.keys(row ?? {})));
  if (own !== theirs) return `${own}, not ${theirs}`;
  for (const [name, value] of Object.entries(wanted ?? {})) {
    const given = actual?.[name];
    if (typeof value === "object" && value !== null) {
      const inner = difference(given as Row, value as Row);
      if (inner !== undefined) return `${name}.${inner}`;
    } else if (!Object.is(given, value)) {
      return `${name}: ${given}, not ${value}`;
    }
  }
  return undefined;
}

/** What rows differ in. */
export const differing = (
  actual: readonly (Row | undefined)[],
  wanted: readonly (Row | undefined)[],
): string[] => {
  if (actual.length !== wanted.length) return [`${actual.length} rows, not ${wanted.length}`];
  const row = actual.findIndex((each, at) => difference(each, wanted[at]) !== undefined);
  return row < 0 ? [] : [`row ${row}: ${difference(actual[row], wanted[row])}`];
};

/** A stream for the pipeline of a play. */
export const streamFor = (
  { config }: Play,
  options?: Parameters<ReturnType<typeof ta.pipeline>["stream"]>[0],
): Stream => ta.pipeline(config).stream(options);

/** Tries a property of plays that the batch takes; it gives what is wrong. */
export const holdsOf = (
  tries: number,
  most: number,
  property: (play: Play & { readonly wanted: Row[] }, random: Random) => string[],
): void =>
  holds(tries, most, (play, random) => property({ ...play, wanted: batch(play) }, random), lenient);

/** The key of a bar in the stream of a play. */
export const keyOf = ({ config }: Play, { symbol }: Bar): string =>
  config.over === undefined ? "" : String(symbol);

/** What a call returns, or the message of what it throws. */
export function outcome<T>(call: () => T): { value: T } | { refused: string } {
  try {
    return { value: call() };
  } catch (error) {
    return { refused: String(error) };
  }
}
