/** The whole chart as a Vega-Lite specification. */

import type { Bars } from "./bars.js";
import { AXES, GAP, MARGIN, type Pane } from "./layout.js";
import {
  field,
  type Json,
  type Layer,
  lastLayers,
  levelLayers,
  priceLayers,
  type Style,
  seriesLayers,
  volumeLayers,
} from "./marks.js";
import { type Entry, lastValue } from "./readout.js";
import { FONT, type Theme } from "./theme.js";
import { pickTicks, timeText, valueText } from "./ticks.js";

/** A Vega-Lite specification: plain JSON. */
export type ChartSpec = Readonly<Record<string, Json>>;

/**
 * Who moves the chart: nobody, in a picture; Vega-Lite's own selections, in the front end of a
 * notebook; or the script of a page, through signals.
 */
export type Mode = "picture" | "frontend" | "page";

/** A chart that is laid out, before it is drawn. */
export interface Drawing {
  readonly bars: Bars;
  readonly panes: readonly Pane[];
  readonly entries: readonly (readonly Entry[])[];
  readonly theme: Theme;
  readonly width: number;
  readonly candles: boolean;
}

/** Names of signals in a page. */
export const SIGNALS = {
  from: "from",
  to: "to",
  ticks: "ticks",
  labels: "labels",
  shown: (key: string) => `on_${key}`,
  low: (pane: number) => `low_${pane}`,
  high: (pane: number) => `high_${pane}`,
} as const;

/** The width between the margins. */
export const plotWidth = (width: number): number => width - MARGIN.left - MARGIN.right;

/** About how many pixels a label of the time axis needs. */
const LABEL = 75;

export function specOf(drawing: Drawing, mode: Mode): ChartSpec {
  const { panes, theme, width } = drawing;
  const ticks = ticksOf(drawing, mode);
  const last = panes.length - 1;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: theme.background,
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
      height: pane.height,
      encoding: {
        x: {
          ...field("i"),
          scale: xScale(drawing, mode),
          axis: xAxis(ticks, index === last, mode),
        },
      },
      layer: layersOf(drawing, index, mode),
    })),
    config: config(theme),
  };
}

interface Ticks {
  readonly at: number[];
  readonly labels: Record<string, string>;
}

function ticksOf({ bars, width }: Drawing, mode: Mode): Ticks {
  // A front end zooms without us: it gets more labels than it has room for, and leaves some out.
  const most = Math.floor(plotWidth(width) / LABEL) * (mode === "frontend" ? 12 : 1);
  const { at, labels } = pickTicks(bars.times, 0, bars.rows.length - 1, most, numberOf(bars));
  return { at, labels: Object.fromEntries(at.map((bar, index) => [bar, labels[index] ?? ""])) };
}

function params({ panes }: Drawing, mode: Mode, ticks: Ticks): Json[] {
  const labels = [
    { name: SIGNALS.labels, value: ticks.labels },
    { name: SIGNALS.ticks, value: ticks.at },
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
      { name: "zoom", select: { type: "interval", encodings: ["x"] }, bind: "scales", views },
    ];
  }
  const keys = ["price", "volume", ...panes.flatMap(({ series }) => series.map(({ key }) => key))];
  return [
    ...labels,
    { name: SIGNALS.from, value: 0 },
    { name: SIGNALS.to, value: 1 },
    ...panes.flatMap((_, index) => [
      { name: SIGNALS.low(index), value: 0 },
      { name: SIGNALS.high(index), value: 1 },
    ]),
    ...keys.map((key) => ({ name: SIGNALS.shown(key), value: true })),
  ];
}

function xScale({ bars }: Drawing, mode: Mode): Json {
  const domain: Json =
    mode === "page"
      ? [{ expr: SIGNALS.from }, { expr: SIGNALS.to }]
      : [-0.5, bars.rows.length - 0.5];
  return { domain, nice: false, zero: false };
}

function xAxis(ticks: Ticks, labelled: boolean, mode: Mode): Json {
  const values: Json = mode === "page" ? { expr: SIGNALS.ticks } : ticks.at;
  const common = { values, title: null, grid: false, ticks: false, domain: labelled };
  if (!labelled) return { ...common, labels: false };
  return {
    ...common,
    labelExpr: `${SIGNALS.labels}[datum.value]`,
    labelFlush: false,
    minExtent: AXES.bottom,
    maxExtent: AXES.bottom,
    labelPadding: 6,
  };
}

function yEncoding(drawing: Drawing, index: number, mode: Mode): Layer {
  const pane = drawing.panes[index] as Pane;
  const domain: Layer =
    mode === "page"
      ? { domain: [{ expr: SIGNALS.low(index) }, { expr: SIGNALS.high(index) }] }
      : {};
  const head = mode === "page" ? HEAD : HEAD + LINE * (readoutOf(drawing, index).lines - 1);
  const range = rangeOf(pane, head);
  const [low, high, more] = pane.levels;
  const marked = low !== undefined && high !== undefined && more === undefined;
  const axis = {
    ...(marked ? { values: [low, high] } : {}),
    minExtent: AXES.right,
    maxExtent: AXES.right,
    orient: "right",
    title: null,
    ticks: false,
    domain: false,
    labelPadding: 6,
    tickCount: Math.max(2, Math.floor(pane.height / 32)),
    labelOverlap: true,
    labelExpr: AXIS_NUMBER,
  };
  return { scale: { zero: false, nice: false, range, ...domain }, axis };
}

/** Large numbers as traders write them: billions are no giga. */
const AXIS_NUMBER =
  "abs(datum.value) < 1e4 ? datum.label : replace(format(datum.value, '.4~s'), 'G', 'B')";

function layersOf(drawing: Drawing, index: number, mode: Mode): Json[] {
  const { panes, theme, candles, bars } = drawing;
  const pane = panes[index] as Pane;
  const style: Style = {
    theme,
    height: pane.height,
    low: candles ? "low" : "close",
    high: candles ? "high" : "close",
    stroke: mode !== "page" && bars.rows.length > 800 ? 1.1 : 1.5,
    has: (key, sign) =>
      bars.rows.some((row) => {
        const value = row[key];
        return value !== undefined && (sign === undefined || value * sign > 0);
      }),
    shown: (keys, opacity) =>
      mode === "page"
        ? { expr: `${keys.map(SIGNALS.shown).join(" && ")} ? ${opacity} : 0` }
        : opacity,
  };
  const main = [
    // A front end has more ticks than labels, and lines at all of them would be a fence.
    ...(mode === "frontend" ? [] : [gridLayer(pane, theme)]),
    ...levelLayers(pane, style),
    ...(pane.kind === "price" ? priceLayers(!candles, style) : []),
    ...(pane.volume ? volumeLayers(style, candles) : []),
    ...seriesLayers(pane, style),
  ];
  const scaled = scaleFirst(main, yEncoding(drawing, index, mode));
  if (mode === "page") return scaled.map(onlyVisible);
  const readout = readoutLayers(drawing, index);
  const hover = mode === "frontend" ? [hoverLayer(drawing, index)] : [];
  const last = pane.kind === "price" ? lastPrice(drawing, style) : [];
  return [...scaled, ...last, ...hover, ...readout];
}

/** A line at each tick, over the whole height, which an axis would leave at the scale's ends. */
function gridLayer({ height }: Pane, { grid }: Theme): Layer {
  return {
    data: { values: [{}] },
    transform: [{ calculate: SIGNALS.ticks, as: "at" }, { flatten: ["at"] }],
    mark: { type: "rule", clip: true, color: grid },
    encoding: { x: field("at"), y: { value: 0 }, y2: { value: height } },
  };
}

function lastPrice({ bars }: Drawing, style: Style): Layer[] {
  const last = lastClose(bars);
  return last === undefined
    ? []
    : lastLayers(last.close, valueText(last.close), last.rising, style);
}

/** The last close, and whether it is above the one before. */
export function lastClose({ rows }: Bars): { close: number; rising: boolean } | undefined {
  const last = rows.findLastIndex(({ close }) => close !== undefined);
  const close = rows[last]?.close;
  if (close === undefined) return undefined;
  const before = rows.slice(0, last).findLast((row) => row.close !== undefined)?.close;
  return { close, rising: before === undefined || close >= before };
}

/** The scale and the axis of a pane are said once: by the first layer that uses them. */
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

/** In a page only what can be seen goes through the marks. */
function onlyVisible(layer: Layer): Layer {
  if (layer.data !== undefined) return layer;
  const filter = `datum.i > ${SIGNALS.from} - 2 && datum.i < ${SIGNALS.to} + 2`;
  return { ...layer, transform: [{ filter }, ...((layer.transform ?? []) as Json[])] };
}

/** The rows; for a tooltip with their times in words. */
function rowsOf({ bars }: Drawing, mode: Mode): Json {
  if (mode !== "frontend") return bars.rows as Json;
  const [intraday, number] = [isIntraday(bars), numberOf(bars)];
  return bars.rows.map((row, bar) => ({
    ...row,
    time: timeText(bars.times[bar], intraday, number(bar)),
  }));
}

/** A line at the bar under the pointer, with everything that is known of it as its tooltip. */
function hoverLayer({ panes, theme, entries }: Drawing, index: number): Json {
  const shown = entries.flat().flatMap(({ title, values }) =>
    values.map(({ field: name, label }) => ({
      field: name,
      type: "quantitative",
      title: `${title} ${label}`.trim(),
    })),
  );
  return {
    name: `bars_${index}`,
    mark: { type: "rule", color: theme.faint, clip: true, strokeWidth: 1 },
    encoding: {
      y: { value: 0 },
      y2: { value: panes[index]?.height ?? 0 },
      opacity: { condition: { param: "hover", empty: false, value: 0.8 }, value: 0 },
      tooltip: [{ field: "time", type: "nominal", title: "time" }, ...shown],
    },
  };
}

/** What a bar without a time is called: its number in the frame; nothing ahead of the last one. */
export function numberOf({ first, each, count }: Bars): (index: number) => string {
  return (index) => (index * each < count ? String(first + index * each) : "");
}

/** Whether bars are shorter than a day. */
export function isIntraday({ times }: Bars): boolean {
  return times.some((time) => time !== null && time % 86_400_000 !== 0);
}

const SIZE = 11;
const LINE = SIZE + 5;

/** The parts of a pane that values do not reach: at its top is the readout. */
export const HEAD = 22;
const FOOT = 6;

/** Where the scale of a pane begins and ends, in pixels from its top. */
export function rangeOf({ kind, height }: Pane, head: number): [number, number] {
  return [height - (kind === "volume" ? 0 : FOOT), Math.min(head, height / 2)];
}

interface Piece {
  readonly text: string;
  readonly color: string;
  readonly left: number;
  readonly top: number;
  readonly bold: boolean;
}

/** Names and last values, from the left, on as many lines as they need. */
function readoutOf(
  { bars, entries, theme, width }: Drawing,
  index: number,
): { readonly pieces: readonly Piece[]; readonly lines: number } {
  const pieces: Piece[] = [];
  let [left, lines] = [4, 1];
  const put = (text: string, color: string, bold = false) => {
    const wide = text.length * SIZE * (bold ? 0.66 : 0.58) + 7;
    if (left > 4 && left + wide > plotWidth(width)) [left, lines] = [4, lines + 1];
    pieces.push({ text, color, left, top: 4 + LINE * (lines - 1), bold });
    left += wide;
  };
  for (const { title, values } of entries[index] ?? []) {
    const [only] = values;
    put(title, values.length === 1 && only ? only.color : theme.text, true);
    for (const { field: name, label, color } of values) {
      const value = valueText(lastValue(bars, name));
      put(label === "" ? value : `${label} ${value}`, color);
    }
    left += 10;
  }
  return { pieces, lines };
}

function readoutLayers(drawing: Drawing, index: number): Json[] {
  const { theme } = drawing;
  const values = readoutOf(drawing, index).pieces as unknown as Json;
  const text = {
    type: "text",
    align: "left",
    baseline: "top",
    fontSize: SIZE,
    font: FONT,
    fontWeight: { expr: "datum.bold ? 600 : 400" },
  };
  const encoding = {
    x: { value: { expr: "datum.left" } },
    y: { value: { expr: "datum.top" } },
    text: { field: "text", type: "nominal" },
  };
  const halo = { stroke: theme.background, strokeWidth: 4, strokeJoin: "round", opacity: 0.8 };
  const color = { field: "color", type: "nominal", scale: null };
  return [
    { data: { values }, mark: { ...text, ...halo }, encoding },
    { data: { values }, mark: text, encoding: { ...encoding, color } },
  ];
}

function config({ text, faint, grid, border }: Theme): Json {
  return {
    aria: false,
    font: FONT,
    view: { stroke: border },
    text: { font: FONT },
    axis: {
      labelColor: faint,
      gridColor: grid,
      domainColor: border,
      labelFontSize: SIZE,
      titleColor: text,
    },
    // Colours are the theme's own; a legend would repeat the readouts.
    legend: { disable: true },
  };
}
