/** The numbers of a bar, under the names that indicators read by default. */

/** Its prices. */
export const PRICES = ["open", "high", "low", "close"] as const;

/** Its prices and its volume. */
export const BAR = [...PRICES, "volume"] as const;

/** One of these numbers. */
export type BarField = (typeof BAR)[number];
