/** The layout of a chart, before it is drawn. */

import { PRICES } from "../core/bar.js";
import { MARGIN, type Pane } from "./layout.js";
import type { Entry } from "./readout.js";
import type { Bars } from "./rows.js";
import type { Bases } from "./scales.js";
import type { BarStyle } from "./styles.js";
import type { Theme } from "./theme.js";

/**
 * How the chart can be moved: not at all (`"picture"`), by Vega-Lite's selections in the front end
 * of a notebook (`"frontend"`), or by the script of a page through signals (`"page"`).
 */
export type Mode = "picture" | "frontend" | "page";

/** The layout of a chart. */
export interface Drawing {
  readonly bars: Bars;
  readonly panes: readonly Pane[];
  readonly entries: readonly (readonly Entry[])[];
  readonly theme: Theme;
  /** Whether a front end chooses the background, and the colours of texts and axes. */
  readonly follows: boolean;
  readonly width: number;
  readonly style: BarStyle;
  /** Whether open, high and low are drawn, too. */
  readonly candles: boolean;
  /** Whether the scale of the prices is logarithmic. */
  readonly log: boolean;
  /** From where the changes of compared symbols are counted. */
  readonly bases: Bases;
}

/** The keys of the symbols that are compared with the bars. */
export const comparedIn = ({ series }: Bars): string[] =>
  series.filter(({ compared }) => compared).map(({ key }) => key);

/** A field that the scale of a pane must include, and the series that it belongs to. */
export interface Scaled {
  readonly field: string;
  readonly key: string;
}

/** The fields that the scale of a pane must include. */
export function scaledFields(pane: Pane, { candles }: Drawing): Scaled[] {
  const prices = candles ? ["high", "low"] : ["close"];
  return [
    ...(pane.kind === "price" ? prices.map((field) => ({ field, key: "price" })) : []),
    ...(pane.volume ? [{ field: "volume", key: "volume" }] : []),
    ...pane.series
      .filter(({ primitive }) => primitive !== "marker")
      .map(({ key }) => ({ field: key, key })),
  ];
}

/** Whether all prices are above 0, as a logarithmic scale needs. */
export const isPositive = ({ rows }: Bars): boolean =>
  rows.every((row) => PRICES.every((price) => (row[price] ?? 1) > 0));

/** The width between the margins. */
export const plotWidth = (width: number): number => width - MARGIN.left - MARGIN.right;
