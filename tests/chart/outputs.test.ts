/** What a chart becomes: pictures, files, outputs of notebooks; and what it needs for that. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { childScript, runNode } from "../support/child.js";
import { refusal } from "../support/refusals.js";
import { stock } from "../support/stocks.js";

const folder = mkdtempSync(join(tmpdir(), "ta-chart-"));
afterAll(() => rmSync(folder, { recursive: true }));

const chart = stock().ta.chart({ last: 80, indicators: ["rsi", "bbands"], width: 600 });

test("SVG and PNG are as large as asked for", async () => {
  const svg = await chart.toSVG();
  expect(svg).toMatch(/^<svg /);
  expect(Number(/width="(\d+)/.exec(svg)?.[1])).toBeGreaterThan(590);
  expect(Number(/width="(\d+)/.exec(svg)?.[1])).toBeLessThan(615);
  const png = Buffer.from(await chart.toPNG({ scale: 1.5 }));
  expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  expect(png.readUInt32BE(16)).toBeGreaterThan(880);
  expect(png.readUInt32BE(16)).toBeLessThan(925);
  await expect(chart.toPNG({ scale: 0 })).rejects.toThrow(/scale must be/);
  const tall = stock().ta.chart({ last: 80, height: 900 });
  expect(Number(/height="(\d+)/.exec(await tall.toSVG())?.[1])).toBeCloseTo(900, -1);
});

test("files have the format that their names say", async () => {
  const starts = { html: "<!doctype html>", svg: "<svg", json: '{"$schema"', png: "\x89PNG" };
  for (const [kind, start] of Object.entries(starts)) {
    const path = join(folder, `chart.${kind}`);
    await chart.save(path);
    expect(readFileSync(path, "latin1").startsWith(start)).toBe(true);
  }
  await expect(chart.save("chart.gif")).rejects.toThrow(
    /"chart.gif" ends with none of .html, .svg/,
  );
  expect(existsSync("chart.gif")).toBe(false);
});

test("notebooks get a specification, a picture and a line", async () => {
  const show = Symbol.for("Jupyter.display") as unknown as "show";
  const bundle = await (chart as unknown as { show(): Promise<Record<string, unknown>> })[show]();
  expect(Object.keys(bundle)).toEqual([
    "application/vnd.vegalite.v6+json",
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);
  expect(bundle["image/svg+xml"]).toMatch(/^<svg /);
  expect(bundle["application/vnd.vegalite.v5+json"]).toEqual(chart.spec);
  expect(bundle["text/plain"]).toMatch(
    /^Chart of IBM: 80 bars from 2012-11-05 to 2013-03-01, rsi_14, bbands_20_2_2$/,
  );
  expect(inspect(chart)).toBe(bundle["text/plain"]);
});

test("where tslab is not, display says what it is for", async () => {
  await expect(chart.display()).rejects.toThrow(/display works only in tslab/);
});

test("dark and light differ in colours alone", async () => {
  const dark = stock().ta.chart({
    last: 80,
    indicators: ["rsi", "bbands"],
    width: 600,
    theme: "dark",
  });
  const plain = (svg: string) => svg.replace(/#[\da-f]{6}\b|clip\d+/g, "");
  expect(await dark.toSVG()).not.toBe(await chart.toSVG());
  expect(plain(await dark.toSVG())).toBe(plain(await chart.toSVG()));
});

describe("without packages", () => {
  /** What a process says in which some packages are not there. */
  async function without(names: string[], source: string): Promise<string> {
    const script = `
      import { registerHooks } from "node:module";
      const gone = ${JSON.stringify(names)};
      registerHooks({ resolve(name, context, next) {
        if (!gone.includes(name)) return next(name, context);
        throw Object.assign(new Error("Cannot find package " + name), { code: "ERR_MODULE_NOT_FOUND" });
      } });
      const { default: pl } = await import("nodejs-polars");
      await import("nodejs-polars-ta");
      const chart = pl.DataFrame({ close: [1, 2, 3] }).ta.chart();
      ${source}`;
    const { stdout, stderr } = await runNode(childScript(script));
    expect(stderr).toBe("");
    return stdout.trim();
  }

  test.each([
    [
      ["vega"],
      "toSVG",
      /^chart: toSVG needs the package vega; install it with: npm install vega vega-lite$/,
    ],
    [
      ["vega-lite"],
      "toHTML",
      /^chart: toHTML needs the package vega-lite; .*npm install vega vega-lite$/,
    ],
    [["@resvg/resvg-js"], "toPNG", /^chart: toPNG needs the package @resvg\/resvg-js; .*resvg-js$/],
  ])("%s: %s says what to install", async (names, method, says) => {
    const source = `await chart.${method}().catch((error) => console.log(error.message));`;
    expect(await without(names, source)).toMatch(says);
  });

  test("the specification is there, and notebooks get a text that says what to install", async () => {
    const source = `console.log(JSON.stringify([chart.spec.vconcat.length, await chart[Symbol.for("Jupyter.display")]()]));`;
    const [panes, bundle] = JSON.parse(await without(["vega", "vega-lite"], source));
    expect(panes).toBe(1);
    expect(Object.keys(bundle)).toEqual(["text/plain"]);
    expect(bundle["text/plain"]).toMatch(/Chart: 3 bars\n.*npm install vega vega-lite/);
  });
});

test("nothing of charts is loaded before one is made", async () => {
  const script = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    await import("nodejs-polars-ta");
    console.log(loaded.filter((url) => /dist\\/chart\\/(?!load)|vega|resvg/.test(url)).length, loaded.length > 20);`;
  expect((await runNode(childScript(script))).stdout).toBe("0 true\n");
});

test("refusals of a chart are errors of the package", () => {
  expect(refusal(() => stock().ta.chart({ width: 1 }))).toMatch(
    /width must be a whole number from 200/,
  );
});
