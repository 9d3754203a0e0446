// Computes over Arrow vectors and prints what that has done to the process's memory.
import { readFileSync } from "node:fs";
import { Float64, makeData, Vector } from "apache-arrow";
import { ta } from "nodejs-polars-ta/arrow";
import { addon } from "../../plugin/dist/core/addon.js";

const [kind] = process.argv.slice(2);

const resident = () => {
  const status = readFileSync("/proc/self/status", "utf8");
  return 1024 * Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]);
};

async function tidy() {
  for (let pass = 0; pass < 4; pass += 1) {
    globalThis.gc?.();
    await new Promise(setImmediate);
  }
}

/** @param {number} rows */
function vector(rows) {
  const data = Float64Array.from({ length: rows }, (_, row) => 100 + ((row * 29) % 31));
  return new Vector([makeData({ type: new Float64(), data, length: rows })]);
}

if (kind === "growth") {
  const rows = 6_000_000;
  const close = vector(rows);
  const high = vector(rows);
  ta.atr(close.slice(0, 1_000), { high: high.slice(0, 1_000), low: close.slice(0, 1_000) });
  addon.release();
  await tidy();
  const before = resident();
  /** @type {unknown} */
  let made = ta.atr(close, { high, low: close });
  const grown = resident() - before;
  if (!made) throw new Error("nothing was computed");
  made = undefined;
  await tidy();
  addon.release();
  await new Promise((resolve) => setTimeout(resolve, 200));
  console.log(JSON.stringify({ results: 8.125 * rows, grown, released: resident() - before }));
} else {
  const rows = 4_000_000;
  const close = vector(rows);
  let results = 0;
  for (let round = 0; round < 110; round += 1) results += 8 * ta.sma(close, 5).length;
  console.log(JSON.stringify({ results, peak: 1024 * process.resourceUsage().maxRSS }));
}
