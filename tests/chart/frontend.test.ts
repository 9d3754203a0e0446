/** Charts in the front ends of notebooks, which draw the specification on their own background. */

import pl from "nodejs-polars";
import "nodejs-polars-ta";
import { compile } from "vega-lite";
import { describe, expect, test } from "vitest";
import { drawn, rowsOf, viewOf } from "../support/drawn.js";
import { stock } from "../support/stocks.js";

const bars = stock("AAPL");
const chart = (options: object = {}) =>
  bars.ta.chart({ last: 300, indicators: ["rsi"], ...options });

/** What vega-embed adds to a specification for JupyterLab's dark theme. */
const DARK = {
  background: "#333",
  view: { stroke: "#888" },
  style: { "guide-label": { fill: "#fff" }, "guide-title": { fill: "#fff" } },
  axis: { domainColor: "#fff", gridColor: "#888", tickColor: "#fff" },
};

const drawnBy = async (spec: Parameters<typeof drawn>[0], config: object) =>
  (await drawn(spec, config)).svg;

describe("without a theme, a front end", () => {
  test("chooses the background and the colour of texts", async () => {
    const svg = await drawnBy(chart().spec, DARK);
    expect(svg).toMatch(/<rect[^>]*fill="#333"/);
    expect(svg).not.toMatch(/<rect width="\d+" height="\d+" fill="#ffffff"/);
    // The title of the readout, and the labels of the axes.
    expect(svg).toMatch(/<text[^>]*fill="#d7dce5"[^>]*>AAPL</);
    expect(svg).toMatch(/<text[^>]*fill="#fff"[^>]*>\d+ [A-Z][a-z]{2} 2012</);
    const light = await drawnBy(chart().spec, {});
    expect(light).toMatch(/<text[^>]*fill="#1b2333"[^>]*>AAPL</);
    expect(light).toMatch(/fill="white"/);
  });

  test("gets a chart that is as wide as it should be", async () => {
    for (const [wanted, options] of [
      [600, { width: 600 }],
      [800, {}],
      [1000, { width: 1000 }],
    ] as const) {
      const svg = await drawnBy(chart(options).spec, {});
      const width = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
      // Borders and the tag of the last price may take some pixels more.
      expect(Math.abs(width - wanted)).toBeLessThan(8);
    }
  });

  test("draws the theme that a caller names", async () => {
    const svg = await drawnBy(chart({ theme: "light" }).spec, DARK);
    expect(svg).toMatch(/fill="#ffffff"/);
    expect(svg).toMatch(/<text[^>]*fill="#1b2333"[^>]*>AAPL</);
  });

  test("has a line or a mark of enough contrast on white and on dark grey", () => {
    const colors = new Set(JSON.stringify(chart().spec.vconcat).match(/"#[0-9a-f]{6}"/g));
    const light = (hex: string): number => {
      const [r, g, b] = [1, 3, 5].map((at) => {
        const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      }) as [number, number, number];
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one: string, other: string) => {
      const [low, high] = [light(one), light(other)].sort((a, b) => a - b) as [number, number];
      return (high + 0.05) / (low + 0.05);
    };
    expect(colors.size).toBeGreaterThan(3);
    for (const color of colors) {
      const hex = color.slice(1, -1);
      if (hex === "#ffffff") continue;
      expect(contrast(hex, "#ffffff"), hex).toBeGreaterThan(2.3);
      expect(contrast(hex, "#333333"), hex).toBeGreaterThan(2.3);
    }
  });
});

test("the tag of the last price is not cut off at the axis", () => {
  const { spec } = compile(chart().spec as never);
  const [price] = spec.marks as { marks: { clip?: boolean; encode: object }[] }[];
  const tags = price?.marks.filter(({ encode }) => JSON.stringify(encode).includes("cornerRadius"));
  expect(tags?.map(({ clip = false }) => clip)).toEqual([false]);
});

test("the wheel zooms only with a key, so that it scrolls the notebook", () => {
  const { spec } = compile(chart().spec as never);
  const text = JSON.stringify(spec);
  const wheels = [...text.matchAll(/\{[^{}]*"type":"wheel"[^{}]*\}/g)].map(([found]) => found);
  expect(wheels.length).toBeGreaterThan(0);
  for (const wheel of wheels) {
    expect(wheel).toContain('"filter":["event.ctrlKey || event.metaKey"]');
    expect(wheel).toContain('"consume":true');
  }
});

test("a reader cannot zoom or move away from the bars, and comes back from where the bars end", async () => {
  const { view } = viewOf(chart().spec);
  const seen = async (zoom: readonly [number, number] | null) => {
    await view.signal("zoom_i", zoom).runAsync();
    const domains = ["pane_0_x", "pane_1_x", "pane_2_x"].map((name) =>
      (view as unknown as { scale(name: string): { domain(): number[] } }).scale(name).domain(),
    );
    expect(new Set(domains.map(String)).size).toBe(1);
    return domains[0];
  };
  await view.runAsync();
  expect(await seen([-900, 1200])).toEqual([-0.5, 299.5]);
  expect(await seen([-100, 50])).toEqual([-0.5, 149.5]);
  expect(await seen([250, 350])).toEqual([199.5, 299.5]);
  expect(await seen([20, 120])).toEqual([20, 120]);
  expect(await seen([99.99, 100.01])).toEqual([96, 104]);
  expect(await seen(null)).toEqual([-0.5, 299.5]);
  view.finalize();
});

describe("every label of the axis says its day, however far the reader zooms", () => {
  const labels = (spec: object): Record<string, string> =>
    (spec as { params: { name: string; value: Record<string, string> }[] }).params.find(
      ({ name }) => name === "labels",
    )?.value as Record<string, string>;

  test("of days with month and year", () => {
    const { spec } = chart();
    const all = Object.entries(labels(spec));
    expect(all.length).toBeGreaterThan(20);
    expect(rowsOf(spec).length).toBe(300);
    for (const [, label] of all) expect(label).toMatch(/^(\d{4}|\d{1,2} [A-Z][a-z]{2} \d{4})$/);
  });

  test("of minutes with day and month", () => {
    const times = Array.from({ length: 500 }, (_, i) => new Date(Date.UTC(2024, 2, 8) + i * 3e5));
    const frame = pl.DataFrame({ time: times, close: times.map((_, i) => 100 + (i % 9)) });
    const all = Object.values(labels(frame.ta.chart().spec));
    expect(all.length).toBeGreaterThan(20);
    for (const label of all) expect(label).toMatch(/^\d{1,2} Mar \d{2}:\d{2}$/);
  });
});
