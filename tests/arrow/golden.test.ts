/** The golden cases and the whole catalog over Arrow: equal to the polars door to the last bit. */

import { Vector } from "apache-arrow";
import pl from "nodejs-polars";
import { type IndicatorMeta, ta as polars } from "nodejs-polars-ta";
import { ta } from "nodejs-polars-ta/arrow";
import { afterEach, describe, expect, test, vi } from "vitest";
import { arrowMethod, child, difference, outputsOf, tableOf } from "../support/arrow.js";
import { bars, frameOf, usualInputs } from "../support/bars.js";
import {
  byFunction,
  compare,
  expectedOutput,
  type GoldenCase,
  inputFrame,
  inputsOf,
  manifest,
  paramsOf,
} from "../support/golden.js";

const cases = Map.groupBy(manifest.cases, (golden) => golden.function);

/** What is wrong with the cases of one function on one input frame. */
function problems(meta: IndicatorMeta, input: string, goldens: readonly GoldenCase[]): string[] {
  const frame = inputFrame(input);
  const table = tableOf(frame);
  const exprs = goldens.map((golden) => {
    const inputs = inputsOf(meta, golden.columns);
    return polars.indicator(meta.id, paramsOf(meta, golden), inputs).alias(golden.id);
  });
  const wanted = tableOf(frame.select(...exprs));
  return goldens.flatMap((golden) => {
    const [params, inputs] = [paramsOf(meta, golden), inputsOf(meta, golden.columns)];
    const made = arrowMethod(meta.id)(table, { ...params, ...inputs });
    const off = difference(made, child(wanted, golden.id));
    if (off) return `${golden.id}: ${off}`;
    return outputsOf(made).flatMap(({ name, values, dtype }, index) => {
      const { worst } = compare(values as number[], expectedOutput(golden, index).values, dtype);
      return worst <= 1 ? [] : `${golden.id}, ${name}: largest error ${worst} tolerances`;
    });
  });
}

describe("golden values of", () => {
  test.each([...cases])("%s", (name, goldens) => {
    const meta = byFunction.get(name) as IndicatorMeta;
    const byInput = Map.groupBy(goldens, (golden) => golden.input);
    expect([...byInput].flatMap(([input, group]) => problems(meta, input, group))).toEqual([]);
  });
});

describe("the whole catalog", () => {
  const gappy = bars(300);
  const close = (gappy.close ?? []).map((value, row) => (row % 37 === 11 ? null : value));
  const frame = frameOf({ ...gappy, close }).withColumns(
    pl.col("session").modulo(3).alias("mixed"),
  );
  const table = tableOf(frame);

  /** Every indicator where one of the two doors differs from the other. */
  const differences = (over: string | undefined, missing?: "propagate") => {
    const exprs = polars.catalog().map((meta) => {
      const expr = polars.indicator(meta.id, missing ? { missing } : {}, usualInputs(meta));
      return (over === undefined ? expr : expr.over(over)).alias(meta.id);
    });
    const wanted = tableOf(frame.select(...exprs));
    return ta.catalog().flatMap((meta) => {
      const options = { ...usualInputs(meta), over, missing };
      const off = difference(arrowMethod(meta.id)(table, options), child(wanted, meta.id));
      return off ? `${meta.id}: ${off}` : [];
    });
  };

  test("over a table with gaps", () => expect(differences(undefined)).toEqual([]));
  test("within groups in one piece", () => expect(differences("session")).toEqual([]));
  test("within groups that are mixed", () => expect(differences("mixed")).toEqual([]));
  test("healing after gaps", () => expect(differences("mixed", "propagate")).toEqual([]));

  test("over vectors, and all at once", () => {
    const all = ta.compute(
      table,
      ta.catalog().map((meta) => ({ id: meta.id, inputs: usualInputs(meta), as: meta.id })),
    );
    const found = ta.catalog().flatMap((meta) => {
      const { [meta.semantics.primary_input]: primary = "", ...others } = usualInputs(meta);
      const inputs = Object.entries(others).map(([slot, name]) => [slot, child(table, name)]);
      const made = arrowMethod(meta.id)(child(table, primary), Object.fromEntries(inputs));
      const off = difference(made, child(all, meta.id));
      return off ? `${meta.id}: ${off}` : [];
    });
    expect(found).toEqual([]);
    expect(all.schema.names).toEqual(ta.catalog().map((meta) => meta.id));
  });

  describe("without a look at a value", () => {
    afterEach(() => vi.restoreAllMocks());

    /** The ways to values that all vectors share. */
    const watch = () => {
      for (const name of ["at", "toArray", "toJSON", "includes", Symbol.iterator] as const) {
        vi.spyOn(Vector.prototype, name as "at").mockImplementation(() => {
          throw new Error("a value is looked at");
        });
      }
    };

    test("in JavaScript", () => {
      watch();
      const wanted = ta
        .catalog()
        .map((meta) => ({ id: meta.id, inputs: usualInputs(meta), as: meta.id }));
      expect(ta.compute(table, wanted, { over: "mixed", keep: true }).numRows).toBe(300);
    });

    test("which would be noticed", () => {
      watch();
      expect(() => [...child(table, "close")]).toThrow("looked at");
      expect(() => child(table, "close").toArray()).toThrow("looked at");
    });
  });
});
