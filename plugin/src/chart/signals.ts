/** Names of signals. */
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
  /** The constant of the scale of the prices, and the values with labels; null if Vega may choose. */
  constant: "constant",
  prices: "prices",
  /** The price from which changes in percent are counted, and what closes are multiplied by. */
  base: "base",
  factor: (key: string) => `factor_${key}`,
  /** Vega-Lite gives this signal its name. */
  height: (pane: number, panes: number) => (panes === 1 ? "childHeight" : `pane_${pane}_height`),
} as const;
