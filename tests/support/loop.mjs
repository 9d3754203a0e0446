// Evaluates one kind of job again and again, and prints what the process holds early, at the end,
// and when the memory that waits for the next one is released.
import { readdirSync, readFileSync } from "node:fs";
import { vectorFromArray } from "apache-arrow";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { ta as arrow } from "nodejs-polars-ta/arrow";
import { addon } from "../../plugin/dist/core/addon.js";

const [kind = "", soon = "", rounds = ""] = process.argv.slice(2);

const close = Array.from({ length: 200 }, (_, row) => 100 + 10 * Math.sin(row));
const df = pl.DataFrame({
  close,
  high: close.map((value) => value + 1),
  low: close.map((value) => value - 1),
  symbol: close.map((_, row) => `s${row % 3}`),
});

const long = new Float64Array(5000).fill(1);
const short = new Float64Array(50).fill(1);

const vectors = {
  close: vectorFromArray(Float64Array.from(close)),
  symbol: vectorFromArray(close.map((_, row) => `s${row % 3}`)),
};

/** @param {(() => unknown)[]} calls */
function mustFail(...calls) {
  for (const call of calls) {
    try {
      call();
    } catch {
      continue;
    }
    throw new Error("a call that must fail did not");
  }
}

/** @type {Record<string, () => unknown>} */
const jobs = {
  sync: () => df.select(ta.atr(14), ta.bbands(20).over("symbol")),
  async: () => df.lazy().select(ta.atr(14), ta.bbands(20).over("symbol")).collect(),
  direct: () => {
    ta.compute("bbands", { series: long });
    ta.compute("atr", { high: short, low: short, close: 1 }, { period: 3 });
  },
  arrow: () => {
    arrow.bbands(vectors.close, 20, { over: vectors.symbol });
    mustFail(
      () => arrow.sma(vectors.symbol),
      () => arrow.sma(vectors.close, { missing: "error", over: vectors.close.slice(1) }),
    );
  },
  failing: () =>
    mustFail(
      () => df.select(ta.atr({ high: "symbol" })),
      () => df.select(pl.col("nowhere").ta.rsi(14)),
    ),
  failingAsync: async () => {
    const { status: text } = await settle(df.lazy().select(ta.atr({ high: "symbol" })));
    const { status: unknown } = await settle(df.lazy().select(pl.col("nowhere").ta.rsi(14)));
    if (text !== "rejected" || unknown !== "rejected") throw new Error("a call did not fail");
  },
};

/** @param {pl.LazyDataFrame} lazy */
const settle = async (lazy) => (await Promise.allSettled([lazy.collect()]))[0];

/** Wrappers that nobody holds keep their native memory until they are collected. */
async function tidy() {
  globalThis.gc?.();
  await new Promise(setImmediate);
}

async function held() {
  for (let pass = 0; pass < 3; pass += 1) await tidy();
  const status = readFileSync("/proc/self/status", "utf8");
  const maps = readFileSync("/proc/self/maps", "utf8").split("\n");
  return {
    descriptors: readdirSync("/proc/self/fd").length,
    mappings: maps.filter((line) => line.includes("ta-exchange")).length,
    kilobytes: Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]),
  };
}

const job = jobs[kind];
if (!job || !globalThis.gc) throw new Error("usage: node --expose-gc loop.mjs KIND EARLY ROUNDS");
let early;
for (let round = 1; round <= Number(rounds); round += 1) {
  await job();
  if (round % 20 === 0) await tidy();
  if (round === Number(soon)) early = await held();
}
const late = await held();
addon.release();
// Another thread gives it back.
let released = await held();
for (let wait = 0; wait < 1000 && released.mappings > 0; wait += 1) {
  await new Promise((resolve) => setTimeout(resolve, 5));
  released = await held();
}
console.log(JSON.stringify({ early, late, released }));
