// How time grows with rows and with groups. Each size has its own process, so that sizes can take
// turns.
import { say } from "../../tools/process.mjs";
import { inTurns } from "../measure.mjs";
import { verdict } from "../rows.mjs";
import { perSymbol, short, specOf } from "../specs.mjs";

export const title = "Growth";

const evaluations = [
  { name: "sma(20)", indicators: [{ id: "sma", params: { period: 20 } }], columns: ["close"] },
  { name: "rsi(14)", indicators: [{ id: "rsi", params: { period: 14 } }], columns: ["close"] },
  { name: "rsi, ema, atr, macd", indicators: perSymbol, columns: ["high", "low", "close"] },
];

/** @param {import("../options.mjs").Options} options */
export async function measure(options) {
  const rows = options.quick ? [1e5, 1e6] : [1e5, 1e6, 1e7];
  const groups = options.quick ? [100, 1000, 1e4] : [100, 1000, 1e4, 1e5];
  const repeat = Math.min(options.repeat, 7);
  const byRows = await growthByRows(rows, repeat);
  const byGroups = await growthByGroups(groups, repeat);
  return {
    parts: [byRows.part, byGroups.part],
    verdicts: [...byRows.verdicts, ...byGroups.verdicts],
  };
}

/**
 * @param {number[]} sizes
 * @param {number} repeat
 */
async function growthByRows(sizes, repeat) {
  const part = newPart("ns per row", sizes, "rows");
  const verdicts = [];
  for (const { name, indicators, columns } of evaluations) {
    say(`${name} over ${sizes.map(short).join(", ")} rows`);
    const specs = sizes.map((rows) => specOf({ rows }, indicators, { columns }));
    const each = await perUnit(specs, sizes, repeat);
    part.rows.push({ case: name, ...each });
    const times = sizes.map((rows) => each[rows]);
    const growth = Math.max(...times) / times[0];
    const what = `${name}: most time per row / that of ${short(sizes[0])} rows`;
    verdicts.push(verdict(6, what, growth, 1.2));
  }
  return { part, verdicts };
}

/**
 * Groups of 100 rows. A quadratic term would show at the largest number of groups.
 *
 * @param {number[]} counts
 * @param {number} repeat
 */
async function growthByGroups(counts, repeat) {
  const part = newPart("ns per group of 100 rows", counts, "groups");
  const verdicts = [];
  const [{ columns, indicators }] = evaluations.slice(-1);
  for (const order of /** @type {const} */ (["contiguous", "interleaved"])) {
    say(`groups of 100 rows, ${order}, ${counts.map(short).join(", ")} of them`);
    const specs = counts.map((groups) =>
      specOf({ rows: 100 * groups, groups, order }, indicators, {
        columns,
        over: "symbol",
      }),
    );
    const each = await perUnit(specs, counts, repeat);
    part.rows.push({ case: order, ...each });
    const [before, last] = counts.slice(-2);
    const what = `${order}: time per group, ${short(last)} / ${short(before)} groups`;
    verdicts.push(verdict(6, what, each[last] / each[before], 1.5));
  }
  return { part, verdicts };
}

/**
 * Nanoseconds per row or group, by their number.
 *
 * @param {any[]} specs
 * @param {number[]} counts
 * @param {number} repeat
 * @returns {Promise<Record<string, number>>}
 */
async function perUnit(specs, counts, repeat) {
  const contenders = specs.map((spec, index) => ({
    side: "ours",
    process: `ours of ${counts[index]}`,
    spec,
  }));
  const measured = await inTurns(contenders, { repeat });
  const failed = measured.find(({ note }) => note !== undefined);
  if (failed) throw new Error(failed.note);
  const each = measured.map(({ median }, index) => [counts[index], (1e6 * median) / counts[index]]);
  return Object.fromEntries(each);
}

/**
 * @param {string} label
 * @param {number[]} counts
 * @param {string} unit
 */
function newPart(label, counts, unit) {
  const cells = counts.map((count) => ({ key: String(count), label: `${short(count)} ${unit}` }));
  return { columns: [{ key: "case", label }, ...cells], rows: [] };
}
