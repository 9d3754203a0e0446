/** The plugin in worker threads. */

import { describe, expect, test } from "vitest";
import { FRAME, SMA, tree, USE } from "../support/trees.js";

describe("worker threads", () => {
  const WORKER = `
    import { parentPort, workerData } from "node:worker_threads";
    import pl from "nodejs-polars";
    import { ta } from "nodejs-polars-ta";
    const rows = 20_000;
    const close = Array.from({ length: rows }, (_, i) => 100 + ((i * 7919 + workerData) % 1013) / 8);
    const df = pl.DataFrame({ close, g: close.map((_, i) => i % 7) });
    const exprs = [ta.rsi(14), ta.sma(3).ta.ema(5).over("g"), ta.macd().struct.field("signal")];
    const made = [df.select(...exprs), await df.lazy().select(...exprs).collect()];
    const text = made.map((frame) => JSON.stringify(frame.toColumns?.() ?? frame.toRecords()));
    let hash = 0;
    for (const char of text[0]) hash = (hash * 31 + char.charCodeAt(0)) | 0;
    const answer = { hash, length: text[0].length, same: text[0] === text[1] };
  `;

  test("each has the plugin; several at once give what the main thread does", async () => {
    const made = tree().link("nodejs-polars").link("nodejs-polars-ta");
    made.file("worker.mjs", `${WORKER} parentPort.postMessage(answer);`);
    made.file(
      "alone.mjs",
      `${WORKER.replaceAll("workerData", "seed").replace(/import \{ parentPort, seed \}.*/, "const seed = Number(process.argv[2]);")} console.log(JSON.stringify(answer));`,
    );
    const { printed } = await made.run(`
      import { execFileSync } from "node:child_process";
      import { Worker } from "node:worker_threads";
      import pl from "nodejs-polars";
      import { ta } from "nodejs-polars-ta";
      const run = (seed) => new Promise((resolve, reject) => {
        const worker = new Worker(new URL("worker.mjs", import.meta.url), { workerData: seed });
        worker.once("message", resolve).once("error", reject);
      });
      const seeds = [1, 2, 3, 4];
      const here = ${FRAME}.lazy().select(ta.sma(2)).collect();
      const answers = await Promise.all(seeds.map(run));
      const again = await Promise.all(seeds.map(run));
      const alone = seeds.map((seed) => JSON.parse(execFileSync(process.execPath, ["alone.mjs", String(seed)])));
      const text = (values) => JSON.stringify(values);
      console.log(text(answers) === text(alone), text(again) === text(alone), answers.every((a) => a.same));
      console.log(new Set(answers.map((a) => a.hash)).size, answers[0].length > 100_000);
      console.log((await here).toSeries().toArray().map(String).join());
    `);
    expect(printed.split("\n")).toEqual(["true true true", "4 true", SMA]);
  });

  test("an error in one is its own", async () => {
    const made = tree().link("nodejs-polars").link("nodejs-polars-ta");
    made.file(
      "worker.mjs",
      `
      import { parentPort } from "node:worker_threads";
      import pl from "nodejs-polars";
      import { ta } from "nodejs-polars-ta";
      try {
        pl.DataFrame({ close: ["a"] }).select(ta.sma(2));
      } catch (error) {
        parentPort.postMessage(String(error));
      }
    `,
    );
    const { printed } = await made.run(`
      import { Worker } from "node:worker_threads";
      import pl from "nodejs-polars";
      import { ta } from "nodejs-polars-ta";
      const worker = new Worker(new URL("worker.mjs", import.meta.url));
      console.log(await new Promise((resolve) => worker.once("message", resolve)));
      await worker.terminate();
      ${USE}
      console.log(await check(pl, ta));
    `);
    expect(printed.split("\n")).toEqual([
      expect.stringMatching(/^TaError: column "close" has dtype String/),
      SMA,
    ]);
  });
});
