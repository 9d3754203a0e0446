/** Charts' pages in a browser, and what is heard from them. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launch } from "./browser.js";

export interface Opened {
  readonly page: Page;
  /** Messages of the console, errors, and addresses asked for besides the page's own. */
  readonly heard: string[];
}

interface Saved {
  save(path: string): Promise<void>;
}

export interface Pages {
  /** Where the pages are saved. */
  readonly folder: string;
  /** A new, empty page. */
  empty(): Promise<Page>;
  /** Saves a chart as a page, and opens it. */
  open(chart: Saved): Promise<Opened>;
}

/** A browser and a folder for the tests of a file. */
export function pages(viewport = { width: 1100, height: 700 }): Pages {
  const folder = mkdtempSync(join(tmpdir(), "ta-pages-"));
  let browser: Browser;
  let opened = 0;
  beforeAll(async () => {
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  return {
    folder,
    empty: () => browser.newPage(),
    async open(chart) {
      const path = join(folder, `page-${++opened}.html`);
      await chart.save(path);
      const page = await browser.newPage({ viewport });
      const heard: string[] = [];
      const address = pathToFileURL(path).href;
      page.on("console", (message) => heard.push(message.text()));
      page.on("pageerror", (error) => heard.push(String(error)));
      page.on("request", (request) => {
        const url = request.url();
        if (url !== address && !url.startsWith("data:")) heard.push(url);
      });
      await page.goto(address);
      await page.waitForFunction("document.documentElement.dataset.ready === 'true'");
      return { page, heard };
    },
  };
}

/** Waits until the page has drawn what was asked of it. */
export const settle = (page: Page) =>
  page.evaluate(() => new Promise((done) => setTimeout(done, 150)));
