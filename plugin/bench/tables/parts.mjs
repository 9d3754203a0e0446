// Where the milliseconds go, from the package's trace; and the time outside kernels, compared with
// native polars.
import { say } from "../../tools/process.mjs";
import { inTurns, median } from "../measure.mjs";
import { verdict } from "../rows.mjs";
import { endSide } from "../sides.mjs";
import { fifty, perSymbol, plainColumns, short, specOf } from "../specs.mjs";

export const title = "Where the milliseconds go";

/** @param {import("../options.mjs").Options} options */
export async function measure(options) {
  const rows = options.quick ? 1e5 : 1e6;
  const groups = 1000;
  const prices = ["high", "low", "close"];
  const sma = [{ id: "sma", params: { period: 20 } }];
  const over = { columns: prices, over: "symbol" };
  const [contiguous, interleaved] = /** @type {const} */ (["contiguous", "interleaved"]).map(
    (order) => specOf({ rows, groups, order }, perSymbol, over),
  );
  const found = [];
  found.push(await partsOf("sma(20)", 1, specOf({ rows }, sma, { columns: ["close"] }), options));
  found.push(await partsOf("50 features", 58, specOf({ rows }, fifty), options));
  found.push(await partsOf("1,000 symbols, contiguous", 6, contiguous, options));
  found.push(await partsOf("1,000 symbols, interleaved", 6, interleaved, options));
  return {
    parts: [{ columns: columnsOf(found, rows), rows: found }],
    verdicts: found
      .filter(({ rest }) => rest !== undefined)
      .map(({ case: name, rest, native }) => {
        const what = `${name}: what is not kernels / as many columns by add`;
        return verdict(5, what, rest / native, 1.5);
      }),
  };
}

/**
 * Medians of the parts of an evaluation, and of the time of native polars for as many columns.
 *
 * @param {string} name
 * @param {number} columns
 * @param {any} spec
 * @param {import("../options.mjs").Options} options
 */
async function partsOf(name, columns, spec, { repeat }) {
  say(name);
  const plain = { ...spec, over: undefined, indicators: plainColumns(columns) };
  const contenders = [
    { side: "traced", spec },
    { side: "native", spec: plain },
  ];
  const [ours, native] = await inTurns(contenders, { repeat });
  const traces = tracesIn(await endSide("traced")).slice(-repeat);
  const names = [...new Set(traces.flatMap((trace) => Object.keys(trace)))];
  const medians = Object.fromEntries(
    names.map((part) => [part, median(traces.map((trace) => trace[part] ?? 0))]),
  );
  const kernels = medians["ta kernels"];
  const rest = kernels === undefined ? undefined : ours.median - kernels;
  return { case: name, whole: ours.median, ...medians, rest, native: native.median };
}

/**
 * The traces in the output of a process, with their parts in milliseconds.
 *
 * @param {string} text
 * @returns {Record<string, number>[]}
 */
function tracesIn(text) {
  return text
    .split("\n")
    .filter((line) => line.startsWith("ta: "))
    .map((line) => {
      const parts = line
        .slice(line.lastIndexOf("): ") + 3)
        .matchAll(/([a-z][a-z ]*?) ([\d.]+) ms/g);
      return Object.fromEntries([...parts].map(([, part, time]) => [part, Number(time)]));
    });
}

/**
 * @param {any[]} found
 * @param {number} rows
 */
function columnsOf(found, rows) {
  const known = ["case", "whole", "rest", "native"];
  const names = [...new Set(found.flatMap((row) => Object.keys(row)))];
  const parts = names.filter((name) => !known.includes(name));
  return [
    { key: "case", label: `${short(rows)} rows, ms` },
    { key: "whole", label: "select" },
    ...parts.map((part) => ({ key: part, label: part })),
    { key: "rest", label: "not kernels" },
    { key: "native", label: "native add" },
  ];
}
