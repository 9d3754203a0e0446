// Fifty features of one symbol in one `select`.
import { newTable, versus } from "../rows.mjs";
import { fifty, plainColumns, short, specOf } from "../specs.mjs";

export const title = "50 features in one select";

/** @param {import("../options.mjs").Options} options */
export async function measure(options) {
  const sizes = options.quick ? [1e5] : options.full ? [1e6, 2e6, 1e7] : [1e6, 2e6];
  const table = newTable();
  for (const rows of sizes) {
    for (const chunks of [1, 8]) {
      await one(table, options, specOf({ rows }, fifty, { chunks }));
    }
  }
  await one(table, options, specOf({ rows: sizes[0] }, fifty, { build: true }));
  return table;
}

/**
 * @param {any} table
 * @param {import("../options.mjs").Options} options
 * @param {any} spec
 */
async function one(table, options, spec) {
  const pieces = spec.chunks === 1 ? "1 chunk" : `${spec.chunks} chunks`;
  const building = spec.build ? ", expressions built inside" : "";
  const name = `${short(spec.shape.rows)} rows, ${pieces}${building}`;
  const measured = await versus(table, name, options, [
    { side: "ours", spec },
    { side: "tuned", spec },
    { side: "fast", spec },
    {
      side: "native",
      label: 'nodejs-polars 58 × col("close").add(n)',
      spec: { ...spec, indicators: plainColumns(58) },
      other: true,
    },
  ]);
  const limit = spec.chunks === 1 ? 1 : 0.5;
  table.verdicts.push(...measured.atMost(2, limit, "polars-talib-fast"), ...measured.memory(5));
}
