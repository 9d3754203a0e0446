/** How bars are drawn. */
export type BarStyle = "candles" | "ohlc" | "line" | "area";

/** Ways to draw bars. Apart from the other options: the command line lists them when it starts. */
export const BAR_STYLES = [
  "candles",
  "ohlc",
  "line",
  "area",
] as const satisfies readonly BarStyle[];
