// Bar by bar: our streams, and the libraries that take one bar after another.
import { say } from "../../tools/process.mjs";
import { valuesOf } from "../compare.mjs";
import { growthParts } from "../live-growth.mjs";
import { inTurns, median } from "../measure.mjs";
import { verdict } from "../rows.mjs";
import { present, sides, startSide } from "../sides.mjs";
import { liveSpec, short, twenty } from "../specs.mjs";

export const title = "Bar by bar";

const note =
  "Twenty features: sma(20), (50), (200), ema(12), (26), (50), wma(20), rsi(7), (14), macd, bbands(20), atr(14), adx(14), stoch(14), cci(20), obv, roc(10), willr(14), mfi(14), sar. Ours take objects or typed arrays and give rows or typed arrays; of rivals the values are only collected.";

const columns = [
  { key: "case", label: "case" },
  { key: "label", label: "what" },
  { key: "median", label: "median" },
  { key: "minimum", label: "min" },
  { key: "unit", label: "unit" },
  { key: "ratio", label: "ours / it" },
  { key: "values", label: "values as ours" },
];

/** The number of these targets, which is that of live bars. */
const target = 10;

/** @typedef {import("../options.mjs").Options} Options */

/** @param {Options} options */
export async function measure(options) {
  const many = options.quick ? 100 : 1000;
  const one = await against(options, "one symbol, an update", {
    live: { what: "update", symbols: 1, updates: 1000 },
    unit: "µs",
    each: 1000 / 1000,
  });
  const section = await against(options, `${short(many)} symbols, updateMany`, {
    live: { what: "updateMany", symbols: many, updates: 30 },
    unit: "ms",
    each: 1 / 30,
  });
  const own = await ownPart(options, many);
  const growth = await growthParts(options);
  return {
    note,
    parts: [{ columns, rows: [...one, ...section] }, own.part, ...growth.parts],
    verdicts: [
      ...times(one, 5, ["trading-signals", "technicalindicators nextValue"]),
      verdict(target, "one symbol: an update, µs", one[0].median, 1),
      ...times(section, 10, [fastest(section)]),
      verdict(target, `${short(many)} symbols: updateMany, ms`, section[0].median, 0.5),
      ...own.verdicts,
      ...growth.verdicts,
    ],
  };
}

/**
 * Our time beside that of the rivals. `each` makes the unit of the milliseconds of a call.
 *
 * @param {Options} options
 * @param {string} name
 * @param {{ live: any, unit: string, each: number }} what
 */
async function against({ repeat, rivals }, name, { live, unit, each }) {
  say(name);
  const spec = liveSpec(live);
  const others = rivals ? ["liveSignals", "liveTechnical", "liveWickra", "liveCrate"] : [];
  const here = ["live", ...others].filter(present);
  const contenders = here.map((side) => ({ side, spec }));
  const measured = await inTurns(contenders, { repeat, least: live.symbols > 1 ? 0 : 5 });
  const ours = await valuesOf("live", spec);
  const rows = [];
  for (const [index, { label, median, minimum, note }] of measured.entries()) {
    const row = { case: name, label, unit, values: note };
    rows.push(row);
    if (note !== undefined) continue;
    Object.assign(row, { median: each * median, minimum: each * minimum });
    if (index === 0) continue;
    row.ratio = measured[0].median / median;
    const theirs = await valuesOf(here[index], spec);
    row.values = theirs.error ?? `${sameValues(ours.columns, theirs.columns)} of ${twenty.length}`;
  }
  return rows;
}

/**
 * How many features have our value at the last bar.
 *
 * @param {Float64Array[]} ours
 * @param {Float64Array[]} theirs
 */
function sameValues(ours, theirs) {
  const same = (/** @type {number} */ a, /** @type {number} */ b) =>
    Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1);
  return ours.filter(([value], index) => same(value, theirs[index][0])).length;
}

/**
 * @param {any[]} rows
 * @param {number} least
 * @param {(string | undefined)[]} labels
 */
function times([ours, ...rows], least, labels) {
  return rows
    .filter(({ label, median }) => labels.includes(label) && median !== undefined)
    .map((row) => {
      const what = `${row.case}: faster than ${row.label}, times`;
      return verdict(target, what, row.median / ours.median, least, "least");
    });
}

/** The fastest of npm. @param {any[]} rows */
function fastest([, ...rows]) {
  const npm = ["liveSignals", "liveTechnical"].map((side) => sides[side].label);
  const found = rows.filter(({ label, median }) => npm.includes(label) && median !== undefined);
  return found.toSorted((a, b) => a.median - b.median)[0]?.label;
}

/**
 * What only we have: snapshots, the warm-up from a frame, the longest updates.
 *
 * @param {Options} options
 * @param {number} many
 */
async function ownPart({ repeat, quick }, many) {
  say("snapshots, warm-up and the longest updates");
  const state = { symbols: many, updates: 1 };
  const rows = quick ? 1e5 : 1e6;
  const bars = { symbols: many, warm: 0, updates: 0 };
  const whats = [
    { what: "snapshot", label: `snapshot of ${short(many)} symbols`, spec: state },
    { what: "restore", label: "restore", spec: state },
    { what: "warm", label: `warm of ${short(rows)} rows`, spec: bars, rows },
    { what: "apply", label: "pipeline.apply of the same", spec: bars, rows },
  ];
  const contenders = whats.map(({ what, label, spec, rows: count }) => {
    return { side: "live", process: what, label, spec: liveSpec({ what, ...spec }, twenty, count) };
  });
  const measured = await inTurns(contenders, { repeat: Math.min(repeat, 5) });
  const failed = measured.find(({ note }) => note !== undefined);
  if (failed) throw new Error(failed.note);
  const found = await valuesOf("live", liveSpec({ what: "bytes", ...state }));
  const [[saved], [kept]] = /** @type {any} */ (found.columns);
  const updates = quick ? 5e4 : 2e5;
  const longest = await longestOf(updates);
  const opened = await firstOf(Math.min(repeat, 5));
  const cells = [
    ...measured.map(({ label, median }) => [label, median, "ms"]),
    ["the first stream of a process, with its first bar", opened.first, "ms"],
    ["another one", opened.next, "ms"],
    ["a symbol in a snapshot", saved, "bytes"],
    ["a symbol in memory", kept, "bytes"],
    ...longest.map(({ share, time }) => [
      `of ${short(updates)} updates, ${share} take at most`,
      time,
      "µs",
    ]),
  ];
  const [snapshot, restore] = measured.map(({ median }) => median);
  return {
    part: {
      columns: [
        { key: "label", label: "ours alone" },
        { key: "value", label: "median" },
        { key: "unit", label: "unit" },
      ],
      rows: cells.map(([label, value, unit]) => ({ label, value, unit })),
    },
    verdicts: [
      verdict(target, "snapshot, ms", snapshot, 20),
      verdict(target, "restore, ms", restore, 20),
      verdict(target, "a symbol in a snapshot, bytes", saved, 8192),
      verdict(target, "a symbol in memory, bytes", kept, 8192),
      verdict(target, "99.9 % of updates take at most, µs", longest[1].time, 20),
    ],
  };
}

/**
 * The time of a stream of twenty features and of its first bar: in a new process, and again there.
 * Medians of so many processes.
 *
 * @param {number} rounds
 */
async function firstOf(rounds) {
  const spec = liveSpec({ what: "open", symbols: 1, updates: 0 });
  const found = { first: /** @type {number[]} */ ([]), next: /** @type {number[]} */ ([]) };
  for (let round = 0; round < rounds; round += 1) {
    const process = startSide("live");
    try {
      for (const times of [found.first, found.next]) {
        const { milliseconds, error } = await process.ask("run", spec, { times: 1 });
        if (error !== undefined) throw new Error(error);
        times.push(milliseconds);
      }
    } finally {
      await process.end();
    }
  }
  return { first: median(found.first), next: median(found.next) };
}

/**
 * Quantiles of the time of an update, in microseconds; medians of three series of bars that are
 * long enough for windows to begin anew.
 *
 * @param {number} updates
 */
async function longestOf(updates) {
  const series = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const found = await valuesOf("live", liveSpec({ what: "each", symbols: 1, updates }));
    series.push(/** @type {Float64Array[]} */ (found.columns)[0].toSorted());
  }
  return [0.5, 0.999, 1].map((share) => {
    const at = Math.min(updates - 1, Math.floor(share * updates));
    const time = median(series.map((sorted) => (sorted[at] ?? 0) / 1000));
    return { share: `${100 * share} %`, time };
  });
}
