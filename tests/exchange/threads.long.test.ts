/** Several evaluations at once share one pool of threads, however small it is: none waits for ever. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { childScript, root, runNode } from "../support/child.js";

const script = join(root, "tests/support/at-once.mjs");

/** Longer than it takes on any machine. */
const HANGS = 240_000;

async function atOnce(env: Record<string, string>) {
  const { code, stdout, stderr } = await runNode([script], { env, timeout: HANGS });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as { threads: number; ways: string[]; wrong: string[] };
}

describe("many at once", { timeout: HANGS + 10_000 }, () => {
  test.each([
    ["1", "4"],
    ["2", "4"],
    ["1", "1"],
    ["8", "16"],
  ])("%s threads of polars and ours, %s of Node", async (polars, node) => {
    const env = { POLARS_MAX_THREADS: polars, UV_THREADPOOL_SIZE: node };
    const { threads, ways, wrong } = await atOnce(env);
    expect(wrong).toEqual([]);
    expect(threads).toBe(Number(polars));
    for (const way of [
      "arrays bytes round runs rows",
      "arrays bytes rounds runs rows",
      "file scan round runs rows",
      "file scan rounds runs rows",
    ]) {
      expect(ways).toContain(way);
    }
  });

  test.each(["arrays", "memory", "file"])("with TA_EXCHANGE=%s", async (forced) => {
    const { ways, wrong } = await atOnce({ POLARS_MAX_THREADS: "2", TA_EXCHANGE: forced });
    expect(wrong).toEqual([]);
    const way = forced === "arrays" ? "arrays bytes" : "file scan";
    expect(ways.filter((each) => !each.startsWith(way))).toEqual([]);
  });

  test("POLARS_MAX_THREADS that is no number is as if it were not there", async () => {
    const source = `
      import { addon } from "./plugin/dist/core/addon.js";
      console.log(addon.threads());
    `;
    const [usual, ...others] = await Promise.all(
      [{}, { POLARS_MAX_THREADS: "0" }, { POLARS_MAX_THREADS: "many" }].map((env) =>
        runNode(childScript(source), { env }),
      ),
    );
    expect(Number(usual?.stdout)).toBeGreaterThan(0);
    expect(others.map(({ stdout }) => stdout)).toEqual([usual?.stdout, usual?.stdout]);
  });
});

test.each(["arrays", "memory", "file"])(
  "a worker that ends while it computes is missed by nobody: %s",
  {
    timeout: HANGS + 10_000,
  },
  async (forced) => {
    const source = `
    import { Worker } from "node:worker_threads";
    import pl from "nodejs-polars";
    import { ta } from "nodejs-polars-ta";
    const work = \`
      import { parentPort } from "node:worker_threads";
      import pl from "nodejs-polars";
      import { ta } from "nodejs-polars-ta";
      const close = Float64Array.from({ length: 300_000 }, (_, row) => row % 17);
      const df = pl.DataFrame({ close });
      for (let i = 0; i < 8; i++) df.lazy().select(ta.sma(50 + i)).collect();
      parentPort.postMessage("computing");
      setInterval(() => {}, 1000);
    \`;
    for (let turn = 0; turn < 6; turn++) {
      const worker = new Worker(work, { eval: true, execArgv: ["--input-type=module"] });
      await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
      for (let waited = 0; waited < turn * 20; waited++) await new Promise(setImmediate);
      await worker.terminate();
    }
    const df = pl.DataFrame({ close: [1, 2, 4, 3, 5, 8] });
    const made = [df.select(ta.sma(2)), await df.lazy().select(ta.sma(2)).collect()];
    console.log(made.map((frame) => frame.toSeries().toArray().map(String).join()).join(" "));
  `;
    const env = { TA_EXCHANGE: forced };
    const { code, stdout, stderr } = await runNode(childScript(source), { env, timeout: HANGS });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe("null,1.5,3,3.5,4,6.5 null,1.5,3,3.5,4,6.5\n");
  },
);
