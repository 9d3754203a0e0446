/** Native indicators, and parameters of ours, against the oracles of golden/native, through the public API. */

import { readFileSync } from "node:fs";
import pl from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { afterAll, describe, expect, test } from "vitest";
import { type Column, excerpt, readColumns } from "../support/columns.js";
import { compare, goldenPath, inputFrame } from "../support/golden.js";
import { Measurement } from "../support/measured.js";
import { allowed } from "../support/random.js";

interface NativeCase {
  readonly id: string;
  readonly oracle: string;
  readonly indicator: string;
  readonly input: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, number | string | boolean>>;
  readonly outputs: readonly { readonly column: string; readonly dtype: string }[];
}

const manifest: { cases: NativeCase[] } = JSON.parse(
  readFileSync(goldenPath("native_manifest.json"), "utf8"),
);
const cases = Map.groupBy(manifest.cases, (golden) => golden.indicator);
/** Those that are ours, and functions of TA-Lib's that have parameters of ours. */
const native = ta
  .catalog()
  .filter(
    ({ params, reference }) =>
      params.length > (reference.params?.length ?? 0) || reference.library !== "ta-lib",
  );

const measured = new Measurement();
afterAll(() => measured.write());

const expectedFiles = new Map<string, Map<string, Column[]>>();

function expectedColumn(input: string, name: string): Column {
  const path = goldenPath(`expected/native_${input}.parquet`);
  const file = expectedFiles.get(input) ?? readColumns(pl.readParquet(path));
  expectedFiles.set(input, file);
  const column = file.get(name)?.[0];
  if (!column) throw new Error(`no expected column ${name}`);
  return column;
}

function problems(golden: NativeCase): string[] {
  const expr = ta
    .indicator(
      golden.indicator,
      { ...golden.params, ...allowed(ta.find(golden.indicator) as IndicatorMeta) },
      golden.inputs,
    )
    .alias("result");
  const outputs = readColumns(inputFrame(golden.input).select(expr)).get("result") ?? [];
  if (outputs.length !== golden.outputs.length) return [`${golden.id}: ${outputs.length} outputs`];
  return outputs.flatMap((actual, index) => {
    const { column, dtype } = golden.outputs[index] as { column: string; dtype: string };
    const wanted = expectedColumn(golden.input, column);
    if (actual.dtype !== dtype) return `${column}: ${actual.dtype}, not ${dtype}`;
    const { worst, row } = compare(actual.values, wanted.values, dtype);
    measured.add(golden.indicator, worst);
    if (worst <= 1) return [];
    return `${column}: largest error ${worst} tolerances; got ${excerpt(actual.values, row)}; expected ${excerpt(wanted.values, row)}`;
  });
}

describe("golden values of", () => {
  test.each(native.map((meta) => [meta.id, meta] as const))("%s", (id, meta) => {
    const own = cases.get(id) ?? [];
    expect(own.map((golden) => golden.id)).toContain(`${id}/default`);
    // An indicator with parameters is judged with others than the defaults, too.
    expect(own.length).toBeGreaterThan(meta.params.length > 0 ? 1 : 0);
    expect(own.flatMap(problems)).toEqual([]);
    expect(measured.excess(id)).toEqual([]);
    const defaults = Object.fromEntries(meta.params.map((p) => [p.name, p.default]));
    expect(own.find((golden) => golden.id === `${id}/default`)?.params).toEqual(defaults);
  });
});

test("the manifest judges nothing that has nothing of ours", () => {
  expect([...cases.keys()].sort()).toEqual(native.map((meta) => meta.id).sort());
});

test("libraries are witnesses, and a formula judges every case", () => {
  const judged = manifest.cases.filter((golden) => !golden.oracle.startsWith("formula: "));
  expect(judged.map((golden) => golden.id)).toEqual([]);
});

test("no case is without a single value", () => {
  // Nor is an output of one, unless the catalog says that it need not have any.
  const empty = manifest.cases.filter((golden) => {
    const certain = ta.find(golden.indicator)?.outputs.map((output) => !output.sparse) ?? [];
    const none = golden.outputs.map(({ column }) =>
      expectedColumn(golden.input, column).values.every((v) => v === null),
    );
    return none.every(Boolean) || none.some((nothing, index) => nothing && certain[index]);
  });
  expect(empty.map((golden) => golden.id)).toEqual([]);
});
