/** A chart that is laid out, and what will move it. */

import { MARGIN, type Pane } from "./layout.js";
import type { Entry } from "./readout.js";
import type { Bars } from "./rows.js";
import type { Theme } from "./theme.js";

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

/** The width between the margins. */
export const plotWidth = (width: number): number => width - MARGIN.left - MARGIN.right;
