/** `ta.bars`, whose code is loaded on first use. */

import { createRequire } from "node:module";
import type { TickBars } from "./bars.js";
import type { BarRule, TickBarsOptions } from "./options.js";

const require = createRequire(import.meta.url);

const code = () => require("./bars.js") as typeof import("./bars.js");

/** `ta.bars`. */
export interface BarsFromTicks {
  /**
   * Makes bars from ticks, one after the other: of time, of a number of ticks, or of a volume. Bars
   * of time are those that `df.ta.resample` makes of the same ticks. See `docs/bars.md`.
   *
   * @param every - Length of a bar, as `resample` takes it, such as `"1m"` or `"1d"`; or
   *   `{ ticks: 100 }`, or `{ volume: 10_000 }`: the bar closes with the tick that reaches that
   *   volume, which is never divided.
   * @param options - The fields of the ticks, the clocks, late ticks and empty intervals.
   * @throws TaError if an argument or an option is wrong.
   * @example
   * ```ts
   * import { ta } from "nodejs-polars-ta";
   *
   * const bars = ta.bars("1m", { over: "symbol" });
   * const tick = { symbol: "AAPL", time: new Date(), price: 190.2, volume: 100 };
   * const { closed, forming } = bars.update(tick);
   * console.log(closed.length, forming?.close); // 0, 190.2
   * ```
   */
  (every: BarRule, options?: TickBarsOptions): TickBars;
  /**
   * Goes on with bars from a snapshot.
   *
   * @param snapshot - What {@link TickBars.snapshot} returned.
   * @throws TaError if the bytes are damaged, no snapshot, or one of another version.
   * @example
   * ```ts
   * import { ta } from "nodejs-polars-ta";
   *
   * const bars = ta.bars({ ticks: 100 });
   * bars.update({ time: new Date(), price: 190.2 });
   * console.log(ta.bars.restore(bars.snapshot()).forming()?.ticks); // 1
   * ```
   */
  restore(snapshot: Uint8Array): TickBars;
}

const make = (every: BarRule, options?: TickBarsOptions): TickBars =>
  new (code().TickBars)(every, options);

export const bars: BarsFromTicks = Object.assign(make, {
  restore: (snapshot: Uint8Array): TickBars => code().TickBars.restore(snapshot),
});
