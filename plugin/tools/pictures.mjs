// The pictures of the documentation, one for each theme.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pl from "nodejs-polars";
import "nodejs-polars-ta";

/** What the pictures show; docs/charts.md has the same call. */
const shown = { symbol: "AAPL", last: 160, indicators: ["bbands", "cdl_engulfing", "rsi", "macd"] };

const root = new URL("../../", import.meta.url);
const bars = pl.readCSV(fileURLToPath(new URL("golden/data/stocks.csv", root)));
const folder = new URL("docs/images/", root);
mkdirSync(folder, { recursive: true });
for (const theme of ["light", "dark"]) {
  const chart = bars.ta.chart({ ...shown, theme, width: 820 });
  const path = new URL(`chart-${theme}.png`, folder);
  writeFileSync(path, await chart.toPNG({ scale: 1.15 }));
  console.log(fileURLToPath(path));
}
