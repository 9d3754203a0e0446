// Makes the bars of the benchmark: a seeded random walk with gaps, rounded to ticks, as Parquet
// files.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pl from "nodejs-polars";
import { hashOf } from "../tools/stamps.mjs";

/**
 * The content of a file of bars: all rows, the number of groups, and whether the rows of each group
 * follow each other.
 *
 * @typedef {{ rows: number, groups?: number, order?: "contiguous" | "interleaved" }} Shape
 */

const folder = fileURLToPath(new URL(".data", import.meta.url));
const prices = ["open", "high", "low", "close", "volume"];
const ticks = 100;

/**
 * The path of the file with such bars. Writes the file if it is missing.
 *
 * @param {Shape} shape
 */
export function barsFile({ rows, groups = 1, order = "contiguous" }) {
  const version = hashOf(["plugin/bench/data.mjs"]).slice(0, 8);
  const path = `${folder}/bars-${rows}-${groups}-${order}-${version}.parquet`;
  if (existsSync(path)) return path;
  removeOthers(version);
  const columns = walks(rows, groups, order === "interleaved");
  const temporary = `${path}.${process.pid}.tmp`;
  pl.DataFrame(columns).writeParquet(temporary, { compression: "lz4" });
  renameSync(temporary, path);
  return path;
}

/**
 * The path of a file with the same numbers without a format: the columns one after the other.
 *
 * @param {string} path a file of bars
 */
export function rawFile(path) {
  const raw = path.replace(/parquet$/, "f64");
  if (existsSync(raw)) return raw;
  const frame = readFrame(path, prices, 1);
  const columns = prices.map((name) => Float64Array.from(frame.getColumn(name).toTypedArray()));
  const temporary = `${raw}.${process.pid}.tmp`;
  writeFileSync(temporary, Buffer.concat(columns.map(({ buffer }) => new Uint8Array(buffer))));
  renameSync(temporary, raw);
  return raw;
}

/**
 * Makes the folder, and removes files that an earlier version of this script wrote.
 *
 * @param {string} version
 */
function removeOthers(version) {
  mkdirSync(folder, { recursive: true });
  const old = readdirSync(folder).filter((name) => !name.includes(version));
  for (const name of old) rmSync(`${folder}/${name}`);
}

/**
 * One walk for each group; with one group there is no column of symbols.
 *
 * @param {number} rows
 * @param {number} groups
 * @param {boolean} interleaved
 */
function walks(rows, groups, interleaved) {
  const random = randomNumbers(20240101);
  const [open, high, low, close, volume] = prices.map(() => new Float64Array(rows));
  const last = Float64Array.from({ length: groups }, () => 50 + 100 * random());
  const each = rows / groups;
  const symbols = [];
  for (let row = 0; row < rows; row += 1) {
    const group = interleaved ? row % groups : Math.floor(row / each);
    if (groups > 1) symbols.push(`S${String(group).padStart(6, "0")}`);
    const gap = random() < 0.05 ? 4 : 0.25;
    const before = last[group] ?? 0;
    open[row] = onTick(before * (1 + 0.004 * gap * (random() - 0.5)));
    // A drift towards 100, so that a walk of ten million steps stays in range.
    const drift = 0.001 * Math.log(100 / before);
    close[row] = onTick(open[row] * (1 + 0.02 * (random() - 0.5) + drift));
    high[row] = onTick(Math.max(open[row], close[row]) * (1 + 0.005 * random()));
    low[row] = onTick(Math.min(open[row], close[row]) * (1 - 0.005 * random()));
    volume[row] = 100 * Math.round(1 + 9999 * random());
    last[group] = close[row];
  }
  const columns = { open, high, low, close, volume };
  const series = Object.entries(columns).map(([name, values]) => pl.Series(name, values));
  return groups > 1 ? [pl.Series("symbol", symbols), ...series] : series;
}

/** @param {number} price */
function onTick(price) {
  return Math.max(1, Math.round(price * ticks)) / ticks;
}

/**
 * Mulberry32: the same random numbers between 0 and 1 on every machine.
 *
 * @param {number} seed
 */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A frame from such a file, in `chunks` chunks.
 *
 * @param {string} path
 * @param {string[]} columns
 * @param {number} chunks
 */
export function readFrame(path, columns, chunks) {
  const whole = pl.readParquet(path, { columns }).rechunk();
  if (chunks === 1) return whole;
  const rows = Math.ceil(whole.height / chunks);
  const pieces = Array.from({ length: chunks }, (_, piece) => whole.slice(piece * rows, rows));
  return pl.concat(pieces, { rechunk: false, how: "vertical" });
}
