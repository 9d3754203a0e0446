/** Assigns series to panes, and chooses heights and colours. */

import type { Settings } from "./options.js";
import type { Bars, Series } from "./rows.js";
import type { Source } from "./source.js";
import type { Theme } from "./theme.js";

/** A series with its colour. */
export interface Placed extends Series {
  readonly color: string;
}

/** Series by their group, in the order in which groups appear. */
export function byGroup(series: readonly Placed[]): Placed[][] {
  const groups = new Map<string | undefined, Placed[]>();
  for (const one of series) {
    const group = groups.get(one.group);
    if (group) group.push(one);
    else groups.set(one.group, [one]);
  }
  return [...groups.values()];
}

/** One of the charts that are stacked on each other. */
export interface Pane {
  readonly kind: "price" | "volume" | "separate";
  /** Whether the bars' volume is drawn here. */
  readonly volume: boolean;
  readonly series: readonly Placed[];
  /** Values with a reference line. */
  readonly levels: readonly number[];
  /** By group, the key of the series that gives the direction of its lines. */
  readonly directions: ReadonlyMap<string, string>;
  readonly height: number;
}

interface Draft {
  readonly kind: Pane["kind"];
  /** The name with which callers put series into this pane. */
  readonly name: string;
  readonly series: Series[];
}

/** Whether a series is a state, such as a direction. Levels of prices are drawn in steps too. */
const isState = ({ primitive, output }: Series): boolean =>
  primitive === "step" && output.scale_group !== "price";

const shape = (series: Series): string => `${series.output.scale_group} ${isState(series)}`;

const range = ({ output }: Series): string =>
  JSON.stringify([output.bounds ?? null, output.levels ?? []]);

/**
 * Whether a series may join a separate pane: outputs with the same scale may; those of another
 * indicator only if bounds and levels are the same.
 */
function joins(series: Series, { kind, name, series: there }: Draft): boolean {
  const [first] = there.filter((other) => other.primitive !== "marker");
  if (kind !== "separate" || name !== "") return false;
  if (series.primitive === "marker") return there.some((other) => other.group === series.group);
  if (first === undefined) return there.some((other) => other.group === series.group);
  if (shape(first) !== shape(series)) return false;
  if (series.id !== "" && there.some((other) => other.id === series.id)) return true;
  const bounded = series.output.bounds !== undefined;
  return bounded && there.every((other) => range(other) === range(series));
}

function draft(series: readonly Series[], source: Source): Draft[] {
  const panes: Draft[] = [{ kind: "price", name: "price", series: [] }];
  const { volume } = source.prices;
  if (volume !== undefined) panes.push({ kind: "volume", name: "volume", series: [] });
  for (const one of series) {
    const named = one.pane === "" ? undefined : panes.find(({ name }) => name === one.pane);
    const pane = named ?? (one.pane === "" ? panes.find((other) => joins(one, other)) : undefined);
    if (pane) {
      pane.series.push(one);
      continue;
    }
    const kind = one.pane === "volume" ? "volume" : "separate";
    panes.push({ kind, name: one.pane, series: [one] });
  }
  return panes;
}

/** The panes of a chart, from the top. */
export function panesOf(bars: Bars, source: Source, settings: Settings, theme: Theme): Pane[] {
  const drafts = draft(bars.series, source);
  const heights = heightsOf(drafts, settings.height);
  const pointing = bars.series.filter(({ output }) => output.role === "direction");
  const directions = new Map(pointing.map(({ group, key }) => [group, key]));
  return drafts.map(({ kind, series }, index) => ({
    kind,
    volume: kind === "volume" && source.prices.volume !== undefined,
    series: colored(series, theme),
    levels: [...new Set(series.flatMap(({ output }) => output.levels ?? []))].sort((a, b) => a - b),
    directions,
    height: heights[index] ?? 0,
  }));
}

/** Pixels around the panes, for axes and margins. */
export const MARGIN = { top: 8, right: 66, bottom: 28, left: 10 } as const;
/** The part of the margins that axes fill. */
export const AXES = { right: 56, bottom: 22 } as const;
export const GAP = 6;

/** How much of the height each pane gets. */
function weight({ kind, series }: Draft): number {
  if (kind === "price") return 340;
  if (kind === "volume") return 76;
  const slim = series.every((one) => isState(one) && (one.output.bounds?.[1] ?? 100) <= 3);
  return slim ? 54 : 110;
}

function heightsOf(drafts: readonly Draft[], height: number | undefined): number[] {
  const weights = drafts.map(weight);
  if (height === undefined) return weights;
  const free = height - MARGIN.top - MARGIN.bottom - GAP * (drafts.length - 1);
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((one) => Math.max(20, Math.round((free * one) / sum)));
}

/**
 * Gives each series the next colour of its kind in the pane; all edges of a band get one colour.
 */
function colored(series: readonly Series[], theme: Theme): Placed[] {
  const used = { lines: 0, bands: 0, states: 0, markers: 0 };
  const bands = new Map<string, string>();
  const next = (kind: keyof typeof used) => {
    const colors = theme[kind];
    return colors[used[kind]++ % colors.length] as string;
  };
  return series.map((one) => {
    if (one.primitive === "band_edge") {
      const color = bands.get(one.group) ?? next("bands");
      bands.set(one.group, color);
      return { ...one, color };
    }
    if (one.mark !== undefined)
      return { ...one, color: one.mark === "buy" ? theme.up : theme.down };
    if (one.primitive === "histogram") return { ...one, color: theme.up };
    const kinds = {
      line: "lines",
      dots: "lines",
      step: isState(one) ? "states" : "lines",
      marker: "markers",
    } as const;
    return { ...one, color: next(kinds[one.primitive]) };
  });
}
