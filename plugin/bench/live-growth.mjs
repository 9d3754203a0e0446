// How the time of an update grows with symbols and with features.
import { say } from "../tools/process.mjs";
import { inTurns } from "./measure.mjs";
import { verdict } from "./rows.mjs";
import { liveSpec, short, twenty } from "./specs.mjs";

/** @param {import("./options.mjs").Options} options */
export async function growthParts({ quick, repeat }) {
  const symbols = quick ? [1, 10, 100, 1000] : [1, 10, 100, 1000, 1e4];
  const features = [5, 20, 80];
  const bySymbols = symbols.map((count) => ({ symbols: count, indicators: twenty }));
  const byFeatures = features.map((count) => ({ symbols: 100, indicators: featuresOf(count) }));
  say(`updateMany of ${symbols.map(short).join(", ")} symbols, and of 5, 20, 80 features`);
  const repeats = Math.min(repeat, 5);
  const perSymbol = await nanoseconds(bySymbols, repeats);
  const perFeature = await nanoseconds(byFeatures, repeats);
  return {
    parts: [
      part("ns per symbol and feature, by symbols", symbols, perSymbol),
      part("ns per symbol and feature, by features", features, perFeature),
    ],
    verdicts: [
      // Of few symbols the call itself is the most.
      verdict(10, "time per symbol, most / that of 100", most(perSymbol.slice(2)), 2),
      verdict(10, "time per feature, 80 / 20", perFeature[2] / perFeature[1], 1.5),
    ],
  };
}

/** The most, in terms of the first. @param {number[]} times */
const most = (times) => Math.max(...times) / times[0];

/** The twenty features again and again, with other periods. @param {number} count */
function featuresOf(count) {
  return Array.from({ length: count }, (_, index) => {
    const feature = twenty[index % twenty.length];
    const round = Math.floor(index / twenty.length);
    const longer = ([name, value]) => [name, /period/.test(name) ? value + round : value];
    return { ...feature, params: Object.fromEntries(Object.entries(feature.params).map(longer)) };
  });
}

/**
 * @param {{ symbols: number, indicators: any[] }[]} sizes
 * @param {number} repeat
 */
async function nanoseconds(sizes, repeat) {
  const contenders = sizes.map(({ symbols, indicators }) => {
    const updates = Math.max(10, Math.ceil(1000 / symbols));
    const spec = liveSpec({ what: "updateMany", symbols, updates }, indicators);
    return { side: "live", process: `${symbols} × ${indicators.length}`, spec };
  });
  const measured = await inTurns(contenders, { repeat });
  return measured.map(({ median = Number.NaN, note }, index) => {
    if (note !== undefined) throw new Error(note);
    const { live, indicators } = contenders[index].spec;
    return (1e6 * median) / live.updates / live.symbols / indicators.length;
  });
}

/**
 * @param {string} label
 * @param {number[]} counts
 * @param {number[]} times
 */
function part(label, counts, times) {
  const cells = counts.map((count) => ({ key: String(count), label: short(count) }));
  const values = counts.map((count, index) => [String(count), times[index]]);
  return {
    columns: [{ key: "case", label }, ...cells],
    rows: [{ case: "updateMany", ...Object.fromEntries(values) }],
  };
}
