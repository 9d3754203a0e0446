/** Cases for other hosts: frames, calls over them, and what Node gives, as files. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { bars, frameOf, usualInputs } from "./bars.js";
import {
  byFunction,
  type GoldenCase,
  goldenPath,
  inputFrame,
  inputsOf,
  manifest,
  paramsOf,
} from "./golden.js";
import { stocks } from "./stocks.js";

/** A call as another host makes it, with the catalog's names. */
interface Case {
  readonly name: string;
  readonly id: string;
  readonly params: Readonly<Record<string, number | string | boolean>>;
  readonly inputs: Readonly<Record<string, string>>;
  readonly options: { readonly missing?: "propagate"; readonly allow_lookahead?: true };
  readonly over: string | null;
}

interface Suite {
  readonly name: string;
  readonly frame: DataFrame;
  readonly cases: readonly Case[];
}

const native: { cases: (Omit<Case, "name" | "over"> & { indicator: string; input: string })[] } =
  JSON.parse(readFileSync(goldenPath("native_manifest.json"), "utf8"));

const allowed = ({ semantics }: IndicatorMeta): Case["options"] =>
  semantics.lookahead_params ? { allow_lookahead: true } : {};

const ofTaLib = (golden: GoldenCase): Case => {
  const meta = byFunction.get(golden.function) as IndicatorMeta;
  return {
    name: golden.id,
    id: meta.id,
    params: paramsOf(meta, golden),
    inputs: inputsOf(meta, golden.columns),
    options: allowed(meta),
    over: null,
  };
};

/** All golden cases, by input frame. */
function golden(): Suite[] {
  const inputs = new Set(manifest.cases.map(({ input }) => input));
  return [...inputs].map((input) => {
    const ours = native.cases.filter((golden) => golden.input === input);
    return {
      name: `golden_${input}`,
      frame: inputFrame(input),
      cases: [
        ...manifest.cases.filter((golden) => golden.input === input).map(ofTaLib),
        ...ours.map(({ id, indicator, params, inputs }) => {
          const options = allowed(ta.find(indicator) as IndicatorMeta);
          return { name: `native ${id}`, id: indicator, params, inputs, options, over: null };
        }),
      ],
    };
  });
}

/** The whole catalog with default parameters over one frame. */
function catalog(
  name: string,
  frame: DataFrame,
  over: string | null,
  options: Case["options"] = {},
): Suite {
  const cases = ta.catalog().map((meta) => {
    const inputs = usualInputs(meta);
    return { name: meta.id, id: meta.id, params: {}, inputs, options, over };
  });
  return { name, frame, cases };
}

/** The real bars of all symbols, with a column for every input. */
function realBars(): DataFrame {
  const row = pl.col("row");
  const [open, close] = [pl.col("open"), pl.col("close")];
  return stocks()
    .withRowIndex("row")
    .withColumns(
      open.add(close).div(2).alias("other"),
      row.modulo(29).add(2).cast(pl.Float64).alias("periods"),
      close.sub(open).div(close.add(open)).alias("unit"),
      row.modulo(10_000).sub(row.modulo(20)).cast(pl.Int32).alias("session"),
      row.modulo(50).eq(pl.lit(10)).alias("anchor"),
    );
}

function suites(): Suite[] {
  const made = bars(300);
  const gaps = (step: number, values: (number | null)[]) =>
    values.map((value, row) => (row % step === 11 ? null : value));
  const gappy = { ...made, close: gaps(37, made.close ?? []), high: gaps(71, made.high ?? []) };
  const frame = frameOf(gappy).withColumns(pl.col("session").modulo(3).alias("mixed"));
  const real = realBars();
  return [
    ...golden(),
    catalog("gaps", frame, null),
    catalog("gaps_propagate", frame, null, { missing: "propagate" }),
    catalog("gaps_in_groups", frame, "session"),
    catalog("gaps_in_mixed_groups", frame, "mixed", { missing: "propagate" }),
    catalog("symbols", real, "symbol"),
    catalog("symbols_by_day", real.sort("date"), "symbol"),
    catalog("one_row", frame.slice({ offset: 0, length: 1 }), null),
    catalog("no_row", frame.slice({ offset: 0, length: 0 }), null),
  ];
}

function expression({ id, params, inputs, options, over }: Case): Expr {
  const { missing, allow_lookahead: allowLookahead } = options;
  const expr = ta.indicator(id, { ...params, missing, allowLookahead }, inputs);
  return over === null ? expr : expr.over(over);
}

/**
 * Writes all suites to a folder: `suites.json` has their names; each has its frame, its cases and
 * the columns that they should give.
 */
export function writeCases(folder: string): void {
  const all = suites();
  for (const { name, frame, cases } of all) {
    const exprs = cases.map((one) => expression(one).alias(one.name));
    const empty = frame.slice({ offset: 0, length: 0 });
    const written = cases.map((one) => ({
      ...one,
      default_name: empty.select(expression(one)).columns[0],
    }));
    frame.writeParquet(join(folder, `${name}.frame.parquet`));
    frame.select(...exprs).writeParquet(join(folder, `${name}.wanted.parquet`));
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(written));
  }
  writeFileSync(join(folder, "suites.json"), JSON.stringify(all.map(({ name }) => name)));
}
