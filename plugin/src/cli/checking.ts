/** What `pipeline check` and `explain` do. */

import { TaError } from "../errors.js";
import { findFiles, openFiles } from "../files/sources.js";
import { ta } from "../index.js";
import { parse } from "../language/parse.js";
import { type Pipeline, pipeline } from "../pipeline/pipeline.js";
import { known } from "./catalog.js";
import type { CheckOptions } from "./pipeline.js";
import { asUsage, count } from "./text.js";

/** Runs `pipeline check`. */
export function check(file: string, options: CheckOptions): void {
  const checked = pipeline(file);
  if (options.files) checkFiles(checked, options.files);
  console.log(options.json ? JSON.stringify(checked, null, 2) : summary(checked));
}

function checkFiles(checked: Pipeline, patterns: readonly string[]): void {
  const source = openFiles(findFiles(patterns), {
    numbers: (names) => checked.inputsIn(names),
    keys: new Set(checked.over),
  });
  checked.apply(source.plan);
}

function summary(checked: Pipeline): string {
  const { columns, inputs, over, lookback, stableAfter } = checked;
  const within = over.length > 0 ? ` within ${over.join(", ")}` : "";
  return [
    `${count(columns.length, "feature")}${within}: ${columns.join(", ")}`,
    `reads ${inputs.join(", ")}`,
    `complete after ${count(lookback, "row")}, stable after ${Number.isFinite(stableAfter) ? count(stableAfter, "row") : "all rows"}`,
  ].join("\n");
}

/** An indicator by its name alone is told of in full, anything else as a pipeline of one. */
export function explain(text: string): string {
  const meta = known(text);
  if (meta) return String(ta.explain(meta.id));
  return asUsage(() => {
    const { expr } = parse(text);
    if (expr.kind === "name") throw new TaError(unknownName(expr.name));
    return pipeline({ features: [text] }).explain();
  });
}

const unknownName = (name: string): string =>
  `"${name}" is no indicator; find searches names and descriptions`;
