/** Colours of a chart. */

export interface Theme {
  readonly background: string;
  readonly text: string;
  readonly faint: string;
  readonly grid: string;
  readonly border: string;
  readonly up: string;
  readonly down: string;
  /** Colours of lines, in the order in which a pane uses them. */
  readonly lines: readonly string[];
  readonly bands: readonly string[];
  readonly states: readonly string[];
  readonly markers: readonly string[];
}

export const THEMES: Readonly<Record<"light" | "dark", Theme>> = {
  light: {
    background: "#ffffff",
    text: "#1b2333",
    faint: "#6b7484",
    grid: "#eceff3",
    border: "#d5dae1",
    up: "#12876f",
    down: "#d43f4b",
    lines: ["#1f62d6", "#e07b00", "#8a3fc0", "#00899c", "#c2347d", "#6b7a1e", "#8d5a3b", "#59647a"],
    bands: ["#3c78d8", "#8a3fc0", "#00899c", "#b86b00"],
    states: ["#8a3fc0", "#e07b00", "#1f62d6", "#00899c"],
    markers: ["#1f62d6", "#e07b00", "#8a3fc0", "#00899c", "#c2347d", "#6b7a1e"],
  },
  dark: {
    background: "#11151d",
    text: "#d7dce5",
    faint: "#8791a3",
    grid: "#1d2430",
    border: "#2d3645",
    up: "#2bb596",
    down: "#f0616b",
    lines: ["#5b9bff", "#ffab40", "#c58bff", "#3fd0e0", "#ff7eb6", "#c5d86d", "#d9a27e", "#a3afc4"],
    bands: ["#6fa4ff", "#c58bff", "#3fd0e0", "#ffb95e"],
    states: ["#c58bff", "#ffab40", "#5b9bff", "#3fd0e0"],
    markers: ["#5b9bff", "#ffab40", "#c58bff", "#3fd0e0", "#ff7eb6", "#c5d86d"],
  },
};

/**
 * The colours in a front end that chooses its own background: they can be seen on white and on dark
 * grey. Texts and axes have the front end's colours. `background` is that of the tag's text.
 */
export const FOLLOWING: Theme = {
  background: "#ffffff",
  text: "#7a8599",
  faint: "#8791a3",
  grid: "#8791a3",
  border: "#8791a3",
  up: "#1b9a7f",
  down: "#e2505b",
  lines: ["#3f82ec", "#e88a1a", "#a868da", "#12a1b3", "#d9569b", "#8b9a2e", "#b3795a", "#7d8aa0"],
  bands: ["#5590e8", "#a868da", "#12a1b3", "#cf8420"],
  states: ["#a868da", "#e88a1a", "#3f82ec", "#12a1b3"],
  markers: ["#3f82ec", "#e88a1a", "#a868da", "#12a1b3", "#d9569b", "#8b9a2e"],
};

export const FONT = "'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";
