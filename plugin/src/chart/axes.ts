/** The scales and axes of panes. */

import {
  comparedIn,
  type Drawing,
  isPositive,
  type Mode,
  plotWidth,
  scaledFields,
} from "./drawing.js";
import { roomForMarks } from "./events.js";
import { type Free, scaleRange } from "./heights.js";
import type { Json, Layer } from "./layer.js";
import { AXES, type Pane } from "./layout.js";
import { LINE, readoutOf } from "./readout.js";
import type { Bars } from "./rows.js";
import { constantOf, priceTicks, scaleOf } from "./scales.js";
import { SIGNALS } from "./signals.js";
import { pickTicks } from "./ticks.js";

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
  const raw: Layer = mode === "frontend" ? { domainRaw: { expr: clamped(bars) } } : {};
  return { domain, ...raw, nice: false, zero: false };
}

/** Fewest bars to which a reader can zoom in. */
export const FEWEST = 8;

/** What a front end has zoomed to, within the bars. */
function clamped({ rows }: Bars): string {
  const few = `span(zoom.i) < ${FEWEST}`;
  const wide = (sign: string) => `(zoom.i[0] + zoom.i[1] ${sign} ${FEWEST}) / 2`;
  const range = `${few} ? [${wide("-")}, ${wide("+")}] : zoom.i`;
  return `zoom.i ? clampRange(${range}, -0.5, ${rows.length - 0.5}) : null`;
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

/** A number on an axis. Large ones are written as traders do: B for billions, not G. */
const axisNumber = (usual: string): string =>
  `abs(datum.value) < 1e4 ? ${usual} : replace(format(datum.value, '.4~s'), 'G', 'B')`;

const AXIS_NUMBER = axisNumber("datum.label");

/** A number on an axis whose labels we choose. */
const OWN_NUMBER = "format(datum.value, '.6~r')";

/** A change in percent from the base. */
const PERCENT = ((change: string) => `((${change}) ? format(${change}, '+,.6~r') : '0') + '%'`)(
  `round((datum.value / ${SIGNALS.base} - 1) * 1e6) / 1e4`,
);

/** Least distance between two labels, in pixels. */
const LABEL_HEIGHT = 12;

/** Least distance between a label and the tag of the last price, in pixels. */
const TAG = 14;

/** The labels of a pane, without those that the tag or another label would cover. */
function labels(
  index: number,
  tag: number | undefined,
  levels: readonly number[],
  number: string,
): string {
  const at = (value: string | number) => `scale('pane_${index}_y', ${value})`;
  const [low, high] = levels;
  if (low !== undefined && high !== undefined) {
    const near = `abs(${at(low)} - ${at(high)}) < ${LABEL_HEIGHT}`;
    return `datum.value == ${low} && ${near} ? '' : ${number}`;
  }
  if (tag === undefined) return number;
  return `abs(${at("datum.value")} - ${at(tag)}) < ${TAG} ? '' : ${number}`;
}

/** What is special about a scale that is logarithmic, or that a page can make so. */
interface Special {
  readonly scale: Layer;
  readonly axis: Layer;
  /** How a number is written. */
  readonly number: string;
}

/** The scale of the prices, if it may be logarithmic or has changes in percent. */
function priceScale(drawing: Drawing, index: number, mode: Mode): Special | undefined {
  const { panes, bars, log, bases } = drawing;
  const compared = comparedIn(bars).length > 0;
  const pane = panes[index] as Pane;
  if (pane.kind !== "price") return undefined;
  if (mode === "page") {
    if (!isPositive(bars)) return undefined;
    return {
      scale: { type: "symlog", constant: { expr: SIGNALS.constant } },
      axis: { values: { expr: SIGNALS.prices } },
      number: compared ? PERCENT : axisNumber(`(${SIGNALS.prices} ? ${OWN_NUMBER} : datum.label)`),
    };
  }
  if (!log && !compared) return undefined;
  const { factors, base } = bases;
  const about = { from: 0, to: bars.rows.length - 1, levels: pane.levels, log, factors };
  const fields = scaledFields(pane, drawing).map(({ field }) => field);
  const scale = scaleOf(bars.rows, fields, about);
  return {
    scale: {
      ...(log && { type: "symlog", constant: constantOf(scale) }),
      domain: [scale.low, scale.high],
    },
    axis: { values: priceTicks(scale, labelsIn(pane.height), compared ? base : undefined) },
    number: compared ? PERCENT : axisNumber(OWN_NUMBER),
  };
}

/** Pixels from one label to the next at least. */
const APART = 32;

const labelsIn = (height: number): number => Math.max(1, Math.floor(height / APART));

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
  const special = priceScale(drawing, index, mode);
  const axis = {
    ...special?.axis,
    ...(marked ? { values: [low, high] } : {}),
    minExtent: AXES.right,
    maxExtent: AXES.right,
    orient: "right",
    title: null,
    ticks: false,
    domain: false,
    labelPadding: 6,
    tickCount:
      mode === "page" ? { expr: `max(1, floor(${height} / ${APART}))` } : labelsIn(pane.height),
    labelOverlap: true,
    labelExpr: labels(index, tag, marked ? [low, high] : [], special?.number ?? AXIS_NUMBER),
  };
  return { scale: { zero: false, nice: false, range, ...domain, ...special?.scale }, axis };
}

/** The name of a bar without a time: its number in the frame, or nothing after the last bar. */
export function numberOf({ first, each, count }: Bars): (index: number) => string {
  return (index) => (index * each < count ? String(first + index * each) : "");
}

/** Whether bars are shorter than a day. */
export function isIntraday({ times }: Bars): boolean {
  return times.some((time) => time !== null && time % 86_400_000 !== 0);
}
