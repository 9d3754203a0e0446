/** How the axis of the prices is divided: equal distances are equal differences, or equal ratios. */
export const PRICE_SCALES = ["linear", "log"] as const;

export type PriceScale = (typeof PRICE_SCALES)[number];

export const [, LOG] = PRICE_SCALES;

/** How bars are drawn. */
export type BarStyle = "candles" | "ohlc" | "line" | "area";

/** Ways to draw bars. Apart from the other options: the command line lists them when it starts. */
export const BAR_STYLES = [
  "candles",
  "ohlc",
  "line",
  "area",
] as const satisfies readonly BarStyle[];
