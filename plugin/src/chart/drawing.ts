/** The layout of a chart, before it is drawn. */

import { MARGIN, type Pane } from "./layout.js";
import type { Entry } from "./readout.js";
import type { Bars } from "./rows.js";
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
}

/** The width between the margins. */
export const plotWidth = (width: number): number => width - MARGIN.left - MARGIN.right;
