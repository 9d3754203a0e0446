// Compares a rival's values with ours: relative differences above 1e-9 count, below 1 absolute
// ones.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { side } from "./sides.mjs";

const folder = mkdtempSync(join(tmpdir(), "ta-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/**
 * The columns that a contender computes, as numbers.
 *
 * @param {string} name
 * @param {any} spec
 * @returns {Promise<{ columns?: Float64Array[], because?: string, error?: string }>}
 */
export async function valuesOf(name, spec) {
  const file = join(folder, `${name}.f64`);
  const { lengths, because, error } = await side(name).ask("values", spec, { file });
  if (error !== undefined) return { error };
  const { buffer } = new Uint8Array(readFileSync(file));
  let start = 0;
  const columns = lengths.map((length) => {
    const column = new Float64Array(buffer, start, length);
    start += 8 * length;
    return column;
  });
  return { columns, because };
}

/**
 * One phrase per contender: "same", or how its values differ from the first one's.
 *
 * @param {any} spec
 * @param {string[]} names
 * @returns {Promise<string[]>}
 */
export async function compareAll(spec, [first = "", ...names]) {
  const ours = await valuesOf(first, spec);
  const phrases = [""];
  for (const name of names) {
    const { columns, because, error } = await valuesOf(name, spec);
    const phrase = error ?? ours.error ?? compare(ours.columns, columns);
    phrases.push(because && phrase.startsWith("differs") ? `${phrase} (${because})` : phrase);
  }
  return phrases;
}

/**
 * Aligns columns at their ends, since many libraries leave out the warm-up, and ignores the first
 * tenth of the rows, where recursions with another start still differ.
 *
 * @param {Float64Array[]} ours
 * @param {Float64Array[]} theirs
 */
export function compare(ours, theirs) {
  if (theirs.length < ours.length) return `differs: ${theirs.length} of ${ours.length} outputs`;
  const found = differences(ours, theirs);
  if (found === undefined) return "same";
  // Some libraries leave out the warm-up, but return columns of full length.
  const warmUps = ours.map((column) => column.findIndex((value) => !Number.isNaN(value)));
  const valid = ours.map((column, index) => column.subarray(warmUps[index]));
  const first = theirs.map((column, index) => column.subarray(0, valid[index]?.length));
  return differences(valid, first) === undefined ? "differs: values start at the first row" : found;
}

/**
 * @param {Float64Array[]} ours
 * @param {Float64Array[]} theirs
 */
function differences(ours, theirs) {
  const found = ours.map((column, index) => difference(column, theirs[index]));
  return found.find((phrase) => phrase !== undefined);
}

/**
 * @param {Float64Array} ours
 * @param {Float64Array} theirs
 */
function difference(ours, theirs) {
  const shift = ours.length - theirs.length;
  if (theirs.length < ours.length / 2) return `differs: ${theirs.length} of ${ours.length} rows`;
  const first = Math.max(0, shift, Math.ceil(ours.length / 10));
  const seen = { largest: 0, least: Infinity, most: -Infinity, missing: 0, rounded: true };
  for (let row = first; row < ours.length; row += 1) {
    const [a, b] = [ours[row], theirs[row - shift]];
    if (Number.isNaN(a) && Number.isNaN(b)) continue;
    if (Number.isNaN(a) || Number.isNaN(b)) seen.missing += 1;
    else addDifference(seen, a, b);
  }
  if (seen.missing > 0) return `differs: ${seen.missing} values on one side only`;
  if (seen.largest <= 1e-9) return undefined;
  if (seen.rounded) return "differs: rounded to 2 decimals";
  const constant = seen.most - seen.least <= 1e-9 * Math.max(1, Math.abs(seen.most));
  return constant ? "differs: by a constant" : `differs: by up to ${seen.largest.toPrecision(2)}`;
}

/**
 * @param {any} seen
 * @param {number} a
 * @param {number} b
 */
function addDifference(seen, a, b) {
  const by = b - a;
  seen.largest = Math.max(seen.largest, Math.abs(by) / Math.max(Math.abs(a), Math.abs(b), 1));
  seen.least = Math.min(seen.least, by);
  seen.most = Math.max(seen.most, by);
  seen.rounded &&= Math.abs(by) <= 0.0051 && Math.abs(100 * b - Math.round(100 * b)) < 1e-6;
}
