/** What an evaluation opens and maps is given back, whether it succeeds or not. */

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";

interface Held {
  descriptors: number;
  mappings: number;
  kilobytes: number;
}

const loop = join(root, "tests/support/loop.mjs");

// Memory of compiled JavaScript and of idle malloc arenas grows in steps that are no leak.
const flags = ["--expose-gc", "--no-opt", "--no-maglev"];
const environment = { MALLOC_ARENA_MAX: "1" };

/** Runs the loop with a directory for temporary files that must be empty in the end. */
async function run(kind: string, early: number, rounds: number, env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ta-leaks-"));
  try {
    const args = [...flags, loop, kind, String(early), String(rounds)];
    const ended = await runNode(args, { env: { ...environment, TMPDIR: folder, ...env } });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(readdirSync(folder)).toEqual([]);
    return JSON.parse(ended.stdout) as { early: Held; late: Held; released: Held };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.runIf(process.platform === "linux").concurrent("after many evaluations", () => {
  test.each([
    ["sync", 2000],
    ["async", 2000],
    ["arrow", 2000],
    ["failing", 1000],
    ["failingAsync", 1000],
  ])("%s: %i rounds hold what 200 hold", { timeout: 240_000 }, async (kind, rounds) => {
    const { early, late } = await run(kind, 200, rounds);
    expect(late.descriptors).toBe(early.descriptors);
    expect([early.mappings, late.mappings]).toEqual([0, 0]);
    expect(early.kilobytes).toBeGreaterThan(10_000);
    expect(late.kilobytes / early.kilobytes).toBeLessThanOrEqual(1.02);
  });

  test("direct: 20,000 rounds hold what 2,000 hold", { timeout: 240_000 }, async () => {
    const { early, late } = await run("direct", 2_000, 20_000);
    expect(late.descriptors).toBe(early.descriptors);
    // Half a kilobyte a round would be more than what moves by itself.
    expect(late.kilobytes - early.kilobytes).toBeLessThan(8_000);
  });

  const kinds = ["sync", "async", "failing", "failingAsync"];

  test.each(["memory", "file"].flatMap((forced) => kinds.map((kind) => [kind, forced] as const)))(
    "%s with TA_EXCHANGE=%s: what is kept for the next one is all that is left",
    {
      timeout: 240_000,
    },
    async (kind, forced) => {
      const { early, late, released } = await run(kind, 20, 60, { TA_EXCHANGE: forced });
      expect(late.descriptors).toBe(early.descriptors);
      expect(late.mappings).toBe(early.mappings);
      expect(late.mappings).toBeLessThanOrEqual(1);
      expect(released.mappings).toBe(0);
      expect(released.descriptors).toBe(late.descriptors - late.mappings);
    },
  );
});
