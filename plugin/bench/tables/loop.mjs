// The longest time that `await lf.collect()` blocks the event loop.
import { say } from "../../tools/process.mjs";
import { verdict } from "../rows.mjs";
import { side, sides } from "../sides.mjs";
import { perSymbol, short, specOf } from "../specs.mjs";

export const title = "The event loop during await lf.collect()";

const columns = [
  { key: "case", label: "case" },
  { key: "label", label: "what" },
  { key: "histogram", label: "longest delay by perf_hooks, ms" },
  { key: "timer", label: "longest gap of a 1 ms timer, ms" },
  { key: "milliseconds", label: "collect, ms" },
];

/** @param {import("../options.mjs").Options} options */
export async function measure(options) {
  const rows = options.quick ? 1e6 : 1e7;
  const prices = { columns: ["high", "low", "close"] };
  const ema = [{ id: "ema", params: { period: 20 } }];
  const cases = [
    {
      name: "rsi, ema, atr, macd",
      sideName: "ours",
      spec: specOf({ rows }, perSymbol, prices),
    },
    {
      name: "the same over 1,000 symbols",
      sideName: "ours",
      spec: specOf({ rows, groups: 1000 }, perSymbol, { ...prices, over: "symbol" }),
    },
    {
      name: "ewmMean, for comparison",
      sideName: "native",
      spec: specOf({ rows }, ema, prices),
    },
  ];
  const found = [];
  const verdicts = [];
  for (const { name, sideName, spec } of cases) {
    say(`${name}, ${short(rows)} rows`);
    const worst = await worstOf(sideName, spec, options.quick ? 2 : 3);
    found.push({ case: `${name}, ${short(rows)} rows`, label: sides[sideName].label, ...worst });
    if (sideName !== "ours" || worst.note !== undefined) continue;
    verdicts.push(
      verdict(7, `${name}: longest delay, ms`, Math.max(worst.histogram, worst.timer), 50),
    );
  }
  return { parts: [{ columns, rows: found }], verdicts };
}

/**
 * The longest of several delays. The first call is not warmed up.
 *
 * @param {string} name
 * @param {any} spec
 * @param {number} times
 */
async function worstOf(name, spec, times) {
  const worst = { histogram: 0, timer: 0, milliseconds: 0 };
  for (let time = 0; time < times; time += 1) {
    const { error, ...delays } = await side(name).ask("delay", spec);
    if (error !== undefined) return { note: error };
    for (const key of Object.keys(worst)) worst[key] = Math.max(worst[key], delays[key]);
  }
  return worst;
}
