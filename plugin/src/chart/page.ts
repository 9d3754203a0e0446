/** Writes one HTML file with a chart and the code that draws it. It loads nothing else. */

import { readFileSync } from "node:fs";
import { FEWEST, freeOf, HEAD, isIntraday, numberOf } from "./axes.js";
import { bordersOf } from "./borders.js";
import { copyOf, rangesOf } from "./controls.js";
import { comparedIn, type Drawing, isPositive, scaledFields } from "./drawing.js";
import { scaleRange, shareHeight } from "./heights.js";
import { GAP, MARGIN, type Pane } from "./layout.js";
import { legendsOf } from "./legends.js";
import { movesOf } from "./moves.js";
import type { Look, PageData, PagePane } from "./page-data.js";
import type { Entry } from "./readout.js";
import { compile, vegaScript } from "./render.js";
import type { Bars } from "./rows.js";
import { basesOf, constantOf, priceTicks, scaleOf, shareOf, valueAt } from "./scales.js";
import { SIGNALS } from "./signals.js";
import { lastClose, specOf } from "./spec.js";
import { FONT, type Theme } from "./theme.js";
import { percentText, pickTicks, timeText, valueText } from "./ticks.js";
import { viewer } from "./viewer.js";

/** How many bars a page shows at first. */
const SEEN = 260;

/** Least height of a pane in pixels. */
const LEAST = 24;

const WHAT = "toHTML";

/** What a page says beside its chart, and whether it fills its window. */
export interface About {
  readonly note: string;
  readonly title: string;
  readonly fills: boolean;
}

/** A page with a chart in one theme, or in a light and a dark one between which the system chooses. */
export async function pageOf(drawings: readonly Drawing[], about: About): Promise<string> {
  const { note, title, fills } = about;
  const [{ bars }] = drawings as [Drawing];
  const data: PageData = {
    rows: bars.rows,
    least: LEAST,
    fills,
    looks: await Promise.all(drawings.map(lookOf)),
    times: bars.times,
    numbers: bars.times.map((_, index) => numberOf(bars)(index)),
    intraday: isIntraday(bars),
    seen: SEEN,
    margin: MARGIN,
    gap: GAP,
    label: 80,
    fewest: FEWEST,
    log: drawings[0]?.log ?? false,
    compared: comparedIn(bars),
  };
  const vega = readFileSync(await vegaScript(WHAT), "utf8");
  const tools = {
    ...{ pickTicks, timeText, valueText, percentText, scaleRange, shareHeight },
    ...{ scaleOf, shareOf, valueAt, constantOf, priceTicks, basesOf },
    ...{ legendsOf, bordersOf, rangesOf, copyOf, movesOf },
  };
  const functions = Object.entries({ ...tools, viewer });
  const code = functions.map(([name, code]) => `const ${name} = ${code};`).join("\n");
  const start = `viewer(vega, ${JSON.stringify(data)}, { ${Object.keys(tools).join(", ")} });`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escaped(title || "Chart")}</title>
<style>${css(drawings.map(({ theme }) => theme))}</style>
</head>
<body>
<header>
<strong id="title">${escaped(title)}</strong><span id="bar"></span><span id="note">${escaped(note)}</span>
<nav><button id="copy" title="Copy as PNG">Copy</button>${logButton(bars)}<span id="ranges"></span><button id="latest">Latest</button><button id="all">All</button><button id="zoom-out" aria-label="Zoom out">−</button><button id="zoom-in" aria-label="Zoom in">+</button></nav>
</header>
<main id="stage"><div id="view"></div></main>
<script>${inScript(vega)}</script>
<script type="module">
${inScript(`${code}\n${start}`)}
</script>
</body>
</html>
`;
}

/** The button for the scale of the prices, if they have logarithms. */
const logButton = (bars: Bars): string =>
  isPositive(bars)
    ? '<button id="logarithmic" title="Logarithmic scale of the prices">Log</button>'
    : "";

/** The chart in one theme; its rows are in the page once. */
async function lookOf(drawing: Drawing): Promise<Look> {
  const { theme, panes, entries } = drawing;
  const spec = { ...specOf(drawing, "page"), data: { name: "bars", values: [] } };
  return {
    spec: await compile(WHAT, spec),
    theme,
    ...lastOf(drawing),
    panes: panes.map((pane, index) => ({
      ...pagePane(pane, entries[index] ?? [], drawing),
      signal: SIGNALS.height(index, panes.length),
    })),
  };
}

function lastOf(drawing: Drawing): Pick<Look, "last"> {
  const last = lastClose(drawing.bars);
  if (last === undefined) return {};
  const { up, down } = drawing.theme;
  return { last: { close: last.close, color: last.upward ? up : down } };
}

/** The data of a pane in a page: the fields of its scale, and its readout. */
function pagePane(
  pane: Pane,
  entries: readonly Entry[],
  drawing: Drawing,
): Omit<PagePane, "signal"> {
  const scaled = pane.series.filter(({ primitive }) => primitive !== "marker");
  const zero = pane.volume || scaled.some(({ primitive }) => primitive === "histogram");
  return {
    height: pane.height,
    free: freeOf(pane, HEAD),
    levels: zero ? [0, ...pane.levels] : pane.levels,
    fields: scaledFields(pane, drawing),
    entries,
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/**
 * Escapes text in code and data that would end their script element; the meaning stays the same.
 */
const inScript = (code: string): string =>
  code.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--");

const variables = ({ background, text, faint, grid, border }: Theme): string =>
  Object.entries({ background, text, faint, grid, border })
    .map(([name, color]) => `--${name}: ${color};`)
    .join(" ");

function css([first, dark]: readonly Theme[]): string {
  const [background, text, faint, grid, border] = [
    "background",
    "text",
    "faint",
    "grid",
    "border",
  ].map((name) => `var(--${name})`);
  return `
:root { ${first ? variables(first) : ""} }
${dark ? `@media (prefers-color-scheme: dark) { :root { ${variables(dark)} } }` : ""}
:root { color: ${text}; background: ${background}; font: 12px ${FONT}; }
body { margin: 0; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 12px; padding: 8px 10px 0; }
#title { font-size: 15px; }
#bar { font-variant-numeric: tabular-nums; }
#note { color: ${faint}; }
nav, #ranges { display: flex; gap: 4px; }
nav { margin-left: auto; }
nav button { border: 1px solid ${border}; border-radius: 4px; padding: 2px 9px; color: ${faint}; }
nav button:hover, nav button:focus-visible, nav button[aria-pressed=true] { color: ${text}; background: ${grid}; }
#stage { position: relative; cursor: crosshair; touch-action: none; user-select: none; overflow: hidden; }
#view canvas { display: block; }
.legend { position: absolute; left: 16px; right: var(--axis); display: flex; flex-wrap: wrap; gap: 1px 14px; pointer-events: none; font-size: 11.5px; font-variant-numeric: tabular-nums; }
.entry { display: flex; gap: 7px; background: color-mix(in srgb, ${background} 70%, transparent); border-radius: 3px; padding: 1px 3px; }
.legend button { pointer-events: auto; }
.legend .name { font-weight: 600; }
.legend .off { opacity: .35; text-decoration: line-through; }
.legend i { font-style: normal; opacity: .75; margin-right: 3px; }
.legend b { font-weight: 500; }
.divider { position: absolute; left: 10px; right: var(--axis); height: 8px; cursor: row-resize; }
.divider:hover { background: color-mix(in srgb, ${faint} 25%, transparent); }
.crosshair, .level, .tag { position: absolute; pointer-events: none; visibility: hidden; }
.pointed .crosshair, .pointed .level, .pointed .tag { visibility: visible; }
.crosshair { width: 0; border-left: 1px dashed ${faint}; }
.level { left: 10px; right: var(--axis); height: 0; border-top: 1px dashed ${faint}; }
.tag.last { visibility: visible; }
.tag { background: ${text}; color: ${background}; font-size: 11px; padding: 1px 5px; border-radius: 2px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.price { right: 4px; width: calc(var(--axis) - 16px); transform: translateY(-50%); }
.date { transform: translateX(-50%); }
`;
}
