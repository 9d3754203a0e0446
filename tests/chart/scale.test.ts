/** The logarithmic scale of the prices: in pictures, and at the click of a button in pages. */

import fc from "fast-check";
import pl from "nodejs-polars";
import "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { drawn } from "../support/drawn.js";
import { pages, settle } from "../support/page.js";
import { refusal } from "../support/refusals.js";
import { runs } from "../support/runs.js";
import { stock } from "../support/stocks.js";

const bars = stock("AAPL");
const { open: openPage } = pages();

/** Where a picture has its closes and the labels of its prices, in pixels from the top. */
async function placed(closes: readonly number[], options: object = {}) {
  const chart = pl.DataFrame({ close: closes }).ta.chart({ scale: "log", ...options });
  const { marks, svg, warnings } = await drawn(chart.spec);
  expect(warnings).toEqual([]);
  const line = marks.find(({ type, encode }) => type === "line" && encode.includes('"close"'));
  const ys = (line?.items ?? []).map(({ y }) => y as number);
  const labels = [...svg.matchAll(/translate\(6,([\d.]+)\)"[^>]*opacity="1"[^>]*>([\d.]+)</g)];
  return { ys, labels: labels.map(([, y, label]) => ({ y: Number(y), value: Number(label) })) };
}

describe("a picture", () => {
  test("has equal distances for equal ratios", async () => {
    const rate = fc.double({ min: 1.001, max: 3, noNaN: true });
    const start = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    await fc.assert(
      fc.asyncProperty(rate, start, async (ratio, first) => {
        const closes = Array.from({ length: 12 }, (_, i) => first * ratio ** i);
        const { ys } = await placed(closes);
        const steps = ys.slice(1).map((y, i) => (ys[i] as number) - y);
        expect(steps.length).toBe(11);
        for (const step of steps) expect(step).toBeCloseTo(steps[0] as number, 1);
        expect(steps[0]).toBeGreaterThan(5);
      }),
      { numRuns: runs(40) },
    );
  });

  test("has labels at round prices, apart and where the prices are", async () => {
    const range = fc.double({ min: 1.05, max: 1e5, noNaN: true });
    const start = fc.double({ min: 0.01, max: 100, noNaN: true });
    await fc.assert(
      fc.asyncProperty(range, start, async (ratio, first) => {
        const closes = [first, first * Math.sqrt(ratio), first * ratio];
        const { ys, labels } = await placed(closes);
        expect(labels.length).toBeGreaterThan(1);
        const [foot, , head] = ys as [number, number, number];
        for (const { y, value } of labels.filter(({ value }) => value < 1e4)) {
          const wanted = foot + (Math.log(value / first) / Math.log(ratio)) * (head - foot);
          expect(Math.abs(y - wanted)).toBeLessThan(4);
        }
        const sorted = labels.map(({ y }) => y).sort((a, b) => a - b);
        for (const [i, y] of sorted.entries())
          expect(y - (sorted[i - 1] ?? -20)).toBeGreaterThan(14);
      }),
      { numRuns: runs(40) },
    );
  });

  test("has the other panes as they were", async () => {
    const svg = (options: object) => bars.ta.chart({ last: 80, indicators: ["rsi"], ...options });
    const panes = async (options: object) =>
      JSON.stringify((svg(options).spec.vconcat as unknown[]).slice(1));
    expect(await panes({ scale: "log" })).toBe(await panes({}));
    expect(svg({ scale: "linear" }).spec).toEqual(svg({}).spec);
  });

  test("leaves out of sight what is not above 0", async () => {
    const closes = [1, 2, 4, 8, 16];
    const lines = [{ column: pl.col("close").sub(3).alias("less"), pane: "price" }];
    const plain = await placed(closes);
    const more = await placed(closes, { indicators: lines });
    expect(more.ys).toEqual(plain.ys);
  });
});

test("prices that are not above 0 are refused", () => {
  const spread = bars.withColumn(pl.col("low").sub(10_000).alias("low"));
  expect(refusal(() => spread.ta.chart({ scale: "log" }))).toMatch(
    /^chart: scale: "log" needs prices above 0, but column "low" has -9\d{3}/,
  );
  expect(refusal(() => bars.ta.chart({ scale: "logarithmic" as never }))).toBe(
    'chart: scale must be "linear" or "log", got "logarithmic"',
  );
});

describe("a page", () => {
  const open = (options: object, frame = bars) =>
    openPage(frame.ta.chart({ indicators: [], volume: false, ...options }));

  /** What the pointer reads at a quarter, the half and three quarters of the pane. */
  async function read(page: Awaited<ReturnType<typeof open>>["page"]): Promise<number[]> {
    const values: number[] = [];
    for (const y of [200, 350, 500]) {
      await page.mouse.move(400, y);
      values.push(Number(await page.locator(".tag.price:not(.last)").textContent()));
    }
    return values;
  }

  test("changes the scale at a click, and the pointer reads the prices on it", async () => {
    const { page, heard } = await open({});
    await page.locator("#all").click();
    const button = page.locator("#logarithmic");
    for (const on of [false, true, false]) {
      await settle(page);
      expect(await button.getAttribute("aria-pressed")).toBe(String(on));
      const [top, middle, low] = (await read(page)) as [number, number, number];
      const mean = on ? Math.sqrt(top * low) : (top + low) / 2;
      expect(middle / mean).toBeGreaterThan(0.99);
      expect(middle / mean).toBeLessThan(1.01);
      expect(top / low).toBeGreaterThan(1.5);
      await button.click();
    }
    expect(heard).toEqual([]);
    await page.close();
  });

  test("has the tag of the last price at that price on either scale", async () => {
    const { page, heard } = await open({ scale: "log" });
    for (const on of [true, false]) {
      expect(await page.locator("#logarithmic").getAttribute("aria-pressed")).toBe(String(on));
      const tag = page.locator(".tag.last");
      const box = await tag.boundingBox();
      await page.mouse.move(400, (box?.y ?? 0) + (box?.height ?? 0) / 2);
      const there = Number(await page.locator(".tag.price:not(.last)").textContent());
      expect(Math.abs(there / Number(await tag.textContent()) - 1)).toBeLessThan(0.005);
      await page.locator("#logarithmic").click();
      await settle(page);
    }
    expect(heard).toEqual([]);
    await page.close();
  });

  test("has no such button for prices that have no logarithm", async () => {
    const spread = bars.withColumn(pl.col("low").sub(10_000).alias("low"));
    const { page, heard } = await open({}, spread);
    expect(await page.locator("#logarithmic").count()).toBe(0);
    expect(heard).toEqual([]);
    await page.close();
  });
});
