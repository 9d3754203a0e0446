/** `ta.explain`: the facts of every indicator, and how they are shown. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";

const page = fileURLToPath(new URL("../../docs/indicator_porting_matrix.md", import.meta.url));
const matrix = readFileSync(page, "utf8").split("\n");
const DISPLAY = Symbol.for("Jupyter.display");
/** What a notebook would show. */
function bundle(value: object): Record<string, string> {
  const show = Reflect.get(value, DISPLAY) as () => Record<string, string>;
  return show.call(value);
}

describe("every indicator", () => {
  test.each(ta.catalog().map((meta) => meta.id))("%s", (id) => {
    const meta = ta.find(id);
    const explained = ta.explain(id);
    expect(explained.lookback).toBe(meta?.semantics.default_lookback);
    expect(explained.lookahead).toBe(meta?.semantics.lookahead);
    expect(explained.params).toEqual(
      Object.fromEntries(meta?.params.map((p) => [p.name, p.default]) ?? []),
    );
    // The matrix says of it what the explanation does.
    const row = matrix.find((line) => line.includes(`(indicators/${id}.md)`)) ?? "";
    expect(explained.oracles.length).toBeGreaterThan(0);
    for (const oracle of explained.oracles) {
      expect(row).toContain(oracle.replaceAll("<", "&lt;").replaceAll("|", "\\|"));
    }
    expect(explained.maximumError).toBeDefined();
    const error = /\| (exact|[\d.e-]+) \|(?: [^|]*\|)?$/.exec(row.replaceAll("\\|", ""))?.[1];
    const measured = error === "exact" ? 0 : Number(error) * 1e-9;
    expect(explained.maximumError).toBeCloseTo(measured, 20);
    const { memory } = explained.indicator.semantics;
    if (memory === "window") expect(explained.stableAfter).toBe(explained.lookback);
    if (memory === "cumulative") expect(explained.stableAfter).toBeNull();
    const text = explained.toString();
    for (const output of meta?.outputs ?? []) expect(text).toContain(output.name);
    for (const param of meta?.params ?? []) expect(text).toContain(param.name);
  });
});

test("parameters move the facts", () => {
  const short = ta.explain("MACD", { fastPeriod: 3, slow: 6, signalPeriod: 2 });
  expect(short.name).toBe("macd_3_6_2");
  expect(short.params).toEqual({ fast_period: 3, slow_period: 6, signal_period: 2 });
  expect(short.lookback).toBe(6);
  expect(short.inputs).toEqual({ series: "close" });
  expect(short.missing).toBe("skip");
  expect(short.stableAfter ?? 0).toBeLessThan(ta.explain("macd").stableAfter ?? 0);
  expect(short.elsewhere).toMatchObject({ "TA-Lib": ["MACD"], tulip: ["macd"] });
  expect(short.notes.join()).toContain("laakhay");
});

test("an expression: each call once, after those that it reads, with what it reads", () => {
  const ema = pl.col("open").ta.ema(9, { missing: "propagate" });
  const expr = ema.ta.rsi(5).gt(ta.atr(7)).and(ema.gt(0)).over("symbol");
  const all = [...ta.explain(expr)];
  expect(all.map(({ name }) => name)).toEqual(["ema_9", "rsi_5", "atr_7"]);
  expect(all.map(({ inputs }) => inputs)).toEqual([
    { series: "open" },
    { series: "ta.ema(open, 9)" },
    { high: "high", low: "low", close: "close" },
  ]);
  expect(all.map(({ lookback }) => lookback)).toEqual([8, 5, 7]);
  expect(all.map(({ missing }) => missing)).toEqual(["propagate", "skip", "skip"]);
});

test("what is shown", () => {
  const one = ta.explain("atr", { period: 1, missing: "error" });
  const text = one.toString();
  expect(text).toMatch(/^Average True Range \(atr_1\)\n\n/);
  expect(text).toContain("Warm-up:       the first row is null");
  expect(text).toContain("error: it is refused, with its column and row");
  expect(inspect({ one })).toContain("Average True Range");
  expect(bundle(one)).toEqual({
    "text/html": one.toHTML(),
    "text/markdown": one.toMarkdown(),
    "text/plain": text,
  });
  const two = ta.explain(ta.atr(1).ta.sma(2));
  expect(Object.keys(bundle(two))).toEqual(["text/html", "text/markdown", "text/plain"]);
  expect(two.toString()).toContain("ta.atr(high, low, close, 1)");
  expect(JSON.parse(JSON.stringify(one))).toMatchObject({
    indicator: "atr",
    lookback: 1,
    stableAfter: 1,
  });
  // Names and texts of others cannot become markup.
  const odd = ta.explain("sma", { series: "<b>|" });
  expect(odd.toHTML()).toContain("&lt;b&gt;|");
  expect(odd.toMarkdown()).toContain("&lt;b>\\|");
});

test.each([
  [() => ta.explain("mcad"), 'unknown indicator "mcad" (did you mean "macd" or "mad" or "mcgd"?)'],
  [() => ta.explain("rsi", { perid: 3 }), 'unknown parameter "perid" (did you mean "period"?)'],
  [() => ta.explain("rsi", { period: 1 }), "period must be a whole number from 2 to 100000, got 1"],
  [() => ta.explain("rsi", 14 as never), "params must be an object of values by name, got 14"],
  [() => ta.explain(14 as never), "takes the name of an indicator or an expression, got 14"],
  [() => ta.explain(pl.col("close")), "the expression has no .ta indicator in it"],
])("refusal %#", (call, sentence) => {
  expect(call).toThrow(sentence);
});
