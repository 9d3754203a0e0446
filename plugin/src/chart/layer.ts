/** What layers of a specification are made of. */

import type { Theme } from "./theme.js";

/** A JSON value. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
export type Layer = Record<string, Json>;

/** Settings that all marks of a pane share. */
export interface Style {
  readonly theme: Theme;
  /** The opacity of a mark; in a page, 0 while one of its series is hidden. */
  readonly shown: (keys: readonly string[], opacity: number) => Json;
  /** Whether any bar has a value of a series, of the given sign if any. */
  readonly has: (key: string, sign?: 1 | -1) => boolean;
  /** The share of bars at which a series has a value of a sign. */
  readonly share: (key: string, sign: 1 | -1) => number;
  /** The pixels from one bar to the next: a number, or an expression if the reader can zoom. */
  readonly apart: number | string;
  /** The price fields below and above which marks are drawn. */
  readonly low: string;
  readonly high: string;
  /** The place some pixels above the bottom of the pane. */
  readonly above: (pixels: number) => Json;
  /** Line width; thinner if there are many bars. */
  readonly stroke: number;
}

export const field = (name: string): Layer => ({ field: name, type: "quantitative" });

/** Leaves out the rows without a value. */
export const has = (name: string): Layer => ({ filter: `isValid(datum.${name})` });
