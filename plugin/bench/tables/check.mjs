// The check of bars, compared with ten indicators over the same rows; also if the symbols are
// forgotten, so that it has to find the column that separates them, and if the rows are in no order.
import { newTable, versus } from "../rows.mjs";
import { common, short, specOf } from "../specs.mjs";

export const title = "Checking bars, beside ten indicators of them";

/** @param {import("../options.mjs").Options} options */
export async function measure(options) {
  const rows = options.quick ? 1e5 : 1e6;
  const table = newTable();
  for (const [groups, order, forgotten] of /** @type {const} */ ([
    [1, "contiguous"],
    [100, "contiguous"],
    [100, "contiguous", "forgotten"],
    [100, "interleaved"],
    [100, "interleaved", "forgotten"],
  ])) {
    const over = groups > 1 ? "symbol" : undefined;
    const spec = specOf({ rows, groups, order }, common, { over });
    const what = groups > 1 ? [`${groups} symbols`, order, forgotten] : ["1 symbol"];
    const name = `${what.filter(Boolean).join(", ")} (${short(rows)})`;
    const checked = forgotten ? { ...spec, over: undefined } : spec;
    await versus(table, name, options, [
      { side: "ours", label: "ten indicators", spec },
      { side: "check", spec: checked, other: true },
    ]);
  }
  // Indicators refuse rows in no order, so they are sorted for them; the check says what is wrong.
  const spec = specOf({ rows }, common);
  await versus(table, `1 symbol, in no order (${short(rows)})`, options, [
    { side: "sorted", label: "sort, ten indicators", spec },
    { side: "check", spec: { ...spec, shuffled: true }, other: true },
  ]);
  return table;
}
