/** What an evaluation opens and maps is given back, whether it succeeds or not. */

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, runNode } from "./support/child.js";

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
    return JSON.parse(ended.stdout) as { early: Held; late: Held };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.runIf(process.platform === "linux").concurrent("after many evaluations", () => {
  test.each([
    ["sync", 2000],
    ["async", 2000],
    ["failing", 1000],
    ["failingAsync", 1000],
  ])("%s: %i rounds hold what 200 hold", { timeout: 240_000 }, async (kind, rounds) => {
    const { early, late } = await run(kind, 200, rounds);
    expect(late.descriptors).toBe(early.descriptors);
    expect([early.mappings, late.mappings]).toEqual([0, 0]);
    expect(early.kilobytes).toBeGreaterThan(10_000);
    expect(late.kilobytes / early.kilobytes).toBeLessThanOrEqual(1.02);
  });

  test.each(["sync", "async", "failing", "failingAsync"])(
    "%s with files: no descriptor and no file is left",
    { timeout: 240_000 },
    async (kind) => {
      const { early, late } = await run(kind, 20, 60, { TA_EXCHANGE: "file" });
      expect(late.descriptors).toBe(early.descriptors);
      expect([early.mappings, late.mappings]).toEqual([0, 0]);
    },
  );
});
