/** Calls that fail leave nothing behind, and the process as it was. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { root, runNode } from "../support/child.js";

interface Held {
  descriptors: number;
  kilobytes: number;
}

const [EARLY, CALLS] = [2000, 10_000];

// Memory of compiled JavaScript and of idle malloc arenas grows in steps that are no leak.
const flags = ["--expose-gc", "--no-opt", "--no-maglev"];

test.runIf(process.platform === "linux")(
  `after ${CALLS} failing calls the process holds what it held after ${EARLY}, and works`,
  { timeout: 240_000 },
  async () => {
    const script = join(root, "tests/support/failing-calls.mjs");
    const args = [...flags, script, String(EARLY), String(CALLS)];
    const ended = await runNode(args, { env: { MALLOC_ARENA_MAX: "1" } });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const { early, late, made, works } = JSON.parse(ended.stdout) as {
      early: Held;
      late: Held;
      made: number;
      works: { x: number | null; close: number }[];
    };
    expect(made).toBeGreaterThanOrEqual(CALLS);
    expect(late.descriptors).toBe(early.descriptors);
    expect(early.kilobytes).toBeGreaterThan(10_000);
    expect(late.kilobytes / early.kilobytes).toBeLessThanOrEqual(1.02);
    const means = works.map(({ close }, row) => {
      const before = works[row - 1];
      return before ? (before.close + close) / 2 : null;
    });
    for (const [row, mean] of means.entries()) {
      if (mean === null) expect(works[row]?.x).toBeNull();
      else expect(works[row]?.x).toBeCloseTo(mean, 9);
    }
  },
);
