/** The golden fixtures, in the catalog's words. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pl, { type DataFrame } from "nodejs-polars";
import { type IndicatorMeta, type IndicatorOutputMeta, ta } from "nodejs-polars-ta";
import { type Column, readColumns, type Value } from "./columns.js";

export interface GoldenCase {
  readonly id: string;
  readonly function: string;
  readonly input: string;
  readonly columns: readonly string[];
  readonly params: Readonly<Record<string, number | string>>;
  readonly outputs: readonly { readonly column: string; readonly dtype: string }[];
  readonly nonFinite?: boolean;
}

interface Manifest {
  readonly tolerance: { readonly rtol: number; readonly atol: number };
  readonly cases: readonly GoldenCase[];
  readonly unverified: readonly string[];
}

export const goldenPath = (name: string): string =>
  fileURLToPath(new URL(`../../golden/${name}`, import.meta.url));

export const manifest: Manifest = JSON.parse(readFileSync(goldenPath("manifest.json"), "utf8"));

/** The catalog entries that TA-Lib backs, by TA-Lib's name. */
export const byFunction: ReadonlyMap<string, IndicatorMeta> = new Map(
  ta
    .catalog()
    .flatMap((meta) => (meta.reference.function ? [[meta.reference.function, meta]] : [])),
);

function once<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

/** An input frame by name. */
export const inputFrame = once(
  (name): DataFrame => pl.readParquet(goldenPath(`inputs/${name}.parquet`)),
);

const expectedColumns = once((input) =>
  readColumns(pl.readParquet(goldenPath(`expected/${input}.parquet`))),
);

/** The expected columns that an input frame's file holds, by name. */
export const expectedNames = (input: string): string[] => [...expectedColumns(input).keys()];

/** What one output of a case should be. */
export function expectedOutput(golden: GoldenCase, index: number): Column {
  const name = golden.outputs[index]?.column ?? "";
  const found = expectedColumns(golden.input).get(name)?.[0];
  if (!found) throw new Error(`${golden.id} has no expected column ${index}`);
  return found;
}

/** A parameter's name as the manifest writes it: `optInTimePeriod` is `timeperiod`. */
export const manifestName = (param: string): string => param.replace(/^optIn/, "").toLowerCase();

/** The parameters of a case under the catalog's names, in its order; those of ours keep their defaults. */
export function paramsOf(meta: IndicatorMeta, golden: GoldenCase): Record<string, number | string> {
  const entries = (meta.reference.params ?? []).map((theirs, index) => {
    const { name } = meta.params[index] as IndicatorMeta["params"][number];
    const value = golden.params[manifestName(theirs)];
    if (value === undefined)
      throw new Error(`${golden.id} says nothing about ${meta.id}'s ${name}`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

/** The column of each input slot that a function is judged with by default. */
export function inputsOf(meta: IndicatorMeta, columns: readonly string[]): Record<string, string> {
  const slots = meta.semantics.input_slots;
  if (slots.length !== columns.length) {
    throw new Error(`${meta.id} has ${slots.length} inputs, the manifest ${columns.join(", ")}`);
  }
  return Object.fromEntries(slots.map(({ name }, index) => [name, columns[index] as string]));
}

/** How far apart two columns are. */
export interface Difference {
  /** The largest error, in units of the tolerance; integers and nulls that differ are infinite. */
  readonly worst: number;
  readonly row: number;
}

/** Compares as the manifest says: relative and absolute tolerance, integers and nulls equal. */
export function compare(
  actual: readonly Value[],
  expected: readonly Value[],
  dtype: string,
): Difference {
  if (actual.length !== expected.length) return { worst: Infinity, row: expected.length };
  const { rtol, atol } = manifest.tolerance;
  let worst = 0;
  let row = 0;
  for (const [index, e] of expected.entries()) {
    const a = actual[index] as Value;
    if (a === e) continue;
    const comparable = dtype === "Float64" && typeof a === "number" && typeof e === "number";
    const error = comparable ? Math.abs(a - e) / (atol + rtol * Math.abs(e)) : Infinity;
    // A NaN compares with nothing: it must not pass for a small error.
    if (!(error <= worst)) {
      worst = Number.isNaN(error) ? Infinity : error;
      row = index;
    }
    if (worst === Infinity) break;
  }
  return { worst, row };
}

/** Whether a value is finite and, rounding aside, within the bounds that the catalog promises. */
export function within(value: number, output: IndicatorOutputMeta | undefined): boolean {
  const [low, high] = output?.bounds ?? [-Infinity, Infinity];
  const slack = manifest.tolerance.rtol * Math.max(Math.abs(low), Math.abs(high), 1);
  return (
    Number.isFinite(value) &&
    (slack === Infinity || (value >= low - slack && value <= high + slack))
  );
}
