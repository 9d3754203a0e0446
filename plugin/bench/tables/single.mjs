// One indicator over one symbol, frame in and frame out.
import { newTable, versus } from "../rows.mjs";
import { plainColumns, short, specOf } from "../specs.mjs";

export const title = "One indicator, one symbol";

const close = ["close"];
const cases = [
  { id: "sma", params: { period: 20 }, native: "rollingMean(20)" },
  { id: "ema", params: { period: 20 }, native: "ewmMean({ alpha: 2 / 21 })" },
];

/** @param {import("../options.mjs").Options} options */
export async function measure(options) {
  const rows = options.quick ? 1e5 : 1e6;
  const table = newTable();
  for (const { native, ...indicator } of cases) {
    const name = `${indicator.id}(${indicator.params.period}), ${short(rows)} rows`;
    const spec = specOf({ rows }, [indicator], { columns: close, build: true });
    const measured = await versus(table, name, options, [
      { side: "ours", spec },
      { side: "tuned", spec },
      { side: "native", label: `nodejs-polars ${native}`, spec },
      {
        side: "native",
        label: 'nodejs-polars col("close").add(1)',
        spec: { ...spec, indicators: plainColumns(1) },
        other: true,
      },
      { side: "fast", spec },
      { side: "talibPolars", spec },
      { side: "talib", spec },
    ]);
    table.verdicts.push(
      ...measured.atMost(1, 0.5, `nodejs-polars ${native}`),
      ...measured.memory(5),
    );
  }
  return table;
}
