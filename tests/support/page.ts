/** A chart's page in a browser, and what is heard from it. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";

export interface Opened {
  readonly page: Page;
  /** Messages of the console and errors. */
  readonly heard: string[];
}

let opened = 0;

/** Saves a chart as a page in a folder, and opens it. */
export async function openPage(
  browser: Browser,
  folder: string,
  chart: { save(path: string): Promise<void> },
): Promise<Opened> {
  const path = join(folder, `page-${++opened}.html`);
  await chart.save(path);
  const page = await browser.newPage({ viewport: { width: 1100, height: 700 } });
  const heard: string[] = [];
  page.on("console", (message) => heard.push(message.text()));
  page.on("pageerror", (error) => heard.push(String(error)));
  await page.goto(pathToFileURL(path).href);
  await page.waitForFunction("document.documentElement.dataset.ready === 'true'");
  return { page, heard };
}

/** Waits until the page has drawn what was asked of it. */
export const settle = (page: Page) =>
  page.evaluate(() => new Promise((done) => setTimeout(done, 150)));
