/** The pictures in the pages of indicators are those that `npm run pictures` draws today. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { chartOf, pictureOf } from "../../plugin/tools/pictures/draw.mjs";
import { SHOWN, sceneOf, valuesOf } from "../../plugin/tools/pictures/scene.mjs";
import { shrink } from "../../plugin/tools/pictures/shrink.mjs";
import { root } from "../support/child.js";
import { barsOf, overStocks, stocks } from "../support/stocks.js";

const STALE = "run `npm run pictures`";
const folder = join(root, "docs/images/indicators");
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const files = readdirSync(folder).sort();
const bars = stocks();
const pixels = (svg: string): Buffer => new Resvg(svg).render().pixels;

/** Places to a tenth of a pixel: that moves the grey at an edge. */
const rounded = (svg: string): string =>
  svg.replace(/ (?:d|transform|x2|y2)="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d*\.\d+(e-?\d+)?/g, (digits) => `${Math.round(+digits * 10) / 10}`),
  );

describe.each([...Map.groupBy(ta.catalog(), (meta) => meta.category)])("%s", (_, entries) => {
  test.each(entries.map((meta) => [meta.id, meta] as const))("%s", async (id, meta) => {
    expect(files, STALE).toContain(`${id}.svg`);
    expect(read(`${id}.svg`) === (await pictureOf(meta, bars)), `${id}.svg, ${STALE}`).toBe(true);
    const page = readFileSync(join(root, `docs/indicators/${id}.md`), "utf8");
    const [, alt = "", path] = page.match(/^!\[([^\]]+)\]\((.*)\)$/m) ?? [];
    expect(path).toBe(`../images/indicators/${id}.svg`);
    expect(alt).toContain(meta.display_name);
  });
});

describe("what is drawn", () => {
  const isMark = (meta: IndicatorMeta) =>
    meta.visual.plots.every(({ primitive }) => primitive === "marker");
  const shows = (values: readonly Readonly<Record<string, unknown>>[], marks: boolean) =>
    values.some((row) => Object.values(row).some((value) => (marks ? value : value !== null)));

  test("has values, and events where there are any", () => {
    const symbols = bars.getColumn("symbol").unique().toArray() as string[];
    const empty = ta.catalog().filter((meta) => {
      const { bars: upTo, expr } = sceneOf(meta, bars);
      return !shows(valuesOf(meta, upTo, expr).slice(-SHOWN), isMark(meta));
    });
    const wrong = empty.filter((meta) =>
      symbols.some((symbol) => {
        const own = barsOf(bars, symbol);
        return !isMark(meta) || shows(valuesOf(meta, own, overStocks(meta)), true);
      }),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
    // Most patterns happen now and then.
    expect(empty.length).toBeLessThan(ta.catalog().filter(isMark).length / 5);
  }, 120_000);

  const some = ta.catalog().filter((_, index) => index % 16 === 0);
  test.each(some.map((meta) => [meta.id, meta] as const))("%s looks as before", async (_, meta) => {
    const svg = await chartOf(meta, bars).toSVG();
    const before = pixels(rounded(svg));
    const after = pixels(shrink(svg));
    expect(after.equals(pixels(rounded(svg).replace(/ clip-path="[^"]*"/g, "")))).toBe(true);
    // A clip takes a corner of a mark at most.
    const clipped = after.filter((value, index) => Math.abs(value - (before[index] ?? 0)) > 48);
    expect(clipped.length).toBeLessThan(40);
    expect(new Set(before).size).toBeGreaterThan(20);
  });

  test("is written much shorter than before", async () => {
    const sizes = await Promise.all(
      some.map(async (meta) => {
        const svg = await chartOf(meta, bars).toSVG();
        return { before: svg.length, after: shrink(svg).length };
      }),
    );
    const sum = (side: "before" | "after") => sizes.reduce((all, size) => all + size[side], 0);
    expect(sum("after")).toBeLessThan(sum("before") / 1.7);
    // Steps have more places than words, which do not become shorter.
    for (const { before, after } of sizes) expect(after).toBeLessThan(before / 1.5);
  }, 120_000);
});

test("what is not a picture of Vega is refused", () => {
  for (const text of ["", "<svg>", "<svg></svg><svg></svg>", "<!doctype html>"]) {
    expect(() => shrink(text), text).toThrow("not a picture");
  }
});

test("there is no other file", () => {
  const wanted = ta.catalog().map(({ id }) => `${id}.svg`);
  expect(files, STALE).toEqual(wanted.sort());
});

test("they are small", () => {
  const sizes = files.map((name) => read(name).length).sort((a, b) => a - b);
  expect(sizes.at(-1)).toBeLessThan(34_000);
  expect(sizes[sizes.length >> 1]).toBeLessThan(8_000);
  expect(sizes.reduce((a, b) => a + b, 0) / sizes.length).toBeLessThan(9_000);
});
