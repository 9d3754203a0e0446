/** A real headless Chromium, whether or not one is installed on the machine. */

import chromium, { inflate } from "@sparticuz/chromium";
import { type Browser, chromium as driver } from "playwright-core";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The one that npm carries, which is for Linux; elsewhere the machine's Chrome. */
export async function launch(): Promise<Browser> {
  if (process.platform !== "linux") return driver.launch({ channel: "chrome", args: QUIET });
  const executablePath = await chromium.executablePath();
  try {
    return await driver.launch({ executablePath, args: QUIET });
  } catch {
    // A bare machine lacks a few libraries; the package carries them, too.
    const file = new URL("../bin/al2023.tar.br", import.meta.resolve("@sparticuz/chromium"));
    const libraries = await inflate(decodeURIComponent(file.pathname));
    const env = { ...process.env, LD_LIBRARY_PATH: `${libraries}/lib` } as Record<string, string>;
    return driver.launch({ executablePath, args: QUIET, env });
  }
}
