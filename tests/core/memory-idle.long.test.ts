/** Memory that waits for the next call goes back to the system after a while, and nothing waits for that. */

import { readdirSync, readFileSync } from "node:fs";
import { vectorFromArray } from "apache-arrow";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { ta as arrow } from "nodejs-polars-ta/arrow";
import { describe, expect, test } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { childScript, runNode } from "../support/child.js";
import { tidy } from "../support/gc.js";

const values = new Float64Array(500_000).fill(1);
const frame = pl.DataFrame({ close: values });

/** Waits for what takes five seconds, on a machine that may be busy. */
const wait = (isSo: () => boolean) =>
  expect.poll(isSo, { timeout: 100_000, interval: 50 }).toBe(true);

const isEmpty = () => addon.memoryUsage().kept === 0;

const CALLS: Record<string, () => unknown> = {
  "a frame": () => frame.select(ta.sma(3)),
  "a lazy frame": () => frame.lazy().select(ta.sma(3)).collect(),
  arrays: async () => {
    ta.compute("sma", { series: values });
    await tidy();
  },
  "an Arrow vector": async () => {
    arrow.sma(vectorFromArray(values), 3);
    await tidy();
  },
};

describe("is given back", { timeout: 240_000 }, () => {
  test.each(Object.keys(CALLS))("after a call over %s", async (name) => {
    addon.release();
    await CALLS[name]?.();
    expect(addon.memoryUsage().kept).toBeGreaterThan(4_000_000);
    await wait(isEmpty);
  });

  test("later, where JavaScript still had it", async () => {
    let made: unknown = ta.compute("sma", { series: values });
    frame.select(ta.sma(3));
    await wait(isEmpty);
    expect(made).toBeDefined();
    made = undefined;
    await tidy();
    expect(addon.memoryUsage()).toEqual({ kept: expect.any(Number), borrowed: 0 });
    expect(isEmpty()).toBe(false);
    await wait(isEmpty);
  });

  test.runIf(process.platform === "linux")("by a thread that is there only meanwhile", async () => {
    const threads = () =>
      readdirSync("/proc/self/task").filter((id) => {
        return /^ta-memory$/m.test(readFileSync(`/proc/self/task/${id}/comm`, "utf8"));
      }).length;
    await wait(() => threads() === 0);
    frame.select(ta.sma(3));
    // It gives itself its name.
    await wait(() => threads() === 1);
    await wait(isEmpty);
    await wait(() => threads() === 0);
  });
});

test("nothing is started by the import, and the process ends without waiting", async () => {
  const source = `
    import { readdirSync } from "node:fs";
    import pl from "nodejs-polars";
    const threads = () => process.platform === "linux" ? readdirSync("/proc/self/task").length : 0;
    const before = threads();
    let timers = 0;
    const { setTimeout: real } = globalThis;
    globalThis.setTimeout = (...args) => { timers += 1; return real(...args); };
    const { ta } = await import("nodejs-polars-ta");
    const { addon } = await import("./plugin/dist/core/addon.js");
    const started = threads() - before;
    const made = pl.DataFrame({ close: [1, 2, 4, 3, 5, 8] }).select(ta.sma(2));
    const values = made.toSeries().toArray().map(String).join();
    // It is there still when the process ends.
    process.on("exit", () => console.log(started, timers, values, addon.memoryUsage().kept > 0));
  `;
  const { code, stdout, stderr } = await runNode(childScript(source));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.trim()).toBe("0 0 null,1.5,3,3.5,4,6.5 true");
});
