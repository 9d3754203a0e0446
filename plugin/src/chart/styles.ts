import type { FrameSurface } from "../core/surfaces.js";
import { type BarTransforms, barTransforms } from "../generated/transforms.js";

/** How the axis of the prices is divided: equal distances are equal differences, or equal ratios. */
export type PriceScale = "linear" | "log";

export const PRICE_SCALES = ["linear", "log"] as const satisfies readonly PriceScale[];

export const [, LOG] = PRICE_SCALES;

/**
 * How bars are drawn. Those that an indicator makes of bars have the name of its method of frames,
 * and are drawn as candles.
 */
export type BarStyle = "candles" | "ohlc" | "line" | "area" | keyof BarTransforms<FrameSurface>;

/** Ways to draw bars. Apart from the other options: the command line lists them when it starts. */
export const BAR_STYLES: readonly [BarStyle, ...BarStyle[]] = [
  "candles",
  "ohlc",
  "line",
  "area",
  ...(Object.keys(barTransforms) as (keyof BarTransforms<FrameSurface>)[]),
];

/** The indicator that makes the bars of a style. */
export const makerOf = (style: BarStyle | undefined): string | undefined =>
  style === undefined || !Object.hasOwn(barTransforms, style) ? undefined : barTransforms[style];
