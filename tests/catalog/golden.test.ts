/** Every golden case through the public API. No indicator is named here: the manifest names them. */

import pl, { type Expr } from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { afterAll, describe, expect, test } from "vitest";
import { excerpt, readColumns } from "../support/columns.js";
import {
  byFunction,
  compare,
  expectedNames,
  expectedOutput,
  type GoldenCase,
  inputFrame,
  inputsOf,
  manifest,
  manifestName,
  paramsOf,
  within,
} from "../support/golden.js";
import { entriesMissing, Measurement } from "../support/measured.js";
import { camelCase, methods } from "../support/surface.js";

const cases = Map.groupBy(manifest.cases, (golden) => golden.function);

const measured = new Measurement();
afterAll(() => measured.write());

/** The ways to write the call of a case; the typed methods for the default ones. */
function calls(meta: IndicatorMeta, golden: GoldenCase): Record<string, Expr> {
  const params = paramsOf(meta, golden);
  const inputs = inputsOf(meta, golden.columns);
  const byId = { "ta.indicator": ta.indicator(meta.id, params, inputs) };
  if (!golden.id.endsWith("/default")) return byId;

  const { primary_input: primary, input_slots: slots } = meta.semantics;
  const { [primary]: series = "", ...others } = inputs;
  const required = slots.filter((slot) => slot.name !== primary && slot.default === undefined);
  const optional = slots.filter((slot) => slot.name !== primary && slot.default !== undefined);
  const named = Object.entries(params).map(([name, value]) => [camelCase(name), value]);
  const method = methods(pl.col(series).ta)(meta.id);
  const onTop = methods(ta)(meta.id);
  return {
    ...byId,
    "by name": method({ ...Object.fromEntries(named), ...others }),
    "by position": method(
      ...required.map(({ name }) => inputs[name]),
      ...Object.values(params),
      Object.fromEntries(optional.map(({ name }) => [name, pl.col(inputs[name] ?? "")])),
    ),
    "on ta": onTop({ ...params, ...inputs }),
  };
}

/** What is wrong with the cases of one function on one input frame. */
function problems(meta: IndicatorMeta, input: string, goldens: readonly GoldenCase[]): string[] {
  const columns = goldens.flatMap((golden) =>
    Object.entries(calls(meta, golden)).map(([way, expr]) => ({ golden, way, expr })),
  );
  const frame = inputFrame(input);
  const label = ({ golden, way }: { golden: GoldenCase; way: string }) => `${golden.id} ${way}`;
  const results = readColumns(frame.select(...columns.map((c) => c.expr.alias(label(c)))));
  return columns.flatMap((c) => {
    const outputs = results.get(label(c)) ?? [];
    if (outputs.length !== c.golden.outputs.length) return `${label(c)}: ${outputs.length} outputs`;
    return outputs.flatMap((actual, index) => {
      const wanted = expectedOutput(c.golden, index);
      const where = `${label(c)}, ${meta.outputs[index]?.name}`;
      if (actual.dtype !== wanted.dtype) return `${where}: ${actual.dtype}, not ${wanted.dtype}`;
      const { worst, row } = compare(actual.values, wanted.values, wanted.dtype);
      measured.add(meta.id, worst);
      if (worst <= 1) return [];
      const got = excerpt(actual.values, row);
      return `${where}: largest error ${worst} tolerances; got ${got}; expected ${excerpt(wanted.values, row)}`;
    });
  });
}

describe("golden values of", () => {
  test.each([...cases])("%s", (name, goldens) => {
    const meta = byFunction.get(name);
    if (!meta) throw new Error(`${name} is not in the catalog`);
    const byInput = Map.groupBy(goldens, (golden) => golden.input);
    expect([...byInput].flatMap(([input, group]) => problems(meta, input, group))).toEqual([]);
    expect(measured.excess(meta.id)).toEqual([]);
  });
});

describe("the manifest", () => {
  test("has a default case and an edge case of every function in the catalog, and no other", () => {
    expect([...cases.keys()].sort()).toEqual([...byFunction.keys()].sort());
    for (const [name, goldens] of cases) {
      expect(goldens.map((golden) => golden.id)).toContain(`${name}/default`);
      expect(goldens.length, name).toBeGreaterThan(1);
    }
  });

  test("calls unverified only what has no case", () => {
    const backed = ta.catalog().filter((meta) => meta.reference.library === "ta-lib");
    expect(backed.every((meta) => byFunction.get(meta.reference.function ?? "") === meta)).toBe(
      true,
    );
    expect(manifest.unverified.filter((name) => cases.has(name))).toEqual([]);
    expect(manifest.unverified.filter((name) => !byFunction.has(name))).toEqual([]);
  });

  test("writes every parameter down, and the default case holds the catalog's defaults", () => {
    for (const golden of manifest.cases) {
      const meta = byFunction.get(golden.function);
      if (!meta) throw new Error(`${golden.function} is not in the catalog`);
      const names = (meta.reference.params ?? []).map(manifestName);
      expect(Object.keys(golden.params).sort(), golden.id).toEqual(names.sort());
      if (!golden.id.endsWith("/default")) continue;
      const theirs = meta.params.slice(0, names.length);
      const defaults = Object.fromEntries(theirs.map((p) => [p.name, p.default]));
      expect(paramsOf(meta, golden), golden.id).toEqual(defaults);
    }
  });

  test("uses every expected column once, and none is empty without saying so", () => {
    for (const [input, goldens] of Map.groupBy(manifest.cases, (golden) => golden.input)) {
      const used = goldens.flatMap((golden) => golden.outputs.map((output) => output.column));
      expect(used.sort()).toEqual(expectedNames(input).sort());
    }
    const empty = manifest.cases.filter(
      // Inputs outside a function's domain have no finite result at all.
      (golden) =>
        !golden.nonFinite &&
        golden.outputs.some((_, index) =>
          expectedOutput(golden, index).values.every((v) => v === null),
        ),
    );
    expect(empty.map((golden) => golden.id)).toEqual([]);
  });

  test("has no value outside the bounds that the catalog promises", () => {
    const outside = manifest.cases.flatMap((golden) =>
      golden.outputs.flatMap((_, index) => {
        const output = byFunction.get(golden.function)?.outputs[index];
        const { values } = expectedOutput(golden, index);
        const row = values.findIndex((v) => typeof v === "number" && !within(v, output));
        return row < 0 ? [] : `${golden.id} ${output?.name}: ${excerpt(values, row)}`;
      }),
    );
    expect(outside).toEqual([]);
  });

  test("is compared strictly", () => {
    const { rtol, atol } = manifest.tolerance;
    expect([rtol, atol]).toEqual([1e-9, 1e-9]);
    expect(compare([1, 2], [1, 2 + 5e-9], "Float64").worst).toBeGreaterThan(1);
    expect(compare([1, 2], [1, 2 + 1e-9], "Float64").worst).toBeLessThan(1);
    for (const wrong of [null, Number.NaN, Infinity]) {
      expect(compare([wrong, 2], [1, 2], "Float64")).toEqual({ worst: Infinity, row: 0 });
    }
    expect(compare([0], [null], "Float64").worst).toBe(Infinity);
    expect(compare([100], [101], "Int32").worst).toBe(Infinity);
    expect(compare([1], [1, 2], "Int32").worst).toBe(Infinity);
  });
});

test("every indicator in the catalog has a measured error on record, and nothing else has", () => {
  expect(entriesMissing(ta.catalog().map((meta) => meta.id))).toEqual([]);
});
