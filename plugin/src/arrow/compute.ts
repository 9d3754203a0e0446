/** `ta.compute`: several indicators at once, as a table. */

import type { Table, Vector } from "apache-arrow";
import { isOptions } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { type Allowed, ANY, checkOptions, FLAG, type OptionTypes, TEXT } from "../core/options.js";
import { checkUsual } from "../core/usual.js";
import { groupColumns } from "./calls.js";
import { readable } from "./chunks.js";
import { computeAll, type Indicator, type Node, nodeOf, type UsualInputs } from "./nodes.js";
import { arrow } from "./peer.js";
import { called, type Subject, subjectOf } from "./subject.js";
import type { ArrowTable, ArrowVector } from "./surfaces.js";
import { fromText } from "./text.js";

/** Options of {@link compute}. */
export interface ComputeOptions {
  /** Compute within the groups of rows whose values in these columns are equal. */
  readonly over?: string | ArrowVector | readonly (string | ArrowVector)[];
  /**
   * Keep the columns of the table beside the results; a result replaces a column of the same name.
   * Default false.
   */
  readonly keep?: boolean;
  /**
   * Columns for inputs that no call names, by usual name: `{ close: "Adj Close" }`. For a usual
   * name that is left out, a column of that name is read, in any case.
   */
  readonly inputs?: Readonly<Record<string, string | number>>;
}

const INPUT: Allowed = [
  "a column name or a number",
  (value) => TEXT[1](value) || Number.isFinite(value),
];

/** The columns of groups are checked later, against the table. */
const OPTIONS: OptionTypes<ComputeOptions> = {
  over: ANY,
  keep: FLAG,
  inputs: ["an object of columns by name", isOptions],
};

/**
 * Computes several indicators over a table at once; they may be inputs of each other. An indicator
 * that occurs twice is computed once, and each column is read once.
 *
 * @param table - A table or record batch with columns by their usual names, or others that
 * the indicators name.
 * @param indicators - What to compute: calls in the expression language, such as `"rsi(14)"`,
 * `"macd(12, 26, 9).histogram as h"` or `"sma(rsi(14), 5)"`, or objects that say the same.
 * @returns A table of the results, of as many rows, in one batch unless `keep` is set.
 * @throws TaError if a name is unknown, a value is out of range, a column is missing or not
 * numeric, or two results have the same name.
 */
export function compute(
  table: ArrowTable,
  indicators: readonly (string | Indicator)[],
  options: ComputeOptions = {},
): Table {
  return readable("compute: what it is given", () => computed(table, indicators, options));
}

function computed(
  table: ArrowTable,
  indicators: readonly (string | Indicator)[],
  options: ComputeOptions,
): Table {
  const subject = subjectOf(table, "compute");
  if (subject.vector) throw new TaError("compute takes a table or record batch, got a vector");
  if (!Array.isArray(indicators)) {
    throw new TaError(`compute: indicators must be a list, got ${called(indicators)}`);
  }
  const given = checkOptions("compute", options, OPTIONS, { shown: called });
  const { over, keep } = given;
  const inputs = checkUsual<string | number>("compute", given.inputs, INPUT);
  const known = new Map<unknown, Node>();
  const features = indicators.map((one) => featureOf(one, subject, inputs, known));
  const names = features.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new TaError(`compute: two results are called "${twice}"; name one of them with as`);
  }
  const nodes = features.map(({ node }) => node);
  const vectors = computeAll(nodes, subject, groupColumns("compute", subject, over));
  const named = names.map((name, index) => [name, vectors[index] as Vector] as const);
  const results = new arrow.Table(Object.fromEntries(named));
  // `assign` replaces columns of the same name and keeps the table's batches.
  return keep ? (subject.table as Table).assign(results) : results;
}

function featureOf(
  given: unknown,
  subject: Subject,
  inputs: UsualInputs,
  known: Map<unknown, Node>,
): { name: string; node: Node } {
  if (typeof given === "string") return fromText(given, subject, inputs);
  const node = nodeOf(given, subject, inputs, known);
  const { as } = given as Indicator;
  const { call, field } = node;
  return { name: as ?? (field ? `${call.name}_${field}` : call.name), node };
}
