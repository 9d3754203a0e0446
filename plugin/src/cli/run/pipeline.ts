/** Executes `pipeline check` and `explain`. */

import { ta } from "../../api/ta.js";
import { TaError } from "../../core/errors.js";
import { sentence } from "../../core/sentence.js";
import { unknownName } from "../../core/unknown.js";
import type { Columns } from "../../files/csv.js";
import { withFiles } from "../../files/unpack.js";
import { ids } from "../../generated/ids.js";
import { wordIn } from "../../language/ask.js";
import { type Pipeline, pipeline } from "../../pipeline/pipeline.js";
import { known } from "../commands/catalog.js";
import type { CheckOptions } from "../commands/pipeline.js";
import { inputsOf } from "../inputs.js";
import type { InputFlags } from "../options.js";
import { asUsage, count } from "../text.js";

/** Runs `pipeline check`. */
export async function check(file: string, options: CheckOptions): Promise<void> {
  const checked = pipeline(file);
  if (options.files) await checkFiles(checked, options.files, options);
  console.log(options.json ? JSON.stringify(checked, null, 2) : summary(checked));
}

async function checkFiles(checked: Pipeline, files: readonly string[], flags: InputFlags) {
  const inputs = asUsage(() => inputsOf(files, flags));
  const columns: Columns = {
    numbers: (names) => checked.inputsIn(names),
    keys: () => checked.over,
  };
  await withFiles(inputs, columns, ({ plan }) => checked.apply(plan));
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

/** Explains an indicator if the text is its name, else the text as a pipeline with one feature. */
export function explain(text: string): string {
  const meta = known(text);
  if (meta) return String(ta.explain(meta.id));
  return asUsage(() => {
    const word = wordIn(text);
    if (word !== null) throw notFound(word);
    return pipeline({ features: [text] }).explain();
  });
}

function notFound(name: string): TaError {
  const wrong = unknownName(`"${name}" is no indicator`, name, ids);
  return new TaError(sentence`${wrong}; find searches names and descriptions`);
}
