/** Writes the page of an explanation. */

import type { IndicatorMeta, IndicatorParamMeta } from "../core/catalog.js";
import type { Missing } from "../generated/options.js";
import type { Block, Document, Table } from "../notebook/document.js";
import type { Explanation } from "./explanation.js";

type Pairs = (readonly [string, string])[];

/** The page of an explanation. */
export function page(explanation: Explanation): Document {
  const { indicator, name } = explanation;
  const blocks: Block[] = [{ text: indicator.description }];
  const table = (heading: string, rows: Table) => {
    if (rows.length > 1) blocks.push({ heading }, { table: rows });
  };
  table("Inputs", inputs(explanation));
  table("Parameters", params(explanation));
  table("Outputs", outputs(indicator));
  blocks.push({ heading: "Rows" }, { facts: rowFacts(explanation) });
  blocks.push({ heading: "Evidence" }, { facts: evidenceFacts(explanation) });
  return { title: `${indicator.display_name} (${name})`, blocks };
}

const inputs = ({ indicator, inputs }: Explanation): Table => [
  ["input", "reads"],
  ...indicator.semantics.input_slots.map(({ name }) => [name, inputs[name] ?? "must be given"]),
];

const params = ({ indicator, params }: Explanation): Table => [
  ["parameter", "value", "default", "allowed", "meaning"],
  ...indicator.params.map((param) => [
    param.name,
    String(params[param.name]),
    String(param.default),
    allowed(param),
    param.description,
  ]),
];

function allowed({ kind, min, max, enum_values }: IndicatorParamMeta): string {
  if (kind === "bool") return "true, false";
  if (enum_values) return enum_values.join(", ");
  return `${min} to ${max}`;
}

const outputs = (indicator: IndicatorMeta): Table => [
  ["output", "type", "range", "meaning"],
  ...indicator.outputs.map(({ name, dtype, bounds, description }) => [
    name,
    dtype,
    bounds ? `${bounds[0]} to ${bounds[1]}` : "",
    description,
  ]),
];

const rows = (count: number): string => (count === 1 ? "1 row" : `${count} rows`);

function warmUp(lookback: number): string {
  if (lookback === 0) return "none";
  return lookback === 1 ? "the first row is null" : `the first ${lookback} rows are null`;
}

function rowFacts(explanation: Explanation): Pairs {
  const { indicator, lookback, lookahead, stableAfter, missing } = explanation;
  const { memory, complexity } = indicator.semantics;
  return [
    ["Warm-up", warmUp(lookback)],
    [
      "Stable after",
      stableAfter === null
        ? "never: a value needs all rows before it"
        : `${rows(stableAfter)}; then a value is the same wherever its series began, to 1e-9 of its size`,
    ],
    ["Memory", MEMORY[memory]],
    [
      "Look-ahead",
      lookahead === 0
        ? "none"
        : `a value depends on the next ${rows(lookahead)}: never trade on it at its own row`,
    ],
    ["A missing row", `${missing}: ${MISSING[missing][memory]}`],
    ["Time", complexity],
  ];
}

type Memory = IndicatorMeta["semantics"]["memory"];

const MEMORY: Readonly<Record<Memory, string>> = {
  window: "a window of rows",
  recursive: "recursive: all rows before it, with a weight that fades",
  cumulative: "cumulative: all rows before it, for good",
};

const skipped = "it is null, and the other rows are as if it were not there";
const refused = "it is refused, with its column and row";
const MISSING: Readonly<Record<Missing, Readonly<Record<Memory, string>>>> = {
  skip: { window: skipped, recursive: skipped, cumulative: skipped },
  propagate: {
    window: "it is null, and so are the rows whose window has it",
    recursive: "it is null, and the recursion warms up anew after it",
    cumulative: "it is null, and so is every row after it",
  },
  error: { window: refused, recursive: refused, cumulative: refused },
};

function evidenceFacts(explanation: Explanation): Pairs {
  const { indicator, oracles, maximumError, elsewhere, notes } = explanation;
  const { aliases, reference } = indicator;
  const facts: Pairs = [["Source", reference.source]];
  if (oracles.length > 0) facts.push(["Checked against", oracles.join("; ")]);
  if (maximumError !== undefined) facts.push(["Largest difference", difference(maximumError)]);
  if (aliases.length > 0) facts.push(["Also found as", aliases.join(", ")]);
  const names = Object.entries(elsewhere).map(
    ([library, known]) => `${library} ${known.join(", ")}`,
  );
  if (names.length > 0) facts.push(["In other libraries", names.join("; ")]);
  if (notes.length > 0) facts.push(["What differs there", notes.join("; ")]);
  return facts;
}

const difference = (error: number): string =>
  error === 0
    ? "none in any golden case"
    : `${error.toExponential()} of the value in any golden case`;
