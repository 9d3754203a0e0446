// Four indicators for each of many symbols, in one pass.
import { newTable, versus } from "../rows.mjs";
import { perSymbol, short, specOf } from "../specs.mjs";

export const title = "Many symbols: rsi, ema, atr and macd .over(symbol)";

const columns = ["high", "low", "close"];

/** @param {import("../options.mjs").Options} options */
export async function measure(options) {
  const shapes = options.quick
    ? [{ rows: 1e6, groups: 100 }]
    : [
        { rows: 1e7, groups: 1000 },
        { rows: 1e7, groups: 1e5 },
      ];
  const table = newTable();
  for (const shape of shapes) {
    for (const order of /** @type {const} */ (["contiguous", "interleaved"])) {
      const spec = specOf({ ...shape, order }, perSymbol, { columns, over: "symbol" });
      const each = (shape.rows / shape.groups).toLocaleString("en-US");
      const name = `${shape.groups.toLocaleString("en-US")} × ${each} rows, ${order}`;
      const measured = await versus(table, `${name} (${short(shape.rows)})`, options, [
        { side: "ours", spec },
        { side: "tuned", spec },
        { side: "fast", spec },
      ]);
      const limit = order === "contiguous" ? 0.5 : 0.8;
      table.verdicts.push(...measured.atMost(3, limit, "polars-talib-fast"), ...measured.memory(5));
    }
  }
  return table;
}
