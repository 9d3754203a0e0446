/** What a page knows of its chart, as JSON. */

import type { Free } from "./heights.js";
import type { Theme } from "./theme.js";

/** The data of a page. */
export interface PageData {
  readonly rows: Rows;
  /** The chart in its theme; if there are two, the second is for systems with a dark one. */
  readonly looks: readonly Look[];
  /** Whether the panes fill the window. */
  readonly fills: boolean;
  readonly times: readonly (number | null)[];
  readonly intraday: boolean;
  /** The names of bars without times. */
  readonly numbers: readonly string[];
  /** How many bars the page shows at first. */
  readonly seen: number;
  readonly margin: {
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly left: number;
  };
  readonly gap: number;
  /** Least height of a pane. */
  readonly least: number;
  readonly label: number;
  /** Fewest bars to which the reader can zoom in. */
  readonly fewest: number;
  /** Whether the scale of the prices is logarithmic at first. */
  readonly log: boolean;
  /** The keys of symbols that are compared with the bars, as changes in percent. */
  readonly compared: readonly string[];
}

export type Rows = readonly Readonly<Record<string, number>>[];

/** A chart in one theme. */
export interface Look {
  /** The Vega specification. Its data set "bars" gets the rows. */
  readonly spec: object;
  readonly theme: Theme;
  /** The last close, which is shown as a tag on the axis. */
  readonly last?: { readonly close: number; readonly color: string };
  readonly panes: readonly PagePane[];
}

export interface PagePane {
  /** Its usual height. */
  readonly height: number;
  /** The signal with its height. */
  readonly signal: string;
  readonly free: Free;
  /** Values that are always visible. */
  readonly levels: readonly number[];
  /** The fields that its scale must include, and the series of each. */
  readonly fields: readonly { readonly field: string; readonly key: string }[];
  readonly entries: readonly {
    readonly title: string;
    readonly values: readonly PageValue[];
  }[];
}

/** A value in a readout. */
export interface PageValue {
  readonly field: string;
  readonly key: string;
  readonly label: string;
  readonly color: string;
  /** Whether it is read as a change in percent. */
  readonly percent?: true;
}
