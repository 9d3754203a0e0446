/** Explains a pipeline as text. */

import { calls, columnsOf, type IndicatorCall, type Meaning } from "../language/meaning.js";
import { ownReach, type Reach, reachOf, widest } from "../language/measure.js";
import { print } from "../language/print.js";
import { spell } from "../language/spell.js";
import type { PipelineFeature } from "./features.js";

/** Every feature with its inputs, parameters and reach. */
export function explain(features: readonly PipelineFeature[], over: readonly string[]): string {
  const groups = over.length > 0 ? `within groups of ${over.join(", ")}` : "over the whole frame";
  const all = widest(features.map(({ meaning }) => reachOf(meaning)));
  const count = features.length === 1 ? "1 feature" : `${features.length} features`;
  return [`${count} ${groups}: ${reach(all)}`, ...features.map(explainFeature)].join("\n\n");
}

function explainFeature({ name, meaning }: PipelineFeature): string {
  const read = [...columnsOf(meaning)].join(", ") || "no column";
  const indicators = unique(calls(meaning)).map((call) => `  ${call.meta.id}: ${about(call)}`);
  return [
    name,
    `  ${print(spell(meaning))}`,
    `  reads ${read}; ${reach(reachOf(meaning))}`,
    ...indicators,
  ].join("\n");
}

function unique(all: readonly IndicatorCall[]): IndicatorCall[] {
  const text = (meaning: Meaning) => print(spell(meaning));
  return [...new Map(all.map((call) => [text(call), call])).values()];
}

/** The name, parameters, memory and reach of an indicator. */
function about(call: IndicatorCall): string {
  const { meta, checked } = call;
  const params = Object.entries(checked.params).map(([name, value]) => `${name} ${value}`);
  const own = reach(ownReach(call));
  return [meta.display_name, ...params, MEMORY[meta.semantics.memory], own].join(", ");
}

const MEMORY = {
  window: "remembers a window",
  recursive: "remembers all rows with fading weight",
  cumulative: "remembers all rows",
} as const;

function reach({ lookback, stableAfter, lookahead }: Reach): string {
  const stable = Number.isFinite(stableAfter) ? `after ${rows(stableAfter)}` : "never";
  const ahead = lookahead === 0 ? "no look-ahead" : `looks ${rows(lookahead)} ahead`;
  return `lookback ${rows(lookback)}, stable ${stable}, ${ahead}`;
}

const rows = (count: number): string => (count === 1 ? "1 row" : `${count} rows`);
