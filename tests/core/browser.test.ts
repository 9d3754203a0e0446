/** The package in a real browser: without a bundler, without isolation, under a strict policy. */

import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch } from "../support/browser.js";
import { root } from "../support/child.js";
import { noWasm, whyNot } from "../support/wasm.js";

const NONCE = "only-this-page";

/** Scripts of this server, and WebAssembly; no `eval`. */
const POLICY = `default-src 'none'; connect-src 'self'; script-src 'self' 'nonce-${NONCE}' 'wasm-unsafe-eval'`;

/** What bundlers read in package.json. */
const IMPORTS = {
  "#addon": "/dist/core/platform/browser.js",
  "nodejs-polars-ta/arrays": "/dist/arrays/index.js",
  "nodejs-polars-ta/arrow": "/dist/arrow/index.js",
  "apache-arrow": "/node_modules/apache-arrow/Arrow.dom.mjs",
  flatbuffers: "/node_modules/flatbuffers/mjs/flatbuffers.js",
  tslib: "/node_modules/tslib/tslib.es6.mjs",
};

const PAGE = `<!doctype html><title>page</title>
<script type="importmap" nonce="${NONCE}">${JSON.stringify({ imports: IMPORTS })}</script>
<script type="module" src="/page.js"></script>`;

/** Each step leaves something that the test reads. */
const SCRIPT = `
  import { ta } from "nodejs-polars-ta/arrays";
  const { value } = ta.compute("sma", { series: [10, 11, 12, 11, 13, 14] }, { period: 3 });
  const series = Float64Array.from({ length: 100_000 }, (_, row) => 100 + Math.sin(row / 50));
  const times = [];
  for (let round = 0; round < 20; round++) {
    const from = performance.now();
    ta.compute("rsi", { series }, { period: 2 + round });
    times.push(performance.now() - from);
  }
  let refused = "";
  try { ta.compute("rsi", { series }, { period: 0 }); } catch (error) { refused = String(error); }
  let evaluated = true;
  try { new Function("return 1"); } catch { evaluated = false; }
  const { engine } = ta.info();
  const { tableFromArrays } = await import("apache-arrow");
  const { ta: arrow } = await import("nodejs-polars-ta/arrow");
  // Not from lists: apache-arrow reads those with code that it makes, which the policy forbids.
  const table = tableFromArrays({ close: Float64Array.of(1, 2, 3, 4, 5), of: Int32Array.of(1, 1, 2, 1, 2) });
  const groups = [...arrow.sma(table, 2, { over: "of" })];
  const texts = arrow.compute(table, ["sma(2)", "rsi(2)"]).schema.names;
  const done = { groups, texts, value: [...value].slice(2), engine, refused, evaluated, catalog: ta.catalog().length,
    median: times.sort((a, b) => a - b)[10], isolated: window.crossOriginIsolated };
  document.body.append(Object.assign(document.createElement("output"), { value: JSON.stringify(done) }));
`;

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".html": "text/html",
};

function answer(path: string): Buffer | string {
  if (path === "/page.html") return PAGE;
  if (path === "/page.js") return SCRIPT;
  return readFileSync(join(root, path.startsWith("/node_modules/") ? "" : "plugin", path));
}

interface Done {
  readonly value: readonly number[];
  readonly groups: readonly (number | null)[];
  readonly texts: readonly string[];
  readonly engine: string;
  readonly refused: string;
  readonly evaluated: boolean;
  readonly catalog: number;
  readonly median: number;
  readonly isolated: boolean;
}

describe.skipIf(noWasm)(`in Chromium${whyNot}`, () => {
  let browser: Browser;
  let server: Server;
  let place: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = new URL(request.url ?? "", "http://host").pathname;
      try {
        const body = answer(path);
        const type = TYPES[extname(path)] ?? "text/plain";
        response.writeHead(200, { "content-type": type, "content-security-policy": POLICY });
        response.end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    place = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test("it computes, refuses and explains, under a strict policy", async () => {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.goto(`${place}/page.html`);
    const said = await page.locator("output").textContent({ timeout: 30_000 }).catch(String);
    expect(faults).toEqual([]);
    const done: Done = JSON.parse(said ?? "");
    expect(done).toMatchObject({ engine: "wasm", evaluated: false, isolated: false });
    expect(done.value).toEqual([11, 34 / 3, 12, 38 / 3]);
    expect(done.groups).toEqual([null, 1.5, null, 3, 4]);
    expect(done.texts).toEqual(["sma_2", "rsi_2"]);
    expect(done.refused).toMatch(/^TaError: rsi: period must be a whole number from /);
    expect(done.catalog).toBeGreaterThan(400);
    // A frame of a smooth picture.
    expect(done.median).toBeLessThan(16);
    await page.close();
  });
});
