// Arrow tables in and out, compared with TA-Lib's C over arrays in Python.
import { newTable, versus } from "../rows.mjs";
import { fifty, prices, short, specOf } from "../specs.mjs";

export const title = "Arrow tables";

const cases = [
  { id: "sma", params: { period: 20 } },
  { id: "rsi", params: { period: 14 } },
  { id: "macd", params: { fast_period: 12, slow_period: 26, signal_period: 9 } },
];

/** @param {import("../options.mjs").Options} options */
export async function measure(options) {
  const rows = options.quick ? 1e5 : 1e6;
  const table = newTable();
  const contenders = (spec) => ["arrow", "arrowFresh", "talib"].map((side) => ({ side, spec }));
  for (const indicator of cases) {
    const name = `${indicator.id}, ${short(rows)} rows`;
    const spec = specOf({ rows }, [indicator], { columns: ["close"] });
    const measured = await versus(table, name, options, contenders(spec));
    table.verdicts.push(...measured.atMost(6, 1.15, "TA-Lib C, numpy"));
  }
  const spec = specOf({ rows }, fifty, { columns: prices });
  await versus(table, `50 features, ${short(rows)} rows`, options, contenders(spec));
  return table;
}
