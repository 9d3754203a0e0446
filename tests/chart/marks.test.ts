/** Marks at the bars: all of them where there is room, some where they would cover each other. */

import fc from "fast-check";
import pl from "nodejs-polars";
import "nodejs-polars-ta";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { drawn, viewOf } from "../support/drawn.js";
import { pages, settle } from "../support/page.js";
import { runs } from "../support/runs.js";
import { stock } from "../support/stocks.js";

const bars = stock("AAPL");
const { open: openPage } = pages();

const WIDTH = 600;
/** The margins. */
const PLOT = WIDTH - 76;

/** A chart of a line with a mark at each bar where a flag is set. */
function flagged(flags: readonly boolean[], options: object = {}) {
  const close = flags.map((_, i) => 100 + (i % 9));
  const frame = pl.DataFrame({ close, flag: flags });
  const indicators = [{ column: "flag", mark: "buy" as const }];
  return frame.ta.chart({ indicators, width: WIDTH, maxBars: 10_000, ...options });
}

interface Item {
  readonly x: number;
  readonly datum: { readonly i: number };
}

async function marked(flags: readonly boolean[]): Promise<number[]> {
  const { marks, warnings } = await drawn(flagged(flags).spec);
  expect(warnings).toEqual([]);
  const items = marks.flatMap(({ type, items }) => (type === "symbol" ? items : []));
  return (items as unknown as Item[]).map(({ datum }) => datum.i).sort((a, b) => a - b);
}

const eventsIn = (flags: readonly boolean[]) => [...flags.keys()].filter((i) => flags[i]);

describe("marks of a condition", () => {
  const length = fc.integer({ min: 20, max: 1400 });

  test("are at all its bars while they fit beside each other", async () => {
    await fc.assert(
      fc.asyncProperty(length, fc.integer(), async (count, seed) => {
        // As many as fit, in one place: they cover each other, but leave the rest of the chart free.
        const events = Math.min(count, Math.floor(PLOT / 7));
        const start = Math.abs(seed) % (count - events + 1);
        const flags = Array.from({ length: count }, (_, i) => i >= start && i < start + events);
        expect(await marked(flags)).toEqual(eventsIn(flags));
      }),
      { numRuns: runs(20) },
    );
  });

  test("are thinned where they would swamp the chart, and each bar left out is near one", async () => {
    const share = fc.double({ min: 0.4, max: 1, noNaN: true });
    let thinned = 0;
    await fc.assert(
      fc.asyncProperty(length, share, fc.integer(), async (count, often, seed) => {
        let state = seed >>> 0;
        const flags = Array.from({ length: count }, () => {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
          return state / 2 ** 32 < often;
        });
        const [events, there] = [eventsIn(flags), await marked(flags)];
        expect(there.filter((i) => !flags[i])).toEqual([]);
        const near = (16 / PLOT) * count;
        for (const event of events) {
          expect(there.some((i) => i <= event && event - i < near)).toBe(true);
        }
        if (there.length < events.length) {
          thinned++;
          expect(events.length * 7).toBeGreaterThan(PLOT);
          expect(PLOT / count).toBeLessThan(3.5);
          expect(there.length).toBeLessThan(PLOT / 8 + 2);
        }
      }),
      { numRuns: runs(40), examples: [[1000, 0.5, 1]] },
    );
    expect(thinned).toBeGreaterThan(0);
  });

  test("are the same ones wherever a front end moves, and all of them where it zooms in", async () => {
    const flags = Array.from({ length: 1200 }, (_, i) => (i * 7) % 3 > 0);
    const { view, symbols } = viewOf(flagged(flags).spec);
    const seen = async (from: number, to: number) => {
      await view.signal("zoom_i", [from, to]).runAsync();
      return new Set((symbols() as unknown as Item[]).map(({ datum }) => datum.i));
    };
    await view.runAsync();
    const some = await seen(-0.5, 1199.5);
    expect(some.size).toBeLessThan(PLOT / 8 + 2);
    const [left, right] = [await seen(100, 500), await seen(103.7, 503.7)];
    expect(left).toEqual(right);
    expect(left.size).toBeGreaterThan(some.size);
    const near = [...(await seen(500, 560))].sort((a, b) => a - b);
    expect(near).toEqual(eventsIn(flags));
    view.finalize();
  });
});

describe("a page", () => {
  const color = "#12876f";

  /** How many pixels have about the colour of the marks. */
  const pixels = (page: Page): Promise<number> =>
    page.evaluate((wanted) => {
      const canvas = document.querySelector("canvas") as HTMLCanvasElement;
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const context = copy.getContext("2d", { willReadFrequently: true });
      if (!context) return 0;
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const rgb = [1, 3, 5].map((at) => Number.parseInt(wanted.slice(at, at + 2), 16));
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        const away = rgb.reduce((sum, value, at) => sum + Math.abs(value - (data[i + at] ?? 0)), 0);
        if (away < 60) count++;
      }
      return count;
    }, color);

  test("has one arrow for each bar seen from near, and room between them from afar", async () => {
    const flags = bars.withColumns(pl.lit(true).alias("flag"));
    const indicators = [{ column: "flag", mark: "buy" as const }];
    const chart = flags.ta.chart({
      ...{ indicators, last: 1000, style: "line", volume: false, theme: "light" },
    });
    const { page, heard } = await openPage(chart);
    await page.locator("#ranges button", { hasText: "1M" }).click();
    await settle(page);
    // A month of twenty bars.
    const one = (await pixels(page)) / 20;
    expect(one).toBeGreaterThan(8);
    await page.locator("#all").click();
    await settle(page);
    const arrows = (await pixels(page)) / one;
    expect(arrows).toBeGreaterThan(70);
    expect(arrows).toBeLessThan(150);
    expect(heard).toEqual([]);
    await page.close();
  });
});
