/** Where the data lies between polars and the kernels: in memory, or in files. */

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { frame } from "./support/formulas.js";
import { refusal } from "./support/refusals.js";

const folder = mkdtempSync(join(tmpdir(), "ta-exchange-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const features = () => [
  pl.col("close").ta.sma(3),
  ta.atr(2).over("symbol"),
  ta.bbands(4),
  pl.col("close").ta.crossup("open"),
  pl.col("open").ta.ema(2).ta.rsi(3),
  ta.cdl_engulfing(),
];

/** Looks into the directory of temporary files as long as `work` takes. */
async function filesDuring(work: Promise<unknown>): Promise<Set<string>> {
  const seen = new Set<string>();
  let pending = true;
  const ended = work.finally(() => {
    pending = false;
  });
  while (pending) {
    for (const name of readdirSync(folder)) seen.add(name);
    await new Promise(setImmediate);
  }
  await ended;
  return seen;
}

describe("backing", () => {
  const expected = frame().select(...features());

  test("files give what memory gives, and are gone at once", async () => {
    vi.stubEnv("TA_EXCHANGE", "file");
    vi.stubEnv("TMPDIR", folder);
    expect(
      frame()
        .select(...features())
        .frameEqual(expected, true),
    ).toBe(true);
    const collected = frame()
      .lazy()
      .select(...features())
      .collect();
    const seen = await filesDuring(collected);
    expect((await collected).frameEqual(expected, true)).toBe(true);
    expect([...seen].filter((name) => name.startsWith("ta-exchange"))).not.toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.runIf(process.platform === "linux")("memory uses no file", async () => {
    vi.stubEnv("TMPDIR", folder);
    const seen = await filesDuring(
      frame()
        .lazy()
        .select(...features())
        .collect(),
    );
    expect([...seen]).toEqual([]);
  });

  test("files are gone after an error too", async () => {
    vi.stubEnv("TA_EXCHANGE", "file");
    vi.stubEnv("TMPDIR", folder);
    const text = ta.atr({ period: 2, high: "symbol" });
    expect(refusal(() => frame().select(text))).toContain('"symbol"');
    await expect(frame().lazy().select(text).collect()).rejects.toThrow('"symbol"');
    await expect(frame().lazy().select(pl.col("nowhere").ta.sma(2)).collect()).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("without a directory for them it is an error, not a wrong result", () => {
    vi.stubEnv("TA_EXCHANGE", "file");
    vi.stubEnv("TMPDIR", join(folder, "nowhere"));
    expect(() => frame().select(ta.atr(2))).toThrow(/region|directory|file/i);
  });

  test("of another name is refused", () => {
    vi.stubEnv("TA_EXCHANGE", "pigeon");
    expect(() => frame().select(ta.atr(2))).toThrow(/"memory" or "file", got "pigeon"/);
  });
});
