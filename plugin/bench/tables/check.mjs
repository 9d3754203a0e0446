// The check of bars, compared with ten indicators over the same rows.
import { newTable, versus } from "../rows.mjs";
import { common, short, specOf } from "../specs.mjs";

export const title = "Checking bars, beside ten indicators of them";

/** @param {import("../options.mjs").Options} options */
export async function measure(options) {
  const rows = options.quick ? 1e5 : 1e6;
  const table = newTable();
  for (const [groups, order] of /** @type {const} */ ([
    [1, "contiguous"],
    [100, "contiguous"],
    [100, "interleaved"],
  ])) {
    const over = groups > 1 ? "symbol" : undefined;
    const spec = specOf({ rows, groups, order }, common, { over });
    const name = groups > 1 ? `${groups} symbols, ${order}` : "1 symbol";
    await versus(table, `${name} (${short(rows)})`, options, [
      { side: "ours", label: "ten indicators", spec },
      { side: "check", spec, other: true },
    ]);
  }
  return table;
}
