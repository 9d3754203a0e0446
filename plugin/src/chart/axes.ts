/** The scales and axes of panes. */

import { type Drawing, type Mode, plotWidth } from "./drawing.js";
import { type Free, scaleRange } from "./heights.js";
import { AXES, type Pane } from "./layout.js";
import { type Json, type Layer, roomForMarks } from "./marks.js";
import { LINE, readoutOf } from "./readout.js";
import type { Bars } from "./rows.js";
import { pickTicks } from "./ticks.js";

/** Names of the signals in a page. */
export const SIGNALS = {
  from: "from",
  to: "to",
  ticks: "ticks",
  labels: "labels",
  shown: (key: string) => `on_${key}`,
  low: (pane: number) => `low_${pane}`,
  high: (pane: number) => `high_${pane}`,
  foot: (pane: number) => `foot_${pane}`,
  top: (pane: number) => `top_${pane}`,
  /** Vega-Lite gives this signal its name. */
  height: (pane: number, panes: number) => (panes === 1 ? "childHeight" : `pane_${pane}_height`),
} as const;

/** Pixels at the top of a pane that values do not reach; the readout is there. */
export const HEAD = 22;

const FOOT = 6;

/** What the scale of a pane keeps free. */
export const freeOf = (pane: Pane, head: number): Free => ({
  foot: pane.kind === "volume" ? 0 : FOOT,
  head,
  marks: roomForMarks(pane),
});

/** About how many pixels a label of the time axis needs. */
const LABEL = 75;

export interface Ticks {
  readonly at: number[];
  readonly labels: Record<string, string>;
}

export function ticksOf({ bars, width }: Drawing, mode: Mode): Ticks {
  // A front end zooms on its own, so it gets more labels than fit and leaves some out.
  const most = Math.floor(plotWidth(width) / LABEL) * (mode === "frontend" ? 12 : 1);
  const { at, labels } = pickTicks(bars.times, 0, bars.rows.length - 1, most, numberOf(bars));
  const named = (bar: number, label = ""): string =>
    mode === "frontend" ? wholeLabel(bars.times[bar], label, intraday) : label;
  const intraday = isIntraday(bars);
  return {
    at,
    labels: Object.fromEntries(at.map((bar, index) => [bar, named(bar, labels[index])])),
  };
}

/** A label that says the day wherever the reader zooms; `label` is a year or a number. */
function wholeLabel(time: number | null | undefined, label: string, intraday: boolean): string {
  if (time == null || /^\d{4}$/.test(label)) return label;
  const date = new Date(time);
  const month = date.toLocaleString("en-US", { month: "short", timeZone: "UTC" });
  const after = intraday ? date.toISOString().slice(11, 16) : date.getUTCFullYear();
  return `${date.getUTCDate()} ${month} ${after}`;
}

export function xScale({ bars }: Drawing, mode: Mode): Json {
  const domain: Json =
    mode === "page"
      ? [{ expr: SIGNALS.from }, { expr: SIGNALS.to }]
      : [-0.5, bars.rows.length - 0.5];
  return { domain, nice: false, zero: false };
}

export function xAxis(ticks: Ticks, labelled: boolean, mode: Mode): Json {
  const values: Json = mode === "page" ? { expr: SIGNALS.ticks } : ticks.at;
  const common = { values, title: null, grid: false, ticks: false, domain: labelled };
  if (!labelled) return { ...common, labels: false };
  return {
    ...common,
    labelExpr: `${SIGNALS.labels}[datum.value]`,
    labelFlush: false,
    // Labels beyond the pane would make the chart wider than it should be.
    labelBound: mode === "frontend",
    minExtent: AXES.bottom,
    maxExtent: AXES.bottom,
    labelPadding: 6,
  };
}

/** Formats large numbers as traders do: B for billions, not G. */
const AXIS_NUMBER =
  "abs(datum.value) < 1e4 ? datum.label : replace(format(datum.value, '.4~s'), 'G', 'B')";

/** Least distance between two labels, in pixels. */
const LABEL_HEIGHT = 12;

/** Least distance between a label and the tag of the last price, in pixels. */
const TAG = 14;

/** The labels of a pane, without those that the tag or another label would cover. */
function labels(index: number, tag: number | undefined, levels: readonly number[]): string {
  const at = (value: string | number) => `scale('pane_${index}_y', ${value})`;
  const [low, high] = levels;
  if (low !== undefined && high !== undefined) {
    const near = `abs(${at(low)} - ${at(high)}) < ${LABEL_HEIGHT}`;
    return `datum.value == ${low} && ${near} ? '' : ${AXIS_NUMBER}`;
  }
  if (tag === undefined) return AXIS_NUMBER;
  return `abs(${at("datum.value")} - ${at(tag)}) < ${TAG} ? '' : ${AXIS_NUMBER}`;
}

/** The scale and axis of a pane; `tag` is the value at which the axis has a tag. */
export function yEncoding(drawing: Drawing, index: number, mode: Mode, tag?: number): Layer {
  const pane = drawing.panes[index] as Pane;
  const domain: Layer =
    mode === "page"
      ? { domain: [{ expr: SIGNALS.low(index) }, { expr: SIGNALS.high(index) }] }
      : {};
  const head = mode === "page" ? HEAD : HEAD + LINE * (readoutOf(drawing, index).lines - 1);
  const range: Json =
    mode === "page"
      ? [{ expr: SIGNALS.foot(index) }, { expr: SIGNALS.top(index) }]
      : scaleRange(pane.height, freeOf(pane, head));
  const height = SIGNALS.height(index, drawing.panes.length);
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
    tickCount:
      mode === "page"
        ? { expr: `max(1, floor(${height} / 32))` }
        : Math.max(1, Math.floor(pane.height / 32)),
    labelOverlap: true,
    labelExpr: labels(index, tag, marked ? [low, high] : []),
  };
  return { scale: { zero: false, nice: false, range, ...domain }, axis };
}

/** The name of a bar without a time: its number in the frame, or nothing after the last bar. */
export function numberOf({ first, each, count }: Bars): (index: number) => string {
  return (index) => (index * each < count ? String(first + index * each) : "");
}

/** Whether bars are shorter than a day. */
export function isIntraday({ times }: Bars): boolean {
  return times.some((time) => time !== null && time % 86_400_000 !== 0);
}
