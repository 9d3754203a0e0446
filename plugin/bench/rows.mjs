// The usual table: one row per case and contender, with times, the ratio to ours and memory.
import { say } from "../tools/process.mjs";
import { compareAll } from "./compare.mjs";
import { inTurns, memoryOf } from "./measure.mjs";
import { present } from "./sides.mjs";
import { comparable } from "./specs.mjs";

/** @type {Column[]} */
export const columns = [
  { key: "case", label: "case" },
  { key: "label", label: "what" },
  { key: "median", label: "median ms" },
  { key: "minimum", label: "min ms" },
  { key: "ratio", label: "ours / it" },
  { key: "above", label: "MB above in + out" },
  { key: "values", label: "values" },
];

/**
 * A table has parts, each with columns and rows, and verdicts on targets.
 *
 * @typedef {{ key: string, label: string }} Column
 * @typedef {{ columns: Column[], rows: any[] }} Part
 * @typedef {{ parts: Part[], verdicts: Verdict[], note?: string }} Measurements
 * @typedef {{ target: number, what: string, limit: string, value: number, by: number, met: boolean }} Verdict
 */

/**
 * A table of one part, without rows.
 *
 * @returns {Measurements}
 */
export const newTable = () => ({ parts: [{ columns, rows: [] }], verdicts: [] });

/**
 * Measures contenders, the first of which is ours, and adds their rows to a table. The values of a
 * contender with `other` are not compared, because it computes something else.
 *
 * @param {Measurements} table
 * @param {string} name
 * @param {import("./options.mjs").Options} options
 * @param {(import("./measure.mjs").Contender & { other?: boolean })[]} contenders
 */
export async function versus(table, name, options, contenders) {
  say(name);
  const here = contenders.filter(({ side }) => present(side));
  const times = await inTurns(here, { repeat: options.repeat });
  const compared = here.filter(({ other }) => !other);
  const values = await compareAll(
    comparable(here[0].spec),
    compared.map(({ side }) => side),
  );
  const rows = [];
  for (const [index, contender] of here.entries()) {
    const { label, median, minimum, note } = times[index];
    const row = { case: name, label, side: contender.side, median, minimum, values: note };
    rows.push(row);
    if (note !== undefined) continue;
    if (index > 0) row.ratio = times[0].median / median;
    const memory = options.memory ? await memoryOf(contender) : undefined;
    if (memory) Object.assign(row, inMegabytes(memory));
    if (!contender.other) row.values = values[compared.indexOf(contender)];
  }
  table.parts[0].rows.push(...rows);
  return verdictsOf(name, rows);
}

/** @param {Record<string, number>} bytes */
function inMegabytes(bytes) {
  return Object.fromEntries(Object.entries(bytes).map(([key, value]) => [key, value / 1e6]));
}

/**
 * Verdicts on targets from the rows.
 *
 * @param {string} name
 * @param {any[]} rows
 */
function verdictsOf(name, rows) {
  return {
    /**
     * Ours, plain and tuned, may take at most `limit` of the time of the contender with the label.
     *
     * @param {number} target
     * @param {number} limit
     * @param {string} label
     */
    atMost(target, limit, label) {
      const rival = rows.find((row) => row.label === label);
      if (rival?.median === undefined) return [];
      return oursIn(rows).map((row) => {
        const what = `${name}: ${row.label} / ${label}`;
        return verdict(target, what, row.median / rival.median, limit);
      });
    },
    /**
     * Memory above inputs and outputs may be at most a quarter of them plus 100 MB.
     *
     * @param {number} target
     */
    memory(target) {
      return oursIn(rows)
        .filter((row) => row.above !== undefined)
        .map((row) => {
          const limit = 0.25 * (row.input + row.output) + 100;
          return verdict(target, `${name}: ${row.label}, MB above in + out`, row.above, limit);
        });
    },
  };
}

/** @param {any[]} rows */
function oursIn(rows) {
  return rows.filter(
    (row) =>
      ["ours", "tuned", "arrow", "wheel", "host"].includes(row.side) && row.median !== undefined,
  );
}

/**
 * @param {number} target
 * @param {string} what
 * @param {number} value
 * @param {number} limit
 * @param {"most" | "least"} [kind]
 * @returns {Verdict}
 */
export function verdict(target, what, value, limit, kind = "most") {
  const met = kind === "most" ? value <= limit : value >= limit;
  return { target, what, limit: `at ${kind} ${roundLimit(limit)}`, value, by: value / limit, met };
}

/** @param {number} limit */
function roundLimit(limit) {
  return Number(limit.toPrecision(3));
}
