/** Writes a whole chart as a Vega-Lite specification. */

import { isIntraday, numberOf, type Ticks, ticksOf, xAxis, xScale, yEncoding } from "./axes.js";
import { comparedIn, type Drawing, type Mode, plotWidth } from "./drawing.js";
import { field, type Json, type Layer, type Style } from "./layer.js";
import { AXES, GAP, MARGIN, type Pane } from "./layout.js";
import { lastLayers, levelLayers, priceLayers, seriesLayers, volumeLayers } from "./marks.js";
import { readoutLayers, SIZE } from "./readout.js";
import { type Bars, TRADED } from "./rows.js";
import type { Bases } from "./scales.js";
import { SIGNALS } from "./signals.js";
import { FONT } from "./theme.js";
import { percentText, timeText, valueText } from "./ticks.js";

/** A Vega-Lite specification: plain JSON. */
export type ChartSpec = Readonly<Record<string, Json>>;

/** Vega-Lite gives panes of equal heights one signal for all, so those of a page differ a little. */
const DISTINCT = 1e-4;

export function specOf(drawing: Drawing, mode: Mode): ChartSpec {
  const { panes, theme, width } = drawing;
  const ticks = ticksOf(drawing, mode);
  const last = panes.length - 1;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    ...(!drawing.follows && { background: theme.background }),
    padding: {
      ...MARGIN,
      right: MARGIN.right - AXES.right,
      bottom: MARGIN.bottom - AXES.bottom,
    },
    params: params(drawing, mode, ticks),
    data: { name: "bars", values: rowsOf(drawing, mode) },
    spacing: GAP,
    bounds: "flush",
    vconcat: panes.map((pane, index) => ({
      name: `pane_${index}`,
      width: plotWidth(width),
      height: pane.height + (mode === "page" ? index * DISTINCT : 0),
      encoding: {
        x: {
          ...field("i"),
          scale: xScale(drawing, mode),
          axis: xAxis(ticks, index === last, mode),
        },
      },
      layer: layersOf(drawing, index, mode),
    })),
    config: config(drawing),
  };
}

/** In a notebook the wheel alone scrolls; with Ctrl or Cmd it zooms. */
const ZOOM: Json = {
  type: "interval",
  encodings: ["x"],
  zoom: "wheel![event.ctrlKey || event.metaKey]",
};

/** From where the changes of compared symbols are counted. */
function basesIn(bars: Bars, { base, factors }: Bases): Json[] {
  const compared = comparedIn(bars);
  if (compared.length === 0) return [];
  return [
    { name: SIGNALS.base, value: base },
    ...compared.map((key) => ({ name: SIGNALS.factor(key), value: factors[key] ?? 1 })),
  ];
}

function params({ panes, bars, bases }: Drawing, mode: Mode, ticks: Ticks): Json[] {
  const labels = [
    { name: SIGNALS.labels, value: ticks.labels },
    { name: SIGNALS.ticks, value: ticks.at },
    ...basesIn(bars, bases),
  ];
  const views = panes.map((_, index) => `bars_${index}`);
  if (mode === "picture") return labels;
  if (mode === "frontend") {
    const hover = {
      type: "point",
      on: "pointermove",
      clear: "pointerout",
      nearest: true,
      encodings: ["x"],
    };
    return [
      ...labels,
      { name: "hover", select: hover, views },
      { name: "zoom", select: ZOOM, bind: "scales", views },
    ];
  }
  const keys = ["price", "volume", ...panes.flatMap(({ series }) => series.map(({ key }) => key))];
  return [
    ...labels,
    { name: SIGNALS.from, value: 0 },
    { name: SIGNALS.to, value: 1 },
    { name: SIGNALS.constant, value: 1 },
    { name: SIGNALS.prices, value: null },
    ...panes.flatMap((_, index) => [
      { name: SIGNALS.low(index), value: 0 },
      { name: SIGNALS.high(index), value: 1 },
      { name: SIGNALS.foot(index), value: 1 },
      { name: SIGNALS.top(index), value: 0 },
    ]),
    ...keys.map((key) => ({ name: SIGNALS.shown(key), value: true })),
  ];
}

function layersOf(drawing: Drawing, index: number, mode: Mode): Json[] {
  const { panes, theme, style: bar, candles, bars } = drawing;
  const pane = panes[index] as Pane;
  const style: Style = {
    theme,
    above: (pixels) =>
      mode === "page"
        ? { expr: `${SIGNALS.height(index, panes.length)} - ${pixels}` }
        : pane.height - pixels,
    low: candles ? "low" : "close",
    high: candles ? "high" : "close",
    stroke: mode !== "page" && bars.rows.length > 800 ? 1.1 : 1.5,
    has: (key, sign) =>
      bars.rows.some((row) => {
        const value = row[key];
        return value !== undefined && (sign === undefined || value * sign > 0);
      }),
    share: (key, sign) =>
      bars.rows.filter((row) => (row[key] ?? 0) * sign > 0).length / bars.rows.length,
    apart: apartIn(drawing, mode),
    shown: (keys, opacity) =>
      mode === "page"
        ? { expr: `${keys.map(SIGNALS.shown).join(" && ")} ? ${opacity} : 0` }
        : opacity,
  };
  const main = [
    // A front end has more ticks than labels; grid lines at all of them would be too many.
    ...(mode === "frontend" ? [] : [gridLayer(style)]),
    ...levelLayers(pane, style),
    ...(pane.kind === "price" ? priceLayers(bar, style) : []),
    ...(pane.volume ? volumeLayers(style, candles) : []),
    ...seriesLayers(pane, style),
  ];
  const tag = pane.kind === "price" ? lastClose(bars)?.close : undefined;
  const scaled = scaleFirst(main, yEncoding(drawing, index, mode, tag));
  if (mode === "page") return scaled.map(onlyVisible);
  const readout = readoutLayers(drawing, index);
  const hover = mode === "frontend" ? [hoverLayer(drawing, index)] : [];
  const last = pane.kind === "price" ? lastPrice(drawing, style) : [];
  return [...scaled, ...last, ...hover, ...readout];
}

/** The pixels from one bar to the next. */
function apartIn({ bars, width }: Drawing, mode: Mode): number | string {
  const { length } = bars.rows;
  if (mode === "picture") return plotWidth(width) / length;
  if (mode === "page") return `(width / (${SIGNALS.to} - ${SIGNALS.from}))`;
  return `(${plotWidth(width)} / (zoom.i ? min(span(zoom.i), ${length}) : ${length}))`;
}

/**
 * Lines at the ticks over the whole height of the pane. Those of an axis would end where the scale
 * ends.
 */
function gridLayer({ above, theme }: Style): Layer {
  return {
    data: { values: [{}] },
    transform: [{ calculate: SIGNALS.ticks, as: "at" }, { flatten: ["at"] }],
    mark: { type: "rule", clip: true, color: theme.grid },
    encoding: { x: field("at"), y: { value: 0 }, y2: { value: above(0) } },
  };
}

function lastPrice({ bars, bases }: Drawing, style: Style): Layer[] {
  const last = lastClose(bars);
  if (last === undefined) return [];
  const { close, upward } = last;
  const compared = comparedIn(bars).length > 0;
  const label = compared ? percentText(close, bases.base) : valueText(close);
  return lastLayers(close, label, upward, style);
}

/** The last close that was traded, and whether it is above the one before. */
export function lastClose({ rows }: Bars): { close: number; upward: boolean } | undefined {
  const closes = rows.flatMap((row) => row[TRADED] ?? row.close ?? []);
  const [close, before] = [closes.at(-1), closes.at(-2)];
  if (close === undefined) return undefined;
  return { close, upward: before === undefined || close >= before };
}

/** Puts the scale and axis of a pane into the first layer that uses them. */
function scaleFirst(layers: readonly Layer[], y: Layer): Layer[] {
  const first = layers.findIndex(({ encoding }) => isScaled(encoding));
  return layers.map((layer, index) => {
    if (index !== first) return layer;
    const encoding = layer.encoding as Layer;
    return { ...layer, encoding: { ...encoding, y: { ...(encoding.y as Layer), ...y } } };
  });
}

const isScaled = (encoding: Json | undefined): boolean => {
  const { y } = (encoding ?? {}) as { y?: Record<string, Json> };
  return y !== undefined && !("value" in y);
};

/** Lets a page draw only the visible bars. */
function onlyVisible(layer: Layer): Layer {
  if (layer.data !== undefined) return layer;
  const filter = `datum.i > ${SIGNALS.from} - 2 && datum.i < ${SIGNALS.to} + 2`;
  return { ...layer, transform: [{ filter }, ...((layer.transform ?? []) as Json[])] };
}

/** The rows; for a front end with their times as text, which tooltips show. */
function rowsOf({ bars }: Drawing, mode: Mode): Json {
  if (mode !== "frontend") return bars.rows as Json;
  const [intraday, number] = [isIntraday(bars), numberOf(bars)];
  return bars.rows.map((row, bar) => ({
    ...row,
    time: timeText(bars.times[bar], intraday, number(bar)),
  }));
}

/** The field of a change from the base. */
const changeOf = (name: string): string => `${name}_change`;

/** A line at the bar under the pointer, with all values of the bar as its tooltip. */
function hoverLayer({ panes, theme, entries, bases }: Drawing, index: number): Json {
  const values = entries
    .flat()
    .flatMap(({ title, values }) =>
      values.map((value) => ({ ...value, title: `${title} ${value.label}`.trim() })),
    );
  const shown = values.map(({ field: name, title, percent }) => ({
    field: percent ? changeOf(name) : name,
    type: "quantitative",
    title,
    ...(percent && { format: "+.2%" }),
  }));
  const changes = values
    .filter(({ percent }) => percent)
    .map(({ field: name }) => {
      const scaled = name in bases.factors ? ` * ${SIGNALS.factor(name)}` : "";
      return {
        calculate: `datum.${name}${scaled} / ${SIGNALS.base} - 1`,
        as: changeOf(name),
      };
    });
  return {
    name: `bars_${index}`,
    ...(changes.length > 0 && { transform: changes }),
    mark: { type: "rule", color: theme.faint, clip: true, strokeWidth: 1 },
    encoding: {
      y: { value: 0 },
      y2: { value: panes[index]?.height ?? 0 },
      opacity: { condition: { param: "hover", empty: false, value: 0.8 }, value: 0 },
      tooltip: [{ field: "time", type: "nominal", title: "time" }, ...shown],
    },
  };
}

function config({ theme, follows }: Drawing): Json {
  const { text, faint, grid, border } = theme;
  const colors = {
    labelColor: faint,
    gridColor: grid,
    domainColor: border,
    titleColor: text,
  };
  return {
    aria: false,
    font: FONT,
    ...(!follows && { view: { stroke: border } }),
    text: { font: FONT },
    axis: { labelFontSize: SIZE, ...(!follows && colors) },
    // A legend would repeat the readouts.
    legend: { disable: true },
  };
}
