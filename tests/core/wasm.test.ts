/** The package where it computes in WebAssembly. */

// Before the package.
import "../support/force-wasm.js";

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { tableFromArrays } from "apache-arrow";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { ta as arrays } from "nodejs-polars-ta/arrays";
import { ta as arrow } from "nodejs-polars-ta/arrow";
import { describe, expect, test } from "vitest";
import { childScript, runNode } from "../support/child.js";
import { noWasm, wasmFile, whyNot } from "../support/wasm.js";

const SENTENCE =
  "TaError: computing the indicators of a frame needs the native addon, and TA_WASM is 1; ta.compute and nodejs-polars-ta/arrow work without it";

/** The sentence that `work` throws. */
function sentence(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return String(error);
  }
  throw new Error("nothing was thrown");
}

describe.skipIf(noWasm)(`in WebAssembly${whyNot}`, () => {
  const close = [10, 11, 12, 11, 13, 14];

  test("it says so", () => {
    expect(ta.info()).toMatchObject({ engine: "wasm", threads: 1, mode: "copying" });
    expect(ta.info().modeReason).toContain("WebAssembly");
  });

  test("arrays: short and long ones, with gaps, into arrays of the caller", () => {
    const { value } = ta.compute("sma", { series: close }, { period: 3 });
    expect([...value]).toEqual([Number.NaN, Number.NaN, 11, 34 / 3, 12, 38 / 3]);
    const out = new Float64Array(6);
    const series = [1, Number.NaN, 3, 5, 7, 9];
    expect(ta.compute("sma", { series }, { period: 2 }, { value: out }).value).toBe(out);
    expect([...out]).toEqual([Number.NaN, Number.NaN, 2, 4, 6, 8]);
    const long = Float64Array.from({ length: 300_000 }, (_, row) => row);
    const made = ta.compute("macd", { series: long });
    expect(Object.keys(made)).toEqual(["macd", "signal", "histogram"]);
    expect(made.macd.at(-1)).toBeCloseTo(7, 9);
    expect(arrays.compute("sma", { series: long }, { period: 3 }).value.at(-1)).toBe(299_998);
  });

  test("arrays that share memory are refused", () => {
    const value = Float64Array.from(close);
    expect(sentence(() => ta.compute("sma", { series: value }, {}, { value }))).toContain(
      "must not share memory",
    );
  });

  test("new arrays never seem to share memory, however many there were", () => {
    const series = Float64Array.from(close);
    for (let call = 0; call < 70_000; call++) {
      ta.compute("sma", { series }, { period: 3 }, { value: new Float64Array(6) });
    }
  });

  test("Arrow tables: gaps, groups, texts in the language", () => {
    const group = ["a", "b", "a", "b", "a", "a"];
    const table = tableFromArrays({ close: [10, 11, null, 11, 13, 14], group });
    expect([...arrow.sma(table, 2)]).toEqual([null, 10.5, null, 11, 12, 13.5]);
    expect([...arrow.sma(table, 2, { over: "group" })]).toEqual([null, null, null, 11, 11.5, 13.5]);
    const all = arrow.compute(table, ["sma(rsi(2), 2)", "macd(2, 3, 2).histogram as h"]);
    expect(all.schema.names).toEqual(["sma_2", "h"]);
    expect(all.numRows).toBe(6);
  });

  test("catalog and explanations", () => {
    expect(arrow.catalog().length).toBeGreaterThan(400);
    expect(ta.find("bollinger_bands")?.id ?? ta.find("bbands")?.id).toBe("bbands");
    expect(ta.explain("rsi").lookback).toBe(14);
  });

  test("errors are those of the addon", () => {
    expect(sentence(() => ta.compute("rsii" as string, { series: close }))).toMatch(
      /^TaError: unknown indicator "rsii" \(did you mean "rsi"/,
    );
    expect(sentence(() => arrow.sma(tableFromArrays({ close }), 0))).toBe(
      "TaError: sma: period must be a whole number from 1 to 100000, got 0",
    );
  });

  test("frames and streams say what is missing", async () => {
    const frame = pl.DataFrame({ close });
    expect(sentence(() => frame.ta.sma(2))).toBe(SENTENCE);
    expect(sentence(() => frame.select(pl.col("close").ta.sma(2)))).toBe(SENTENCE);
    await expect(frame.lazy().select(pl.col("close").ta.sma(2)).collect()).rejects.toThrow(
      SENTENCE.slice("TaError: ".length),
    );
    expect(sentence(() => ta.stream({ features: ["rsi(14)"] }))).toMatch(
      /^TaError: a stream of bars needs the native addon, and TA_WASM is 1/,
    );
    expect(sentence(() => ta.bars("1m"))).toMatch(/^TaError: bars: a stream of bars needs/);
  });

  test("memory does not grow from call to call", () => {
    const series = new Float64Array(200_000).fill(1).map((one, row) => one + (row % 7));
    const table = tableFromArrays({ close: series });
    const use = () => {
      ta.compute("bbands", { series });
      arrow.compute(table, ["rsi(14)", "macd(12, 26, 9)"]);
      sentence(() => arrow.sma(table, 0));
      return process.memoryUsage().arrayBuffers;
    };
    for (let round = 0; round < 5; round++) use();
    const before = process.memoryUsage.rss();
    for (let round = 0; round < 100; round++) use();
    // The results alone of so many calls are above 1 GB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(400 * 2 ** 20);
  });

  test("the module is small, and needs nothing of its host", () => {
    const bytes = readFileSync(wasmFile);
    expect(gzipSync(bytes, { level: 9 }).length).toBeLessThan(1_050_000);
    const { WebAssembly } = globalThis as unknown as {
      WebAssembly: { Module: { new (bytes: Uint8Array): object; imports(of: object): unknown[] } };
    };
    expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([]);
  });
});

test("the addon is taken where there is one", async () => {
  const script = childScript(
    `import { ta } from "nodejs-polars-ta/arrays"; console.log(ta.info().engine);`,
  );
  const { stdout } = await runNode(script, { env: { TA_WASM: "" } });
  expect(stdout.trim()).toBe("native");
});
