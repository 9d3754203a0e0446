// Draws the pictures of the documentation: a chart in each theme, and a picture of each indicator.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ta } from "nodejs-polars-ta";
import { pictureOf } from "./pictures/draw.mjs";
import { stocks } from "./pictures/stocks.mjs";

/** The options of the chart; docs/charts.md has the same call. */
const shown = { symbol: "AAPL", last: 160, indicators: ["bbands", "cdl_engulfing", "rsi", "macd"] };

const images = new URL("../../docs/images/", import.meta.url);
const bars = stocks();

const folder = new URL("indicators/", images);
mkdirSync(folder, { recursive: true });
const files = new Set(ta.catalog().map(({ id }) => `${id}.svg`));
for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(new URL(name, folder));
for (const meta of ta.catalog()) {
  writeFileSync(new URL(`${meta.id}.svg`, folder), await pictureOf(meta, bars));
}
console.log(`${fileURLToPath(folder)}: ${files.size} pictures`);

// Only these need fonts, which not every machine has.
for (const theme of ["light", "dark"]) {
  const chart = bars.ta.chart({ ...shown, theme, width: 820 });
  const path = new URL(`chart-${theme}.png`, images);
  writeFileSync(path, await chart.toPNG({ scale: 1.15 }));
  console.log(fileURLToPath(path));
}
