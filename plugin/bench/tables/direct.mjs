// The direct call on typed arrays, and frames, compared with npm libraries and wickra; and the
// direct call compared with TA-Lib's C.
import { say } from "../../tools/process.mjs";
import { compareAll } from "../compare.mjs";
import { geometricMean, inTurns } from "../measure.mjs";
import { verdict } from "../rows.mjs";
import { npmRivals, present, sides } from "../sides.mjs";
import { common, short, specOf } from "../specs.mjs";

export const title = "The direct call, and the libraries of npm";

/** @typedef {import("../options.mjs").Options} Options */

/** @param {Options} options */
export async function measure(options) {
  const rivals = options.rivals ? [...npmRivals, "wickra"] : [];
  const many = await timesOf(options, 1e5, ["direct", "reused", "ours", ...rivals]);
  const few = await timesOf(options, 200, ["direct", "reused", "ours", ...rivals]);
  const million = await timesOf(options, options.quick ? 1e5 : 1e6, [
    "direct",
    "reused",
    "talib",
    "wickra",
  ]);
  const values = await valuesPart(["ours", "direct", "reused", ...rivals]);
  return {
    parts: [many, few, million, values],
    verdicts: [...faster(many), ...notSlower(few), ...nearC(million)],
  };
}

/**
 * The time of each function on each side, then the geometric means of the ratios to ours.
 *
 * @param {Options} options
 * @param {number} rows
 * @param {string[]} names
 */
async function timesOf({ repeat }, rows, names) {
  const here = names.filter(present);
  const [unit, scale] = rows < 1e4 ? ["µs", 1000] : ["ms", 1];
  const part = newPart(`${short(rows)} rows, ${unit}`, here);
  for (const indicator of common) {
    say(`${indicator.id}, ${short(rows)} rows`);
    const spec = specOf({ rows }, [indicator]);
    const contenders = here.map((side) => ({ side, spec }));
    const measured = await inTurns(contenders, { repeat, least: rows > 1e5 ? 0 : 5 });
    const cells = measured.map(({ median, note }) => note ?? scale * median);
    part.rows.push(cellsOf(indicator.id, here, (_, index) => cells[index]));
  }
  for (const ours of ["direct", "reused", "ours"].filter((name) => here.includes(name))) {
    const name = `geometric mean of it / ${sides[ours].label}`;
    part.rows.push(cellsOf(name, here, (side) => meanRatio(part, side, ours)));
  }
  return part;
}

/**
 * @param {string} label
 * @param {string[]} names
 */
function newPart(label, names) {
  const cells = names.map((name) => ({ key: name, label: sides[name].label }));
  return { columns: [{ key: "case", label }, ...cells], rows: [] };
}

/**
 * @param {string} name
 * @param {string[]} sideNames
 * @param {(side: string, index: number) => unknown} cell
 */
function cellsOf(name, sideNames, cell) {
  const cells = sideNames.map((side, index) => [side, cell(side, index)]);
  return { case: name, ...Object.fromEntries(cells) };
}

/**
 * The geometric mean of one side's times divided by another's, over the functions of both.
 *
 * @param {import("../rows.mjs").Part} part
 * @param {string} side
 * @param {string} divisor
 */
function meanRatio(part, side, divisor) {
  const both = functionsIn(part).filter((row) => isTime(row[side]) && isTime(row[divisor]));
  if (both.length === 0 || side === divisor) return undefined;
  return geometricMean(both.map((row) => row[side] / row[divisor]));
}

/** @param {unknown} cell */
const isTime = (cell) => typeof cell === "number";

/** @param {import("../rows.mjs").Part} part */
const functionsIn = ({ rows }) => rows.filter((row) => common.some(({ id }) => id === row.case));

/** @param {import("../rows.mjs").Part} part */
const rivalsIn = ({ columns }) =>
  columns.map(({ key }) => key).filter((key) => npmRivals.includes(key));

/** @param {import("../rows.mjs").Part} part */
function faster(part) {
  const wanted = /** @type {const} */ ([
    ["direct", 12, "ta.compute is faster than"],
    ["ours", 5, "frame in, frame out is faster than"],
  ]);
  return wanted.flatMap(([ours, times, phrase]) =>
    rivalsIn(part).flatMap((rival) => {
      const ratio = meanRatio(part, rival, ours);
      const what = `100k rows: ${phrase} ${sides[rival].label}, times`;
      return ratio === undefined ? [] : [verdict(4, what, ratio, times, "least")];
    }),
  );
}

/** @param {import("../rows.mjs").Part} part */
function notSlower(part) {
  const ratios = rivalsIn(part)
    .map((rival) => ({ rival, ratio: meanRatio(part, "direct", rival) }))
    .filter(({ ratio }) => ratio !== undefined);
  if (ratios.length === 0) return [];
  const fastest = ratios.reduce((most, one) => (one.ratio > most.ratio ? one : most));
  const what = `200 rows: ta.compute / ${sides[fastest.rival].label}, the fastest`;
  const each = functionsIn(part).map((row) => {
    const times = rivalsIn(part).map((name) => row[name]);
    return { id: row.case, ratio: row.direct / Math.min(...times.filter(isTime)) };
  });
  const worst = each.reduce((most, one) => (one.ratio > most.ratio ? one : most));
  return [
    verdict(4, what, fastest.ratio, 1),
    verdict(4, `200 rows: the same for ${worst.id}, the worst`, worst.ratio, 1),
  ];
}

/** @param {import("../rows.mjs").Part} part */
function nearC(part) {
  const ratio = meanRatio(part, "direct", "talib");
  if (ratio === undefined) return [];
  return [verdict(4, "ta.compute / TA-Lib C, geometric mean", ratio, 1.15)];
}

/**
 * Whether each side computes the values of our frames.
 *
 * @param {string[]} names
 */
async function valuesPart(names) {
  const here = names.filter(present);
  const part = newPart("values", here.slice(1));
  for (const indicator of common) {
    const phrases = await compareAll(specOf({ rows: 1e5 }, [indicator]), here);
    part.rows.push(cellsOf(indicator.id, here.slice(1), (_, index) => phrases[index + 1]));
  }
  return part;
}
