/** `ta.tune()`: the process's allocator, in processes of their own. */

import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { childScript, runNode } from "../support/child.js";
import { refusal } from "../support/refusals.js";

/** Tunes as `how` says, at the moment that it says, and prints what it was told and what came out. */
const script = (how: string, when: "first" | "between" | "never") => `
  import { createHash } from "node:crypto";
  import pl from "nodejs-polars";
  import { ta } from "nodejs-polars-ta";
  const told = [];
  const tune = () => told.push(${how});
  const frame = (rows) => {
    const close = Float64Array.from({ length: rows }, (_, row) => 100 + ((row * 7919) % 1013) / 8);
    return pl.DataFrame({ close, group: close.map((_, row) => row % 7) });
  };
  const exprs = () => [ta.rsi(14), ta.bbands(20), ta.ema(5).over("group").alias("own")];
  const hash = createHash("sha256");
  const add = (frame) => hash.update(frame.writeIPC({ compression: "uncompressed" }));
  if ("${when}" === "first") tune();
  for (const rows of [10, 1000, 700_000, 30]) {
    add(frame(rows).select(...exprs()));
    if ("${when}" === "between") tune();
    add(await frame(rows).lazy().select(...exprs()).collect());
    const { value } = ta.compute("ema", { series: frame(rows).getColumn("close").toTypedArray() });
    hash.update(value);
  }
  const many = await Promise.all([1, 2, 3, 4].map(() => frame(50_000).lazy().select(...exprs()).collect()));
  for (const each of many) add(each);
  console.log(JSON.stringify({ told, hash: hash.digest("hex") }));
`;

async function run(how: string, when: "first" | "between" | "never", env = {}) {
  const { code, stdout, stderr } = await runNode(childScript(script(how, when)), { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as { told: boolean[]; hash: string };
}

/** Whether this Node runs on glibc. */
const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
const canBeTold = header.glibcVersionRuntime !== undefined;

describe("a process that is tuned", { timeout: 120_000 }, () => {
  const plain = run("", "never");

  test.each([
    "ta.tune()",
    "ta.tune({})",
    "ta.tune({ reserve: undefined })",
    "ta.tune({ reserve: 0 })",
    "ta.tune({ reserve: 1 })",
    "ta.tune({ reserve: 64 * 2 ** 20 })",
    // More than there can be: only what there is gets used.
    "ta.tune({ reserve: Number.MAX_SAFE_INTEGER })",
  ])("%s gives the same results", async (how) => {
    const { told, hash } = await run(how, "first");
    expect(told).toEqual([canBeTold]);
    expect(hash).toBe((await plain).hash);
  });

  test("later, and again and again", async () => {
    const { told, hash } = await run("ta.tune({ reserve: 2 ** 20 })", "between");
    expect(told).toEqual(Array(4).fill(canBeTold));
    expect(hash).toBe((await plain).hash);
  });

  test.each(["1", "4"])("with %s threads", async (threads) => {
    const { hash } = await run("ta.tune()", "first", { POLARS_MAX_THREADS: threads });
    expect(hash).toBe((await plain).hash);
  });
});

test.each([-1, 1.5, Number.NaN, Infinity, -Infinity, 2 ** 53, "1", null, {}, [], true, 3n])(
  "a reserve of %s is refused",
  (reserve) => {
    expect(refusal(() => ta.tune({ reserve: reserve as number }))).toMatch(
      /^tune: reserve must be a number of bytes, 0 or more, got /,
    );
  },
);
