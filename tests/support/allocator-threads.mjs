// Sums of indicators over frames of many sizes, by the main thread and some others at once, in a
// process whose allocator is tuned.
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { addon } from "../../plugin/dist/core/addon.js";

const SIZES = [3, 20_000, 400_000, 70_000, 1_200_000];

function sums() {
  const all = [];
  for (let round = 0; round < 20; round++) {
    const rows = SIZES[round % SIZES.length];
    const close = Float64Array.from({ length: rows }, (_, row) => (row * 31) % 1009);
    const made = pl.DataFrame({ close }).select(ta.sma(2), ta.ema(2).alias("ema"));
    all.push(made.sum().toRecords()[0]);
    if (round % 7 === 6) addon.release();
  }
  return JSON.stringify(all);
}

if (isMainThread) {
  if (process.argv[2] === "tuned") ta.tune({ reserve: 2 ** 26 });
  const inThread = () =>
    new Promise((resolve, reject) => {
      new Worker(new URL(import.meta.url)).on("message", resolve).on("error", reject);
    });
  const threads = [inThread(), inThread(), inThread()];
  console.log(JSON.stringify([sums(), ...(await Promise.all(threads))]));
} else {
  parentPort.postMessage(sums());
}
